using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>The view of timelines: one row for each entity that takes part in a fact, placed in time.</summary>
internal static class TimelineRows
{
    public static async Task WriteAsync(
        NpgsqlTransaction transaction,
        string schema,
        IReadOnlyList<RecordedFact> facts,
        IReadOnlyDictionary<string, DateOnly> reportDates,
        CancellationToken cancellation)
    {
        var rows = facts.SelectMany(fact => RowsOf(fact, reportDates)).ToList();
        if (rows.Count == 0)
            return;
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.timeline (entity_id, fact_id, starts, ends, sequence, type, roles)
            select entity_id, fact_id, starts, ends, sequence, type, string_to_array(roles, ' ')
            from unnest($1::text[], $2::uuid[], $3::date[], $4::date[], $5::bigint[], $6::text[], $7::text[])
                as row (entity_id, fact_id, starts, ends, sequence, type, roles)
            """,
            [
                rows.Select(row => row.EntityId).ToArray(),
                rows.Select(row => row.Source.Fact.Id).ToArray(),
                rows.Select(row => row.Starts).ToArray(),
                rows.Select(row => row.Ends).ToArray(),
                rows.Select(row => row.Source.Stored.Sequence).ToArray(),
                rows.Select(row => row.Source.Fact.Type).ToArray(),
                rows.Select(row => row.Roles).ToArray(),
            ],
            cancellation);
    }

    private static IEnumerable<Row> RowsOf(RecordedFact fact, IReadOnlyDictionary<string, DateOnly> reportDates)
    {
        // DateOnly.MaxValue is PostgreSQL's infinity.
        var (starts, ends) = PartialDate.TryParse(fact.Fact.When) is { } when ? (when.Start, when.End)
            : reportDates.TryGetValue(fact.ReportId, out var date) ? (date, date)
            : (DateOnly.MaxValue, DateOnly.MaxValue);
        return
            from role in fact.Fact.Roles
            from entity in role.Value
            group role.Key by entity.Id.ToString() into roles
            select new Row(fact, roles.Key, string.Join(' ', roles.Distinct().Order(StringComparer.Ordinal)), starts, ends);
    }

    private sealed record Row(RecordedFact Source, string EntityId, string Roles, DateOnly Starts, DateOnly Ends);
}
