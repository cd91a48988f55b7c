using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>
/// A fact's id is a hash of what makes it that fact: the report, the type, the entities in the core roles and the core values. The same
/// report read again by the same rules gives the same ids, so recording is idempotent.
/// </summary>
public static class FactId
{
    public static Guid Of(string reportId, string type, IReadOnlyDictionary<string, IReadOnlyList<Entity>> roles, IReadOnlyDictionary<string, JsonNode> values)
    {
        var schema = FactSchema.For(type);
        var key = new StringBuilder(reportId).Append('\n').Append(type);
        foreach (var role in schema.Roles.Where(role => role.IsCore))
        {
            key.Append('\n').Append(role.Name).Append('=');
            if (roles.TryGetValue(role.Name, out var entities))
                key.AppendJoin(',', entities.Select(entity => entity.Id.ToString()).Order(StringComparer.Ordinal));
        }

        foreach (var value in schema.Values.Where(value => value.IsCore))
        {
            key.Append('\n').Append(value.Name).Append('=');
            if (values.TryGetValue(value.Name, out var node))
                key.Append(Canonical(node));
        }

        return StableId.Of(key.ToString());
    }

    // 85, 85.0 and 8.5e1 are one number.
    private static string Canonical(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<decimal>(out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : node.ToJsonString();
}
