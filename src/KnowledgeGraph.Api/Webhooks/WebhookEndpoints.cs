using System.Globalization;
using System.Security.Cryptography;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>Who is to be told of what.</summary>
public sealed record WebhookRequest
{
    /// <summary>Where deliveries go, http or https; required.</summary>
    public string? Url { get; init; }

    /// <summary>Stored names of types; all where left out.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Ids of entities of which an event must name one; all events where left out.</summary>
    public IReadOnlyList<string>? Entities { get; init; }

    /// <summary>Key of the signature, 16 to 200 characters; made up where left out.</summary>
    public string? Secret { get; init; }

    /// <summary>Events after this sequence; those from now on where left out.</summary>
    public long? After { get; init; }
}

/// <summary>A webhook just added.</summary>
/// <param name="Webhook">As it is answered from now on.</param>
/// <param name="Secret">Key of the signature. It is not shown again.</param>
public sealed record AddedWebhook(Webhook Webhook, string Secret);

public static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").WithTags("Webhooks").Needs(Scope.Admin);
        webhooks.MapPost("", AddAsync)
            .WithName("addWebhook")
            .WithSummary("Have events delivered: each as POST with the event as body, in order for each entity, at least once, tried again for about an hour and a half.")
            .WithDescription(
                """
                A delivery carries Kg-Sequence, the same each time that it is repeated, and Kg-Signature 't=SECONDS,v1=HEX': HMAC-SHA256, keyed with the secret,
                over SECONDS, a full stop and the body. Any answer of 2xx within 10 s means that it was taken. Redirects are not followed.
                """)
            .Accepts<WebhookRequest>("application/json")
            .Produces<AddedWebhook>(201).Refuses(400);
        webhooks.MapGet("", ListAsync)
            .WithName("listWebhooks").WithSummary("All webhooks, how far they are and what is waiting.")
            .Produces<Page<Webhook>>().Refuses(400);
        webhooks.MapGet("{id}", GetAsync)
            .WithName("getWebhook").WithSummary("A webhook: how far it is and what is waiting.")
            .Produces<Webhook>().Refuses(400).Refuses(404);
        webhooks.MapDelete("{id}", RemoveAsync)
            .WithName("removeWebhook").WithSummary("Nothing is delivered any more, also not what is waiting.")
            .Produces<Webhook>().Refuses(400).Refuses(404);
        webhooks.MapPost("{id}/pause", (Subscriptions store, [Uuid] string id, CancellationToken cancellation) => ChangeAsync(store, id, store.PauseAsync(Guid.Parse(id), true, cancellation), cancellation))
            .WithName("pauseWebhook").WithSummary("Nothing is delivered until it is resumed; what is recorded meanwhile is delivered then.")
            .Produces<Webhook>().Refuses(400).Refuses(404);
        webhooks.MapPost("{id}/resume", (Subscriptions store, [Uuid] string id, CancellationToken cancellation) => ChangeAsync(store, id, store.PauseAsync(Guid.Parse(id), false, cancellation), cancellation))
            .WithName("resumeWebhook").WithSummary("Delivers again.")
            .Produces<Webhook>().Refuses(400).Refuses(404);
        webhooks.MapPost("{id}/replay", (Subscriptions store, [Uuid] string id, long? after, CancellationToken cancellation) =>
                ChangeAsync(store, id, store.ReplayAsync(Guid.Parse(id), after ?? 0, cancellation), cancellation))
            .WithName("replayWebhook").WithSummary("Delivers once more what was recorded after a sequence.")
            .Produces<Webhook>().Refuses(400).Refuses(404);
        webhooks.MapGet("{id}/dead-letters", DeadLettersAsync)
            .WithName("listFailedDeliveries").WithSummary("The deliveries that were given up, in the order of the log.")
            .Produces<Page<FailedDelivery>>().Refuses(400).Refuses(404);
        webhooks.MapPost("{id}/dead-letters/{sequence}/retry", (Subscriptions store, [Uuid] string id, long sequence, CancellationToken cancellation) =>
                ChangeAsync(store, id, store.RetryAsync(Guid.Parse(id), sequence, cancellation), cancellation))
            .WithName("retryFailedDelivery").WithSummary("Tries a delivery again that was given up.")
            .Produces<Webhook>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> AddAsync(HttpContext context, Subscriptions store, Targets targets, CancellationToken cancellation)
    {
        var (request, problem) = await RequestBody.ReadAsync<WebhookRequest>(context.Request, cancellation);
        if (problem is not null)
            return problem;
        if (Refuse(request!, targets) is { } refusal)
            return refusal;
        var secret = request!.Secret ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var webhook = await store.AddAsync(request, secret, cancellation);
        return Results.Created($"/webhooks/{webhook.Id}", new AddedWebhook(webhook, secret));
    }

    private static Problem? Refuse(WebhookRequest request, Targets targets)
    {
        if (targets.Refuse(request.Url) is { } fault)
            return Problems.InvalidParameter.With(fault, "url");
        if (request.Types is { } types && (types.Count == 0 || !new EventTypeNamesAttribute().IsValid(string.Join(',', types))))
            return Problems.InvalidParameter.With("'types' are stored names, as model_released.", "types");
        if (request.Entities is { } entities && (entities.Count is 0 or > 1000 || entities.Any(id => EntityId.TryParse(id) is null)))
            return Problems.InvalidParameter.With("'entities' are ids, as company/nvidia, at most 1000.", "entities");
        if (request.Secret is not (null or { Length: >= 16 and <= 200 }))
            return Problems.InvalidParameter.With("'secret' has 16 to 200 characters.", "secret");
        return request.After < 0 ? Problems.InvalidParameter.With("'after' is a sequence.", "after") : null;
    }

    private static async Task<IResult> ListAsync(Subscriptions store, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new WebhookCursor(Guid.Empty) : Cursor.Decode<WebhookCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var rows = await store.ListAsync(after.Id, count + 1, cancellation);
        return Results.Ok(Page.Of(rows, count, row => Cursor.Encode(new WebhookCursor(row.Id))));
    }

    private static async Task<IResult> GetAsync(Subscriptions store, [Uuid] string id, CancellationToken cancellation) =>
        await store.FindAsync(Guid.Parse(id), cancellation) is { } webhook ? Results.Ok(webhook) : Missing(id);

    private static async Task<IResult> RemoveAsync(Subscriptions store, [Uuid] string id, CancellationToken cancellation) =>
        await store.FindAsync(Guid.Parse(id), cancellation) is { } webhook && await store.RemoveAsync(webhook.Id, cancellation) ? Results.Ok(webhook) : Missing(id);

    private static async Task<IResult> ChangeAsync(Subscriptions store, string id, Task<bool> change, CancellationToken cancellation) =>
        await change ? await GetAsync(store, id, cancellation) : Missing(id);

    private static async Task<IResult> DeadLettersAsync(Subscriptions store, [Uuid] string id, [Limit] int? limit, long? after, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        if (await store.FindAsync(Guid.Parse(id), cancellation) is null)
            return Missing(id);
        var rows = await store.DeadLettersAsync(Guid.Parse(id), after ?? 0, count + 1, cancellation);
        return Results.Ok(Page.Of(rows, count, row => row.Sequence.ToString(CultureInfo.InvariantCulture)));
    }

    private static Problem Missing(string id) => Problems.NotFound.With($"There is no such webhook, or no such delivery of it: {id}.", nameof(id));

    private sealed record WebhookCursor(Guid Id);
}
