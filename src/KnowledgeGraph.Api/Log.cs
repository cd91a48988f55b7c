using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Api.Webhooks;

namespace KnowledgeGraph.Api;

/// <summary>Every message that the host logs: ids, counts and durations, never a report's text.</summary>
internal static partial class Log
{
    /// <summary>One line a message; of the frameworks only what goes wrong, since their messages hold addresses with queries.</summary>
    public static void Configure(ILoggingBuilder logging) => logging
        .ClearProviders()
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Npgsql", LogLevel.Warning);

    [LoggerMessage(1, LogLevel.Information, "Report {ReportId} registered: {Bytes} bytes, {Facts} facts, {Milliseconds:F0} ms")]
    public static partial void ReportRegistered(this ILogger<ReportIngest> logger, string reportId, int bytes, int facts, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Seed {File} was not read ({Reason})")]
    public static partial void SeedUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(3, LogLevel.Information, "Seeds: {New} new, {Known} known")]
    public static partial void SeedsIngested(this ILogger logger, int @new, int known);

    [LoggerMessage(4, LogLevel.Warning, "The database does not answer yet; trying again in {Seconds} s")]
    public static partial void DatabaseUnreachable(this ILogger logger, double seconds, Exception exception);

    [LoggerMessage(5, LogLevel.Critical, "Start-up failed")]
    public static partial void StartupFailed(this ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "Ready: {Migrations} migrations ran, views are at sequence {Sequence}")]
    public static partial void Ready(this ILogger logger, int migrations, long sequence);

    [LoggerMessage(7, LogLevel.Information, "Replay of {Events} events: {Differences} differences, {Seconds:F1} s")]
    public static partial void Replayed(this ILogger logger, long events, long differences, double seconds);

    [LoggerMessage(8, LogLevel.Warning, "{File} was not written, kg needs --url: {Reason}")]
    public static partial void ServiceFileNotWritten(this ILogger logger, string file, string reason);

    [LoggerMessage(9, LogLevel.Warning, "The tail of the log could not be read ({Faults} in a row); trying again.")]
    public static partial void TailFailed(this ILogger<EventTail> logger, int faults, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "Report {ReportId} could not be worked on.")]
    public static partial void JobFailed(this ILogger<Inbox> logger, string reportId, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The inbox could not be worked off ({Faults} in a row); trying again.")]
    public static partial void InboxFailed(this ILogger<InboxWorker> logger, int faults, Exception exception);

    [LoggerMessage(12, LogLevel.Information, "Views {Views} rebuilt up to sequence {Sequence}: {Differences} differences")]
    public static partial void Rebuilt(this ILogger<Rebuild> logger, string views, long sequence, long? differences);

    [LoggerMessage(13, LogLevel.Error, "A rebuild failed ({Faults} in a row).")]
    public static partial void RebuildFailed(this ILogger<RebuildWorker> logger, int faults, Exception exception);

    [LoggerMessage(14, LogLevel.Information, "Views {Views} are of another version; rebuilding them beside those that are there")]
    public static partial void ViewsOutdated(this ILogger<Startup> logger, string views);

    [LoggerMessage(15, LogLevel.Warning, "Webhooks could not be served ({Faults} in a row); trying again.")]
    public static partial void WebhooksFailed(this ILogger<WebhookWorker> logger, int faults, Exception exception);
}
