using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// The search for entities by any of their names: those that bear it exactly, then those whose name begins with it, then those that have it
/// within a name, then those whose name is one keystroke away; each with most facts first. What is less alike is looked for only
/// where exact names and beginnings do not fill the page, so that a common beginning costs no look at it. A beginning of very many names is not looked
/// up but met: of entities in the order of their facts every so many bear it, whatever their number.
/// </summary>
internal static class EntitySearch
{
    /// <summary>More names are not read to find those of the first page.</summary>
    internal const int MostNames = 2000;

    private const int Prefix = 1;

    private static readonly string[] Kinds = ["exact", "prefix", "contains", "misspelt"];

    public static async Task<IResult> FindAsync(
        NpgsqlDataSource database, Moment moment, string q, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var wanted = AliasKeys.Fold(q);
        // Names that are spelt out that far seldom fill a page.
        var isLong = wanted.Length > 3;
        var (common, beginning, further) = await ReadBatch.RunAsync(
            database, batch => (IsCommon(batch, wanted), Beginning(batch, moment, wanted), isLong ? new Further(batch, moment, wanted) : null), cancellation);
        var rows = common.Count > 0
            ? await CommonAsync(database, moment, wanted, beginning, kind, limit + 1, after, cancellation)
            : await RareAsync(database, moment, wanted, beginning, further, kind, limit + 1, after, cancellation);
        return Results.Ok(Page.Of(
            rows, limit, row => Cursor.Encode(new EntityCursor(Array.IndexOf(Kinds, row.Entity.Match!.Kind), row.Facts, row.Entity.Id)), moment.Sequence)
            .Select(row => row.Entity));
    }

    private static async Task<List<(EntityView Entity, long Facts)>> RareAsync(
        NpgsqlDataSource database, Moment moment, string wanted, List<Meeting> beginning, Further? further, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var met = new Dictionary<string, Meeting>(StringComparer.Ordinal);
        var open = Take(met, beginning, after);
        var rows = open.Count >= limit ? await ReadAsync(database, moment, open, kind, limit, after, cancellation) : [];
        if (rows.Count < limit)
        {
            var unread = open.Count >= limit ? [] : open;
            further ??= await ReadBatch.RunAsync(database, batch => new Further(batch, moment, wanted), cancellation);
            unread.AddRange(Take(met, further.Containing, after));
            unread.AddRange(Take(met, further.OneKeystrokeAway, after));
            rows.AddRange(await ReadAsync(database, moment, unread, kind, limit - rows.Count, after, cancellation));
        }

        return rows;
    }

    private static async Task<List<(EntityView Entity, long Facts)>> CommonAsync(
        NpgsqlDataSource database, Moment moment, string wanted, List<Meeting> named, string? kind, int limit, EntityCursor after, CancellationToken cancellation)
    {
        var exact = Take(new(StringComparer.Ordinal), named, EntityCursor.Start);
        var rows = await ReadAsync(database, moment, [.. exact.Where(meeting => after.Rank <= meeting.Rank)], kind, limit, after, cancellation);
        var isOfExact = exact.Select(meeting => meeting.Id).ToHashSet(StringComparer.Ordinal);
        var others = await EntityList.ReadAsync(
            database, moment, kind, limit + exact.Count, after.Rank == Prefix ? after : EntityCursor.Start, wanted, cancellation);
        return [.. rows.Concat(others.Where(row => !isOfExact.Contains(row.Entity.Id))).Take(limit)];
    }

    // One row where more names begin so than are read; only the index is, which has these in order.
    private static List<bool> IsCommon(ReadBatch batch, string wanted) =>
        batch.Add($"select true from {Common("$1")}", [wanted], row => row.GetBoolean(0));

    // By the index in the order of the names. Of a common beginning the exact names alone.
    private static List<Meeting> Beginning(ReadBatch batch, Moment moment, string wanted) => batch.Add(
        $"""
        {Names("a.folded = $2", rank: 0)}
        union all
        {Names($"{Begins("$2")} and not exists (select from {Common("$2")})", Prefix)}
        """,
        [moment.Sequence, wanted],
        Meeting.Of);

    private static string Common(string wanted) => $"(select a.folded from views.entity_aliases a where {Begins(wanted)} order by a.folded limit 1 offset {MostNames}) more";

    // Collation "C" orders by code points, of which U+10FFFF is the last.
    private static string Begins(string wanted) => $"a.folded > {wanted} and a.folded < {wanted} || chr(1114111)";

    private static string Names(string which, int rank, string further = "") =>
        $"""
        select coalesce(i.canonical_id, a.entity_id), a.alias, {rank}, a.from_sequence, a.position{further}
        from views.entity_aliases a left join views.identity i on i.entity_id = a.entity_id and {Moment.Holds("i", "$1")}
        where {which} and {Moment.Holds("a", "$1")}
        """;

    /// <summary>Those that have it within a name, and those whose name is one keystroke away.</summary>
    private sealed class Further(ReadBatch batch, Moment moment, string wanted)
    {
        private readonly List<(Meeting Meeting, string Folded)> near = AliasKeys.Remainders(wanted).ToArray() is { Length: > 0 } keys
            ? batch.Add(Names("a.keys && $2", 3, ", a.folded"), [moment.Sequence, keys], row => (Meeting.Of(row), row.GetString(5)))
            : [];

        public List<Meeting> Containing { get; } = AliasKeys.Parts(wanted).Distinct().ToArray() is { Length: > 0 } keys
            ? batch.Add(Names("a.keys @> $2 and strpos(a.folded, $3) > 1", 2), [moment.Sequence, keys, wanted], Meeting.Of)
            : [];

        public List<Meeting> OneKeystrokeAway => [.. near.Where(row => AliasKeys.IsOneKeystroke(row.Folded, wanted)).Select(row => row.Meeting)];
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

    private static async Task<List<(EntityView Entity, long Facts)>> ReadAsync(
        NpgsqlDataSource database, Moment moment, IReadOnlyList<Meeting> meetings, string? kind, int limit, EntityCursor after, CancellationToken cancellation) =>
        meetings.Count == 0
            ? []
            : await database.QueryAsync(
                $"""
                with best as (
                    select met.*, n.facts
                    from unnest($3::text[], $4::text[], $5::int[]) as met (id, alias, rank) cross join {EntityView.CountedTo("null")}
                    where e.id = met.id and {Moment.Holds("e", "$1")} {(kind is null ? "" : "and e.kind = $6")}
                        and (met.rank > $7 or met.rank = $7 and (n.facts < $8 or n.facts = $8 and e.id > $9))
                    order by met.rank, n.facts desc, e.id
                    limit $10
                )
                select {EntityView.Columns}, best.facts, best.rank, best.alias
                from best cross join {EntityView.From}
                where e.id = best.id and {Moment.Holds("e", "$1")}
                order by best.rank, best.facts desc, e.id
                """,
                [
                    moment.Sequence, moment.Day, meetings.Select(meeting => meeting.Id).ToArray(), meetings.Select(meeting => meeting.Alias).ToArray(),
                    meetings.Select(meeting => meeting.Rank).ToArray(), kind ?? "", after.Rank, after.Facts, after.Id, limit,
                ],
                row => (EntityView.Of(row) with { Match = new EntityMatch(row.GetString(10), Kinds[row.GetInt32(9)]) }, row.GetInt64(8)),
                cancellation);

    /// <summary>An entity by one of its names.</summary>
    private sealed record Meeting(string Id, string Alias, int Rank, long Sequence, int Position)
    {
        public static Meeting Of(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt32(4));
    }
}

/// <summary>Where a list of entities goes on.</summary>
/// <param name="Rank">Of the way in which a search met them; -1 for a list without a search.</param>
/// <param name="Facts">How many facts they take part in, whenever these happened.</param>
/// <param name="Id">The last one's.</param>
internal sealed record EntityCursor(int Rank, long Facts, string Id)
{
    public static EntityCursor Start { get; } = new(-1, long.MaxValue, "");
}
