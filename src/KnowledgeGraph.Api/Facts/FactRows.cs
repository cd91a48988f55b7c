using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Curation;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Facts;

/// <summary>The view of facts: one row for each stretch of the log in which a fact held unchanged, the first from the event that recorded it first.</summary>
internal static class FactRows
{
    /// <returns>The facts that hold from now on: those that were new, in the order of the log.</returns>
    public static async Task<IReadOnlyList<HeldFact>> WriteAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyList<RecordedFact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0)
            return [];
        // What comes in under a hidden publisher holds for no time, until that is undone.
        var imprints = await ReportRows.ImprintsAsync(transaction, schema, facts.Select(row => row.ReportId), cancellation);
        var hidden = await DecisionRows.HiddenAsync(transaction, schema, imprints.Values.Select(imprint => imprint.PublisherId), cancellation);
        var first = facts.DistinctBy(row => row.Fact.Id).ToList();
        var known = (await transaction.QueryAsync(
            $"select id from {schema}.facts where id = any($1)", [first.Select(row => row.Fact.Id).ToArray()], row => row.GetGuid(0), cancellation)).ToHashSet();
        var added = first.Where(row => !known.Contains(row.Fact.Id)).ToList();
        await CopyRows.WriteAsync(
            transaction,
            $"{schema}.facts (id, from_sequence, to_sequence, sequence, stream_version, recorded, report_id, type, body)",
            added,
            (copy, row) => copy.Row(9)
                .Uuid(row.Fact.Id).Bigint(row.Stored.Sequence).Bigint(IsHidden(row) ? row.Stored.Sequence : long.MaxValue).Bigint(row.Stored.Sequence)
                .Bigint(row.Stored.Version).Timestamp(row.Stored.Timestamp).Text(row.ReportId).Text(row.Fact.Type).Text(FactJson.ToText(row.Fact)),
            cancellation);
        return
        [
            .. from row in added
               where !IsHidden(row)
               let imprint = imprints.GetValueOrDefault(row.ReportId)
               select new HeldFact(row.Fact, row.ReportId, imprint.PublisherId, imprint.Published, row.Stored.Sequence, row.Stored.Sequence),
        ];

        bool IsHidden(RecordedFact row) => imprints.GetValueOrDefault(row.ReportId).PublisherId is { } publisher && hidden.Contains(publisher);
    }

    /// <summary>The facts of all reports of publishers and of those that are merged into them.</summary>
    public static async Task<Guid[]> OfPublishersAsync(NpgsqlTransaction transaction, string schema, string[] publishers, CancellationToken cancellation) =>
    [
        .. await transaction.QueryAsync(
            $"select f.id from {schema}.reports r join {schema}.facts f on f.report_id = r.id where r.publisher_id in (select unnest({schema}.members(id, {Moment.Open} - 1)) from unnest($1::text[]) as id) and f.from_sequence = f.sequence",
            [publishers],
            row => row.GetGuid(0),
            cancellation),
    ];

    /// <summary>Makes facts as the decisions that hold now have them: each from what was recorded, so that no order of undoing leaves a trace.</summary>
    public static async Task<FactChanges> JudgeAsync(NpgsqlTransaction transaction, string schema, Guid[] facts, long sequence, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            $"""
            select f.sequence, f.report_id, r.publisher_id, r.date_start, f.body, held.body
            from {schema}.facts f
                join {schema}.reports r on r.id = f.report_id
                left join {schema}.facts held on held.id = f.id and held.to_sequence = {Moment.Open}
            where f.id = any($1) and f.from_sequence = f.sequence
            order by f.sequence
            """,
            [facts],
            row => (
                Held: new HeldFact(FactJson.FromJson(JsonNode.Parse(row.GetString(4))!.AsObject()), row.GetString(1), row.Optional<string>(2), row.Optional<DateOnly?>(3), row.GetInt64(0), sequence),
                Standing: row.Optional<string>(5)),
            cancellation);
        var decisions = await DecisionRows.OfFactsAsync(transaction, schema, facts, cancellation);
        var hidden = await DecisionRows.HiddenAsync(transaction, schema, rows.Select(row => row.Held.PublisherId), cancellation);
        var closed = new List<Guid>();
        var opened = new List<HeldFact>();
        foreach (var (recorded, standing) in rows)
        {
            var fact = recorded.PublisherId is { } publisher && hidden.Contains(publisher) ? null : recorded.Fact.Under([.. decisions[recorded.Fact.Id]]);
            if ((fact is null ? null : FactJson.ToText(fact)) == standing)
                continue;
            if (standing is not null)
                closed.Add(recorded.Fact.Id);
            if (fact is not null)
                opened.Add(recorded with { Fact = fact });
        }

        var changes = new FactChanges(closed, sequence, opened);
        await RewriteAsync(transaction, schema, changes, cancellation);
        return changes;
    }

    private static async Task RewriteAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            $"update {schema}.facts set to_sequence = $2 where id = any($1) and to_sequence = {Moment.Open}", [changes.Closed.ToArray(), changes.At], cancellation);
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.facts (id, from_sequence, sequence, stream_version, recorded, report_id, type, body)
            select f.id, $3, f.sequence, f.stream_version, f.recorded, f.report_id, f.type, row.body::json
            from unnest($1::uuid[], $2::text[]) as row (id, body) join {schema}.facts f on f.id = row.id and f.from_sequence = f.sequence
            """,
            [
                changes.Opened.Select(held => held.Fact.Id).ToArray(),
                changes.Opened.Select(held => FactJson.ToText(held.Fact)).ToArray(),
                changes.At,
            ],
            cancellation);
    }
}
