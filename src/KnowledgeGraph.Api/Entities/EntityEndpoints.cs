using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

public static class EntityEndpoints
{
    private static readonly string[] MatchKinds = ["exact", "prefix", "contains"];

    public static void MapEntities(this IEndpointRouteBuilder routes)
    {
        var entities = routes.MapGroup("/entities").WithTags("Entities");
        entities.MapGet("", ListAsync)
            .WithName("findEntities")
            .WithSummary("Entities, those with most facts first; with q those that bear the name: exactly, then as a beginning, then within.")
            .Produces<Page<EntityView>>().Refuses(400);
        entities.MapGet("{kind}/{slug}", GetAsync)
            .WithName("getEntity")
            .WithSummary("An entity: its aliases, when it was seen, its facts by type.")
            .Produces<EntityView>().Refuses(400).Refuses(404);
        entities.MapGet("{kind}/{slug}/timeline", Timeline.GetAsync)
            .WithName("getTimeline")
            .WithSummary("The facts in which an entity takes part, in the order of when they happened. "
                + "A fact with no date of its own stands at the date of its report.")
            .Produces<Page<TimelineEntry>>().Refuses(400).Refuses(404);
    }

    private static Task<IResult> ListAsync(
        NpgsqlDataSource database,
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
            ? AllAsync(database, wantedKind, count, after, cancellation)
            : SearchAsync(database, q.Trim(), wantedKind, count, after, cancellation);
    }

    private static async Task<IResult> AllAsync(NpgsqlDataSource database, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            $"""
            select {EntityView.Columns}
            from views.entities e
            where ($1::text is null or e.kind = $1) and (e.facts < $2 or e.facts = $2 and e.id collate "C" > $3)
            order by e.facts desc, e.id collate "C"
            limit $4
            """,
            [kind, after.Facts, after.Id, limit + 1],
            EntityView.Of,
            cancellation);
        return Results.Ok(Page.Of(rows, limit, row => Cursor.Encode(new EntityCursor(-1, row.FactCount, row.Id))));
    }

    private static async Task<IResult> SearchAsync(
        NpgsqlDataSource database, string q, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        // The database folds both sides, so that they are folded alike.
        var rows = await database.QueryAsync(
            $"""
            with wanted as (
                select lower(normalize($1, nfkc)) collate "C" as folded
            ), met as (
                select distinct on (a.entity_id) a.entity_id, a.alias,
                    case when a.folded = w.folded then 0 when starts_with(a.folded, w.folded) then 1 else 2 end as rank
                from views.entity_aliases a, wanted w
                where strpos(a.folded, w.folded) > 0
                order by a.entity_id, rank, a.sequence, a.position, a.alias
            )
            select {EntityView.Columns}, met.rank, met.alias
            from met join views.entities e on e.id = met.entity_id
            where ($2::text is null or e.kind = $2)
                and (met.rank > $3 or met.rank = $3 and (e.facts < $4 or e.facts = $4 and e.id collate "C" > $5))
            order by met.rank, e.facts desc, e.id collate "C"
            limit $6
            """,
            [q, kind, after.Rank, after.Facts, after.Id, limit + 1],
            row => EntityView.Of(row) with { Match = new EntityMatch(row.GetString(9), MatchKinds[row.GetInt32(8)]) },
            cancellation);
        return Results.Ok(Page.Of(rows, limit, row => Cursor.Encode(new EntityCursor(Array.IndexOf(MatchKinds, row.Match!.Kind), row.FactCount, row.Id))));
    }

    private static async Task<IResult> GetAsync(NpgsqlDataSource database, [EntityKind] string kind, string slug, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            $"select {EntityView.Columns} from views.entities e where e.id = $1", [$"{kind}/{slug}"], EntityView.Of, cancellation);
        return rows is [var entity] ? Results.Ok(entity) : Missing(kind, slug);
    }

    internal static Problem Missing(string kind, string slug) => Problems.NotFound.With($"There is no entity {kind}/{slug}.", nameof(slug));

    private sealed record EntityCursor(int Rank, long Facts, string Id);
}
