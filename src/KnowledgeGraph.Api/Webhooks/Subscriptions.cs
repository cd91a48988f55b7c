using System.Collections.Concurrent;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>Somebody who is told of events.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where deliveries go.</param>
/// <param name="Types">Stored names of the types that are delivered; null for all.</param>
/// <param name="Entities">Ids of entities of which an event must name one; null for all events.</param>
/// <param name="Paused">Nothing is delivered for the time being.</param>
/// <param name="Position">Events up to this sequence are delivered or in the outbox.</param>
/// <param name="Waiting">Deliveries in the outbox.</param>
/// <param name="DeadLetters">Deliveries given up.</param>
/// <param name="Created">When it was added.</param>
public sealed record Webhook(
    Guid Id,
    string Url,
    IReadOnlyList<string>? Types,
    IReadOnlyList<string>? Entities,
    bool Paused,
    long Position,
    long Waiting,
    long DeadLetters,
    DateTimeOffset Created);

/// <summary>A delivery that was given up.</summary>
/// <param name="Sequence">The event.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">How the last attempt ended.</param>
public sealed record FailedDelivery(long Sequence, int Attempts, string? LastError);

/// <summary>
/// SUBSCRIPTIONS of the outside world. A webhook is a subscription with a position of its own in the log.
/// <para>
/// <b>Fill.</b> One transaction takes a webhook that is behind the mark (its row's lock is the shard's lock: one node at a time, and a dead node's
/// goes with its session), reads a stretch of the log through its filter, puts what matches into the outbox and moves the position. Outbox and
/// position stand or fall together, so that nothing is left out and nothing put in twice. A webhook with a full outbox is not filled.
/// </para>
/// <para>
/// <b>Deliver</b> (Delivery.cs) takes one delivery at a time from the outbox under its row's lock and deletes it when the receiver has said yes. A node that
/// dies after that yes and before the commit leaves it to be delivered again: at least once. One that lost its session while it sent may even come in after what follows; a receiver that
/// drops the sequences it has seen has each entity's events in their order.
/// </para>
/// <para>
/// Replay from a position sets the position back; what was delivered before comes again. Rebuilding views fills nothing here: no view is read.
/// </para>
/// </summary>
public sealed class Subscriptions(NpgsqlDataSource database, EventReader reader, EventLog log, TimeProvider time)
{
    private const int StretchSize = 500;

    /// <summary>Deliveries in the outbox above which a webhook is not filled.</summary>
    private const int FullAt = 10_000;

    private readonly ConcurrentDictionary<Guid, Rate> rates = new();

    /// <summary>Raised when there may be something to fill or to deliver that was not there before.</summary>
    public Signal Changed { get; } = new();

    public async Task<Webhook> AddAsync(WebhookRequest request, string secret, CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        await ExecuteAsync(
            "insert into kg.webhooks (id, url, types, entities, secret, position, created) values ($1, $2, $3, $4, $5, $6, $7) returning 1",
            [id, request.Url, request.Types?.ToArray(), request.Entities?.ToArray(), secret, request.After ?? await log.ReadHighWaterMarkAsync(cancellation), time.GetUtcNow()],
            cancellation);
        return (await FindAsync(id, cancellation))!;
    }

    public Task<List<Webhook>> ListAsync(Guid after, int limit, CancellationToken cancellation) =>
        ReadAsync("where w.id > $1 order by w.id limit $2", [after, limit], cancellation);

    public async Task<Webhook?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await ReadAsync("where w.id = $1", [id], cancellation)).SingleOrDefault();

    public Task<bool> RemoveAsync(Guid id, CancellationToken cancellation) => ExecuteAsync("delete from kg.webhooks where id = $1 returning 1", [id], cancellation);

    public Task<bool> PauseAsync(Guid id, bool paused, CancellationToken cancellation) =>
        ExecuteAsync("update kg.webhooks set paused = $2 where id = $1 returning 1", [id, paused], cancellation);

    /// <summary>Delivers again what was recorded after a sequence.</summary>
    public Task<bool> ReplayAsync(Guid id, long after, CancellationToken cancellation) => ExecuteAsync(
        """
        with hook as (update kg.webhooks set position = least(position, $2) where id = $1 returning id),
            forgotten as (delete from kg.outbox where webhook_id in (select id from hook) and sequence > $2)
        select 1 from hook
        """,
        [id, after],
        cancellation);

    /// <summary>Tries a delivery again that was given up, before all that is newer of what it is about.</summary>
    public Task<bool> RetryAsync(Guid id, long sequence, CancellationToken cancellation) => ExecuteAsync(
        "update kg.outbox set is_dead = false, attempts = 0, due = $3 where webhook_id = $1 and sequence = $2 and is_dead returning 1",
        [id, sequence, time.GetUtcNow()],
        cancellation);

    public Task<List<FailedDelivery>> DeadLettersAsync(Guid id, long after, int limit, CancellationToken cancellation) => database.QueryAsync(
        "select sequence, attempts, last_error from kg.outbox where webhook_id = $1 and sequence > $2 and is_dead order by sequence limit $3",
        [id, after, limit],
        row => new FailedDelivery(row.GetInt64(0), row.GetInt32(1), row.Optional<string>(2)),
        cancellation);

    /// <summary>Fills the outbox for one webhook that is behind, by one stretch of the log.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var mark = await log.ReadHighWaterMarkAsync(cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var behind = await transaction.QueryAsync(
            $"""
            select w.id, w.types, w.entities, w.position
            from kg.webhooks w
            where not w.paused and w.position < $1
                and (select count(*) from (select from kg.outbox o where o.webhook_id = w.id and not o.is_dead limit {FullAt}) full_outbox) < {FullAt}
            order by w.position, w.id
            limit 1
            for no key update of w skip locked
            """,
            [mark],
            row => (Id: row.GetGuid(0), Types: row.Optional<string[]>(1), Entities: row.Optional<string[]>(2), Position: row.GetInt64(3)),
            cancellation);
        if (behind is not [var webhook])
            return false;
        var stretch = await reader.ReadAsync(
            new EventFilter(webhook.Types?.ToHashSet(StringComparer.Ordinal), Stream: null, Entity: webhook.Entities is [var only] ? only : null), webhook.Position, StretchSize, cancellation);
        var matching = stretch.Events.Where(logged => webhook.Entities is null || webhook.Entities.Any(logged.Entities.Contains)).ToList();
        await transaction.ExecuteAsync(
            """
            insert into kg.outbox (webhook_id, sequence, lanes, due)
            select $1, sequence, string_to_array(lanes, ' '), $4 from unnest($2::bigint[], $3::text[]) as row (sequence, lanes)
            on conflict (webhook_id, sequence) do nothing
            """,
            [webhook.Id, matching.Select(logged => logged.Stored.Sequence).ToArray(), matching.Select(LanesOf).ToArray(), time.GetUtcNow()],
            cancellation);
        await transaction.ExecuteAsync("update kg.webhooks set position = $2 where id = $1", [webhook.Id, stretch.Position], cancellation);
        await transaction.CommitAsync(cancellation);
        rates.GetOrAdd(webhook.Id, _ => new Rate()).Observe(stretch.Events.Count, time.GetElapsedTime(started));
        Changed.Raise();
        return true;
    }

    /// <summary>
    /// Each webhook as a shard, by its id. What it lags by is what is not in the outbox yet and what waits there; its rate is that of filling the outbox
    /// with events of its types and entities; it is failing while a delivery that has failed waits to be tried again.
    /// </summary>
    public Task<List<ShardReport>> ReadShardsAsync(long mark, CancellationToken cancellation) => database.QueryAsync(
        """
        select w.id, w.position, w.paused, w.position < $1 or o.waiting > 0, coalesce(o.failing, false),
            (select count(*) from events.mt_events e where e.seq_id > w.position and e.seq_id <= $1) + o.waiting,
            (select e.timestamp from events.mt_events e where e.seq_id >= least(o.oldest, w.position + 1) and e.seq_id <= $1 order by e.seq_id limit 1),
            o.dead, o.last_error
        from kg.webhooks w
            cross join lateral (
                select count(*) filter (where not is_dead) as waiting, count(*) filter (where is_dead) as dead,
                    bool_or(attempts > 0) filter (where not is_dead) as failing, min(sequence) filter (where not is_dead) as oldest,
                    (array_agg(last_error order by due desc) filter (where last_error is not null))[1] as last_error
                from kg.outbox where webhook_id = w.id) o
        order by w.id
        """,
        [mark],
        row => new ShardReport(
            $"webhook/{row.GetGuid(0)}",
            row.GetBoolean(2) ? ShardState.Paused : row.GetBoolean(4) ? ShardState.Failing : row.GetBoolean(3) ? ShardState.Running : ShardState.CaughtUp,
            row.GetInt64(1),
            row.GetInt64(5),
            row.Optional<DateTimeOffset?>(6) is { } since ? Math.Max((time.GetUtcNow() - since).TotalSeconds, 0) : 0,
            rates.GetValueOrDefault(row.GetGuid(0))?.Value,
            row.GetInt64(7),
            row.Optional<string>(8)),
        cancellation);

    // An event about nobody keeps the order of its stream. Neither ids nor keys of streams have white space.
    private static string LanesOf(LoggedEvent logged) => logged.Entities.Count == 0 ? logged.Stored.Stream : string.Join(' ', logged.Entities);

    private Task<List<Webhook>> ReadAsync(string which, object?[] parameters, CancellationToken cancellation) => database.QueryAsync(
        $"""
        select w.id, w.url, w.types, w.entities, w.paused, w.position, w.created,
            (select count(*) from kg.outbox o where o.webhook_id = w.id and not o.is_dead),
            (select count(*) from kg.outbox o where o.webhook_id = w.id and o.is_dead)
        from kg.webhooks w
        {which}
        """,
        parameters,
        row => new Webhook(
            row.GetGuid(0),
            row.GetString(1),
            row.Optional<string[]>(2),
            row.Optional<string[]>(3),
            row.GetBoolean(4),
            row.GetInt64(5),
            row.GetInt64(7),
            row.GetInt64(8),
            row.GetFieldValue<DateTimeOffset>(6).ToUniversalTime()),
        cancellation);

    // Every statement returns a row for what it changed.
    private async Task<bool> ExecuteAsync(string sql, object?[] parameters, CancellationToken cancellation)
    {
        var changed = await database.QueryAsync(sql, parameters, static _ => 0, cancellation);
        Changed.Raise();
        return changed.Count > 0;
    }
}
