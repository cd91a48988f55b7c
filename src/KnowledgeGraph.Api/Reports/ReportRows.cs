using System.Text.Json;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Reports;

/// <summary>The view of reports: one row for each report registered.</summary>
internal static class ReportRows
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, IReadOnlyList<RegisteredReport> reports, CancellationToken cancellation)
    {
        if (reports.Count == 0)
            return;
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.reports (id, from_sequence, recorded, publisher_id, publisher, title, file_name, date, date_start, body)
            select id, sequence, recorded, publisher_id, publisher, title, file_name, date, date_start, body::json
            from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::date[], $10::text[])
                as row (id, sequence, recorded, publisher_id, publisher, title, file_name, date, date_start, body)
            on conflict (id) do nothing
            """,
            [
                reports.Select(row => row.Report.ReportId).ToArray(),
                reports.Select(row => row.Stored.Sequence).ToArray(),
                reports.Select(row => row.Stored.Timestamp.ToUniversalTime()).ToArray(),
                reports.Select(row => row.Report.Publisher?.Id.ToString()).ToArray(),
                reports.Select(row => row.Report.Publisher?.Name).ToArray(),
                reports.Select(row => row.Report.Title).ToArray(),
                reports.Select(row => row.Report.FileName).ToArray(),
                reports.Select(row => row.Report.Date).ToArray(),
                reports.Select(row => PartialDate.TryParse(row.Report.Date)?.Start).ToArray(),
                reports.Select(row => JsonSerializer.Serialize(ReportView.Of(row), Json.Options)).ToArray(),
            ],
            cancellation);
    }

    /// <summary>Who published each report, and when: the first day that its date covers.</summary>
    public static async Task<IReadOnlyDictionary<string, (string? PublisherId, DateOnly? Published)>> ImprintsAsync(
        NpgsqlTransaction transaction, string schema, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            $"select id, publisher_id, date_start from {schema}.reports where id = any($1)",
            [ids.Distinct().ToArray()],
            row => (Id: row.GetString(0), PublisherId: row.Optional<string>(1), Published: row.Optional<DateOnly?>(2)),
            cancellation);
        return rows.ToDictionary(row => row.Id, row => (row.PublisherId, row.Published), StringComparer.Ordinal);
    }
}
