namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>Events a second while a shard was worked on, the latest batches weighing most.</summary>
public sealed class Rate
{
    // Weight of the last batch.
    private const double Smoothing = 0.3;

    /// <summary>Null before there is one.</summary>
    public double? Value { get; private set; }

    public void Observe(int events, TimeSpan elapsed)
    {
        var rate = events / Math.Max(elapsed.TotalSeconds, 1e-6);
        Value = Value is { } before ? before + (Smoothing * (rate - before)) : rate;
    }
}
