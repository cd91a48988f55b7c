using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests;

/// <summary>The extractor as the service runs it, and the report files that tests run it on.</summary>
internal static class ProjectReports
{
    private static readonly Lazy<ReportExtractor> Loaded = new(() => ReportExtractor.Load(Path.Combine(Originals.Root(), "seeds", "vocabulary")));

    public static ReportExtractor Extractor => Loaded.Value;

    /// <summary>Paths of the digests under <c>seeds/reports</c>.</summary>
    public static IReadOnlyList<string> Seeds { get; } = Files(Path.Combine(Originals.Root(), "seeds", "reports"));

    /// <summary>The digests, and where they are at hand the originals and the annotated samples.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Seeds,
        .. Files(Path.Combine(Originals.Root(), "..", "shared", "reports")),
        .. Files(Path.Combine(Originals.Root(), "..", "shared", "samples")),
    ];

    public static ExtractionTrace Trace(string path) => Trace(File.ReadAllBytes(path), Path.GetFileName(path));

    public static ExtractionTrace Trace(byte[] bytes, string name) =>
        Assert.IsType<TraceResult.Traced>(Extractor.Trace(bytes, new ReportHints { FileName = name }, CancellationToken.None)).Trace;

    private static IReadOnlyList<string> Files(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];
}
