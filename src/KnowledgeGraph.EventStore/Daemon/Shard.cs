using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>What a shard is doing, as this node sees it.</summary>
public enum ShardState
{
    /// <summary>No pass has ended yet.</summary>
    Starting,

    /// <summary>It has passed all that there is to pass.</summary>
    CaughtUp,

    /// <summary>This node is applying events.</summary>
    Running,

    /// <summary>Another node is.</summary>
    Elsewhere,

    /// <summary>Its last pass failed; it is tried again.</summary>
    Failing,

    /// <summary>Its tables were replaced by those of another version.</summary>
    Retired,

    /// <summary>Somebody told it to wait.</summary>
    Paused,
}

/// <summary>
/// One shard's loop: batch after batch while there are events, then a wait. It shares nothing with other shards but the mark, so that a slow
/// or failing one holds up none of them.
/// </summary>
internal sealed class Shard(EventLog log, NpgsqlDataSource database, IProjection projection, TimeProvider time, DaemonOptions options, ILogger logger, Signal passDone)
{
    private readonly Rate rate = new();
    private readonly ProjectionRun run = new(database, projection, projection.Name, options.StalledAfter, time);

    public string Name => projection.Name;

    public Position Position { get; } = new();

    public ShardState State { get; private set; }

    /// <summary>Events a second while it worked; null where this node has applied none.</summary>
    public double? Rate => rate.Value;

    public string? LastError { get; private set; }

    public Task<RetryResult?> RetryAsync(long sequence, CancellationToken ct) => run.RetryAsync(sequence, ct);

    /// <summary>One bounded batch. Throws what is not the events' fault.</summary>
    public async Task<BatchCounts> RunOnceAsync(CancellationToken ct)
    {
        var mark = await log.ReadMarkAsync(ct);
        var started = time.GetTimestamp();
        var batch = await run.RunAsync(mark.Sequence, options.BatchSize, ct);
        if (batch.Passed > 0)
            rate.Observe(batch.Passed, time.GetElapsedTime(started));
        if (batch.DeadLettered > 0)
            Log.DeadLettered(logger, Name, batch.DeadLettered, batch.Checkpoint);
        State = batch switch
        {
            { Retired: true } => ShardState.Retired,
            _ when batch.Checkpoint >= mark.Sequence => ShardState.CaughtUp,
            { Elsewhere: true } => ShardState.Elsewhere,
            _ => ShardState.Running,
        };
        Position.Reached = batch.Checkpoint;
        return batch;
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var faults = 0;
        while (!ct.IsCancellationRequested)
        {
            var woken = log.Committed.Next;
            try
            {
                var batch = await RunOnceAsync(ct);
                faults = 0;
                passDone.Raise();
                if (batch.Passed == 0)
                    await WaitAsync(woken, State == ShardState.Elsewhere ? options.HeldBackPoll : options.IdlePoll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                (State, LastError) = (ShardState.Failing, e.Message);
                Log.PassFailed(logger, Name, ++faults, e);
                await WaitAsync(Task.Delay(Timeout.Infinite, ct), options.Backoff.After(faults), ct);
            }
        }
    }

    private async Task WaitAsync(Task woken, TimeSpan longest, CancellationToken ct) =>
        await Task.WhenAny(woken, Task.Delay(longest, time, ct));
}
