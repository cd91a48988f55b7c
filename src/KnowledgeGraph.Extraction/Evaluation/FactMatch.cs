using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Extraction.Evaluation;

/// <summary>Whether an extracted fact is an annotated one: same type, and the core roles and values that the annotation gives agree.</summary>
internal static class FactMatch
{
    public static string TypeOf(JsonObject fact) => fact["type"]?.ToString() ?? "";

    public static JsonNode? Value(JsonObject fact, string name) => (fact["values"] as JsonObject)?[name];

    public static JsonNode? Role(JsonObject fact, string name) => (fact["roles"] as JsonObject)?[name];

    /// <summary>How many core values agree, or null where something differs.</summary>
    public static int? Core(JsonObject gold, JsonObject output)
    {
        var schema = FactSchema.For(TypeOf(gold));
        if (TypeOf(output) != schema.Type || !schema.Roles.Where(role => role.IsCore).All(role => RoleAgrees(role, gold, output)) || InventsNumber(schema, gold, output))
            return null;
        var agreeing = 0;
        foreach (var name in schema.Values.Where(value => value.IsCore).Select(value => value.Name))
        {
            var (expected, found) = (Value(gold, name), Value(output, name));
            if (schema.Type == "ForecastIssued" && name == "percent")
                found ??= Value(output, "yoyPercent"); // growth alone may stand in either
            if (schema.Type == "MetricReported" && name == "period" && found is null)
                continue;
            if (expected is null)
            {
                if (name == "segment" && found is not null)
                    return null;
                continue;
            }

            if (!Comparison.Same(expected, found, name))
                return null;
            agreeing++;
        }

        return agreeing;
    }

    /// <summary>Same type and first core role, and a number in common where the annotation has any.</summary>
    public static bool IsRelaxed(JsonObject gold, JsonObject output)
    {
        var type = TypeOf(gold);
        if (TypeOf(output) != type)
            return false;
        var role = FactSchema.For(type).Roles[0];
        var shares = role.IsMany
            ? Comparison.Parties(Role(gold, role.Name)).Any(mine => Comparison.Parties(Role(output, role.Name)).Any(mine.Overlaps))
            : Comparison.Names(Role(gold, role.Name)).Overlaps(Comparison.Names(Role(output, role.Name)));
        var mine = Numbers(gold);
        return shares && (mine.Count == 0 || mine.Overlaps(Numbers(output)));
    }

    public static HashSet<decimal> Numbers(JsonObject fact) =>
        [.. (fact["values"] as JsonObject ?? []).SelectMany(pair => Comparison.Listed(pair.Value)).Select(Comparison.Number).OfType<decimal>().Select(number => Math.Round(number, 6))];

    private static bool RoleAgrees(RoleSchema role, JsonObject gold, JsonObject output)
    {
        var (expected, found) = (Role(gold, role.Name), Role(output, role.Name));
        if (role.IsMany)
        {
            var theirs = Comparison.Parties(found);
            var mine = Comparison.Parties(expected);
            return mine.Count > 0 && mine.All(party => theirs.Any(party.Overlaps));
        }

        var names = Comparison.Names(expected);
        return names.Count == 0 || names.Overlaps(Comparison.Names(found));
    }

    // An annotation without any of the type's numbers is no match for a fact that has one.
    private static bool InventsNumber(FactSchema schema, JsonObject gold, JsonObject output)
    {
        var numbers = schema.Values.Where(value => value is { IsCore: true, Kind: ValueKind.Number }).Select(value => value.Name).ToList();
        return numbers.Count > 0
            && numbers.TrueForAll(name => Comparison.Listed(Value(gold, name)).All(value => value is null))
            && numbers.Exists(name => Value(output, name) is not null);
    }
}
