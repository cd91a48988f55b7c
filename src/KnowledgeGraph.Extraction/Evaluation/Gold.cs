using System.Text.Json.Nodes;

namespace KnowledgeGraph.Extraction.Evaluation;

/// <summary>The facts that a report should give, as annotated by hand.</summary>
/// <param name="Document">The report's file name.</param>
/// <param name="Scope">Stretches that count, offsets into the report's text (UTF-16 code units), end exclusive; none means all of it.</param>
/// <param name="Facts">As the fact contract writes them; a role is a list of acceptable names, an alternative value one of a list.</param>
public sealed record Gold(string Document, IReadOnlyList<(int Start, int End)> Scope, IReadOnlyList<JsonObject> Facts)
{
    /// <exception cref="System.Text.Json.JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">It is not a gold annotation.</exception>
    public static Gold Parse(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject root || root["facts"] is not JsonArray facts)
            throw new FormatException("A gold annotation is an object with a list 'facts'.");
        var scope = root["scope"] as JsonArray ?? [];
        return new Gold(
            root["document"]?.ToString() ?? "",
            [.. scope.Select(span => (span![0]!.GetValue<int>(), span[1]!.GetValue<int>()))],
            [.. facts.Select(fact => fact!.AsObject())]);
    }

    /// <summary>Facts as the extractor writes them, one a line.</summary>
    public static IReadOnlyList<JsonObject> ParseFacts(IEnumerable<string> lines) =>
        [.. lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => JsonNode.Parse(line)!.AsObject())];

    internal bool IsInScope(JsonObject fact) =>
        Scope.Count == 0 || fact["start"] is not { } start || Scope.Any(span => span.Start <= start.GetValue<int>() && start.GetValue<int>() < span.End);
}
