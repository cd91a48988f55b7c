using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
using Npgsql;

namespace KnowledgeGraph.Api.Graph;

/// <summary>An edge as it was read: under the ids of the facts, and under those that stand for them at the moment.</summary>
internal sealed record FoundEdge(EdgeKey Recorded, EdgeKey Edge, short Weight, string Status, DateOnly? Since, DateOnly? Until);

/// <summary>An edge, and which companies make its ends, where that is known.</summary>
internal sealed record MadeEdge(FoundEdge Edge, string? SourceMaker, string? TargetMaker);

/// <summary>Which edges are followed; null leaves a condition out.</summary>
/// <param name="Relations">Of these relations.</param>
/// <param name="Kinds">To entities of these kinds.</param>
internal sealed record EdgeFilter(string[]? Relations, string[]? Kinds);

/// <summary>The place of an edge in the order of weight, then of its ends.</summary>
internal sealed record EdgeCursor(short Weight, string Source, string Relation, string Target)
{
    public static EdgeCursor Start { get; } = new(short.MaxValue, "", "", "");

    public static EdgeCursor Of(FoundEdge edge) => new(edge.Weight, edge.Recorded.Source, edge.Recorded.Relation, edge.Recorded.Target);
}

internal static class EdgeReads
{
    private const int FactsShown = 5;

    private const int FactsCounted = 100;

    private const int RelatedShown = 5;

    private const string Columns =
        "e.source, e.relation, e.target, coalesce(s.canonical_id, e.source) as canonical_source, coalesce(t.canonical_id, e.target) as canonical_target, e.weight, e.status, e.since, e.until";

    private static readonly string Edges =
        $"""
        views.edges e
            left join views.identity s on s.entity_id = e.source and {Moment.Holds("s", "$2")}
            left join views.identity t on t.entity_id = e.target and {Moment.Holds("t", "$2")}
        """;

    // An edge within one entity, whose ends were merged, is none.
    private static readonly string Holds =
        $"""
        {Moment.Holds("e", "$2")}
            and ($3::date is null or ((e.since is null or e.since <= $3) and (e.until is null or e.until > $3)))
            and coalesce(s.canonical_id, e.source) <> coalesce(t.canonical_id, e.target)
        """;

    /// <summary>Of each entity the strongest edges, both ways, at most so many to each side.</summary>
    /// <param name="database">Where the views are.</param>
    /// <param name="ids">Canonical ids; edges are those of all ids that they stand for.</param>
    /// <param name="filter">Which edges.</param>
    /// <param name="moment">When.</param>
    /// <param name="after">Edges after this one.</param>
    /// <param name="limit">Of each entity and side.</param>
    /// <param name="cancellation">Stops the read.</param>
    public static async Task<List<FoundEdge>> AroundAsync(
        NpgsqlDataSource database, IReadOnlyCollection<string> ids, EdgeFilter filter, Moment moment, EdgeCursor after, int limit, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            $"""
            select e.source, e.relation, e.target, e.canonical_source, e.canonical_target, e.weight, e.status, e.since, e.until
            from unnest($1::text[]) as asked (id) cross join lateral {Identity.Members("asked.id", "$2")} wanted cross join lateral (
                (select {Columns} from {Edges} where e.source = wanted.id and {Conditions("target")} order by e.weight desc, e.relation, e.target limit $10)
                union all
                (select {Columns} from {Edges} where e.target = wanted.id and {Conditions("source")} order by e.weight desc, e.source, e.relation limit $10)) e
            """,
            [ids.ToArray(), moment.Sequence, moment.Day, filter.Relations ?? [], filter.Kinds ?? [], after.Weight, after.Source, after.Relation, after.Target, limit],
            EdgeOf,
            cancellation);
        return [.. rows.DistinctBy(row => row.Recorded)];

        string Conditions(string other) =>
            $"""
            {Holds}
                {(filter.Relations is null ? "" : "and e.relation = any($4)")}
                {(filter.Kinds is null ? "" : $"and split_part(e.{other}, '/', 1) = any($5)")}
                and e.weight <= $6 and (e.weight < $6 or (e.source, e.relation, e.target) > ($7, $8, $9))
            """;
    }

    /// <summary>The neighbours of an entity in each relation and direction, the first of each.</summary>
    /// <param name="batch">Where the read is added.</param>
    /// <param name="id">The entity's canonical id.</param>
    /// <param name="moment">When.</param>
    public static List<RelatedEntities> Related(ReadBatch batch, string id, Moment moment)
    {
        return batch.Add(
            $"""
            select r.relation, d.direction, d.neighbours, d.ids, array(
                select coalesce((select n.name from views.entities n where n.id = shown.id and {Moment.Holds("n", "$2")}), shown.id)
                from unnest(d.ids) with ordinality as shown (id, nr)
                order by shown.nr)
            from unnest($4::text[]) as r (relation) cross join lateral (
                {Side("out", "source", "target")}
                union all
                {Side("in", "target", "source")}) d
            where d.neighbours > 0
            order by r.relation, d.direction desc
            """,
            [id, moment.Sequence, moment.Day, FactEdges.Relations.ToArray()],
            row => new RelatedEntities(
                row.GetString(0),
                row.GetString(1),
                Math.Min(FactsCounted, row.GetInt64(2)),
                [.. row.GetFieldValue<string[]>(3).Zip(row.GetFieldValue<string[]>(4), (id, name) => new EntityName(id, name))]));

        // An entity has a handful of edges in a relation, as far as a plan knows, and to sort all would look as cheap as to read the first in their
        // order: but for what is added to from_sequence, by which the primary key would be taken, and of a hub all would be read.
        static string Side(string direction, string own, string other) =>
            $"""
            select '{direction}' as direction, count(*) as neighbours, (array_agg(met.id order by met.weight desc, met.id))[:{RelatedShown}] as ids
            from (
                select edge.id, max(edge.weight) as weight
                from {Identity.Members("$1", "$2")} m cross join lateral (
                    select coalesce({other[0]}.canonical_id, e.{other}) as id, e.weight
                    from {Edges}
                    where e.{own} = m.id and e.relation = r.relation and {Holds.Replace("e.from_sequence", "e.from_sequence + 0", StringComparison.Ordinal)}
                    order by e.weight desc, e.{other}
                    limit {FactsCounted}) edge
                group by edge.id) met
            """;
    }

    /// <summary>The edges of a relation, the strongest first.</summary>
    /// <param name="database">Where the views are.</param>
    /// <param name="relation">The relation.</param>
    /// <param name="otherMaker">Only edges whose ends are of different companies, both known. A company is its own.</param>
    /// <param name="moment">When.</param>
    /// <param name="after">Edges after this one.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops the read.</param>
    public static Task<List<MadeEdge>> OfRelationAsync(
        NpgsqlDataSource database, string relation, bool otherMaker, Moment moment, EdgeCursor after, int limit, CancellationToken cancellation)
    {
        return database.QueryAsync(
            $"""
            select {Columns}, a.maker, b.maker
            from {Edges}
                left join lateral {Maker("e.source")} a on true
                left join lateral {Maker("e.target")} b on true
            where e.relation = $1 and {Holds}
                and e.weight <= $4 and (e.weight < $4 or (e.source, e.target) > ($5, $6))
                {(otherMaker ? "and a.owner <> b.owner" : "")}
            order by e.weight desc, e.source, e.target
            limit $7
            """,
            [relation, moment.Sequence, moment.Day, after.Weight, after.Source, after.Target, limit],
            row => new MadeEdge(EdgeOf(row), row.Optional<string>(9), row.Optional<string>(10)),
            cancellation);

        static string Maker(string id) =>
            $"""
            (select {Identity.Canonical("m.maker", "$2")} as maker, {Identity.Canonical($"coalesce(m.maker, case m.kind when '{EntityKind.Company}' then m.id end)", "$2")} as owner
            from views.entities m
            where m.id = {id} and {Moment.Holds("m", "$2")})
            """;
    }

    private static FoundEdge EdgeOf(NpgsqlDataReader row) => new(
        EdgeRows.KeyOf(row, 0), new EdgeKey(row.GetString(3), row.GetString(1), row.GetString(4)), row.GetInt16(5), row.GetString(6), row.Optional<DateOnly?>(7), row.Optional<DateOnly?>(8));

    /// <summary>Edges as they are answered, in their order: those of entities that were merged are one. Also the names of their ends and of further entities.</summary>
    public static async Task<(List<EdgeView> Edges, Func<string, EntityName> NameOf)> ShowAsync(
        NpgsqlDataSource database, IEnumerable<FoundEdge> edges, IEnumerable<string> others, Moment moment, CancellationToken cancellation)
    {
        var found = edges.ToList();
        var (rows, names) = await ReadBatch.RunAsync(
            database,
            batch => (
                Facts(batch, found, moment),
                ClaimReads.Names(batch, found.SelectMany(edge => new[] { edge.Edge.Source, edge.Edge.Target }).Concat(others), moment)),
            cancellation);
        var facts = rows.ToDictionary(row => row.Edge, row => row);
        var named = names.ToDictionary(StringComparer.Ordinal);
        return (
            [.. found.GroupBy(edge => edge.Edge).Select(group => Merge(group.Key, [.. group], [.. group.Select(edge => facts[edge.Recorded])]))],
            id => new EntityName(id, named.GetValueOrDefault(id, id)));
    }

    private static EdgeView Merge(EdgeKey edge, List<FoundEdge> rows, List<(EdgeKey Edge, int Count, List<EdgeFactView> Facts)> facts)
    {
        string[] surest = ["reported", "announced", "forecast", "rumored"];
        return new EdgeView
        {
            Source = edge.Source,
            Relation = edge.Relation,
            Target = edge.Target,
            Status = rows.Select(row => row.Status).MinBy(status => Array.IndexOf(surest, status))!,
            Since = rows.Min(row => row.Since),
            Until = rows.Exists(row => row.Until is null) ? null : rows.Max(row => row.Until),
            FactCount = Math.Min(FactsCounted, facts.Sum(row => row.Count)),
            Facts = [.. facts.SelectMany(row => row.Facts).DistinctBy(fact => fact.Id).Take(FactsShown)],
        };
    }

    // Where its weight tells that an edge has more facts than are counted, none is.
    private static List<(EdgeKey Edge, int Count, List<EdgeFactView> Facts)> Facts(ReadBatch batch, List<FoundEdge> edges, Moment moment)
    {
        var held =
            $"""
            from views.edge_facts f
            where f.source = edge.source and f.relation = edge.relation and f.target = edge.target
                and {Moment.Holds("f", "$4")} {(moment.Day is null ? "" : "and f.starts <= $5")}
            """;
        return batch.Add(
            $"""
            select edge.source, edge.relation, edge.target,
                case when edge.is_heavy then {FactsCounted} else (select count(*)::int from (select {held} limit {FactsCounted}) one) end,
                shown.ids, shown.effects, shown.statuses, shown.starts
            from unnest($1::text[], $2::text[], $3::text[], $6::bool[]) as edge (source, relation, target, is_heavy)
                cross join lateral (
                    select array_agg(one.fact_id) as ids, array_agg(one.effect) as effects, array_agg(one.status) as statuses, array_agg(one.starts) as starts
                    from (select f.fact_id, f.effect, f.status, f.starts {held} order by f.sequence desc limit {FactsShown}) one) shown
            """,
            [
                edges.Select(edge => edge.Recorded.Source).ToArray(), edges.Select(edge => edge.Recorded.Relation).ToArray(),
                edges.Select(edge => edge.Recorded.Target).ToArray(), moment.Sequence, moment.Day ?? default,
                edges.Select(edge => moment.Day is null && 1 << (edge.Weight - 1) >= FactsCounted).ToArray(),
            ],
            row => (EdgeRows.KeyOf(row, 0), row.GetInt32(3), FactsOf(row)));
    }

    private static List<EdgeFactView> FactsOf(NpgsqlDataReader row)
    {
        if (row.IsDBNull(4))
            return [];
        var (ids, effects, statuses, starts) = (row.GetFieldValue<Guid[]>(4), row.GetFieldValue<string[]>(5), row.GetFieldValue<string[]>(6), row.GetFieldValue<DateOnly[]>(7));
        return [.. ids.Select((id, i) => new EdgeFactView(id, effects[i], statuses[i], starts[i] == DateOnly.MaxValue ? null : starts[i]))];
    }
}
