namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>How far one shard is, as far as this node knows, and who waits for it.</summary>
internal sealed class Position
{
    private readonly Lock gate = new();
    private readonly List<(long Sequence, TaskCompletionSource Done)> waiters = [];
    private long reached = -1;

    /// <summary>-1 before the first pass.</summary>
    public long Reached
    {
        get
        {
            lock (gate)
                return reached;
        }

        set
        {
            lock (gate)
            {
                reached = value;
                foreach (var waiter in waiters.Where(waiter => waiter.Sequence <= value))
                    waiter.Done.TrySetResult();
                waiters.RemoveAll(waiter => waiter.Done.Task.IsCompleted);
            }
        }
    }

    public Task WaitForAsync(long sequence, CancellationToken ct)
    {
        lock (gate)
        {
            if (reached >= sequence)
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
