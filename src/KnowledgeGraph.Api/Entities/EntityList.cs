using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// Entities in the order of their facts, those with most first, from an index in this order; those that an event has touched since the moment are counted.
/// The order is that of all facts, also where what is answered counts only those up to a day: to count first and sort then would read all there are.
/// </summary>
internal static class EntityList
{
    public static async Task<IResult> AllAsync(
        NpgsqlDataSource database, Moment moment, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var rows = await ReadAsync(database, moment, kind, limit + 1, after, beginning: null, cancellation);
        return Results.Ok(Page.Of(rows, limit, row => Cursor.Encode(new EntityCursor(-1, row.Facts, row.Entity.Id)), moment.Sequence).Select(row => row.Entity));
    }

    /// <param name="database">Where the views are.</param>
    /// <param name="moment">When.</param>
    /// <param name="kind">Only those of a kind.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">Those after this place; of its rank nothing is asked.</param>
    /// <param name="beginning">Only those one of whose names, folded, is longer and begins so, with that name as the match; null for all.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <returns>The entities with the number of all their facts.</returns>
    public static Task<List<(EntityView Entity, long Facts)>> ReadAsync(
        NpgsqlDataSource database, Moment moment, string? kind, int limit, EntityCursor after, string? beginning, CancellationToken cancellation)
    {
        var ofKind = kind is null ? "" : "and m.kind = $3";
        // Mostly nothing was touched since: of a stretch with two ends a plan expects little and takes the index.
        var borne = beginning is null ? "" : $"and exists (select {NameOf("m.entity_id")} offset 0)";
        return database.QueryAsync(
            $"""
            with listed as (
                (select m.entity_id, m.facts
                from views.entity_summaries m
                where m.from_sequence <= $1 and not m.is_merged {ofKind} and m.facts <= $4 and (m.facts < $4 or m.entity_id > $5) {borne}
                order by m.facts desc, m.entity_id
                limit $6)
                union all
                (select m.entity_id, n.facts
                from views.entity_summaries m
                    join views.entities e on e.id = m.entity_id and {Moment.Holds("e", "$1")}
                    cross join lateral views.summarise(views.members(e.id, $1), $1, null) n
                where m.from_sequence > $1 and m.from_sequence < {Moment.Open} {ofKind} and (n.facts < $4 or n.facts = $4 and m.entity_id > $5) {borne}
                    and not exists (select from views.identity i where i.entity_id = e.id and {Moment.Holds("i", "$1")}))
                order by facts desc, entity_id
                limit $6
            )
            select {EntityView.Columns}, l.facts{(beginning is null ? "" : $", (select a.alias {NameOf("e.id")} order by a.from_sequence, a.position limit 1)")}
            from listed l cross join {EntityView.From}
            where e.id = l.entity_id and {Moment.Holds("e", "$1")}
            order by l.facts desc, l.entity_id
            """,
            [moment.Sequence, moment.Day, kind ?? "", after.Facts, after.Id, limit, .. beginning is null ? Array.Empty<object?>() : [beginning]],
            row => (beginning is null ? EntityView.Of(row) : EntityView.Of(row) with { Match = new EntityMatch(row.GetString(9), "prefix") }, row.GetInt64(8)),
            cancellation);

        static string NameOf(string id) =>
            $"""
            from {Identity.Members(id, "$1")} borne join views.entity_aliases a on a.entity_id = borne.id
            where a.folded > $7 and a.folded < $7 || chr(1114111) and {Moment.Holds("a", "$1")}
            """;
    }
}
