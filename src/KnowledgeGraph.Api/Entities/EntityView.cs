using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using KnowledgeGraph.Api.Graph;
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

    /// <summary>Where each alias comes from; only where one entity is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AliasEvidence>? Names { get; init; }

    /// <summary>By what else it is known; only where one entity is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityIdentifiers? Identifiers { get; init; }

    /// <summary>The ids that were merged into it; only where one entity is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Merged { get; init; }

    /// <summary>Its neighbours in the graph, by relation and direction; only where one entity is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RelatedEntities>? Neighbours { get; init; }

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

    /// <summary>What <see cref="Of"/> reads, as of the sequence $1 and the day $2.</summary>
    internal const string Columns = """
        e.id, e.kind, e.name, n.first_seen, n.last_seen, n.facts,
        (select array_agg(a.alias order by a.opened, a.position, a.alias) from (
            select distinct on (a.alias) a.alias, a.from_sequence as opened, a.position
            from views.entity_aliases a
            where a.entity_id = any(e.id || array(
                    select i.entity_id from views.identity i where i.canonical_id = e.id and i.from_sequence <= $1 and i.to_sequence > $1))
                and a.from_sequence <= $1 and a.to_sequence > $1
            order by a.alias, a.from_sequence, a.position) a),
        n.counts
        """;

    /// <summary>Entities as of $1 with what is counted of them up to the day $2.</summary>
    internal static string From { get; } = CountedTo("$2");

    /// <summary>Entities as of $1 with what is counted of them up to a day or, for null, at all: from the summary where that held by then, else anew.</summary>
    internal static string CountedTo(string day) => $"""
        views.entities e
            left join views.entity_summaries m on m.entity_id = e.id and m.from_sequence <= $1 and {day}::date is null
            cross join lateral (
                select m.facts, m.counts, m.first_seen, m.last_seen where m.entity_id is not null
                union all
                select s.facts, s.counts, s.first_seen, s.last_seen from views.summarise(views.members(e.id, $1), $1, {day}) s where m.entity_id is null) n
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
        Facts = JsonSerializer.Deserialize<SortedDictionary<string, long>>(row.GetString(7), Json.Options)!,
    };
}

/// <summary>By what else an entity is known, as events said it.</summary>
/// <param name="Tickers">Those of its aliases that are a code and a market, as NVDA.O or 0700.HK.</param>
/// <param name="FiscalYearEnd">Month in which its fiscal year ends, where that is known not to be December.</param>
/// <param name="Maker">Id of the company that makes, develops or owns it, where that is known.</param>
public sealed partial record EntityIdentifiers(IReadOnlyList<string> Tickers, int? FiscalYearEnd, string? Maker)
{
    [GeneratedRegex(@"^[A-Z0-9]{1,6}\.[A-Z]{1,2}$", RegexOptions.CultureInvariant, 100)]
    internal static partial Regex Ticker { get; }
}

/// <summary>Where an alias comes from.</summary>
/// <param name="Alias">The name.</param>
/// <param name="Entity">The id that it was given to: this entity's, or one merged into it.</param>
/// <param name="Report">The first report that used it; null for one that a decision gave.</param>
/// <param name="Decision">The decision that gave it.</param>
/// <param name="Sequence">The event that brought it.</param>
public sealed record AliasEvidence(string Alias, string Entity, string? Report, Guid? Decision, long Sequence);

/// <summary>How a search met an entity.</summary>
/// <param name="Alias">The alias that it met.</param>
/// <param name="Kind">exact, prefix, contains, or misspelt: one keystroke away.</param>
public sealed record EntityMatch(string Alias, string Kind);
