using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Resolution;
using Npgsql;

namespace KnowledgeGraph.Api.Series;

public static class SeriesEndpoints
{
    private const int ClaimsRead = 4000;

    /// <summary>What asks for every segment.</summary>
    private const string AllSegments = "all";

    public static void MapSeries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/entities/{kind}/{slug}/series", GetAsync)
            .WithTags("Series").Needs(Scope.Read)
            .WithName("getSeries")
            .WithSummary("A metric of an entity over time: one row for each period with the value shown, growth as reported and as computed, and the source. "
                + "metric=price: one series for each instrument and item. segment=all: one for each part of the business; without it, the whole.")
            .Produces<EntitySeries>().Produces(308).Refuses(400).Refuses(404);
        routes.MapGet("/series", FrameAsync)
            .WithTags("Series").Needs(Scope.Read)
            .WithName("getFrame")
            .WithSummary("A metric of one period across entities, in the order of their ids.")
            .Produces<Page<EntitySeries>>().Refuses(400);
    }

    private static async Task<IResult> GetAsync(
        NpgsqlDataSource database,
        HttpContext context,
        Moment moment,
        [EntityKind] string kind,
        string slug,
        [Required, StringLength(100)] string metric,
        [StringLength(200)] string? segment,
        [StringLength(100)] string? instrument,
        [StringLength(100)] string? item,
        CancellationToken cancellation)
    {
        if (await Identity.FindAsync(database, $"{kind}/{slug}", moment, cancellation) is not { } entity)
            return EntityEndpoints.Missing(kind, slug);
        if (entity.In(context) is { } elsewhere)
            return elsewhere;
        var filter = new ClaimFilter { Subject = entity.Id, Metric = metric, Segment = SegmentOf(segment), Instrument = NullIfEmpty(instrument), Item = NullIfEmpty(item) };
        var keys = await ClaimReads.FindAsync(database, filter, moment, ClaimCursor.Start, ClaimsRead + 1, cancellation);
        var claims = await WeighedValues.AssessAsync(database, [.. keys.Take(ClaimsRead)], 0, moment, cancellation);
        var (evidence, names) = await EvidenceAsync(database, claims, [entity.Id], moment, cancellation);
        var series = SeriesRows.Of(claims, evidence);
        return Results.Ok(new EntitySeries(new EntityName(entity.Id, names[entity.Id]), metric, series, keys.Count > ClaimsRead, moment.Sequence));
    }

    private static async Task<IResult> FrameAsync(
        NpgsqlDataSource database,
        Moment moment,
        [Required, StringLength(100)] string metric,
        [Required, StringLength(100)] string period,
        [StringLength(200)] string? segment,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var after = string.IsNullOrEmpty(cursor) ? new FrameCursor("") : Cursor.Decode<FrameCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var count = limit ?? Page.DefaultLimit;
        var filter = new ClaimFilter { Metric = metric, Segment = SegmentOf(segment) };
        var subjects = await ClaimReads.SubjectsAsync(database, filter with { Period = period }, moment, after.Subject, count + 1, cancellation);
        var page = Page.Of(subjects, count, subject => Cursor.Encode(new FrameCursor(subject)), moment.Sequence);
        string[] periods = [period, .. new[] { Period.TryParse(period)?.YearBefore, Period.TryParse(period)?.Before }.OfType<string>().Distinct()];
        var claims = await WeighedValues.AssessAsync(
            database, await ClaimReads.OfSubjectsAsync(database, filter, [.. page.Items], periods, moment, cancellation), 0, moment, cancellation);
        var (evidence, names) = await EvidenceAsync(database, claims, page.Items, moment, cancellation);
        var rows = claims.GroupBy(claim => claim.Key.Subject.Id).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new EntitySeries(
                new EntityName(group.Key, names.GetValueOrDefault(group.Key, group.Key)), metric, SeriesRows.Of(group, evidence, [period]), Truncated: false, moment.Sequence));
        return Results.Ok(new Page<EntitySeries>([.. rows.Where(row => row.Series.Count > 0)], page.Next, moment.Sequence));
    }

    private static async Task<(IReadOnlyDictionary<Guid, EvidenceView> Evidence, IReadOnlyDictionary<string, string> Names)> EvidenceAsync(
        NpgsqlDataSource database, List<AssessedClaim> claims, IEnumerable<string> entities, Moment moment, CancellationToken cancellation)
    {
        var shown = claims.Select(claim => claim.Assessment.Current?.Value.FactId).OfType<Guid>();
        var (evidence, names) = await ReadBatch.RunAsync(
            database, batch => (EvidenceView.Read(batch, shown, moment), ClaimReads.Names(batch, entities, moment)), cancellation);
        return (evidence.ToDictionary(), names.ToDictionary(StringComparer.Ordinal));
    }

    private static string? SegmentOf(string? segment) => segment == AllSegments ? null : string.IsNullOrEmpty(segment) ? "" : SegmentName.PartOf(segment);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed record FrameCursor(string Subject);
}
