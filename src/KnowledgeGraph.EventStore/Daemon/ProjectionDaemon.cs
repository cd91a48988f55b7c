using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>Settings of the daemon.</summary>
/// <param name="BatchSize">Events per batch and projection.</param>
/// <param name="RebuildBatchSize">Events per batch of a rebuild.</param>
/// <param name="IdlePoll">Longest wait without a wake-up. Decides nothing about order.</param>
/// <param name="HeldBackPoll">The same while a batch of another node is awaited, which nobody announces.</param>
/// <param name="Watch">How often the highest committed sequence is asked for: bounds how late commits of other processes are seen.</param>
/// <param name="StuckAfter">How long readers may be held back before the writers that do so are reported.</param>
/// <param name="StalledAfter">
/// How long a node may leave a batch's transaction alone before the server ends it: a node that hangs loses its shards, as one that dies does.
/// </param>
/// <param name="Backoff">Waits after faults of infrastructure.</param>
public sealed record DaemonOptions(
    int BatchSize, int RebuildBatchSize, TimeSpan IdlePoll, TimeSpan HeldBackPoll, TimeSpan Watch, TimeSpan StuckAfter, TimeSpan StalledAfter, Backoff Backoff)
{
    public static DaemonOptions Default { get; } = new(
        500, 4_000, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(15), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), Backoff.Default);
}

/// <summary>A shard as it stands.</summary>
/// <param name="Name">Its name, which is that of its checkpoint.</param>
/// <param name="State">As this node sees it.</param>
/// <param name="Position">Sequence of the last event that it has passed, on whichever node.</param>
/// <param name="LagEvents">Events between its position and the high-water mark.</param>
/// <param name="LagSeconds">How long ago the first of them was recorded; 0 where there is none.</param>
/// <param name="Rate">Events a second while this node worked on it; null where it has not.</param>
/// <param name="DeadLetters">Events set aside.</param>
/// <param name="LastError">Why the last pass of this node that failed did so; null where none has.</param>
public sealed record ShardReport(
    string Name, ShardState State, long Position, long LagEvents, double LagSeconds, double? Rate, long DeadLetters, string? LastError);

/// <summary>
/// THE DAEMON keeps the shards up to the high-water mark. A shard is a projection, or a subscription, which is a projection into an outbox.
/// <para>
/// Each shard has a loop of its own (Shard.cs). Every node runs all loops; that one node at a time works on a shard is the database's doing,
/// batch by batch (ProjectionRun.cs), so that there is nobody to elect and nothing to hand over: when a node dies, the server ends its
/// sessions, their locks go, and the next pass of any other node has the shard. Loops are woken by the signal of this process's commits and,
/// for anybody's, by the watch; a lost wake-up costs time (at most the poll), never an event.
/// </para>
/// </summary>
public sealed class ProjectionDaemon : BackgroundService
{
    private readonly NpgsqlDataSource database;
    private readonly EventLog log;
    private readonly TimeProvider time;
    private readonly MarkWatch watch;
    private readonly IReadOnlyList<Shard> shards;

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
        watch = new MarkWatch(database, log, options, time, logger);
        shards = [.. projections.Select(projection => new Shard(log, database, projection, time, options, logger, PassDone))];
    }

    /// <summary>Raised after every pass of a shard, whatever it found; tests wait for it instead of sleeping.</summary>
    public Signal PassDone { get; } = new();

    /// <summary>One bounded batch for each shard. Throws what is not the events' fault.</summary>
    public async Task<IReadOnlyList<BatchCounts>> RunOnceAsync(CancellationToken ct) =>
        await Task.WhenAll(shards.Select(shard => shard.RunOnceAsync(ct)));

    /// <summary>
    /// Completes when every shard, here or on another node, has passed the sequence. A writer that stays open below it makes this wait:
    /// give a token that ends.
    /// </summary>
    public Task WaitForAsync(long sequence, CancellationToken ct) => Task.WhenAll(shards.Select(shard => shard.Position.WaitForAsync(sequence, ct)));

    /// <summary>Completes when one shard, here or on another node, has passed the sequence.</summary>
    public Task WaitForAsync(string shard, long sequence, CancellationToken ct) => Find(shard)!.Position.WaitForAsync(sequence, ct);

    /// <summary>Whether one shard, here or on another node, has passed the sequence, as far as this node knows.</summary>
    public bool HasPassed(string shard, long sequence) => Find(shard)!.Position.Reached >= sequence;

    /// <summary>Tries an event again that a shard has set aside.</summary>
    /// <returns>How it went; null where there is no such shard or it has not set the event aside.</returns>
    public async Task<RetryResult?> RetryAsync(string shard, long sequence, CancellationToken ct) =>
        Find(shard) is { } found ? await found.RetryAsync(sequence, ct) : null;

    /// <summary>All shards, by name.</summary>
    public async Task<IReadOnlyList<ShardReport>> ReadShardsAsync(CancellationToken ct)
    {
        var mark = await log.ReadHighWaterMarkAsync(ct);
        var reports = new List<ShardReport>();
        await using var connection = await database.OpenConnectionAsync(ct);
        foreach (var shard in shards.OrderBy(shard => shard.Name, StringComparer.Ordinal))
            reports.Add(await ReadAsync(connection, shard, mark, ct));
        return reports;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(shards.Select(shard => shard.RunAsync(stoppingToken)).Append(watch.RunAsync(stoppingToken)));

    private Shard? Find(string name) => shards.FirstOrDefault(shard => shard.Name == name);

    private async Task<ShardReport> ReadAsync(NpgsqlConnection connection, Shard shard, long mark, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            with shard as (select coalesce((select sequence from kg.checkpoints where name = $1), 0) as position)
            select position,
                (select count(*) from events.mt_events where seq_id > position and seq_id <= $2),
                (select timestamp from events.mt_events where seq_id > position and seq_id <= $2 order by seq_id limit 1),
                (select count(*) from kg.dead_letters where projection = $1)
            from shard
            """,
            connection);
        command.Parameters.Add(new() { Value = shard.Name });
        command.Parameters.Add(new() { Value = mark });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var waits = reader.IsDBNull(2) ? TimeSpan.Zero : time.GetUtcNow() - reader.GetFieldValue<DateTimeOffset>(2);
        return new ShardReport(
            shard.Name,
            shard.State,
            reader.GetInt64(0),
            reader.GetInt64(1),
            Math.Max(waits.TotalSeconds, 0),
            shard.Rate,
            reader.GetInt64(3),
            shard.LastError);
    }
}
