using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>Settings of the daemon.</summary>
/// <param name="BatchSize">Events per batch and projection.</param>
/// <param name="IdlePoll">Longest wait without a wake-up. Decides nothing about order.</param>
/// <param name="HeldBackPoll">The same while a batch of another node is awaited, which nobody announces.</param>
/// <param name="Watch">How often the highest committed sequence is asked for: bounds how late commits of other processes are seen.</param>
/// <param name="StuckAfter">How long readers may be held back before the writers that do so are reported.</param>
/// <param name="Backoff">Waits after faults of infrastructure.</param>
public sealed record DaemonOptions(
    int BatchSize, TimeSpan IdlePoll, TimeSpan HeldBackPoll, TimeSpan Watch, TimeSpan StuckAfter, Backoff Backoff)
{
    public static DaemonOptions Default { get; } = new(
        500, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(15), TimeSpan.FromSeconds(10), Backoff.Default);
}

/// <summary>
/// Follows the events and keeps the projections up to the high-water mark. It only schedules: one pass is <see cref="RunOnceAsync"/>. It is
/// woken by the signal of this process's commits and, for anybody's, by the watch; a lost wake-up costs time (at most the poll), never an event.
/// </summary>
public sealed class ProjectionDaemon : BackgroundService
{
    private readonly NpgsqlDataSource database;
    private readonly EventLog log;
    private readonly TimeProvider time;
    private readonly DaemonOptions options;
    private readonly ILogger<ProjectionDaemon> logger;
    private readonly IReadOnlyList<ProjectionRun> runs;
    private readonly Positions positions;
    private bool awaited;

    public ProjectionDaemon(
        NpgsqlDataSource database,
        EventLog log,
        IEnumerable<IProjection> projections,
        TimeProvider time,
        DaemonOptions options,
        ILogger<ProjectionDaemon> logger)
    {
        this.database = database;
        this.log = log;
        this.time = time;
        this.options = options;
        this.logger = logger;
        var list = projections.ToList();
        runs = [.. list.Select(projection => new ProjectionRun(database, projection, time))];
        positions = new Positions(list.Select(projection => projection.Name));
    }

    /// <summary>Raised after every pass, whatever it found; tests wait for it instead of sleeping.</summary>
    public Signal PassDone { get; } = new();

    /// <summary>Sequence that each projection has passed, as far as this node knows; -1 before its first pass.</summary>
    public IReadOnlyDictionary<string, long> Checkpoints => positions.Snapshot();

    /// <summary>One bounded batch for each projection. Throws what is not the events' fault.</summary>
    public async Task<IReadOnlyList<BatchCounts>> RunOnceAsync(CancellationToken ct)
    {
        var mark = await log.ReadMarkAsync(ct);
        var counts = new List<BatchCounts>();
        foreach (var run in runs)
        {
            var batch = await run.RunAsync(mark.Sequence, options.BatchSize, ct);
            counts.Add(batch);
            positions.Reached(batch.Projection, batch.Checkpoint);
            if (batch.DeadLettered > 0)
                Log.DeadLettered(logger, batch.Projection, batch.DeadLettered, batch.Checkpoint);
        }

        awaited = counts.Exists(batch => batch.Elsewhere && batch.Checkpoint < mark.Sequence);
        return counts;
    }

    /// <summary>
    /// Completes when every projection, here or on another node, has passed the sequence. A writer that stays open below it makes this wait:
    /// give a token that ends.
    /// </summary>
    public Task WaitForAsync(long sequence, CancellationToken ct) => positions.WaitForAsync(sequence, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = new MarkWatch(database, log, options, time, logger).RunAsync(stoppingToken);
        var faults = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = log.Committed.Next;
            try
            {
                var counts = await RunOnceAsync(stoppingToken);
                faults = 0;
                PassDone.Raise();
                if (!counts.Any(batch => batch.Applied + batch.DeadLettered > 0))
                    await WaitAsync(woken, awaited ? options.HeldBackPoll : options.IdlePoll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Log.PassFailed(logger, ++faults, e);
                await WaitAsync(Task.Delay(Timeout.Infinite, stoppingToken), options.Backoff.After(faults), stoppingToken);
            }
        }

        await watch;
    }

    private async Task WaitAsync(Task woken, TimeSpan longest, CancellationToken ct) =>
        await Task.WhenAny(woken, Task.Delay(longest, time, ct));
}
