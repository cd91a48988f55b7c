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
        var imprints = await ReportRows.ImprintsAsync(transaction, schema, facts.Select(row => row.ReportId), cancellation);
        var first = facts.DistinctBy(row => row.Fact.Id).ToList();
        var added = await transaction.QueryAsync(
            $"""
            insert into {schema}.facts (id, from_sequence, sequence, stream_version, recorded, report_id, type, body)
            select id, sequence, sequence, stream_version, recorded, report_id, type, body::json
            from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
                as row (id, sequence, stream_version, recorded, report_id, type, body)
            where not exists (select from {schema}.facts held where held.id = row.id)
            returning id
            """,
            [
                first.Select(row => row.Fact.Id).ToArray(),
                first.Select(row => row.Stored.Sequence).ToArray(),
                first.Select(row => row.Stored.Version).ToArray(),
                first.Select(row => row.Stored.Timestamp.ToUniversalTime()).ToArray(),
                first.Select(row => row.ReportId).ToArray(),
                first.Select(row => row.Fact.Type).ToArray(),
                first.Select(row => FactJson.ToJson(row.Fact).ToJsonString(FactJson.Options)).ToArray(),
            ],
            row => row.GetGuid(0),
            cancellation);
        var ids = added.ToHashSet();
        return
        [
            .. from row in first
               where ids.Contains(row.Fact.Id)
               let imprint = imprints.GetValueOrDefault(row.ReportId)
               select new HeldFact(row.Fact, row.ReportId, imprint.PublisherId, imprint.Published, row.Stored.Sequence, row.Stored.Sequence),
        ];
    }
}
