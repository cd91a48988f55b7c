using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Api.Webhooks;
using KnowledgeGraph.Domain.Events.Upcasters;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>How the log is being followed.</summary>
/// <param name="HighWaterMark">The highest sequence at or below which nothing can still appear.</param>
/// <param name="Highest">The highest sequence committed; above the mark only while open writers hold that back.</param>
/// <param name="HeldBackBy">These writers, the oldest first; one that stays is to be ended by its process number.</param>
/// <param name="Shards">Each projection, and each webhook as webhook/ID.</param>
/// <param name="UnknownTypes">Types in the log that this version does not know, with their numbers of events; kept, and folded into no view.</param>
public sealed record ShardsAnswer(
    long HighWaterMark,
    long Highest,
    IReadOnlyList<OpenWriter> HeldBackBy,
    IReadOnlyList<ShardReport> Shards,
    IReadOnlyDictionary<string, long> UnknownTypes);

public static class OperationEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        var operations = routes.MapGroup("/operations").WithTags("Operations").Needs(Scope.Admin);
        operations.MapPost("replay", ReplayAsync)
            .WithName("replay")
            .WithSummary("Builds every view anew from the events alone, beside the live ones, and compares them row by row. Changes nothing.")
            .Produces<ReplayReport>().Refuses(409);
        operations.MapPost("rebuild", RebuildAsync)
            .WithName("rebuild")
            .WithSummary("Builds every view anew beside the live ones, which go on, compares them and puts the new ones in their place. See GET for how far it is.")
            .Produces<IReadOnlyList<RebuildProgress>>(202).Refuses(400);
        operations.MapGet("rebuild", RebuildProgressAsync)
            .WithName("getRebuild")
            .WithSummary("How far the rebuild of each set of views is, or how the last one went.")
            .Produces<IReadOnlyList<RebuildProgress>>().Refuses(400);
        operations.MapGet("shards", ShardsAsync)
            .WithName("listShards")
            .WithSummary("How far each projection and subscription is, how fast, and what holds it up.")
            .Produces<ShardsAnswer>().Refuses(400);
        operations.MapGet("dead-letters", DeadLettersAsync)
            .WithName("listDeadLetters")
            .WithSummary("The events that a shard could not apply and went past, by shard and sequence.")
            .Produces<Page<DeadLetter>>().Refuses(400);
        operations.MapPost("dead-letters/{shard}/{sequence}/retry", RetryAsync)
            .WithName("retryDeadLetter")
            .WithSummary("Tries one again. It is applied after what was recorded later; where that matters, a rebuild restores the order.")
            .Produces<RetryResult>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> ReplayAsync(Replay replay, CancellationToken cancellation) =>
        await replay.RunAsync(cancellation) is { } report
            ? Results.Ok(report)
            : Problems.ReplayRunning.With("Another replay is running; ask again when it has ended.");

    private static async Task<IResult> RebuildAsync(IEnumerable<ViewSet> views, RebuildRecord record, CancellationToken cancellation)
    {
        foreach (var set in views)
            await record.RequestAsync(set, cancellation);
        return Results.Accepted("/operations/rebuild", await record.ReadAsync(cancellation));
    }

    private static async Task<IResult> RebuildProgressAsync(RebuildRecord record, CancellationToken cancellation) =>
        Results.Ok(await record.ReadAsync(cancellation));

    private static async Task<IResult> ShardsAsync(
        EventLog log, ProjectionDaemon daemon, Subscriptions subscriptions, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var mark = await log.ReadMarkAsync(cancellation);
        var types = await database.QueryAsync(
            "select type, events from event_index.type_counts order by type", [], row => (Type: row.GetString(0), Events: row.GetInt64(1)), cancellation);
        return Results.Ok(new ShardsAnswer(
            mark.Sequence,
            mark.Highest,
            mark.Sequence < mark.Highest ? await log.ReadOpenWritersAsync(cancellation) : [],
            [.. await daemon.ReadShardsAsync(cancellation), .. await subscriptions.ReadShardsAsync(mark.Sequence, cancellation)],
            types.Where(row => !EventReading.Present.Knows(row.Type)).ToDictionary(row => row.Type, row => row.Events, StringComparer.Ordinal)));
    }

    private static async Task<IResult> DeadLettersAsync(DeadLetters letters, string? shard, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new LetterCursor("", 0) : Cursor.Decode<LetterCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var rows = await letters.ReadAsync(shard, after.Shard, after.Sequence, count + 1, cancellation);
        return Results.Ok(Page.Of(rows, count, row => Cursor.Encode(new LetterCursor(row.Shard, row.Sequence))));
    }

    private static async Task<IResult> RetryAsync(ProjectionDaemon daemon, string shard, long sequence, CancellationToken cancellation) =>
        await daemon.RetryAsync(shard, sequence, cancellation) is { } result
            ? Results.Ok(result)
            : Problems.NotFound.With($"Shard {shard} has set no event {sequence} aside.", nameof(sequence));

    private sealed record LetterCursor(string Shard, long Sequence);
}
