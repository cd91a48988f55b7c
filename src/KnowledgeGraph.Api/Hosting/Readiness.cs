namespace KnowledgeGraph.Api.Hosting;

/// <summary>How far the host has come.</summary>
public enum ReadinessStage
{
    Starting,

    /// <summary>The tables are there; requests are served.</summary>
    Migrated,

    /// <summary>The seeds are in and the views have caught up.</summary>
    Ready,
}

/// <summary>The stage that the start-up has reached, for the probes and for those who wait.</summary>
public sealed class Readiness
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int stage;

    public ReadinessStage Stage => (ReadinessStage)stage;

    /// <summary>Completes when the host is ready; fails with what the start-up failed with.</summary>
    public Task WhenReady => ready.Task;

    internal void Reached(ReadinessStage reached)
    {
        stage = (int)reached;
        if (reached == ReadinessStage.Ready)
            ready.TrySetResult();
    }

    internal void Failed(Exception exception)
    {
        ready.TrySetException(exception);
        _ = ready.Task.Exception;
    }
}
