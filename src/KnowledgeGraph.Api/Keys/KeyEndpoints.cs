using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Http;

namespace KnowledgeGraph.Api.Keys;

/// <summary>A key to be made.</summary>
public sealed record KeyRequest
{
    /// <summary>Whose it is, or what for, at most 200 characters.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>What it allows, at least one of read, ingest, curate, admin.</summary>
    [Required]
    public IReadOnlyList<string>? Scopes { get; init; }

    internal Problem? Fault() =>
        string.IsNullOrWhiteSpace(Name) ? Problems.InvalidParameter.With("'name' is required.", "name")
        : Name.Length > 200 ? Problems.InvalidParameter.With("'name' has at most 200 characters.", "name")
        : Scopes is not { Count: > 0 } || Scopes.Except(Scope.All).Any()
            ? Problems.InvalidParameter.With($"'scopes' is a list of {string.Join(", ", Scope.All)}.", "scopes")
        : null;
}

public static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/keys").WithTags("Keys").Needs(Scope.Admin);
        keys.MapPost("", CreateAsync)
            .WithName("createKey")
            .WithSummary("Makes a key. Its secret is in this answer and nowhere else.")
            .Accepts<KeyRequest>("application/json")
            .Produces<CreatedKey>(201).Refuses(400);
        keys.MapGet("", ListAsync)
            .WithName("listKeys")
            .WithSummary("All keys in the order in which they were made, revoked ones too.")
            .Produces<Page<ApiKey>>().Refuses(400);
        keys.MapDelete("{id}", RevokeAsync)
            .WithName("revokeKey")
            .WithSummary("Ends a key for good. From the next request on it is refused.")
            .Produces<ApiKey>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ApiKeys keys, CancellationToken cancellation)
    {
        var (request, problem) = await RequestBody.ReadAsync<KeyRequest>(context.Request, cancellation);
        if ((problem ?? request!.Fault()) is { } fault)
            return fault;
        var created = await keys.CreateAsync(request!.Name!.Trim(), request.Scopes!, cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(created, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiKeys keys, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new KeyCursor(Guid.Empty) : Cursor.Decode<KeyCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        return Results.Ok(Page.Of(await keys.ListAsync(after.Id, count + 1, cancellation), count, key => Cursor.Encode(new KeyCursor(key.Id))));
    }

    private static async Task<IResult> RevokeAsync(ApiKeys keys, [Uuid] string id, CancellationToken cancellation) =>
        await keys.RevokeAsync(Guid.Parse(id), cancellation) is { } key
            ? Results.Ok(key)
            : Problems.NotFound.With($"There is no key {id}.", nameof(id));

    private sealed record KeyCursor(Guid Id);
}
