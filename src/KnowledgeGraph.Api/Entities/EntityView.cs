using System.Text.Json;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>An entity as it is answered.</summary>
public sealed record EntityView
{
    /// <summary>kind/slug.</summary>
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>Every surface form by which events named it, the first recorded first; its name is among them.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Date of the earliest report that names it.</summary>
    public DateOnly? FirstSeen { get; init; }

    /// <summary>Date of the latest report that names it.</summary>
    public DateOnly? LastSeen { get; init; }

    /// <summary>How many facts it takes part in, all types together; 0 for an entity that only publishes.</summary>
    public required long FactCount { get; init; }

    /// <summary>How many facts of each type it takes part in.</summary>
    public required IReadOnlyDictionary<string, long> Facts { get; init; }

    /// <summary>Why a search found it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityMatch? Match { get; init; }

    internal const string Columns = """
        e.id, e.kind, e.name, e.first_seen, e.last_seen, e.facts,
        (select array_agg(a.alias order by a.sequence, a.position, a.alias) from views.entity_aliases a where a.entity_id = e.id),
        (select coalesce(json_object_agg(c.type, c.facts order by c.type), '{}') from views.entity_counts c where c.entity_id = e.id)
        """;

    internal static EntityView Of(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Kind = row.GetString(1),
        Slug = row.GetString(0)[(row.GetString(1).Length + 1)..],
        Name = row.GetString(2),
        FirstSeen = row.Optional<DateOnly?>(3),
        LastSeen = row.Optional<DateOnly?>(4),
        FactCount = row.GetInt64(5),
        Aliases = row.GetFieldValue<string[]>(6),
        Facts = JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(7), Json.Options)!,
    };
}

/// <summary>How a search met an entity.</summary>
/// <param name="Alias">The alias that it met.</param>
/// <param name="Kind">exact, prefix or contains.</param>
public sealed record EntityMatch(string Alias, string Kind);
