using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Graph;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

public static class EntityEndpoints
{
    public static void MapEntities(this IEndpointRouteBuilder routes)
    {
        var entities = routes.MapGroup("/entities").WithTags("Entities").Needs(Scope.Read);
        entities.MapGet("", ListAsync)
            .WithName("findEntities")
            .WithSummary("Entities, those with most facts first; with q those that bear the name in any script: exactly, then as a beginning, then within, then one keystroke away.")
            .Produces<Page<EntityView>>().Refuses(400);
        entities.MapGet("{kind}/{slug}", GetAsync)
            .WithName("getEntity")
            .WithSummary("An entity: its aliases, when it was seen, its facts by type, its neighbours by relation.")
            .Produces<EntityView>().Produces(308).Refuses(400).Refuses(404);
        entities.MapGet("{kind}/{slug}/timeline", Timeline.GetAsync)
            .WithName("getTimeline")
            .WithSummary("The happenings in which an entity takes part, with all reports that assert each, in the order of when they happened, were "
                + "published or were recorded. What has no date of its own stands at the date of its report.")
            .WithDescription(
                """
                An entry is what the report published last says of the happening; 'further' are the others that assert it, 'differing' names the values
                in which they differ. Filters are for facts: an entry shows those that they leave. With 'Accept: text/csv' or 'application/x-ndjson' a
                page is rows, and the header Link names the next.
                """)
            .Produces<Page<TimelineEntry>>(200, Forms.Json, Forms.Lines, Forms.Csv).Produces(308).Refuses(400).Refuses(404);
    }

    private static Task<IResult> ListAsync(
        NpgsqlDataSource database,
        Moment moment,
        [StringLength(200)] string? q,
        [EntityKind] string? kind,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var after = string.IsNullOrEmpty(cursor) ? EntityCursor.Start : Cursor.Decode<EntityCursor>(cursor);
        var count = limit ?? Page.DefaultLimit;
        if (after is null)
            return Task.FromResult<IResult>(Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor)));
        var wantedKind = string.IsNullOrEmpty(kind) ? null : kind;
        return string.IsNullOrWhiteSpace(q)
            ? EntityList.AllAsync(database, moment, wantedKind, count, after, cancellation)
            : EntitySearch.FindAsync(database, moment, q.Trim(), wantedKind, count, after, cancellation);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, NpgsqlDataSource database, Moment moment, [EntityKind] string kind, string slug, CancellationToken cancellation)
    {
        var id = $"{kind}/{slug}";
        var (identities, rows, told, names, neighbours) = await ReadBatch.RunAsync(
            database,
            batch => (
                Identity.Find(batch, id, moment),
                batch.Add(
                    $"select {EntityView.Columns} from {EntityView.From} where e.id = $3 and {Moment.Holds("e", "$1")}",
                    [moment.Sequence, moment.Day, id],
                    EntityView.Of),
                batch.Add(
                    $"select max(e.fiscal_year_end), {Identity.Canonical("max(e.maker)", "$2")} from {Identity.Members("$1", "$2")} m join views.entities e on e.id = m.id and {Moment.Holds("e", "$2")}",
                    [id, moment.Sequence],
                    row => (FiscalYearEnd: row.Optional<int?>(0), Maker: row.Optional<string>(1))),
                Names(batch, moment, id),
                EdgeReads.Related(batch, id, moment)),
            cancellation);
        if (identities is not [var identified])
            return Missing(kind, slug);
        if (identified.In(context) is { } moved)
            return moved;
        return Results.Ok(rows[0] with
        {
            Names = names,
            Neighbours = neighbours,
            Identifiers = new EntityIdentifiers([.. rows[0].Aliases.Where(alias => EntityIdentifiers.Ticker.IsMatch(alias))], told[0].FiscalYearEnd, told[0].Maker),
            Merged = identified.Members[1..],
        });
    }

    private static List<AliasEvidence> Names(ReadBatch batch, Moment moment, string id) => batch.Add(
        $"""
        select a.alias, a.entity_id, a.report_id, a.decision_id, a.from_sequence
        from {Identity.Members("$1", "$2")} m join views.entity_aliases a on a.entity_id = m.id and {Moment.Holds("a", "$2")}
        order by a.from_sequence, a.position, a.alias
        """,
        [id, moment.Sequence],
        row => new AliasEvidence(row.GetString(0), row.GetString(1), row.Optional<string>(2), row.Optional<Guid?>(3), row.GetInt64(4)));

    internal static Problem Missing(string kind, string slug) => Problems.NotFound.With($"There is no entity {kind}/{slug}.", nameof(slug));
}
