using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Extraction.Resolution;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

public static class ClaimEndpoints
{
    private const int ValuesInList = 20;

    private const int ValuesOfOne = Page.DefaultLimit;

    // With at, whether a claim conflicts is known only when its values are weighed: a page looks at so many times its limit, no further.
    private const int LookAhead = 10;

    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        var claims = routes.MapGroup("/claims").WithTags("Claims").Needs(Scope.Read);
        claims.MapGet("", ListAsync)
            .WithName("findClaims")
            .WithSummary("Numbers that reports give, one claim for each subject, metric, period and basis: every report's value, how they agree, "
                + "and which is shown. conflicting=true: only those whose values contradict each other beyond rounding; segment: only those of that part of a business.")
            .Produces<Page<ClaimView>>().Refuses(400);
        claims.MapGet("{id}", GetAsync)
            .WithName("getClaim")
            .WithSummary("A claim with its weightiest and latest values, the number's path from rumour to actual, each speaker's error, and its siblings on another basis.")
            .Produces<ClaimView>().Produces(308).Refuses(400).Refuses(404);
        claims.MapGet("{id}/values", ValuesAsync)
            .WithName("listClaimValues")
            .WithSummary("All values of a claim, the weightiest stage first, in it the latest publication first.")
            .Produces<Page<ClaimValueView>>().Produces(308).Refuses(400).Refuses(404);
    }

    private static async Task<IResult> ListAsync(
        NpgsqlDataSource database,
        Moment moment,
        [EntityIdText] string? entity,
        [StringLength(100)] string? metric,
        [StringLength(100)] string? period,
        [StringLength(200)] string? segment,
        bool? conflicting,
        decimal? minSpreadPercent,
        [FactTypes] string? type,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var after = string.IsNullOrEmpty(cursor) ? ClaimCursor.Start : Cursor.Decode<ClaimCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var count = limit ?? Page.DefaultLimit;
        var subject = NullIfEmpty(entity) is { } id ? (await Identity.FindAsync(database, id, moment, cancellation))?.Id ?? id : null;
        var filter = new ClaimFilter
        {
            Subject = subject,
            Metric = NullIfEmpty(metric),
            Period = NullIfEmpty(period),
            Segment = NullIfEmpty(segment) is { } part ? SegmentName.PartOf(part) : null,
            Conflicting = conflicting,
            MinSpreadPercent = minSpreadPercent,
            Types = NullIfEmpty(type)?.Split(','),
        };
        var (page, next) = moment.At is null
            ? await PageAsync(database, filter, moment, after, count, cancellation)
            : await PageAtAsync(database, filter, moment, after, count, cancellation);
        return Results.Ok(new Page<ClaimView>([.. page.Select(ClaimView.Of)], next is null ? null : Cursor.Pinned(Cursor.Encode(next), moment.Sequence), moment.Sequence));
    }

    private static async Task<(List<AssessedClaim> Page, ClaimCursor? Next)> PageAsync(
        NpgsqlDataSource database, ClaimFilter filter, Moment moment, ClaimCursor after, int limit, CancellationToken cancellation)
    {
        var keys = await ClaimReads.FindAsync(database, filter, moment, after, limit + 1, cancellation);
        var next = keys.Count > limit ? ClaimCursor.Of(keys[limit - 1]) : null;
        return (await WeighedValues.AssessAsync(database, [.. keys.Take(limit)], ValuesInList, moment, cancellation), next);
    }

    // The views know what held as of a sequence, not what of it had happened by a day: that is weighed here.
    private static async Task<(List<AssessedClaim> Page, ClaimCursor? Next)> PageAtAsync(
        NpgsqlDataSource database, ClaimFilter filter, Moment moment, ClaimCursor after, int limit, CancellationToken cancellation)
    {
        var page = new List<AssessedClaim>();
        var wide = filter with { Conflicting = null, MinSpreadPercent = null };
        for (var i = 0; i < LookAhead; i++)
        {
            var (found, next) = await PageAsync(database, wide, moment, after, limit, cancellation);
            foreach (var claim in found.Where(claim => Fits(claim.Assessment, filter)))
            {
                page.Add(claim);
                if (page.Count == limit)
                    return (page, ClaimCursor.Of(claim.Key));
            }

            if (next is null)
                return (page, null);
            after = next;
        }

        return (page, after);
    }

    private static bool Fits(Assessment assessment, ClaimFilter filter) =>
        (filter.Conflicting is null || filter.Conflicting == assessment.IsConflicting)
        && (filter.MinSpreadPercent is null || assessment.SpreadPercent >= filter.MinSpreadPercent)
        && (filter.Types is null || assessment.Values.Any(one => filter.Types.Contains(one.Value.Type)));

    private static async Task<IResult> GetAsync(NpgsqlDataSource database, HttpContext context, Moment moment, [Uuid] string id, CancellationToken cancellation)
    {
        var wanted = Guid.Parse(id);
        var (found, rows, siblings) = await ReadBatch.RunAsync(
            database,
            batch => (
                ClaimReads.Get(batch, wanted, moment),
                WeighedValues.OfClaim(batch, wanted, ValueCursor.Start, Assessment.Weighed, ValuesOfOne, moment),
                ClaimReads.Siblings(batch, wanted, moment)),
            cancellation);
        return Answer(context, id, found, rows, moment, claim => ClaimView.Of(claim) with
        {
            Path = ClaimPath.Of(claim.Assessment),
            Errors = ClaimPath.ErrorsOf(claim.Assessment),
            Siblings = siblings,
        });
    }

    private static async Task<IResult> ValuesAsync(
        NpgsqlDataSource database, HttpContext context, Moment moment, [Uuid] string id, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var after = string.IsNullOrEmpty(cursor) ? ValueCursor.Start : Cursor.Decode<ValueCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var (wanted, count) = (Guid.Parse(id), limit ?? Page.DefaultLimit);
        var (found, rows, listed) = await ReadBatch.RunAsync(
            database,
            batch => (
                ClaimReads.Get(batch, wanted, moment),
                WeighedValues.OfClaim(batch, wanted, ValueCursor.Start, Assessment.Weighed, 0, moment),
                WeighedValues.OfClaim(batch, wanted, after, count + 1, count + 1, moment)),
            cancellation);
        return Answer(context, id, found, rows, moment, claim =>
            Page.Of(WeighedValues.ShownIn(listed), count, shown => Cursor.Encode(ValueCursor.Of(shown.Value)), moment.Sequence)
                .Select(shown => ClaimValueView.Of(shown, claim.Assessment)));
    }

    private static IResult Answer<T>(
        HttpContext context, string id, List<(ClaimKey Key, string Subject)> found, List<WeighedValues.Row> rows, Moment moment, Func<AssessedClaim, T> view) => found switch
        {
            [] => Problems.NotFound.With($"There is no claim {id}.", nameof(id)),
            [var (key, subject)] when subject != key.Subject.Id => Moved(context, id, ClaimCell.IdOf(subject, key.Cell)),
            [var (key, _), ..] => WeighedValues.Assessed(key, rows, moment) is { } claim
                ? Results.Ok(view(claim))
                : Problems.NotFound.With($"No value of claim {id} holds at this moment.", nameof(id)),
        };

    private static IResult Moved(HttpContext context, string id, Guid to)
    {
        // A split may undo the merge: nobody is to remember it for good.
        context.Response.Headers.CacheControl = "no-cache";
        var path = context.Request.Path.Value!.Replace($"/{id}", $"/{to}", StringComparison.Ordinal);
        return Results.Redirect($"{path}{context.Request.QueryString}", permanent: true, preserveMethod: true);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
