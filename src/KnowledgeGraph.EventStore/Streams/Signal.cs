namespace KnowledgeGraph.EventStore.Streams;

/// <summary>
/// "Something happened since you last looked." A waiter takes <see cref="Next"/> before it looks, looks, and then awaits what it took: what
/// is raised in between is not lost.
/// </summary>
public sealed class Signal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the first <see cref="Raise"/> after this was read.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() =>
        Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
