using System.Globalization;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using YamlDotNet.RepresentationModel;

namespace KnowledgeGraph.Extraction.Tests.Facts;

/// <summary>Facts as a corpus lists them against facts as extracted: listed keys must agree, others are free, none may be left over.</summary>
internal static class CorpusComparison
{
    /// <summary>One line for each fact that is missing (with the nearest one found) or too many.</summary>
    public static IReadOnlyList<string> Problems(CorpusExample example, IReadOnlyList<Fact> facts)
    {
        var left = facts.ToList();
        var missing = new List<YamlMappingNode>();
        foreach (var expected in example.Facts)
        {
            if (left.Find(fact => !Differences(expected, fact).Any()) is { } found)
                left.Remove(found);
            else
                missing.Add(expected);
        }

        return [.. missing.Select(expected => $"missing {expected}{Nearest(expected, left)}"), .. left.Select(fact => $"not listed {FactJson.ToJson(fact).ToJsonString(FactJson.Options)}")];
    }

    private static string Nearest(YamlMappingNode expected, List<Fact> left)
    {
        var nearest = left.Where(fact => fact.Type == Text(expected, "type")).MinBy(fact => Differences(expected, fact).Count());
        return nearest is null ? "" : $"; nearest differs in {string.Join(", ", Differences(expected, nearest))}";
    }

    private static IEnumerable<string> Differences(YamlMappingNode expected, Fact fact)
    {
        foreach (var (keyNode, node) in expected.Children)
        {
            var key = ((YamlScalarNode)keyNode).Value!;
            var found = Found(key, fact);
            List<string> wanted = [.. (node is YamlSequenceNode list ? list : new YamlSequenceNode(node)).Cast<YamlScalarNode>().Select(Value).OfType<string>()];
            if (FactSchema.For(Text(expected, "type")!).Role(key) is not null ? !SameEntities(wanted, fact.Roles.GetValueOrDefault(key) ?? []) : !SameTexts(wanted, found))
                yield return $"{key}: {string.Join('+', found)}";
        }
    }

    private static IReadOnlyList<string> Found(string key, Fact fact) => key switch
    {
        "type" => [fact.Type],
        "rule" => [fact.Rule],
        "when" => fact.When is { } when ? [when] : [],
        "status" => [FactJson.StatusName(fact.Status)],
        "attribution" => fact.Attribution,
        _ when fact.Roles.TryGetValue(key, out var entities) => [.. entities.Select(entity => entity.Name)],
        _ when fact.Values.TryGetValue(key, out var node) => node is System.Text.Json.Nodes.JsonArray list ? [.. list.Select(item => item!.ToString())] : [node.ToString()],
        _ => [],
    };

    private static bool SameEntities(IReadOnlyList<string> wanted, IReadOnlyList<Entity> entities) =>
        wanted.Count == entities.Count && wanted.All(name => entities.Any(entity => entity.Name == name || entity.Id.ToString() == name || entity.Aliases.Contains(name)));

    private static bool SameTexts(IReadOnlyList<string> wanted, IReadOnlyList<string> found) =>
        wanted.Count == found.Count && wanted.All(text => found.Any(other => other == text || (Number(other) is { } a && Number(text) is { } b && a == b)));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    // A plain null says that the fact must not have the key.
    private static string? Value(YamlScalarNode node) => node.Style == YamlDotNet.Core.ScalarStyle.Plain && node.Value is null or "null" or "" or "~" ? null : node.Value;
}
