using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Events;

/// <summary>
/// THE TAIL: the latest events of the log, read once for all followers of this process.
/// <para>
/// It holds every event with start &lt; sequence &lt;= end, end being a high-water mark, and at most <see cref="Capacity"/> of them. A follower
/// is a position and nothing else: it takes from here what lies after its position, or, where it is behind the start, from the database.
/// So nobody queues anything for anybody: a slow follower holds up neither the others nor memory, it falls behind the start and
/// reads on its own; a fast one costs no query. While nobody follows, nothing is read.
/// </para>
/// </summary>
public sealed class EventTail(EventLog log, DaemonOptions options, TimeProvider time, ILogger<EventTail> logger) : BackgroundService
{
    /// <summary>Events kept, up to twice as many for a moment.</summary>
    private const int Capacity = 4096;

    private const int BatchSize = 500;

    private readonly Lock gate = new();
    private readonly Signal joined = new();
    private readonly List<LoggedEvent> events = [];
    private long start;
    private long end;
    private int followers;

    /// <summary>Raised whenever the end has moved.</summary>
    public Signal Moved { get; } = new();

    /// <summary>Counts in a follower until what is returned is disposed of.</summary>
    public IDisposable Join()
    {
        Interlocked.Increment(ref followers);
        joined.Raise();
        return new Follower(this);
    }

    /// <summary>What lies after a position and matches; null where the tail does not reach back so far.</summary>
    public EventStretch? Read(EventFilter filter, long after, int limit)
    {
        lock (gate)
        {
            if (after < start || end == 0)
                return null;
            var found = new List<LoggedEvent>();
            var first = events.BinarySearch(null!, Comparer<LoggedEvent>.Create((one, _) => one.Stored.Sequence <= after ? -1 : 1));
            foreach (var logged in events.Skip(~first))
            {
                if (!filter.Matches(logged))
                    continue;
                found.Add(logged);
                if (found.Count == limit)
                    return new EventStretch(found, logged.Stored.Sequence);
            }

            return new EventStretch(found, Math.Max(after, end));
        }
    }

    /// <summary>Reads one batch onto the end and returns how many events that were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        var mark = await log.ReadHighWaterMarkAsync(ct);
        var from = end;
        if (end == 0 || mark < end)
            Restart(mark);
        var batch = await log.ReadRangeAsync(end, mark, BatchSize, ct);
        lock (gate)
        {
            events.AddRange(batch.Select(stored => new LoggedEvent(stored)));
            end = batch.Count == BatchSize ? batch[^1].Sequence : mark;
            if (events.Count > 2 * Capacity)
            {
                start = events[^(Capacity + 1)].Stored.Sequence;
                events.RemoveRange(0, events.Count - Capacity);
            }
        }

        if (mark > from)
            Moved.Raise();
        return batch.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var faults = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (committed, newcomer) = (log.Committed.Next, joined.Next);
            try
            {
                if (Volatile.Read(ref followers) == 0)
                {
                    Restart(0);
                    await newcomer.WaitAsync(stoppingToken);
                }
                else if (await RunOnceAsync(stoppingToken) == 0)
                {
                    await Task.WhenAny(committed, Task.Delay(options.IdlePoll, time, stoppingToken));
                }

                faults = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.TailFailed(++faults, fault);
                await Task.WhenAny(Task.Delay(options.Backoff.After(faults), time, stoppingToken));
            }
        }
    }

    private void Restart(long at)
    {
        lock (gate)
        {
            events.Clear();
            start = end = at;
        }
    }

    private sealed class Follower(EventTail tail) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                Interlocked.Decrement(ref tail.followers);
        }
    }
}
