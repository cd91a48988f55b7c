using System.Globalization;
using System.Text.Json;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Events;

/// <summary>An event as it was recorded.</summary>
/// <param name="Sequence">Position in the log.</param>
/// <param name="Id">The event's own id.</param>
/// <param name="Stream">Key of its stream.</param>
/// <param name="Version">Position in its stream.</param>
/// <param name="Type">The stored name.</param>
/// <param name="Timestamp">When it was recorded.</param>
/// <param name="CorrelationId">What request it belongs to.</param>
/// <param name="CausationId">What caused it.</param>
/// <param name="Headers">Further facts about the recording.</param>
/// <param name="Data">The event itself, in the names under which it is stored.</param>
public sealed record EventView(
    long Sequence,
    Guid Id,
    string Stream,
    long Version,
    string Type,
    DateTimeOffset Timestamp,
    string? CorrelationId,
    string? CausationId,
    JsonElement? Headers,
    JsonElement Data)
{
    internal static EventView Of(StoredEvent stored) => new(
        stored.Sequence,
        stored.Id,
        stored.Stream,
        stored.Version,
        stored.Type,
        stored.Timestamp.ToUniversalTime(),
        stored.CorrelationId,
        stored.CausationId,
        stored.Headers is null ? null : JsonElement.Parse(stored.Headers),
        JsonElement.Parse(stored.Data));
}

public static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", ListAsync)
            .WithTags("Events")
            .WithName("listEvents")
            .WithSummary("The log in its order, after a sequence; 'next' is the sequence to go on after. No event ever appears behind one that was listed.")
            .Produces<Page<EventView>>().Refuses(400);
        routes.MapGet("/streams/{**key}", StreamAsync)
            .WithTags("Events")
            .WithName("getStream")
            .WithSummary("The events of one stream (report/ID) in their order, after a version; 'next' is the version to go on after.")
            .Produces<Page<EventView>>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> ListAsync(EventLog log, long? after, [Limit] int? limit, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var events = await log.ReadAllAsync(after ?? 0, count + 1, cancellation);
        return Results.Ok(Page.Of([.. events.Select(EventView.Of)], count, row => row.Sequence.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> StreamAsync(EventLog log, string key, long? after, [Limit] int? limit, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        // Routing decodes a path but for %2F.
        var stream = key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var events = await log.ReadStreamAsync(stream, after ?? 0, count + 1, cancellation);
        if (events.Count == 0 && (after is null or 0 || (await log.ReadStreamAsync(stream, 0, 1, cancellation)).Count == 0))
            return Problems.NotFound.With($"There is no stream {stream}.", nameof(key));
        return Results.Ok(Page.Of([.. events.Select(EventView.Of)], count, row => row.Version.ToString(CultureInfo.InvariantCulture)));
    }
}
