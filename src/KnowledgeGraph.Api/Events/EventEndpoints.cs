using System.Globalization;
using System.Text.Json;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
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
        JsonElement.Parse(stored.Body.Span));
}

public static class EventEndpoints
{
    private const string Live = "text/event-stream";

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", ListAsync)
            .WithTags("Events").Needs(Scope.Read)
            .WithName("listEvents")
            .WithSummary("The log in its order, after a sequence, of some types, of one stream, or of the events that name an entity.")
            .WithDescription(
                """
                No event ever appears behind one that was listed: 'next' is the sequence to go on after. With 'Accept: application/x-ndjson' a page
                has one event to a line, and the header Link names the next page. With 'Accept: text/event-stream' the answer goes on with what is recorded
                from now on: the id of an event is its sequence, a client that was cut off goes on by Last-Event-ID, and 'limit' has no place.
                """)
            .TakesHeader("Last-Event-ID", "The sequence after which a live answer goes on.")
            .Produces<Page<EventView>>(200, Forms.Json, Forms.Lines, Live).Refuses(400);
        routes.MapGet("/streams/{**key}", StreamAsync)
            .WithTags("Events").Needs(Scope.Read)
            .WithName("getStream")
            .WithSummary("The events of one stream (report/ID) in their order, after a version; 'next' is the version to go on after.")
            .Produces<Page<EventView>>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        EventReader reader,
        EventTail tail,
        KnowledgeGraphOptions options,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        long? after,
        [EventTypeNames] string? types,
        string? stream,
        [EntityIdText] string? entity,
        [Limit] int? limit,
        CancellationToken cancellation)
    {
        var filter = new EventFilter(
            string.IsNullOrEmpty(types) ? null : types.Split(',').ToHashSet(StringComparer.Ordinal),
            string.IsNullOrEmpty(stream) ? null : stream,
            string.IsNullOrEmpty(entity) ? null : entity);
        var form = Forms.Wanted(context.Request, Forms.Json, Forms.Lines, Live);
        if (form == Live)
        {
            if (limit is not null)
                return Problems.InvalidParameter.With("'limit' is for pages; a live answer has no end.", nameof(limit));
            if (!TryGetPosition(context.Request, out var position))
                return Problems.InvalidParameter.With("Last-Event-ID is none that this log gave out.", "Last-Event-ID");
            return new EventStream(reader, tail, filter, position ?? after ?? 0, options.Heartbeat, time, lifetime.ApplicationStopping);
        }

        var count = limit ?? Page.DefaultLimit;
        var stretch = await reader.ReadAsync(filter, after ?? 0, count + 1, cancellation);
        var page = Page.Of([.. stretch.Events], count, row => row.Stored.Sequence.ToString(CultureInfo.InvariantCulture));
        return form == Forms.Lines
            ? new EventLines(page.Items, page.Next is null ? null : Forms.NextLink(context.Request, "after", page.Next))
            : Results.Ok(new Page<EventView>([.. page.Items.Select(row => EventView.Of(row.Stored))], page.Next));
    }

    private static bool TryGetPosition(HttpRequest request, out long? position)
    {
        position = null;
        if (request.Headers["Last-Event-ID"].ToString() is not { Length: > 0 } text)
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return false;
        position = sequence;
        return true;
    }

    private static async Task<IResult> StreamAsync(EventLog log, string key, long? after, [Limit] int? limit, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        // Routing decodes a path but for %2F.
        var stream = key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var events = await log.ReadStreamAsync(stream, after ?? 0, count + 1, ArchivedEvents.Included, EventView.Of, cancellation);
        if (events.Count == 0 && (after is null or 0 || (await log.ReadStreamAsync(stream, 0, 1, cancellation)).Count == 0))
            return Problems.NotFound.With($"There is no stream {stream}.", nameof(key));
        return Results.Ok(Page.Of([.. events], count, row => row.Version.ToString(CultureInfo.InvariantCulture)));
    }
}

/// <summary>A page of events, one to a line.</summary>
internal sealed class EventLines(IReadOnlyList<LoggedEvent> events, string? next) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/x-ndjson; charset=utf-8";
        if (next is not null)
            httpContext.Response.Headers.Link = next;
        foreach (var logged in events)
        {
            await httpContext.Response.Body.WriteAsync(logged.Json, httpContext.RequestAborted);
            await httpContext.Response.Body.WriteAsync("\n"u8.ToArray(), httpContext.RequestAborted);
        }
    }
}
