using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>What one bounded batch of one projection did.</summary>
/// <param name="Projection">Its name.</param>
/// <param name="Applied">Events applied.</param>
/// <param name="DeadLettered">Events set aside.</param>
/// <param name="Checkpoint">Sequence of the last event it has passed, as far as this node knows.</param>
/// <param name="Elsewhere">Another node is running it; nothing was done here.</param>
public sealed record BatchCounts(string Projection, int Applied, int DeadLettered, long Checkpoint, bool Elsewhere);

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
/// A batch that fails for another reason than infrastructure is rolled back and gone through event by event, each in such a transaction of
/// its own; an event that fails alone is written to kg.dead_letters in the transaction that moves the checkpoint past it.
/// </para>
/// </summary>
internal sealed class ProjectionRun(NpgsqlDataSource database, IProjection projection, TimeProvider time)
{
    public async Task<BatchCounts> RunAsync(long mark, int limit, CancellationToken ct)
    {
        try
        {
            return await ApplyBatchAsync(mark, limit, ct);
        }
        catch (ProjectionFailed)
        {
            return await ApplyOneByOneAsync(mark, limit, ct);
        }
    }

    private async Task<BatchCounts> ApplyOneByOneAsync(long mark, int limit, CancellationToken ct)
    {
        var total = new BatchCounts(projection.Name, 0, 0, 0, Elsewhere: false);
        for (var i = 0; i < limit; i++)
        {
            BatchCounts one;
            try
            {
                one = await ApplyBatchAsync(mark, 1, ct);
            }
            catch (ProjectionFailed failure)
            {
                one = await SetAsideAsync(failure, ct);
            }

            total = one with { Applied = total.Applied + one.Applied, DeadLettered = total.DeadLettered + one.DeadLettered };
            if (one.Applied + one.DeadLettered == 0)
                break;
        }

        return total;
    }

    private async Task<BatchCounts> ApplyBatchAsync(long mark, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (checkpoint, ours) = await EnterAsync(connection, ct);
        if (!ours || checkpoint >= mark)
            return new BatchCounts(projection.Name, 0, 0, checkpoint, !ours);

        var events = await EventRows.ReadRangeAsync(connection, checkpoint, mark, limit, ct);
        if (events.Count == 0)
            return new BatchCounts(projection.Name, 0, 0, checkpoint, Elsewhere: false);

        try
        {
            await projection.ApplyAsync(connection, transaction, events, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !Fault.IsOfInfrastructure(e))
        {
            throw new ProjectionFailed(events[0], checkpoint, e);
        }

        return await MoveAsync(connection, checkpoint, events[^1].Sequence, ct)
            && await CommitAsync(transaction, ct)
            ? new BatchCounts(projection.Name, events.Count, 0, events[^1].Sequence, Elsewhere: false)
            : new BatchCounts(projection.Name, 0, 0, checkpoint, Elsewhere: true);
    }

    private async Task<BatchCounts> SetAsideAsync(ProjectionFailed failure, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            insert into kg.dead_letters (projection, sequence, event_type, reason, recorded) values ($1, $2, $3, $4, $5)
            on conflict (projection, sequence) do update set reason = excluded.reason, recorded = excluded.recorded
            """,
            connection);
        command.Parameters.Add(new() { Value = projection.Name });
        command.Parameters.Add(new() { Value = failure.Event.Sequence });
        command.Parameters.Add(new() { Value = failure.Event.Type });
        command.Parameters.Add(new() { Value = failure.InnerException!.ToString() });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(ct);

        return await MoveAsync(connection, failure.Checkpoint, failure.Event.Sequence, ct)
            && await CommitAsync(transaction, ct)
            ? new BatchCounts(projection.Name, 0, 1, failure.Event.Sequence, Elsewhere: false)
            : new BatchCounts(projection.Name, 0, 0, failure.Checkpoint, Elsewhere: true);
    }

    // Two-int space; 19272 keeps projections apart from the streams' queue.
    private async Task<(long Checkpoint, bool Ours)> EnterAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var insert = new NpgsqlCommand(
            "insert into kg.checkpoints (name, sequence, updated) values ($1, 0, $2) on conflict (name) do nothing", connection))
        {
            insert.Parameters.Add(new() { Value = projection.Name });
            insert.Parameters.Add(new() { Value = time.GetUtcNow() });
            await insert.ExecuteNonQueryAsync(ct);
        }

        bool ours;
        await using (var enter = new NpgsqlCommand("select pg_try_advisory_xact_lock(19272, hashtext($1))", connection))
        {
            enter.Parameters.Add(new() { Value = projection.Name });
            ours = (bool)(await enter.ExecuteScalarAsync(ct))!;
        }

        // A statement after the lock: it sees what the lock's last holder committed.
        await using var command = new NpgsqlCommand("select sequence from kg.checkpoints where name = $1", connection);
        command.Parameters.Add(new() { Value = projection.Name });
        return ((long)(await command.ExecuteScalarAsync(ct))!, ours);
    }

    private async Task<bool> MoveAsync(NpgsqlConnection connection, long from, long to, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "update kg.checkpoints set sequence = $3, updated = $4 where name = $1 and sequence = $2", connection);
        command.Parameters.Add(new() { Value = projection.Name });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private static async Task<bool> CommitAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        await transaction.CommitAsync(ct);
        return true;
    }

    private sealed class ProjectionFailed(StoredEvent first, long checkpoint, Exception cause)
        : Exception("A projection failed.", cause)
    {
        public StoredEvent Event => first;

        public long Checkpoint => checkpoint;
    }
}
