using System.Globalization;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>What one bounded batch of one projection did.</summary>
/// <param name="Projection">Its name.</param>
/// <param name="Applied">Events applied.</param>
/// <param name="DeadLettered">Events set aside.</param>
/// <param name="Checkpoint">Sequence of the last event it has passed, as far as this node knows.</param>
/// <param name="Elsewhere">Another node is running it; nothing was done here.</param>
/// <param name="Retired">Its tables were replaced by those of another version; nothing was done.</param>
public sealed record BatchCounts(string Projection, int Applied, int DeadLettered, long Checkpoint, bool Elsewhere = false, bool Retired = false)
{
    /// <summary>Events that are behind it now.</summary>
    public int Passed => Applied + DeadLettered;
}

/// <summary>What came of trying a dead letter again.</summary>
/// <param name="Applied">It went through and is no dead letter any more.</param>
/// <param name="Reason">Why it failed again.</param>
public sealed record RetryResult(bool Applied, string? Reason);

/// <summary>
/// ONE BATCH OF ONE PROJECTION.
/// <para>
/// One transaction holds the projection's advisory lock (so that two nodes do not do the same work), reads the checkpoint, applies the
/// events between it and the mark, and moves the checkpoint by compare-and-set. The lock is for economy; what keeps a fold from running
/// twice over an event is the compare-and-set in the transaction of the view's own writes: whoever finds another value than it started
/// from has done nothing. The position is read from the database each time and never kept in memory, so a crash at any point leaves view
/// and checkpoint as one of the two moments before and after the batch. The mark is read in a statement before the events are: see HighWaterMark.cs.
/// </para>
/// <para>
/// A batch that fails for another reason than infrastructure is rolled back and gone through in smaller parts, each in such a transaction of
/// its own; an event that fails alone is written to kg.dead_letters in the transaction that moves the checkpoint past it.
/// </para>
/// <para>
/// A rebuild reads the next batch's events while this one's are applied, on a connection of its own: below the mark events do not change. They are
/// used where the checkpoint turns out to stand where they begin. It does not wait for its commits to reach the disk either: a crash of the server may
/// take back the last of them, views and checkpoint alike, which nobody has read; and it cannot take one back that a later commit has waited for.
/// </para>
/// <para>
/// A node that dies loses its sessions and with them the lock; one that hangs in the middle of a batch loses them too, because the server
/// ends a session that leaves its transaction alone for too long.
/// </para>
/// </summary>
/// <param name="database">Where events and views are.</param>
/// <param name="projection">The fold.</param>
/// <param name="checkpoint">Under which name it keeps its position, its lock and its dead letters.</param>
/// <param name="stalledAfter">After how long a silent transaction is ended.</param>
/// <param name="time">For the times that are noted.</param>
/// <param name="isRebuild">Whether the views are filled batch after batch while nobody reads them.</param>
public sealed class ProjectionRun(
    NpgsqlDataSource database, IProjection projection, string checkpoint, TimeSpan stalledAfter, TimeProvider time, bool isRebuild = false)
{
    private (long Position, int Limit, Task<IReadOnlyList<StoredEvent>> Events)? ahead;

    /// <summary>One bounded batch, up to the mark. Throws what is not the events' fault.</summary>
    public async Task<BatchCounts> RunAsync(long mark, int limit, CancellationToken ct)
    {
        try
        {
            return await ApplyBatchAsync(mark, limit, ct);
        }
        catch (ProjectionFailed)
        {
            return await ApplyPartsAsync(mark, limit, ct);
        }
    }

    // Halves a part that fails until it is one event, and doubles it again after one that does not.
    private async Task<BatchCounts> ApplyPartsAsync(long mark, int limit, CancellationToken ct)
    {
        var total = new BatchCounts(checkpoint, 0, 0, 0);
        for (var size = Math.Max(limit / 2, 1); total.Passed < limit;)
        {
            BatchCounts part;
            try
            {
                part = await ApplyBatchAsync(mark, Math.Min(size, limit - total.Passed), ct);
                size *= 2;
            }
            catch (ProjectionFailed failure) when (failure.Events.Count == 1)
            {
                part = await SetAsideAsync(failure, ct);
            }
            catch (ProjectionFailed failure)
            {
                size = failure.Events.Count / 2;
                continue;
            }

            total = part with { Applied = total.Applied + part.Applied, DeadLettered = total.DeadLettered + part.DeadLettered };
            if (part.Passed == 0)
                break;
        }

        return total;
    }

    private async Task<BatchCounts> ApplyBatchAsync(long mark, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (position, ours, retired) = await EnterAsync(connection, ct);
        if (!ours || retired || position >= mark)
            return new BatchCounts(checkpoint, 0, 0, position, !ours, retired);

        var events = await ReadAsync(connection, position, mark, limit, ct);
        if (events.Count == 0)
            return new BatchCounts(checkpoint, 0, 0, position);

        try
        {
            await projection.ApplyAsync(connection, transaction, events, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !Fault.IsOfInfrastructure(e))
        {
            throw new ProjectionFailed(events, position, e);
        }

        return await MoveAsync(connection, position, events[^1].Sequence, ct)
            && await CommitAsync(transaction, ct)
            ? new BatchCounts(checkpoint, events.Count, 0, events[^1].Sequence)
            : new BatchCounts(checkpoint, 0, 0, position, Elsewhere: true);
    }

    /// <summary>
    /// Applies a dead letter after all. It comes after what was recorded later: where the fold minds the order, the view must be rebuilt.
    /// </summary>
    /// <returns>How it went; null where there is no such dead letter.</returns>
    public async Task<RetryResult?> RetryAsync(long sequence, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Waits for a batch that is running: there is one fold at a time.
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(19272, hashtext($1))", [checkpoint], ct);
        if (await ExecuteAsync(connection, "update kg.dead_letters set attempts = attempts + 1 where projection = $1 and sequence = $2", [checkpoint, sequence], ct) == 0)
            return null;

        await transaction.SaveAsync("attempt", ct);
        RetryResult result;
        try
        {
            await projection.ApplyAsync(connection, transaction, await EventRows.ReadRangeAsync(connection, sequence - 1, sequence, 1, ct), ct);
            await ExecuteAsync(connection, "delete from kg.dead_letters where projection = $1 and sequence = $2", [checkpoint, sequence], ct);
            result = new RetryResult(Applied: true, Reason: null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !Fault.IsOfInfrastructure(e))
        {
            await transaction.RollbackAsync("attempt", ct);
            await ExecuteAsync(
                connection,
                "update kg.dead_letters set reason = $3, recorded = $4 where projection = $1 and sequence = $2",
                [checkpoint, sequence, e.ToString(), time.GetUtcNow()],
                ct);
            result = new RetryResult(Applied: false, e.Message);
        }

        await transaction.CommitAsync(ct);
        return result;
    }

    private async Task<IReadOnlyList<StoredEvent>> ReadAsync(NpgsqlConnection connection, long position, long mark, int limit, CancellationToken ct)
    {
        var batch = ahead is { } next && (next.Position, next.Limit) == (position, limit)
            ? await next.Events
            : await EventRows.ReadRangeAsync(connection, position, mark, limit, ct);
        ahead = null;
        if (isRebuild && batch.Count == limit)
            ahead = (batch[^1].Sequence, limit, ReadAheadAsync(batch[^1].Sequence, mark, limit, ct));
        return batch;
    }

    private async Task<IReadOnlyList<StoredEvent>> ReadAheadAsync(long position, long mark, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await EventRows.ReadRangeAsync(connection, position, mark, limit, ct);
    }

    private async Task<BatchCounts> SetAsideAsync(ProjectionFailed failure, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(
            connection,
            """
            insert into kg.dead_letters (projection, sequence, event_type, reason, recorded) values ($1, $2, $3, $4, $5)
            on conflict (projection, sequence) do update set reason = excluded.reason, recorded = excluded.recorded
            """,
            [checkpoint, failure.Events[0].Sequence, failure.Events[0].Type, failure.InnerException!.ToString(), time.GetUtcNow()],
            ct);
        return await MoveAsync(connection, failure.Position, failure.Events[0].Sequence, ct)
            && await CommitAsync(transaction, ct)
            ? new BatchCounts(checkpoint, 0, 1, failure.Events[0].Sequence)
            : new BatchCounts(checkpoint, 0, 0, failure.Position, Elsewhere: true);
    }

    // Two-int space; 19272 keeps projections apart from the streams' queue. In one round trip; each statement sees what was committed when it begins, so
    // that the position is what the lock's last holder committed.
    private async Task<(long Position, bool Ours, bool Retired)> EnterAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Of("insert into kg.checkpoints (name, sequence, updated) values ($1, 0, $2) on conflict (name) do nothing", checkpoint, time.GetUtcNow()),
                Of(
                    $"select pg_try_advisory_xact_lock(19272, hashtext($1)), set_config('idle_in_transaction_session_timeout', $2, true){(isRebuild ? ", set_config('synchronous_commit', 'off', true)" : "")}",
                    checkpoint,
                    string.Create(CultureInfo.InvariantCulture, $"{stalledAfter.TotalMilliseconds:F0}ms")),
                Of("select sequence, retired from kg.checkpoints where name = $1", checkpoint),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var ours = reader.GetBoolean(0);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), ours, reader.GetBoolean(1));

        static NpgsqlBatchCommand Of(string sql, params object[] parameters)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in parameters)
                command.Parameters.Add(new() { Value = value });
            return command;
        }
    }

    private async Task<bool> MoveAsync(NpgsqlConnection connection, long from, long to, CancellationToken ct) =>
        await ExecuteAsync(
            connection,
            "update kg.checkpoints set sequence = $3, updated = $4 where name = $1 and sequence = $2 and not retired",
            [checkpoint, from, to, time.GetUtcNow()],
            ct) == 1;

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object[] parameters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> CommitAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        await transaction.CommitAsync(ct);
        return true;
    }

    private sealed class ProjectionFailed(IReadOnlyList<StoredEvent> events, long position, Exception cause)
        : Exception("A projection failed.", cause)
    {
        public IReadOnlyList<StoredEvent> Events => events;

        public long Position => position;
    }
}
