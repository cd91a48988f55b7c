using System.Numerics;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>
/// REBUILD, blue and green: a set of views is built anew beside the live one, which is read and kept up all the while, and then takes its place.
/// <para>
/// <b>Build.</b> A schema of its own (<c>views_next</c>) is filled from the first event on by the same fold, batch by batch under a checkpoint
/// of its own (<c>views-next</c>), each batch and its checkpoint in one transaction. What broke off goes on there, on any node: the schema says of which
/// version it is, and a session's lock that goes with its node says that somebody is at it. While the tables fill they have only the indexes that the
/// fold reads by; the others are made when it has reached the mark, each in a transaction of its own, and what came in meanwhile is folded after.
/// </para>
/// <para>
/// <b>Compare.</b> The live shard's lock is held for a moment, the new views catch up to where the live ones stand, and a snapshot is opened that holds
/// both at one sequence. The comparison has all time then; the daemon goes on. Views of another version are not compared: they are to differ.
/// The difference is reported and decides nothing, since what the events alone give is right.
/// </para>
/// <para>
/// <b>Switch.</b> Again under the live shard's lock and caught up, one transaction renames both schemas, retires the old
/// checkpoint and gives its place to the new one. A batch of the old version that is in flight finds its checkpoint retired by compare-and-set and
/// has written nothing; so does an old node that goes on. A reader resolves the name of a table before or after, and each table that it may
/// find is complete; a replay, whose snapshot would be older than the new rows, is waited for. The old schema is dropped afterwards, which waits
/// for its last readers, and again at the next rebuild where a crash came between.
/// </para>
/// <para>Only folds into views are rebuilt: subscriptions are no view sets, so that a rebuild sends nothing to anybody.</para>
/// </summary>
public sealed class Rebuild(
    NpgsqlDataSource database,
    EventLog log,
    ProjectionDaemon daemon,
    RebuildRecord record,
    DaemonOptions options,
    TimeProvider time,
    ILogger<Rebuild> logger)
{
    private static readonly TimeSpan StalledAfter = TimeSpan.FromMinutes(1);

    /// <summary>Rebuilds one set, or goes on where that broke off.</summary>
    /// <returns>False where another node is at it; nothing was done then.</returns>
    public Task<bool> RunAsync(ViewSet set, CancellationToken cancellation) => RunAsync(set, onlyOpen: false, cancellation);

    /// <summary>The same for a rebuild that was asked for and is not done; of two nodes that saw the request the second has nothing to do.</summary>
    public Task<bool> RunOpenAsync(ViewSet set, CancellationToken cancellation) => RunAsync(set, onlyOpen: true, cancellation);

    private async Task<bool> RunAsync(ViewSet set, bool onlyOpen, CancellationToken cancellation)
    {
        await using var guard = await database.OpenConnectionAsync(cancellation);
        if (!await TryLockAsync(guard, set, cancellation))
            return false;
        try
        {
            if (onlyOpen && !await record.IsOpenAsync(set, cancellation))
                return false;
            await PrepareAsync(set, cancellation);
            await record.StartedAsync(set, cancellation);
            await FoldAsync(set, cancellation);
            await ViewSchema.IndexAsync(database, set, Next(set), cancellation);
            var built = await FoldAsync(set, cancellation);
            await record.ReachedAsync(set, "comparing", cancellation);
            var views = await CompareAsync(set, built, cancellation);
            await record.ReachedAsync(set, "switching", cancellation);
            var events = await SwitchAsync(set, cancellation);
            await DropAsync(set, cancellation);
            await record.DoneAsync(set, events, views, cancellation);
            logger.Rebuilt(set.Schema, events, views?.Sum(view => view.DifferenceCount));
            return true;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && !Fault.IsOfInfrastructure(fault))
        {
            await record.FailedAsync(set, fault.Message, cancellation);
            throw;
        }
        finally
        {
            await UnlockAsync(guard, set);
        }
    }

    private async Task<long> FoldAsync(ViewSet set, CancellationToken cancellation)
    {
        var run = RunOf(set);
        for (var batches = 1; ; batches++)
        {
            var mark = await log.ReadHighWaterMarkAsync(cancellation);
            var batch = await run.RunAsync(mark, options.RebuildBatchSize, cancellation);
            if (batch.Elsewhere)
                throw new InvalidOperationException($"Somebody else writes under {NextCheckpoint(set)}.");
            // Of tables that have no statistics yet PostgreSQL guesses the worst plans; when they have doubled, it is time again.
            if (BitOperations.IsPow2(batches))
                await AnalyzeAsync(set, cancellation);
            if (batch.Passed < options.RebuildBatchSize && batch.Checkpoint >= mark)
                return batch.Checkpoint;
        }
    }

    private ProjectionRun RunOf(ViewSet set) => new(database, set.Fold(Next(set)), NextCheckpoint(set), StalledAfter, time, isRebuild: true);

    private async Task PrepareAsync(ViewSet set, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await transaction.ExecuteAsync($"drop schema if exists {Old(set)} cascade", [], cancellation);
        if (await ViewSchema.VersionAsync(transaction, Next(set), cancellation) != set.CheckpointName)
        {
            await transaction.ExecuteAsync($"drop schema if exists {Next(set)} cascade", [], cancellation);
            await ViewSchema.CreateAsync(transaction, set, Next(set), NextCheckpoint(set), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task AnalyzeAsync(ViewSet set, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // A small sample tells how a key is spread; readers get a large one at the end.
        await transaction.ExecuteAsync("select set_config('default_statistics_target', '10', true), set_config('synchronous_commit', 'off', true)", [], cancellation);
        await transaction.ExecuteAsync(string.Concat(set.Tables.Select(view => $"analyze {Next(set)}.{view.Table};")), [], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<IReadOnlyList<ViewComparison>?> CompareAsync(ViewSet set, long built, CancellationToken cancellation)
    {
        if (!await IsLiveAsync(set, cancellation))
            return null;
        // The new views cannot go back to where live ones that lag stand.
        await daemon.WaitForAsync(set.CheckpointName, built, cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await using (var holding = await database.OpenConnectionAsync(cancellation))
        await using (var hold = await holding.BeginTransactionAsync(cancellation))
        {
            await CatchUpAsync(hold, set, set.CheckpointName, cancellation);
            // The first statement takes the snapshot.
            await snapshot.ExecuteAsync("select 1", [], cancellation);
        }

        return await ViewComparison.CompareAsync(snapshot, set, Next(set), cancellation);
    }

    private async Task<bool> IsLiveAsync(ViewSet set, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        return await ViewSchema.VersionAsync(transaction, set.Schema, cancellation) == set.CheckpointName;
    }

    private async Task<long> SwitchAsync(ViewSet set, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await transaction.ExecuteAsync($"select pg_advisory_xact_lock({Replay.LockKey})", [], cancellation);
        var live = await ViewSchema.VersionAsync(transaction, set.Schema, cancellation);
        var position = live is null ? 0 : await CatchUpAsync(transaction, set, live, cancellation);
        if (live is not null)
            await transaction.ExecuteAsync($"alter schema {set.Schema} rename to {Old(set)}", [], cancellation);
        await transaction.ExecuteAsync($"alter schema {Next(set)} rename to {set.Schema}", [], cancellation);
        await transaction.ExecuteAsync("update kg.checkpoints set retired = true where name = $1", [live], cancellation);
        await transaction.ExecuteAsync("delete from kg.checkpoints where name = $1", [set.CheckpointName], cancellation);
        await transaction.ExecuteAsync("update kg.checkpoints set name = $2 where name = $1", [NextCheckpoint(set), set.CheckpointName], cancellation);
        await transaction.ExecuteAsync("delete from kg.dead_letters where projection in ($1, $2)", [live, set.CheckpointName], cancellation);
        await transaction.ExecuteAsync("update kg.dead_letters set projection = $2 where projection = $1", [NextCheckpoint(set), set.CheckpointName], cancellation);
        await transaction.CommitAsync(cancellation);
        return position;
    }

    /// <summary>Stops the live shard for as long as the transaction lasts, and brings the new views to where it stands.</summary>
    private async Task<long> CatchUpAsync(NpgsqlTransaction transaction, ViewSet set, string live, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(19272, hashtext($1))", [live], cancellation);
        var positions = await transaction.QueryAsync(
            "select coalesce(max(sequence), 0) from kg.checkpoints where name = $1", [live], row => row.GetInt64(0), cancellation);
        var run = RunOf(set);
        while (true)
        {
            var batch = await run.RunAsync(positions[0], options.RebuildBatchSize, cancellation);
            if (batch.Checkpoint >= positions[0])
                return batch.Checkpoint;
        }
    }

    private async Task DropAsync(ViewSet set, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"drop schema if exists {Old(set)} cascade");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // A session's lock, not a transaction's: nothing is to stay open for as long as a rebuild takes.
    private static async Task<bool> TryLockAsync(NpgsqlConnection guard, ViewSet set, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(19274, hashtext($1))", guard);
        command.Parameters.Add(new() { Value = set.Schema });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task UnlockAsync(NpgsqlConnection guard, ViewSet set)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_unlock(19274, hashtext($1))", guard);
        command.Parameters.Add(new() { Value = set.Schema });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static string Next(ViewSet set) => $"{set.Schema}_next";

    private static string Old(ViewSet set) => $"{set.Schema}_old";

    internal static string NextCheckpoint(ViewSet set) => $"{set.Schema}-next";
}
