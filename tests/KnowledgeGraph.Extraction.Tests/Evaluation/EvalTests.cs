using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Evaluation;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Evaluation;

/// <summary>
/// Extraction measured on every annotated report there is. <c>levels.json</c> records the micro F1 reached, for each report and pooled; what falls below
/// fails, what rises is recorded by hand.
/// </summary>
public sealed class EvalTests
{
    private static readonly Lazy<ReportExtractor> Extractor = new(() => ReportExtractor.Load(Path.Combine(Originals.Root(), "seeds", "vocabulary")));

    private static readonly RecordedLevels Levels = new(Path.Combine(Tests(), "Evaluation", "levels.json"));

    public static TheoryData<string> OwnReports() => [.. Own().Select(gold => Path.GetRelativePath(Tests(), gold))];

    [Theory]
    [MemberData(nameof(OwnReports))]
    public void An_own_report_keeps_its_level(string gold) => AssertLevel(Name(gold), Measure(Path.Combine(Tests(), gold)));

    [Fact]
    public void Own_reports_together_keep_their_level() => AssertLevel("own, pooled", Score.Pool([.. Own().Select(Measure)]));

    [Fact]
    public void Originals_keep_their_levels()
    {
        var golds = Directory.EnumerateFiles(Originals.Find("gold"), "*.json").Order(StringComparer.Ordinal).ToList();
        var scores = golds.ToDictionary(Name, Measure, StringComparer.Ordinal);

        Assert.Multiple([.. scores.Select(score => (Action)(() => AssertLevel(score.Key, score.Value))), () => AssertLevel("originals, pooled", Score.Pool([.. scores.Values]))]);
    }

    private static void AssertLevel(string name, Score score) =>
        Levels.AssertReached(name, score.Micro.F1, $" (precision {RecordedLevels.Digits(score.Micro.Precision)}, recall {RecordedLevels.Digits(score.Micro.Recall)})");

    private static Score Measure(string goldPath)
    {
        var gold = Gold.Parse(File.ReadAllText(goldPath));
        var report = ReportOf(gold, goldPath);
        var result = Extractor.Value.Extract(File.ReadAllBytes(report), new ReportHints { FileName = Path.GetFileName(report) }, CancellationToken.None);
        var facts = result is ExtractionResult.Extracted extracted ? extracted.Report.Facts : throw new InvalidOperationException($"{report}: {result}");
        return Scoring.Of(gold, [.. facts.Select(FactJson.ToJson)]);
    }

    // A report lies beside its annotation, among the seeds, or among the originals.
    private static string ReportOf(Gold gold, string goldPath)
    {
        string[] folders = [Path.GetDirectoryName(goldPath)!, Path.Combine(Originals.Root(), "seeds", "reports"), Path.Combine(Originals.Root(), "..", "shared", "reports"), Path.Combine(Originals.Root(), "..", "shared", "samples")];
        return folders.Select(folder => Path.Combine(folder, gold.Document)).FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"{goldPath}: no report {gold.Document}");
    }

    private static IEnumerable<string> Own() =>
        Directory.EnumerateFiles(Tests(), "*.gold.json", SearchOption.AllDirectories).Where(path => !path.StartsWith(Path.Combine(Tests(), "Evaluation"), StringComparison.Ordinal)
            && !Path.GetRelativePath(Tests(), path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).Order(StringComparer.Ordinal);

    private static string Tests() => Path.Combine(Originals.Root(), "tests", "KnowledgeGraph.Extraction.Tests");

    private static string Name(string gold) => Path.GetFileName(gold).Split('.')[0];
}
