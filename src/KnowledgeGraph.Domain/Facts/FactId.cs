using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>
/// A fact's id is a hash of what makes it that fact: the report, the type, the entities in the core roles and the core values. The same
/// report read again by the same rules gives the same ids, so recording is idempotent. RFC 9562 version 8 (custom, SHA-256).
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

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString()), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    // 85, 85.0 and 8.5e1 are one number.
    private static string Canonical(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<decimal>(out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : node.ToJsonString();
}
