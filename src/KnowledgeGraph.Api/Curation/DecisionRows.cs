using System.Text.Json;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

/// <summary>The view of decisions: each holds from its event until that of the one that undoes it.</summary>
internal static class DecisionRows
{
    /// <summary>Writes the decision down.</summary>
    /// <returns>
    /// The decision whose effect has begun or, by an undoing, ended, with the id of its event; null where nothing changes: it was undone
    /// already, or there is none.
    /// </returns>
    public static async Task<(Decision Decision, Guid Id)?> WriteAsync(
        NpgsqlTransaction transaction, string schema, RecordedDecision recorded, CancellationToken cancellation)
    {
        if (recorded.Decision is not CurationUndone undone)
            return await InsertAsync(transaction, schema, recorded, recorded.Decision, undoes: null, cancellation) ? (recorded.Decision, recorded.Stored.Id) : null;
        var ended = await transaction.QueryAsync(
            $"""
            update {schema}.decisions set to_sequence = $2
            where id = $1 and to_sequence = {Moment.Open} and type <> '{nameof(CurationUndone)}'
            returning type, body
            """,
            [undone.EventId, recorded.Stored.Sequence],
            row => Read(row.GetString(0), row.GetString(1)),
            cancellation);
        if (ended is not [var decision])
            return null;
        await InsertAsync(transaction, schema, recorded, decision, undone.EventId, cancellation);
        return (decision, undone.EventId);
    }

    /// <summary>The decisions about facts that hold now, in the order of the log.</summary>
    public static async Task<ILookup<Guid, FactDecision>> OfFactsAsync(NpgsqlTransaction transaction, string schema, Guid[] facts, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            $"""
            select fact_id, type, body from {schema}.decisions
            where fact_id = any($1) and to_sequence = {Moment.Open} and undoes is null
            order by from_sequence
            """,
            [facts],
            row => (Fact: row.GetGuid(0), Decision: (FactDecision)Read(row.GetString(1), row.GetString(2))),
            cancellation);
        return rows.ToLookup(row => row.Fact, row => row.Decision);
    }

    /// <summary>Which of the publishers are hidden now, by a decision about themselves or about whom they are merged into.</summary>
    public static async Task<IReadOnlySet<string>> HiddenAsync(NpgsqlTransaction transaction, string schema, IEnumerable<string?> publishers, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            $"""
            select row.id from unnest($1::text[]) as row (id)
            where exists (
                select from {schema}.decisions d
                where d.entity_id in (row.id, {schema}.canonical(row.id, {Moment.Open} - 1)) and d.type = '{nameof(PublisherHidden)}' and d.to_sequence = {Moment.Open})
            """,
            [publishers.Where(publisher => publisher is not null).Distinct().ToArray()],
            row => row.GetString(0),
            cancellation);
        return rows.ToHashSet(StringComparer.Ordinal);
    }

    // What an undoing is about is what the undone decision is about.
    private static async Task<bool> InsertAsync(
        NpgsqlTransaction transaction, string schema, RecordedDecision recorded, Decision about, Guid? undoes, CancellationToken cancellation)
    {
        (Guid? fact, string? entity, string? other) = about switch
        {
            FactDecision decision => ((Guid?)decision.FactId, default(string), default(string)),
            EntitiesMerged merged => (default(Guid?), merged.Entity.ToString(), merged.Into.ToString()),
            EntitiesSplit split => (default(Guid?), split.Entity.ToString(), split.From.ToString()),
            AliasAdded added => (default(Guid?), added.Entity.ToString(), null),
            PublisherHidden hidden => (default(Guid?), hidden.Publisher.ToString(), null),
            _ => throw new InvalidOperationException($"{about.GetType().Name} is no decision that the views know."),
        };
        var stored = recorded.Stored;
        return await transaction.ExecuteAsync(
            $"""
            insert into {schema}.decisions
                (id, from_sequence, stream, version, recorded, type, fact_id, entity_id, other_id, undoes, author, reason, body)
            values ($1, $2, $3, $4, $5, $6, $7::uuid, $8, $9, $10::uuid, $11, $12, $13::json)
            on conflict (id) do nothing
            """,
            [
                stored.Id, stored.Sequence, stored.Stream, stored.Version, stored.Timestamp.ToUniversalTime(), recorded.Decision.GetType().Name,
                fact, entity, other, undoes, recorded.Decision.Author, recorded.Decision.Reason, stored.Data,
            ],
            cancellation) == 1;
    }

    private static Decision Read(string type, string body) => (Decision)JsonSerializer.Deserialize(
        body, EventTypes.Find(JsonNamingPolicy.SnakeCaseLower.ConvertName(type)) ?? throw new InvalidOperationException($"There is no decision {type}."), FactMapping.EventJson)!;
}
