using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
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
        return new Fact
        {
            Id = recorded.FactId,
            Type = shape.Schema.Type,
            Roles = Read(shape.Roles, recorded, static held => held as IReadOnlyList<Entity>),
            When = recorded.When,
            Status = FactJson.StatusOf(recorded.Status),
            Values = Read(shape.Values, recorded, NodeOf),
            Attribution = recorded.Attribution,
            Evidence = recorded.Evidence,
            Rule = recorded.Rule,
        };
    }

    private static Dictionary<string, T> Read<T>((string Name, Func<object, object?> Get)[] members, FactRecorded recorded, Func<object?, T?> of)
        where T : class
    {
        var read = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, get) in members)
        {
            if (of(get(recorded)) is { } value)
                read.Add(name, value);
        }

        return read;
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

    /// <summary>How each role and each value that its schema has is read from an event's record: as the serialiser does, without reflection.</summary>
    private sealed class Shape
    {
        public Shape(Type type)
        {
            Schema = FactSchema.For(type.Name);
            var getters = EventJson.GetTypeInfo(type).Properties.ToDictionary(property => property.Name, property => property.Get!, StringComparer.Ordinal);
            Roles = [.. Schema.Roles.Select(role => (role.Name, getters[Pascal(role.Name)]))];
            Values = [.. Schema.Values.Select(value => (value.Name, getters[Pascal(value.Name)]))];
        }

        public FactSchema Schema { get; }

        public (string Name, Func<object, object?> Get)[] Roles { get; }

        public (string Name, Func<object, object?> Get)[] Values { get; }
    }
}
