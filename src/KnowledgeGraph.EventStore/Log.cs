using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.EventStore;

/// <summary>Every message of the event store: ids, counts and durations only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Projection {Projection}: {Count} events set aside as dead letters, now at {Sequence}.")]
    public static partial void DeadLettered(ILogger logger, string projection, int count, long sequence);

    [LoggerMessage(2, LogLevel.Warning, "A pass of the daemon failed ({Faults} in a row); trying again.")]
    public static partial void PassFailed(ILogger logger, int faults, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The connection that listens for commits was lost ({Faults} in a row); trying again.")]
    public static partial void ListenerLost(ILogger logger, int faults, Exception exception);
}
