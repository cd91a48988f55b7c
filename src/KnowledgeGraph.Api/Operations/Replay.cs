using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>How a replay came out.</summary>
/// <param name="Sequence">The views were compared as of this sequence.</param>
/// <param name="Events">Events read.</param>
/// <param name="Failed">Events that could not be folded; the live views have set them aside as dead letters.</param>
/// <param name="Views">Each view.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ReplayReport(long Sequence, long Events, long Failed, IReadOnlyList<ViewComparison> Views, decimal Seconds);

/// <summary>
/// REPLAY: every view built anew from the events alone, beside the live ones, and compared with them row by row.
/// <para>
/// All of it is one repeatable-read transaction that is never committed. Its snapshot holds the live views and their checkpoint, which only
/// ever move together, so that it sees both as of one sequence, while the daemon goes on. The same fold fills a fresh schema in the same
/// transaction up to that sequence; events do not change, so it does not matter that they are read outside. The end, a fault or a crash
/// takes the schema away with the transaction. An advisory lock of that transaction keeps a second replay from doubling the load.
/// </para>
/// </summary>
public sealed class Replay(NpgsqlDataSource database, EventLog log, TimeProvider time, ILogger<Replay> logger)
{
    private const int BatchSize = 2000;

    private const string Schema = "replay";

    /// <summary>SQL: held for as long as the live views have to stay where they are.</summary>
    internal const string LockKey = "hashtextextended('knowledge-graph replay', 0)";

    /// <returns>The comparison; null where another replay is running.</returns>
    public async Task<ReplayReport?> RunAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var locked = await transaction.QueryAsync(
            $"select pg_try_advisory_xact_lock({LockKey})", [], row => row.GetBoolean(0), cancellation);
        if (!locked[0])
            return null;
        var checkpoint = await transaction.QueryAsync(
            "select coalesce(max(sequence), 0) from kg.checkpoints where name = $1", [GraphViews.Set.CheckpointName], row => row.GetInt64(0), cancellation);
        await ViewSchema.CreateAsync(transaction, GraphViews.Set, Schema, checkpoint: Schema, cancellation);
        var (events, failed) = await FoldAsync(connection, transaction, checkpoint[0], cancellation);
        await transaction.ExecuteAsync(string.Concat(GraphViews.Set.Tables.Select(view => $"analyze {Schema}.{view.Table};")), [], cancellation);
        var views = await ViewComparison.CompareAsync(transaction, GraphViews.Set, Schema, cancellation);
        await transaction.RollbackAsync(cancellation);

        var seconds = time.GetElapsedTime(started).TotalSeconds;
        logger.Replayed(events, views.Sum(view => view.DifferenceCount), seconds);
        return new ReplayReport(checkpoint[0], events, failed, views, Math.Round((decimal)seconds, 3));
    }

    private async Task<(long Events, long Failed)> FoldAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long until, CancellationToken cancellation)
    {
        var views = new GraphViews(Schema);
        long after = 0, count = 0, failed = 0;
        while (after < until)
        {
            var batch = (await log.ReadAllAsync(after, BatchSize, cancellation)).TakeWhile(stored => stored.Sequence <= until).ToList();
            if (batch.Count == 0)
                break;
            failed += await ApplyAsync(views, connection, transaction, batch, cancellation);
            count += batch.Count;
            after = batch[^1].Sequence;
        }

        return (count, failed);
    }

    // As the daemon does it: what fails as a batch is gone through event by event, and an event that fails alone is left out.
    private static async Task<int> ApplyAsync(
        GraphViews views, NpgsqlConnection connection, NpgsqlTransaction transaction, List<StoredEvent> batch, CancellationToken cancellation)
    {
        await transaction.SaveAsync("batch", cancellation);
        try
        {
            await views.ApplyAsync(connection, transaction, batch, cancellation);
            await transaction.ReleaseAsync("batch", cancellation);
            return 0;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !Fault.IsOfInfrastructure(fault))
        {
            await transaction.RollbackAsync("batch", cancellation);
            if (batch.Count == 1)
                return 1;
        }

        var failed = 0;
        foreach (var one in batch)
            failed += await ApplyAsync(views, connection, transaction, [one], cancellation);
        return failed;
    }
}
