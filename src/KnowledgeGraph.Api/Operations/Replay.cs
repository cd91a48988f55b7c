using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>How a replay came out.</summary>
/// <param name="Sequence">The views were compared as of this sequence, where they had all passed it; a set that was further, as of where it stood.</param>
/// <param name="Events">Events read.</param>
/// <param name="Failed">Events that a set of views could not fold; the live views have set them aside as dead letters.</param>
/// <param name="Views">Each view, by its table with the schema.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ReplayReport(long Sequence, long Events, long Failed, IReadOnlyList<ViewComparison> Views, decimal Seconds);

/// <summary>
/// REPLAY: every view of every set built anew from the events alone, beside the live ones, and compared with them row by row.
/// <para>
/// All of it is one repeatable-read transaction that is never committed. Its snapshot holds the live views and their checkpoints, which only
/// ever move together, so that it sees each set as of one sequence, while the daemon goes on. The same folds fill fresh schemas in the same
/// transaction up to these sequences; events do not change, so it does not matter that they are read outside. The end, a fault or a crash
/// takes the schemas away with the transaction. An advisory lock of that transaction keeps a second replay from doubling the load.
/// </para>
/// </summary>
public sealed class Replay(NpgsqlDataSource database, EventLog log, IEnumerable<ViewSet> sets, TimeProvider time, ILogger<Replay> logger)
{
    private const int BatchSize = 2000;

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
        var folds = new List<Fold>();
        foreach (var set in sets)
            folds.Add(await BeginAsync(transaction, set, cancellation));
        var (events, failed) = await FoldAsync(connection, transaction, folds, cancellation);
        var views = new List<ViewComparison>();
        foreach (var fold in folds)
            views.AddRange(await CompareAsync(transaction, fold, cancellation));
        await transaction.RollbackAsync(cancellation);

        var seconds = time.GetElapsedTime(started).TotalSeconds;
        logger.Replayed(events, views.Sum(view => view.DifferenceCount), seconds);
        return new ReplayReport(folds.Min(fold => fold.Until), events, failed, views, Math.Round((decimal)seconds, 3));
    }

    private static async Task<Fold> BeginAsync(NpgsqlTransaction transaction, ViewSet set, CancellationToken cancellation)
    {
        var schema = $"replay_{set.Schema}";
        var checkpoint = await transaction.QueryAsync(
            "select coalesce(max(sequence), 0) from kg.checkpoints where name = $1", [set.CheckpointName], row => row.GetInt64(0), cancellation);
        await ViewSchema.CreateAsync(transaction, set, schema, checkpoint: schema, cancellation);
        return new Fold(set, schema, set.Fold(schema), checkpoint[0]);
    }

    private async Task<(long Events, long Failed)> FoldAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<Fold> folds, CancellationToken cancellation)
    {
        var until = folds.Max(fold => fold.Until);
        long after = 0, count = 0, failed = 0;
        while (after < until)
        {
            var batch = (await log.ReadAllAsync(after, BatchSize, cancellation)).TakeWhile(stored => stored.Sequence <= until).ToList();
            if (batch.Count == 0)
                break;
            foreach (var fold in folds)
                failed += await ApplyAsync(fold.Projection, connection, transaction, [.. batch.TakeWhile(stored => stored.Sequence <= fold.Until)], cancellation);
            count += batch.Count;
            after = batch[^1].Sequence;
        }

        return (count, failed);
    }

    // As the daemon does it: what fails as a batch is gone through in parts, and an event that fails alone is left out.
    private static async Task<int> ApplyAsync(
        IProjection projection, NpgsqlConnection connection, NpgsqlTransaction transaction, List<StoredEvent> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return 0;
        await transaction.SaveAsync("batch", cancellation);
        try
        {
            await projection.ApplyAsync(connection, transaction, batch, cancellation);
            await transaction.ReleaseAsync("batch", cancellation);
            return 0;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !Fault.IsOfInfrastructure(fault))
        {
            await transaction.RollbackAsync("batch", cancellation);
            if (batch.Count == 1)
                return 1;
        }

        var half = batch.Count / 2;
        return await ApplyAsync(projection, connection, transaction, batch[..half], cancellation)
            + await ApplyAsync(projection, connection, transaction, batch[half..], cancellation);
    }

    private static async Task<IEnumerable<ViewComparison>> CompareAsync(NpgsqlTransaction transaction, Fold fold, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(string.Concat(fold.Set.Tables.Select(view => $"analyze {fold.Schema}.{view.Table};")), [], cancellation);
        var views = await ViewComparison.CompareAsync(transaction, fold.Set, fold.Schema, cancellation);
        return views.Select(view => view with { View = $"{fold.Set.Schema}.{view.View}" });
    }

    private sealed record Fold(ViewSet Set, string Schema, IProjection Projection, long Until);
}
