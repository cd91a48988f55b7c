using System.Text;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Benchmarks;

/// <summary>The reports that are measured: the digests of the project, and beside it the originals where they are at hand.</summary>
internal static class Corpus
{
    public const string Seeds = "seeds";

    public const string Originals = "originals";

    /// <summary>One digest, and the same ten times in one file: cost must be ten times too.</summary>
    public const string One = "one digest";

    public const string Ten = "ten in one file";

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Names => Files(Originals).Any() ? [Seeds, Originals, One, Ten] : [Seeds, One, Ten];

    public static IReadOnlyList<byte[]> Load(string name) => name switch
    {
        Seeds or Originals => [.. Files(name).Select(File.ReadAllBytes)],
        One => [File.ReadAllBytes(Files(Seeds).First())],
        Ten => [Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(File.ReadAllText(Files(Seeds).First()) + "\n\n", 10)))],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static ExtractionTrace Trace(ReportExtractor extractor, byte[] bytes) =>
        extractor.Trace(bytes, new ReportHints { FileName = "report.txt" }, CancellationToken.None) is TraceResult.Traced traced
            ? traced.Trace
            : throw new InvalidOperationException("A report of the corpus cannot be read.");

    private static IEnumerable<string> Files(string name)
    {
        var folder = name == Seeds ? Path.Combine(Root, "seeds", "reports") : Path.Combine(Root, "..", "shared", "reports");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal) : [];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KnowledgeGraph.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The solution's root is not above the program.");
    }
}
