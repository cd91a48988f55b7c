using System.Collections.Concurrent;
using System.Reflection;
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

    private static readonly ConcurrentDictionary<Type, Shape> Shapes = new();

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
        var shape = Shapes.GetOrAdd(recorded.GetType(), static type => new Shape(type));
        var roles = new Dictionary<string, IReadOnlyList<Entity>>(StringComparer.Ordinal);
        foreach (var (name, property) in shape.Roles)
        {
            if (property.GetValue(recorded) is IReadOnlyList<Entity> entities)
                roles[name] = entities;
        }

        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, property) in shape.Values)
        {
            if (NodeOf(property.GetValue(recorded)) is { } node)
                values[name] = node;
        }

        return new Fact
        {
            Id = recorded.FactId,
            Type = shape.Schema.Type,
            Roles = roles,
            When = recorded.When,
            Status = Enum.Parse<FactStatus>(recorded.Status, ignoreCase: true),
            Values = values,
            Attribution = recorded.Attribution,
            Evidence = recorded.Evidence,
            Rule = recorded.Rule,
        };
    }

    private static JsonNode? NodeOf(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        decimal number => JsonValue.Create(number),
        IReadOnlyList<string> texts => new JsonArray([.. texts.Select(text => (JsonNode)text)]),
        _ => throw new InvalidOperationException($"A value is text, a number or a list of texts, not {value.GetType()}."),
    };

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>Which property of an event's record holds each role and each value that its schema has.</summary>
    private sealed class Shape(Type type)
    {
        public FactSchema Schema { get; } = FactSchema.For(type.Name);

        public IReadOnlyList<(string Name, PropertyInfo Property)> Roles { get; } =
            [.. FactSchema.For(type.Name).Roles.Select(role => (role.Name, type.GetProperty(Pascal(role.Name))!))];

        public IReadOnlyList<(string Name, PropertyInfo Property)> Values { get; } =
            [.. FactSchema.For(type.Name).Values.Select(value => (value.Name, type.GetProperty(Pascal(value.Name))!))];
    }
}
