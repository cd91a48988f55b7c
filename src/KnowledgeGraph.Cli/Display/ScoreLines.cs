using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Evaluation;

namespace KnowledgeGraph.Cli.Display;

/// <summary>A score as text: a table by type, the totals, which types were taken for which, and the first misses.</summary>
public static class ScoreLines
{
    public static IEnumerable<string> Of(Score score, int show)
    {
        yield return $"{"type",-22}{"P",7}{"R",7}{"F1",7}{"gold",6}";
        foreach (var (type, tally) in score.Types.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return Row(type, tally);
        yield return Row("micro", score.Micro);
        yield return $"macro F1 {Digits(score.MacroF1)}; relaxed recall {Digits(score.RelaxedRecall)}; of matched facts: {string.Join(", ", score.Details.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {Digits(pair.Value.Share)}"))}";
        foreach (var group in score.Confusions.GroupBy(pair => $"{pair.Gold["type"]} taken for {pair.Output["type"]}").OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal))
            yield return $"  {group.Key}: {group.Count().ToString(CultureInfo.InvariantCulture)}";
        foreach (var fact in score.Missed.Take(show))
            yield return $"  missed: {Brief(fact)}";
        foreach (var fact in score.Wrong.Take(show))
            yield return $"  wrong: {Brief(fact)}";
    }

    private static string Row(string name, Tally tally) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-22}{tally.Precision,7:0.000}{tally.Recall,7:0.000}{tally.F1,7:0.000}{tally.Gold,6}");

    private static string Brief(JsonObject fact)
    {
        var who = (fact["roles"] as JsonObject ?? []).Where(role => role.Value is not null).Select(role => $"{role.Key}={Name(role.Value!)}");
        var values = (fact["values"] as JsonObject ?? []).Where(value => value.Value is not null).Select(value => $"{value.Key}={Name(value.Value!)}");
        return $"{fact["type"]} {string.Join(' ', who.Concat(values))} \"{DisplayWidth.Cut(Name(fact["quote"] ?? ""), 60)}\"";
    }

    // Of alternatives the first, of an entity its name, of several entities all.
    private static string Name(JsonNode node) => node switch
    {
        JsonObject entity => entity["name"]?.ToString() ?? "",
        JsonArray { Count: > 0 } list when list[0] is JsonObject or JsonArray => string.Join('+', list.Select(item => Name(item!))),
        JsonArray { Count: > 0 } list => list[0]?.ToString() ?? "",
        JsonArray => "",
        _ => node.ToString(),
    };

    private static string Digits(decimal number) => number.ToString("0.000", CultureInfo.InvariantCulture);
}
