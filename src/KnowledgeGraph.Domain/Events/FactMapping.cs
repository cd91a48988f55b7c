using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Domain.Events;

/// <summary>
/// Facts to events and back. The schema names every role and value once; the records carry the same names in PascalCase, so that one
/// pass through JSON maps all 17 types. A name that the record lacks is an error, never dropped.
/// </summary>
public static class FactMapping
{
    /// <summary>How events are written: System.Text.Json's default naming, as a Marten with default options reads it; nulls left out.</summary>
    public static JsonSerializerOptions EventJson { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Strict = new(EventJson) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The event that records a fact of a report.</summary>
    /// <exception cref="ArgumentException">The fact breaks its schema.</exception>
    public static FactRecorded ToEvent(Fact fact, string reportId, string ruleset)
    {
        var schema = FactSchema.For(fact.Type);
        if (schema.Check(fact) is { } problem)
            throw new ArgumentException(problem, nameof(fact));
        var json = new JsonObject
        {
            [nameof(FactRecorded.FactId)] = fact.Id,
            [nameof(FactRecorded.ReportId)] = reportId,
            [nameof(FactRecorded.When)] = fact.When,
            [nameof(FactRecorded.Status)] = FactJson.StatusName(fact.Status),
            [nameof(FactRecorded.Attribution)] = JsonSerializer.SerializeToNode(fact.Attribution, EventJson),
            [nameof(FactRecorded.Evidence)] = JsonSerializer.SerializeToNode(fact.Evidence, EventJson),
            [nameof(FactRecorded.Rule)] = fact.Rule,
            [nameof(FactRecorded.Ruleset)] = ruleset,
        };
        foreach (var (name, entities) in fact.Roles)
            json[Pascal(name)] = JsonSerializer.SerializeToNode(entities, EventJson);
        foreach (var (name, node) in fact.Values)
            json[Pascal(name)] = node.DeepClone();
        var type = EventTypes.Find(SnakeCase(fact.Type)) ?? throw new ArgumentException($"'{fact.Type}' has no event.", nameof(fact));
        return (FactRecorded)json.Deserialize(type, Strict)!;
    }

    /// <summary>The fact that an event recorded.</summary>
    public static Fact ToFact(FactRecorded recorded)
    {
        var type = recorded.GetType();
        var schema = FactSchema.For(type.Name);
        var json = JsonSerializer.SerializeToNode(recorded, type, EventJson)!.AsObject();
        var roles = new Dictionary<string, IReadOnlyList<Entity>>(StringComparer.Ordinal);
        foreach (var role in schema.Roles)
        {
            if (json[Pascal(role.Name)] is { } node)
                roles[role.Name] = node.Deserialize<List<Entity>>(EventJson)!;
        }

        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var value in schema.Values)
        {
            if (json[Pascal(value.Name)] is { } node)
                values[value.Name] = node.DeepClone();
        }

        return new Fact
        {
            Id = recorded.FactId,
            Type = type.Name,
            Roles = roles,
            When = recorded.When,
            Status = Enum.Parse<FactStatus>(recorded.Status, ignoreCase: true),
            Values = values,
            Attribution = recorded.Attribution,
            Evidence = recorded.Evidence,
            Rule = recorded.Rule,
        };
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
