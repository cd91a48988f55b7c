namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>How far each projection is, as far as this node knows, and who waits for it.</summary>
internal sealed class Positions(IEnumerable<string> projections)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> reached = projections.ToDictionary(name => name, _ => -1L, StringComparer.Ordinal);
    private readonly List<(long Sequence, TaskCompletionSource Done)> waiters = [];

    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (gate)
            return new Dictionary<string, long>(reached, StringComparer.Ordinal);
    }

    public void Reached(string projection, long sequence)
    {
        lock (gate)
        {
            reached[projection] = sequence;
            var lowest = reached.Values.Min();
            foreach (var waiter in waiters.Where(waiter => waiter.Sequence <= lowest))
                waiter.Done.TrySetResult();
            waiters.RemoveAll(waiter => waiter.Done.Task.IsCompleted);
        }
    }

    public Task WaitForAsync(long sequence, CancellationToken ct)
    {
        lock (gate)
        {
            if (reached.Values.DefaultIfEmpty(long.MaxValue).Min() >= sequence)
                return Task.CompletedTask;

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((sequence, done));
            return AwaitAsync(done, ct);
        }
    }

    private async Task AwaitAsync(TaskCompletionSource done, CancellationToken ct)
    {
        try
        {
            await done.Task.WaitAsync(ct);
        }
        finally
        {
            lock (gate)
                waiters.RemoveAll(waiter => waiter.Done == done);
        }
    }
}
