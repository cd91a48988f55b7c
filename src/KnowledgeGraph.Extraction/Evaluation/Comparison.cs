using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Evaluation;

/// <summary>When two names, numbers or words of facts count as the same: width, case, spacing, quotes and hyphens do not matter, nor do numbers within 0.5%.</summary>
internal static class Comparison
{
    // Compared as text even where they look like numbers.
    private static readonly string[] Textual = ["period", "benchmark"];

    // Titles are shortened and reworded; one inside the other, or most letter pairs in common, is the same.
    private static readonly string[] Loose = ["title", "benchmark"];

    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var raw in text)
        {
            foreach (var c in Folding.Expand(raw) ?? raw.ToString())
            {
                var folded = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
                if (!char.IsWhiteSpace(folded) && folded is not ('-' or '_' or (>= '\u2010' and <= '\u2015') or '·' or '\'' or '"' or '“' or '”' or '‘' or '’' or '《' or '》' or '(' or ')' or ','))
                    plain.Append(char.ToLowerInvariant(folded));
            }
        }

        return plain.ToString();
    }

    public static IEnumerable<JsonNode?> Listed(JsonNode? node) => node is JsonArray list ? list : Enumerable.Repeat(node, 1);

    /// <summary>All names of a role, whether it is a name, a list of names or an entity.</summary>
    public static HashSet<string> Names(JsonNode? role) => role switch
    {
        null => [],
        JsonArray list => [.. list.SelectMany(Names)],
        JsonObject entity => [.. EntityNames(entity).Where(name => name.Length > 0).Select(Plain)],
        _ => [Plain(Text(role))],
    };

    /// <summary>A deal's parties: each a name, a list of names or an entity.</summary>
    public static IReadOnlyList<HashSet<string>> Parties(JsonNode? role) => role is null ? [] : [.. Listed(role).Select(Names)];

    public static decimal? Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number or JsonValueKind.String
            when decimal.TryParse(Text(node).Replace(",", "", StringComparison.Ordinal).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static bool Same(JsonNode? gold, JsonNode? output, string key) =>
        Listed(gold).Any(expected => Listed(output).Any(found => SameOne(expected, found, key)));

    public static string Text(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    private static bool SameOne(JsonNode? gold, JsonNode? output, string key)
    {
        if (gold is null || output is null)
            return gold is null && output is null;
        if (key == "metric" && Text(gold) == "other")
            return true;
        if (!Textual.Contains(key) && Number(gold) is { } a && Number(output) is { } b)
            return Math.Abs(a - b) <= 0.005m * Math.Max(Math.Abs(a), Math.Abs(b));
        var (x, y) = (Plain(Text(gold)), Plain(Text(output)));
        return x == y || (Loose.Contains(key) && x.Length > 0 && y.Length > 0 && Resembles(x, y));
    }

    private static bool Resembles(string x, string y)
    {
        if (x.Contains(y, StringComparison.Ordinal) || y.Contains(x, StringComparison.Ordinal))
            return true;
        var (p, q) = (Pairs(x), Pairs(y));
        return p.Count > 0 && q.Count > 0 && 2m * p.Count(q.Contains) / (p.Count + q.Count) >= 0.6m;
    }

    private static HashSet<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(at => text.Substring(at, 2))];

    private static IEnumerable<string> EntityNames(JsonObject entity)
    {
        if (entity["name"] is { } name)
            yield return Text(name);
        foreach (var alias in (entity["aliases"] as JsonArray ?? []).OfType<JsonNode>())
            yield return Text(alias);
        if (entity["id"] is { } id)
            yield return Text(id).Split('/')[^1];
    }
}
