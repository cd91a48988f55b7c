using System.Text.Json;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>How far a rebuild is.</summary>
/// <param name="Views">The set of views.</param>
/// <param name="State">requested, building, comparing, switching, done or failed.</param>
/// <param name="Done">Events folded.</param>
/// <param name="Total">Events that there are to fold.</param>
/// <param name="Rate">Events a second, on average over this run; null before there is one.</param>
/// <param name="SecondsLeft">At this rate; null where that is not known.</param>
/// <param name="Requested">When it was asked for.</param>
/// <param name="Finished">When it was done or had failed.</param>
/// <param name="Differences">Each view against the live one, as of one sequence; null until compared, and where they are of different versions.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RebuildProgress(
    string Views,
    string State,
    long Done,
    long Total,
    double? Rate,
    double? SecondsLeft,
    DateTimeOffset Requested,
    DateTimeOffset? Finished,
    IReadOnlyList<ViewComparison>? Differences,
    string? Error);

/// <summary>What is known of rebuilds, in the database, so that every node can tell.</summary>
public sealed class RebuildRecord(NpgsqlDataSource database, EventLog log, TimeProvider time)
{
    /// <summary>Raised when a rebuild was asked for here.</summary>
    public Signal Requested { get; } = new();

    /// <summary>Asks for a rebuild. One that is under way already goes on.</summary>
    public async Task RequestAsync(ViewSet set, CancellationToken cancellation)
    {
        await ExecuteAsync(
            """
            insert into kg.rebuilds as held (views, state, requested) values ($1, 'requested', $2)
            on conflict (views) do update set
                state = 'requested', requested = excluded.requested, started = null, done_before = 0, finished = null,
                events = null, differences = null, error = null
            where held.state in ('done', 'failed')
            """,
            [set.Schema, time.GetUtcNow()],
            cancellation);
        Requested.Raise();
    }

    /// <summary>Whether a rebuild was asked for or has broken off.</summary>
    public async Task<bool> IsOpenAsync(ViewSet set, CancellationToken cancellation)
    {
        var states = await database.QueryAsync(
            "select 1 from kg.rebuilds where views = $1 and state not in ('done', 'failed')", [set.Schema], row => row.GetInt32(0), cancellation);
        return states.Count > 0;
    }

    internal Task StartedAsync(ViewSet set, CancellationToken cancellation) => ExecuteAsync(
        """
        update kg.rebuilds set state = 'building', started = $2, done_before = (
            select count(*) from events.mt_events where seq_id <= coalesce((select sequence from kg.checkpoints where name = $3), 0))
        where views = $1
        """,
        [set.Schema, time.GetUtcNow(), Rebuild.NextCheckpoint(set)],
        cancellation);

    internal Task ReachedAsync(ViewSet set, string state, CancellationToken cancellation) =>
        ExecuteAsync("update kg.rebuilds set state = $2 where views = $1", [set.Schema, state], cancellation);

    internal Task DoneAsync(ViewSet set, long position, IReadOnlyList<ViewComparison>? differences, CancellationToken cancellation) => ExecuteAsync(
        """
        update kg.rebuilds set state = 'done', finished = $2, events = (select count(*) from events.mt_events where seq_id <= $3), differences = $4::jsonb
        where views = $1
        """,
        [set.Schema, time.GetUtcNow(), position, differences is null ? null : JsonSerializer.Serialize(differences, Json.Options)],
        cancellation);

    internal Task FailedAsync(ViewSet set, string reason, CancellationToken cancellation) => ExecuteAsync(
        "update kg.rebuilds set state = 'failed', finished = $2, error = $3 where views = $1", [set.Schema, time.GetUtcNow(), reason], cancellation);

    public async Task<IReadOnlyList<RebuildProgress>> ReadAsync(CancellationToken cancellation)
    {
        var mark = await log.ReadHighWaterMarkAsync(cancellation);
        return await database.QueryAsync(
            """
            select views, state, requested, finished, differences::text, error, started, done_before,
                coalesce(events, (select count(*) from events.mt_events where seq_id <= (select sequence from kg.checkpoints where name = views || '-next'))),
                coalesce(events, (select count(*) from events.mt_events where seq_id <= $1))
            from kg.rebuilds
            order by views
            """,
            [mark],
            Read,
            cancellation);
    }

    private RebuildProgress Read(NpgsqlDataReader row)
    {
        var (done, total) = (row.GetInt64(8), row.GetInt64(9));
        var finished = row.Optional<DateTimeOffset?>(3);
        var elapsed = row.Optional<DateTimeOffset?>(6) is { } started ? ((finished ?? time.GetUtcNow()) - started).TotalSeconds : 0;
        double? rate = elapsed > 0 && done > row.GetInt64(7) ? (done - row.GetInt64(7)) / elapsed : null;
        return new RebuildProgress(
            row.GetString(0),
            row.GetString(1),
            done,
            total,
            rate,
            finished is null ? (total - done) / rate : 0,
            row.GetFieldValue<DateTimeOffset>(2).ToUniversalTime(),
            finished?.ToUniversalTime(),
            row.Optional<string>(4) is { } differences ? JsonSerializer.Deserialize<List<ViewComparison>>(differences, Json.Options) : null,
            row.Optional<string>(5));
    }

    private async Task ExecuteAsync(string sql, object?[] parameters, CancellationToken cancellation) =>
        await database.QueryAsync(sql, parameters, static _ => 0, cancellation);
}
