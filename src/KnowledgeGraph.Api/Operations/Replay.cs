using System.Text.Json;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>One row that the live view and the rebuilt one do not share.</summary>
/// <param name="Key">What makes the row unique.</param>
/// <param name="Live">The row as the live view has it; null where it has none.</param>
/// <param name="Rebuilt">The row as the events alone give it; null where they give none.</param>
public sealed record RowDifference(string Key, JsonElement? Live, JsonElement? Rebuilt);

/// <summary>How one view came out.</summary>
/// <param name="View">Its table.</param>
/// <param name="Rows">Rows rebuilt.</param>
/// <param name="DifferenceCount">Rows that differ.</param>
/// <param name="Differences">The first 20 of them.</param>
public sealed record ViewComparison(string View, long Rows, long DifferenceCount, IReadOnlyList<RowDifference> Differences);

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

    private const int DifferencesShown = 20;

    private const string Schema = "replay";

    /// <returns>The comparison; null where another replay is running.</returns>
    public async Task<ReplayReport?> RunAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var locked = await transaction.QueryAsync(
            "select pg_try_advisory_xact_lock(hashtextextended('knowledge-graph replay', 0))", [], row => row.GetBoolean(0), cancellation);
        if (!locked[0])
            return null;
        var checkpoint = await transaction.QueryAsync(
            "select coalesce(max(sequence), 0) from kg.checkpoints where name = $1", [GraphViews.Set.CheckpointName], row => row.GetInt64(0), cancellation);
        await ViewSchema.CreateAsync(transaction, GraphViews.Set, Schema, cancellation);
        var (events, failed) = await FoldAsync(connection, transaction, checkpoint[0], cancellation);
        await transaction.ExecuteAsync(string.Concat(GraphViews.Set.Tables.Select(view => $"analyze {Schema}.{view.Table};")), [], cancellation);
        var views = new List<ViewComparison>();
        foreach (var (table, key) in GraphViews.Set.Tables)
            views.Add(await CompareAsync(transaction, table, key, cancellation));
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

    private static async Task<ViewComparison> CompareAsync(NpgsqlTransaction transaction, string table, string key, CancellationToken cancellation)
    {
        // A row's text holds every column as it is stored; json has no equality of its own.
        var rows = await transaction.QueryAsync(
            $"""
            with live as (
                select {key} as key, row_to_json(t)::text as row from {GraphViews.Set.Schema}.{table} t
            ), rebuilt as (
                select {key} as key, row_to_json(t)::text as row from {Schema}.{table} t
            ), differing as (
                select key, live.row as live, rebuilt.row as rebuilt
                from live full join rebuilt using (key)
                where live.row is distinct from rebuilt.row
            ), shown as (
                select * from differing order by key limit {DifferencesShown}
            )
            select (select count(*) from rebuilt), (select count(*) from differing), shown.key, shown.live, shown.rebuilt
            from (select) one left join shown on true
            order by shown.key
            """,
            [],
            row => (Rows: row.GetInt64(0), Count: row.GetInt64(1), Key: row.Optional<string>(2), Live: row.Optional<string>(3), Rebuilt: row.Optional<string>(4)),
            cancellation);
        return new ViewComparison(table, rows[0].Rows, rows[0].Count, [.. rows.Where(row => row.Key is not null).Select(row =>
            new RowDifference(row.Key!, Parse(row.Live), Parse(row.Rebuilt)))]);

        static JsonElement? Parse(string? row) => row is null ? null : JsonElement.Parse(row);
    }
}
