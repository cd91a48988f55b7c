using System.Numerics;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Graph;

/// <summary>The views of edges: which facts carry each, and over the log what these come to.</summary>
internal static class EdgeRows
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation)
    {
        var touched = changes.Closed.Count == 0 ? [] : await transaction.QueryAsync(
            $"""
            update {schema}.edge_facts set to_sequence = $2
            where fact_id = any($1) and to_sequence = {Moment.Open}
            returning source, relation, target
            """,
            [changes.Closed.ToArray(), changes.At],
            row => (Edge: KeyOf(row, 0), Sequence: changes.At),
            cancellation);
        var opened = changes.Opened.SelectMany(held => FactEdges.Of(held.Fact).Select(one => (Held: held, one.Edge, one.Effect))).ToList();
        if (opened.Count > 0)
        {
            await WriteFactsAsync(transaction, schema, opened, cancellation);
            touched.AddRange(opened.Select(one => (one.Edge, one.Held.From)));
        }

        if (touched.Count > 0)
        {
            var sequences = touched.GroupBy(one => one.Edge, one => one.Sequence).ToDictionary(edge => edge.Key, edge => edge.Distinct().Order().ToList());
            await RestateAsync(transaction, schema, sequences, cancellation);
        }
    }

    public static EdgeKey KeyOf(NpgsqlDataReader row, int at) => new(row.GetString(at), row.GetString(at + 1), row.GetString(at + 2));

    private static async Task WriteFactsAsync(
        NpgsqlTransaction transaction, string schema, List<(HeldFact Held, EdgeKey Edge, string Effect)> rows, CancellationToken cancellation) =>
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.edge_facts (source, relation, target, fact_id, from_sequence, sequence, effect, status, starts)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::date[])
            on conflict do nothing
            """,
            [
                .. Columns(rows.Select(row => row.Edge)),
                rows.Select(row => row.Held.Fact.Id).ToArray(),
                rows.Select(row => row.Held.From).ToArray(),
                rows.Select(row => row.Held.Recorded).ToArray(),
                rows.Select(row => row.Effect).ToArray(),
                rows.Select(row => FactEdges.StatusOf(row.Held.Fact)).ToArray(),
                rows.Select(row => row.Held.Happened.Starts).ToArray(),
            ],
            cancellation);

    private static async Task RestateAsync(NpgsqlTransaction transaction, string schema, Dictionary<EdgeKey, List<long>> touched, CancellationToken cancellation)
    {
        var facts = await transaction.QueryAsync(
            $"""
            select f.source, f.relation, f.target, f.from_sequence, f.to_sequence, f.effect, f.status, f.starts
            from unnest($1::text[], $2::text[], $3::text[]) as edge (source, relation, target)
                join {schema}.edge_facts f on f.source = edge.source and f.relation = edge.relation and f.target = edge.target
            where f.to_sequence > $4
            """,
            [.. Columns(touched.Keys), touched.Values.Min(sequences => sequences[0])],
            row => (Edge: KeyOf(row, 0), Row: (row.GetInt64(3), row.GetInt64(4), new EdgeFact(row.GetString(5), row.GetString(6), row.GetFieldValue<DateOnly>(7)))),
            cancellation);
        var states = await transaction.QueryAsync(
            $"""
            select e.source, e.relation, e.target, e.weight, e.status, e.since, e.until
            from unnest($1::text[], $2::text[], $3::text[]) as edge (source, relation, target)
                join {schema}.edges e on e.source = edge.source and e.relation = edge.relation and e.target = edge.target
            where e.to_sequence = {Moment.Open}
            """,
            [.. Columns(touched.Keys)],
            row => (Edge: KeyOf(row, 0), State: new EdgeState(row.GetInt16(3), row.GetString(4), row.Optional<DateOnly?>(5), row.Optional<DateOnly?>(6))),
            cancellation);
        var restated = Restatement.Of(touched, facts.ToLookup(row => row.Edge, row => row.Row), states.ToDictionary(row => row.Edge, row => row.State), EdgeState.Of);
        await WriteAsync(transaction, schema, restated, cancellation);
    }

    private static async Task WriteAsync(NpgsqlTransaction transaction, string schema, Restated<EdgeKey, EdgeState> restated, CancellationToken cancellation)
    {
        if (restated.Closed.Count > 0)
        {
            await transaction.ExecuteAsync(
                $"""
                update {schema}.edges e set to_sequence = edge.until
                from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as edge (source, relation, target, until)
                where e.source = edge.source and e.relation = edge.relation and e.target = edge.target and e.to_sequence = {Moment.Open}
                """,
                [.. Columns(restated.Closed.Select(row => row.Key)), restated.Closed.Select(row => row.To).ToArray()],
                cancellation);
        }

        if (restated.Opened.Count > 0)
        {
            await transaction.ExecuteAsync(
                $"""
                insert into {schema}.edges (source, relation, target, from_sequence, to_sequence, weight, status, since, until)
                select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::smallint[], $7::text[], $8::date[], $9::date[])
                """,
                [
                    .. Columns(restated.Opened.Select(row => row.Key)),
                    restated.Opened.Select(row => row.From).ToArray(),
                    restated.Opened.Select(row => row.To).ToArray(),
                    restated.Opened.Select(row => row.State.Weight).ToArray(),
                    restated.Opened.Select(row => row.State.Status).ToArray(),
                    restated.Opened.Select(row => row.State.Since).ToArray(),
                    restated.Opened.Select(row => row.State.Until).ToArray(),
                ],
                cancellation);
        }
    }

    private static object[] Columns(IEnumerable<EdgeKey> edges)
    {
        var all = edges.ToList();
        return [all.Select(edge => edge.Source).ToArray(), all.Select(edge => edge.Relation).ToArray(), all.Select(edge => edge.Target).ToArray()];
    }
}

/// <summary>What one fact says of an edge.</summary>
internal sealed record EdgeFact(string Effect, string Status, DateOnly Starts);

/// <summary>What the facts of an edge come to.</summary>
/// <param name="Weight">Binary digits of the number of facts that carry it.</param>
/// <param name="Status">The surest status of these.</param>
/// <param name="Since">The first day that one dates it to; null where none is dated.</param>
/// <param name="Until">The day of its end, where no later fact begins it again.</param>
internal sealed record EdgeState(short Weight, string Status, DateOnly? Since, DateOnly? Until)
{
    private static readonly string[] Surest = [.. Enum.GetValues<FactStatus>().Select(FactJson.StatusName)];

    /// <summary>Null where no fact carries the edge; a denial carries none.</summary>
    public static EdgeState? Of(IEnumerable<EdgeFact> all)
    {
        var facts = all.Where(fact => fact.Effect != "denies").ToList();
        if (facts.Count == 0)
            return null;
        var begun = facts.Where(fact => fact.Effect == "begins").Select(fact => fact.Starts).DefaultIfEmpty(DateOnly.MinValue).ToList();
        var ended = facts.Where(fact => fact.Effect == "ends" && fact.Starts < DateOnly.MaxValue).Select(fact => (DateOnly?)fact.Starts).Max();
        return new EdgeState(
            (short)(BitOperations.Log2((uint)facts.Count) + 1),
            facts.Select(fact => fact.Status).MinBy(status => Array.IndexOf(Surest, status))!,
            begun.Where(day => day > DateOnly.MinValue && day < DateOnly.MaxValue).Select(day => (DateOnly?)day).Min(),
            ended >= begun.Where(day => day < DateOnly.MaxValue).DefaultIfEmpty(DateOnly.MinValue).Max() ? ended : null);
    }
}
