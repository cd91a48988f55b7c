using System.Numerics;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Graph;

/// <summary>
/// The views of edges: which facts carry each, and over the log what these come to. Recordings add facts to what an edge's sum holds, since an edge may
/// have tens of thousands; a decision, which may take facts away, sums the edges that it touches anew.
/// </summary>
internal static class EdgeRows
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation)
    {
        var closed = await CloseAsync(transaction, schema, changes, cancellation);
        // A fact that begins and ends one edge does what it says first.
        var opened = changes.Opened.SelectMany(held => FactEdges.Of(held.Fact).DistinctBy(one => one.Edge).Select(one => new OpenedEdge(held, one.Edge, one.Effect))).ToList();
        await WriteFactsAsync(transaction, schema, opened, cancellation);
        var touched = closed.Concat(opened.Select(one => one.Edge)).Distinct().ToList();
        if (touched.Count == 0)
            return;
        var sums = await SumsAsync(transaction, schema, touched, cancellation);
        var before = sums.Where(sum => sum.Value.State is not null).ToDictionary(sum => sum.Key, sum => sum.Value.State!);
        var restated = changes.IsOfDecision
            ? await RestateAsync(transaction, schema, touched, changes.At, sums, before, cancellation)
            : Add(opened, sums, before);
        await WriteStatesAsync(transaction, schema, restated, cancellation);
        await WriteSumsAsync(transaction, schema, sums, cancellation);
    }

    public static EdgeKey KeyOf(NpgsqlDataReader row, int at) => new(row.GetString(at), row.GetString(at + 1), row.GetString(at + 2));

    private static Restated<EdgeKey, EdgeState> Add(List<OpenedEdge> opened, Dictionary<EdgeKey, EdgeSum> sums, Dictionary<EdgeKey, EdgeState> before)
    {
        var added = opened.GroupBy(one => one.Edge).ToDictionary(edge => edge.Key, edge => edge.ToLookup(one => one.Held.From, one => one.Fact));
        var touched = added.Select(edge => KeyValuePair.Create(edge.Key, edge.Value.Select(facts => facts.Key).Order().ToList()));
        return Restatement.Of(touched, before, (key, sequence, _) =>
            (sums[key] = added[key][sequence].Aggregate(sums.GetValueOrDefault(key, EdgeSum.Nothing), (sum, fact) => sum.Add(fact))).State);
    }

    private static async Task<Restated<EdgeKey, EdgeState>> RestateAsync(
        NpgsqlTransaction transaction,
        string schema,
        List<EdgeKey> touched,
        long sequence,
        Dictionary<EdgeKey, EdgeSum> sums,
        Dictionary<EdgeKey, EdgeState> before,
        CancellationToken cancellation)
    {
        var facts = (await transaction.QueryAsync(
            $"""
            select f.source, f.relation, f.target, f.effect, f.status, f.starts
            from unnest($1::text[], $2::text[], $3::text[]) as edge (source, relation, target)
                join {schema}.edge_facts f on f.source = edge.source and f.relation = edge.relation and f.target = edge.target
            where f.to_sequence = {Moment.Open}
            """,
            [.. Columns(touched)],
            row => (Edge: KeyOf(row, 0), Fact: new EdgeFact(row.GetString(3), row.GetString(4), row.GetFieldValue<DateOnly>(5))),
            cancellation)).ToLookup(row => row.Edge, row => row.Fact);
        foreach (var edge in touched)
            sums[edge] = facts[edge].Aggregate(EdgeSum.Nothing, (sum, fact) => sum.Add(fact));
        return Restatement.Of(touched.Select(edge => KeyValuePair.Create(edge, new List<long> { sequence })), before, (edge, _, _) => sums[edge].State);
    }

    private static async Task<List<EdgeKey>> CloseAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation) =>
        changes.Closed.Count == 0 ? [] : await transaction.QueryAsync(
            $"""
            update {schema}.edge_facts set to_sequence = $2
            where fact_id = any($1) and to_sequence = {Moment.Open}
            returning source, relation, target
            """,
            [changes.Closed.ToArray(), changes.At],
            row => KeyOf(row, 0),
            cancellation);

    private static Task WriteFactsAsync(NpgsqlTransaction transaction, string schema, List<OpenedEdge> rows, CancellationToken cancellation) => CopyRows.WriteAsync(
        transaction,
        $"{schema}.edge_facts (source, relation, target, fact_id, from_sequence, sequence, effect, status, starts)",
        rows,
        (copy, row) => copy.Row(9).Text(row.Edge.Source).Text(row.Edge.Relation).Text(row.Edge.Target).Uuid(row.Held.Fact.Id)
            .Bigint(row.Held.From).Bigint(row.Held.Recorded).Text(row.Fact.Effect).Text(row.Fact.Status).Date(row.Fact.Starts),
        cancellation);

    private static async Task<Dictionary<EdgeKey, EdgeSum>> SumsAsync(NpgsqlTransaction transaction, string schema, List<EdgeKey> edges, CancellationToken cancellation) =>
        (await transaction.QueryAsync(
            $"""
            select s.source, s.relation, s.target, s.facts, s.status, s.first_begun, s.last_begun, s.last_ended
            from unnest($1::text[], $2::text[], $3::text[]) as edge (source, relation, target)
                join {schema}.edge_sums s on s.source = edge.source and s.relation = edge.relation and s.target = edge.target
            """,
            [.. Columns(edges)],
            row => (Edge: KeyOf(row, 0), Sum: new EdgeSum(
                row.GetInt64(3), row.Optional<string>(4), row.Optional<DateOnly?>(5), row.Optional<DateOnly?>(6), row.Optional<DateOnly?>(7))),
            cancellation)).ToDictionary(row => row.Edge, row => row.Sum);

    private static Task WriteSumsAsync(NpgsqlTransaction transaction, string schema, Dictionary<EdgeKey, EdgeSum> sums, CancellationToken cancellation) =>
        transaction.ExecuteAsync(
            $"""
            insert into {schema}.edge_sums (source, relation, target, facts, status, first_begun, last_begun, last_ended)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::date[], $7::date[], $8::date[])
            on conflict (source, relation, target) do update set
                facts = excluded.facts, status = excluded.status,
                first_begun = excluded.first_begun, last_begun = excluded.last_begun, last_ended = excluded.last_ended
            """,
            [
                .. Columns(sums.Keys),
                sums.Values.Select(sum => sum.Facts).ToArray(),
                sums.Values.Select(sum => sum.Status).ToArray(),
                sums.Values.Select(sum => sum.FirstBegun).ToArray(),
                sums.Values.Select(sum => sum.LastBegun).ToArray(),
                sums.Values.Select(sum => sum.LastEnded).ToArray(),
            ],
            cancellation);

    private static async Task WriteStatesAsync(NpgsqlTransaction transaction, string schema, Restated<EdgeKey, EdgeState> restated, CancellationToken cancellation)
    {
        if (restated.Closed.Count > 0)
        {
            await transaction.ExecuteAsync(
                $"""
                update {schema}.edges e set to_sequence = edge.ended
                from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as edge (source, relation, target, ended)
                where e.source = edge.source and e.relation = edge.relation and e.target = edge.target and e.to_sequence = {Moment.Open}
                """,
                [.. Columns(restated.Closed.Select(row => row.Key)), restated.Closed.Select(row => row.To).ToArray()],
                cancellation);
        }

        await CopyRows.WriteAsync(
            transaction,
            $"{schema}.edges (source, relation, target, from_sequence, to_sequence, weight, status, since, until)",
            restated.Opened,
            (copy, row) => copy.Row(9).Text(row.Key.Source).Text(row.Key.Relation).Text(row.Key.Target).Bigint(row.From).Bigint(row.To)
                .Smallint(row.State.Weight).Text(row.State.Status).Date(row.State.Since).Date(row.State.Until),
            cancellation);
    }

    private static object[] Columns(IEnumerable<EdgeKey> edges)
    {
        var all = edges.ToList();
        return [all.Select(edge => edge.Source).ToArray(), all.Select(edge => edge.Relation).ToArray(), all.Select(edge => edge.Target).ToArray()];
    }

    /// <summary>A fact that carries an edge from now on.</summary>
    private sealed record OpenedEdge(HeldFact Held, EdgeKey Edge, string Effect)
    {
        public EdgeFact Fact { get; } = new(Effect, FactEdges.StatusOf(Held.Fact), Held.Happened.Starts);
    }
}

/// <summary>What one fact says of an edge.</summary>
internal sealed record EdgeFact(string Effect, string Status, DateOnly Starts);

/// <summary>The facts of an edge, summed up so that one more can be added.</summary>
/// <param name="Facts">How many carry it; a denial carries none.</param>
/// <param name="Status">The surest status of these; null for none.</param>
/// <param name="FirstBegun">The first day that one dates its beginning to.</param>
/// <param name="LastBegun">The last.</param>
/// <param name="LastEnded">The last day that one dates its end to.</param>
internal sealed record EdgeSum(long Facts, string? Status, DateOnly? FirstBegun, DateOnly? LastBegun, DateOnly? LastEnded)
{
    private static readonly string[] Surest = [.. Enum.GetValues<FactStatus>().Select(FactJson.StatusName)];

    public static EdgeSum Nothing { get; } = new(0, null, null, null, null);

    /// <summary>Null where no fact carries the edge.</summary>
    public EdgeState? State => Facts == 0
        ? null
        : new EdgeState((short)(BitOperations.Log2((ulong)Facts) + 1), Status!, FirstBegun, LastEnded >= (LastBegun ?? DateOnly.MinValue) ? LastEnded : null);

    public EdgeSum Add(EdgeFact fact)
    {
        if (fact.Effect == "denies")
            return this;
        DateOnly? day = fact.Starts > DateOnly.MinValue && fact.Starts < DateOnly.MaxValue ? fact.Starts : null;
        var (begun, ended) = fact.Effect == "begins" ? (day, null) : (default(DateOnly?), day);
        return new EdgeSum(
            Facts + 1,
            Status is null || Array.IndexOf(Surest, fact.Status) < Array.IndexOf(Surest, Status) ? fact.Status : Status,
            FirstBegun is null || begun < FirstBegun ? begun ?? FirstBegun : FirstBegun,
            LastBegun is null || begun > LastBegun ? begun ?? LastBegun : LastBegun,
            LastEnded is null || ended > LastEnded ? ended ?? LastEnded : LastEnded);
    }
}

/// <summary>What the facts of an edge come to.</summary>
/// <param name="Weight">Binary digits of the number of facts that carry it.</param>
/// <param name="Status">The surest status of these.</param>
/// <param name="Since">The first day that one dates it to; null where none is dated.</param>
/// <param name="Until">The day of its end, where no later fact begins it again.</param>
internal sealed record EdgeState(short Weight, string Status, DateOnly? Since, DateOnly? Until);
