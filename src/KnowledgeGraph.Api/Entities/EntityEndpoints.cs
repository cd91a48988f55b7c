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
        var after = string.IsNullOrEmpty(cursor) ? new EntityCursor(-1, long.MaxValue, "") : Cursor.Decode<EntityCursor>(cursor);
        var count = limit ?? Page.DefaultLimit;
        if (after is null)
            return Task.FromResult<IResult>(Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor)));
        var wantedKind = string.IsNullOrEmpty(kind) ? null : kind;
        return string.IsNullOrWhiteSpace(q)
            ? AllAsync(database, moment, wantedKind, count, after, cancellation)
            : EntitySearch.FindAsync(database, moment, q.Trim(), wantedKind, count, after, cancellation);
    }

    // Most entities are as they were at the moment, and the index has them in order; those that an event touched since are counted.
    private static async Task<IResult> AllAsync(
        NpgsqlDataSource database, Moment moment, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var ofKind = kind is null ? "" : "and m.kind = $3";
        var rows = await database.QueryAsync(
            $"""
            with listed as (
                (select m.entity_id, m.facts
                from views.entity_summaries m
                where $2::date is null and m.from_sequence <= $1 and not m.is_merged {ofKind}
                    and m.facts <= $4 and (m.facts < $4 or m.entity_id > $5)
                order by m.facts desc, m.entity_id
                limit $6)
                union all
                (select e.id, n.facts
                from views.entity_summaries m
                    join views.entities e on e.id = m.entity_id and e.from_sequence <= $1 and e.to_sequence > $1
                    cross join lateral views.summarise(views.members(e.id, $1), $1, $2) n
                where {(moment.Day is null ? "m.from_sequence > $1" : "true")}
                    {ofKind} and (n.facts < $4 or n.facts = $4 and e.id > $5)
                    and not exists (select from views.identity i where i.entity_id = e.id and {Moment.Holds("i", "$1")}))
                order by facts desc, entity_id
                limit $6
            )
            select {EntityView.Columns}
            from listed l cross join {EntityView.From}
            where e.id = l.entity_id and e.from_sequence <= $1 and e.to_sequence > $1
            order by l.facts desc, l.entity_id
            """,
            [moment.Sequence, moment.Day, kind ?? "", after.Facts, after.Id, limit + 1],
            EntityView.Of,
            cancellation);
        return Results.Ok(Page.Of(rows, limit, row => Cursor.Encode(new EntityCursor(-1, row.FactCount, row.Id)), moment.Sequence));
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, NpgsqlDataSource database, Moment moment, [EntityKind] string kind, string slug, CancellationToken cancellation)
    {
        if (await Identity.FindAsync(database, $"{kind}/{slug}", moment, cancellation) is not { } identified)
            return Missing(kind, slug);
        if (identified.In(context) is { } moved)
            return moved;
        var (rows, told, names, neighbours) = await ReadBatch.RunAsync(
            database,
            batch => (
                batch.Add(
                    $"select {EntityView.Columns} from {EntityView.From} where e.id = $3 and e.from_sequence <= $1 and e.to_sequence > $1",
                    [moment.Sequence, moment.Day, identified.Id],
                    EntityView.Of),
                batch.Add(
                    $"select max(e.fiscal_year_end), {Identity.Canonical("max(e.maker)", "$2")} from views.entities e where e.id = any($1) and {Moment.Holds("e", "$2")}",
                    [identified.Members, moment.Sequence],
                    row => (FiscalYearEnd: row.Optional<int?>(0), Maker: row.Optional<string>(1))),
                Names(batch, moment, identified.Members),
                EdgeReads.Related(batch, identified.Members, moment)),
            cancellation);
        return Results.Ok(rows[0] with
        {
            Names = names,
            Neighbours = neighbours,
            Identifiers = new EntityIdentifiers([.. rows[0].Aliases.Where(alias => EntityIdentifiers.Ticker.IsMatch(alias))], told[0].FiscalYearEnd, told[0].Maker),
            Merged = identified.Members[1..],
        });
    }

    private static List<AliasEvidence> Names(ReadBatch batch, Moment moment, string[] members) => batch.Add(
        $"""
        select a.alias, a.entity_id, a.report_id, a.decision_id, a.from_sequence
        from views.entity_aliases a
        where a.entity_id = any($1) and {Moment.Holds("a", "$2")}
        order by a.from_sequence, a.position, a.alias
        """,
        [members, moment.Sequence],
        row => new AliasEvidence(row.GetString(0), row.GetString(1), row.Optional<string>(2), row.Optional<Guid?>(3), row.GetInt64(4)));

    internal static Problem Missing(string kind, string slug) => Problems.NotFound.With($"There is no entity {kind}/{slug}.", nameof(slug));
}
