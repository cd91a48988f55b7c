using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Evaluation;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Evaluation;

/// <summary>Extraction measured on the annotated passages; <c>Passages/levels.json</c> records the micro F1 of each file, and how often its covers are read rightly.</summary>
public sealed class PassageTests
{
    private static readonly Lazy<ReportExtractor> Extractor = new(() => ReportExtractor.Load(Path.Combine(Originals.Root(), "seeds", "vocabulary")));

    private static readonly string Folder = Path.Combine(Originals.Root(), "tests", "KnowledgeGraph.Extraction.Tests", "Passages");

    private static readonly RecordedLevels Levels = new(Path.Combine(Folder, "levels.json"));

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder, "*.jsonl").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(name => name!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Passages_keep_their_level(string file)
    {
        var scores = new List<Score>();
        var (publishers, dates, passages) = (0, 0, 0);
        foreach (var line in File.ReadLines(Path.Combine(Folder, $"{file}.jsonl")))
        {
            var passage = JsonNode.Parse(line)!;
            var report = Extract(passage);
            scores.Add(Scoring.Of(Gold.Parse(AsGold(passage)), [.. report.Facts.Select(FactJson.ToJson)]));
            publishers += Names(passage, report.Metadata.Publisher) ? 1 : 0;
            dates += (passage["report"] ?? passage)["date"]?.ToString() == report.Metadata.Date?.Text ? 1 : 0;
            passages++;
        }

        Assert.Multiple(
            () => Levels.AssertReached(file, Score.Pool(scores).Micro.F1),
            () => Levels.AssertReached($"{file}, publisher", (decimal)publishers / passages),
            () => Levels.AssertReached($"{file}, date", (decimal)dates / passages));
    }

    private static ExtractedReport Extract(JsonNode passage)
    {
        var result = Extractor.Value.Extract(Encoding.UTF8.GetBytes(passage["text"]!.ToString()), new ReportHints { FileName = $"{passage["id"]}.{passage["ext"]}" }, CancellationToken.None);
        return result is ExtractionResult.Extracted extracted ? extracted.Report : throw new InvalidOperationException($"{passage["id"]}: {result}");
    }

    private static string AsGold(JsonNode passage) => new JsonObject
    {
        ["document"] = passage["id"]!.ToString(),
        ["scope"] = new JsonArray(new JsonArray(0, passage["text"]!.ToString().Length)),
        ["facts"] = passage["facts"]!.DeepClone(),
    }.ToJsonString();

    // A house is given with or without its department and its legal form.
    private static bool Names(JsonNode passage, string? found)
    {
        var (wanted, read) = (Bare((passage["report"] ?? passage)["publisher"]?.ToString()), Bare(found));
        return read.Length == 0 ? wanted.Length == 0 : wanted.Contains(read, StringComparison.Ordinal) || read.Contains(wanted, StringComparison.Ordinal);
    }

    private static string Bare(string? name) => new([.. (name ?? "").Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
