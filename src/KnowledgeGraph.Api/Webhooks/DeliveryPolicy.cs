using KnowledgeGraph.EventStore.Daemon;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>When a delivery that failed is tried again. Pure.</summary>
/// <param name="Backoff">Waits, by the number of failures.</param>
/// <param name="MaxAttempts">After so many it is a dead letter.</param>
public sealed record DeliveryPolicy(Backoff Backoff, int MaxAttempts)
{
    /// <summary>Ten attempts in about an hour and a half.</summary>
    public static DeliveryPolicy Default { get; } = new(new Backoff(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30)), 10);

    /// <summary>When to try again after an attempt that failed; null for never.</summary>
    /// <param name="attempts">Attempts so far, all of which failed.</param>
    /// <param name="now">The time of the last one.</param>
    public DateTimeOffset? Next(int attempts, DateTimeOffset now) => attempts >= MaxAttempts ? null : now + Backoff.After(attempts);
}
