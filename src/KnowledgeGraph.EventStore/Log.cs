using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.EventStore;

/// <summary>Every message of the event store: ids, counts and durations only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Shard {Shard}: {Count} events set aside as dead letters, now at {Sequence}.")]
    public static partial void DeadLettered(ILogger logger, string shard, int count, long sequence);

    [LoggerMessage(2, LogLevel.Warning, "A pass of shard {Shard} failed ({Faults} in a row); trying again.")]
    public static partial void PassFailed(ILogger logger, string shard, int faults, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Watching the high-water mark failed ({Faults} in a row); trying again.")]
    public static partial void WatchFailed(ILogger logger, int faults, Exception exception);

    [LoggerMessage(4, LogLevel.Information, "PostgreSQL {Version} serves {Folder} on port {Port}.")]
    public static partial void ClusterStarted(ILogger logger, string folder, int version, int port);

    [LoggerMessage(5, LogLevel.Warning, "A former host left {Processes} server processes in {Folder}; stopping them.")]
    public static partial void ClusterTakenOver(ILogger logger, string folder, int processes);

    [LoggerMessage(6, LogLevel.Warning, "{Wanted} cannot be reached by the user {User}; the cluster lies in {Folder} instead.")]
    public static partial void ClusterElsewhere(ILogger logger, string wanted, string? user, string folder);

    [LoggerMessage(7, LogLevel.Information, "The throw-away cluster in {Folder} could not be removed.")]
    public static partial void ReapFailed(ILogger logger, string folder, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "Readers have been held at {Mark} of {Highest} for {Seconds:0} s by the open transaction {Transaction} (process {Process}, age {Age:0} s, {State}, {Application}).")]
    public static partial void WriterStuck(
        ILogger logger, long mark, long highest, double seconds, string transaction, string process, double? age, string? state, string? application);
}
