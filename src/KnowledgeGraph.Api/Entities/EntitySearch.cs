using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// The search for entities by any of their names: those that bear it exactly, then those whose name begins with it, then those that have it
/// within a name, then those whose name is one keystroke away; each with most facts first. What is less alike is looked for only
/// where exact names and beginnings do not fill the page, so that a common beginning costs no look at it.
/// </summary>
internal static class EntitySearch
{
    private static readonly string[] Kinds = ["exact", "prefix", "contains", "misspelt"];

    public static async Task<IResult> FindAsync(
        NpgsqlDataSource database, Moment moment, string q, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var wanted = AliasKeys.Fold(q);
        var met = new Dictionary<string, Meeting>(StringComparer.Ordinal);
        var open = Take(met, await BeginningAsync(database, moment, wanted, cancellation), after);
        var rows = open.Count > limit ? await ReadAsync(database, moment, open, kind, limit + 1, after, cancellation) : [];
        if (rows.Count <= limit)
        {
            var unread = open.Count > limit ? [] : open;
            foreach (var found in await FurtherAsync(database, moment, wanted, cancellation))
                unread.AddRange(Take(met, found, after));
            rows.AddRange(await ReadAsync(database, moment, unread, kind, limit + 1 - rows.Count, after, cancellation));
        }

        return Results.Ok(Page.Of(
            rows, limit, row => Cursor.Encode(new EntityCursor(Array.IndexOf(Kinds, row.Match!.Kind), row.FactCount, row.Id)), moment.Sequence));
    }

    // By the index in the order of the names; collation "C" orders by code points, of which U+10FFFF is the last.
    private static Task<List<Meeting>> BeginningAsync(NpgsqlDataSource database, Moment moment, string wanted, CancellationToken cancellation) =>
        database.QueryAsync(
            $"""
            select coalesce(i.canonical_id, a.entity_id), a.alias, case when a.folded = $2 then 0 else 1 end, a.from_sequence, a.position
            from views.entity_aliases a left join views.identity i on i.entity_id = a.entity_id and {Moment.Holds("i", "$1")}
            where a.folded >= $2 and a.folded < $2 || chr(1114111) and {Moment.Holds("a", "$1")}
            """,
            [moment.Sequence, wanted],
            Meeting.Of,
            cancellation);

    // Those that have it within a name, and those whose name is one keystroke away.
    private static async Task<List<Meeting>[]> FurtherAsync(NpgsqlDataSource database, Moment moment, string wanted, CancellationToken cancellation)
    {
        var (pairs, remainders) = (AliasKeys.Pairs(wanted).Distinct().ToArray(), AliasKeys.Remainders(wanted).ToArray());
        var (containing, near) = await ReadBatch.RunAsync(database, batch => (Containing(batch), Near(batch)), cancellation);
        return [containing, [.. near.Where(row => AliasKeys.IsOneKeystroke(row.Folded, wanted)).Select(row => row.Meeting)]];

        List<Meeting> Containing(ReadBatch batch) => pairs.Length == 0 ? [] : batch.Add(
            $"""
            select coalesce(i.canonical_id, a.entity_id), a.alias, 2, a.from_sequence, a.position
            from views.entity_aliases a left join views.identity i on i.entity_id = a.entity_id and {Moment.Holds("i", "$1")}
            where a.keys @> $2 and strpos(a.folded, $3) > 1 and {Moment.Holds("a", "$1")}
            """,
            [moment.Sequence, pairs, wanted],
            Meeting.Of);

        List<(Meeting Meeting, string Folded)> Near(ReadBatch batch) => remainders.Length == 0 ? [] : batch.Add(
            $"""
            select coalesce(i.canonical_id, a.entity_id), a.alias, 3, a.from_sequence, a.position, a.folded
            from views.entity_aliases a left join views.identity i on i.entity_id = a.entity_id and {Moment.Holds("i", "$1")}
            where a.keys && $2 and {Moment.Holds("a", "$1")}
            """,
            [moment.Sequence, remainders],
            row => (Meeting.Of(row), row.GetString(5)));
    }

    // What was not met before, each entity by its best name, without what stands before the cursor.
    private static List<Meeting> Take(Dictionary<string, Meeting> met, List<Meeting> found, EntityCursor after)
    {
        var added = found.Where(meeting => !met.ContainsKey(meeting.Id))
            .GroupBy(meeting => meeting.Id, (_, same) => same.MinBy(meeting => (meeting.Rank, meeting.Sequence, meeting.Position))!).ToList();
        foreach (var meeting in added)
            met.Add(meeting.Id, meeting);
        return [.. added.Where(meeting => meeting.Rank >= after.Rank)];
    }

    private static async Task<List<EntityView>> ReadAsync(
        NpgsqlDataSource database, Moment moment, IReadOnlyList<Meeting> meetings, string? kind, int limit, EntityCursor after, CancellationToken cancellation) =>
        meetings.Count == 0
            ? []
            : await database.QueryAsync(
                $"""
                with best as (
                    select met.*, n.facts
                    from unnest($3::text[], $4::text[], $5::int[]) as met (id, alias, rank) cross join {EntityView.From}
                    where e.id = met.id and e.from_sequence <= $1 and e.to_sequence > $1 {(kind is null ? "" : "and e.kind = $6")}
                        and (met.rank > $7 or met.rank = $7 and (n.facts < $8 or n.facts = $8 and e.id > $9))
                    order by met.rank, n.facts desc, e.id
                    limit $10
                )
                select {EntityView.Columns}, best.rank, best.alias
                from best cross join {EntityView.From}
                where e.id = best.id and e.from_sequence <= $1 and e.to_sequence > $1
                order by best.rank, best.facts desc, e.id
                """,
                [
                    moment.Sequence, moment.Day, meetings.Select(meeting => meeting.Id).ToArray(), meetings.Select(meeting => meeting.Alias).ToArray(),
                    meetings.Select(meeting => meeting.Rank).ToArray(), kind ?? "", after.Rank, after.Facts, after.Id, limit,
                ],
                row => EntityView.Of(row) with { Match = new EntityMatch(row.GetString(9), Kinds[row.GetInt32(8)]) },
                cancellation);

    /// <summary>An entity by one of its names.</summary>
    private sealed record Meeting(string Id, string Alias, int Rank, long Sequence, int Position)
    {
        public static Meeting Of(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt32(4));
    }
}

/// <summary>Where a list of entities goes on.</summary>
/// <param name="Rank">Of the way in which a search met them; -1 for a list without a search.</param>
internal sealed record EntityCursor(int Rank, long Facts, string Id);
