using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>The view of timelines: one row for each entity that takes part in a fact, placed in time.</summary>
internal static class TimelineRows
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation)
    {
        await changes.CloseAsync(transaction, $"{schema}.timeline", cancellation);
        var rows = changes.Opened.SelectMany(RowsOf).ToList();
        if (rows.Count == 0)
            return;
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.timeline (
                entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, status, metric, period, calendar_period, publisher_id,
                roles, happening, core, core_key)
            select entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, status, metric, period, calendar_period, publisher_id,
                string_to_array(roles, ' '), happening, string_to_array(core, chr(10)), core_key
            from unnest(
                    $1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::date[], $6::date[], $7::date[], $8::text[], $9::text[], $10::text[], $11::text[],
                    $12::text[], $13::text[], $14::text[], $15::uuid[], $16::text[], $17::uuid[])
                as row (
                    entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, status, metric, period, calendar_period, publisher_id,
                    roles, happening, core, core_key)
            """,
            [
                rows.Select(row => row.EntityId).ToArray(),
                rows.Select(row => row.Held.Fact.Id).ToArray(),
                rows.Select(row => row.Held.From).ToArray(),
                rows.Select(row => row.Held.Recorded).ToArray(),
                rows.Select(row => row.Held.Happened.Starts).ToArray(),
                rows.Select(row => row.Held.Happened.Ends).ToArray(),
                rows.Select(row => row.Held.Published ?? DateOnly.MaxValue).ToArray(),
                rows.Select(row => row.Held.Fact.Type).ToArray(),
                rows.Select(row => FactJson.StatusName(row.Held.Fact.Status)).ToArray(),
                rows.Select(row => TextOf(row, "metric")).ToArray(),
                rows.Select(row => TextOf(row, "period")).ToArray(),
                rows.Select(row => TextOf(row, "calendarPeriod")).ToArray(),
                rows.Select(row => row.Held.PublisherId).ToArray(),
                rows.Select(row => row.Roles).ToArray(),
                rows.Select(row => row.Happening.Key).ToArray(),
                rows.Select(row => string.Join('\n', row.Happening.Core)).ToArray(),
                rows.Select(row => StableId.Of(string.Join('\n', row.Happening.Core))).ToArray(),
            ],
            cancellation);
    }

    /// <summary>The entities that take part in facts, or ever did.</summary>
    public static Task<List<string>> EntitiesOfAsync(NpgsqlTransaction transaction, string schema, Guid[] facts, CancellationToken cancellation) =>
        transaction.QueryAsync(
            $"select distinct entity_id from {schema}.timeline where fact_id = any($1)", [facts], row => row.GetString(0), cancellation);

    private static IEnumerable<Row> RowsOf(HeldFact held)
    {
        var happening = Happening.Of(held.Fact, held.Happened.Starts);
        return
            from role in held.Fact.Roles
            from entity in role.Value
            group role.Key by entity.Id.ToString() into roles
            select new Row(held, roles.Key, string.Join(' ', roles.Distinct().Order(StringComparer.Ordinal)), happening);
    }

    private static string? TextOf(Row row, string name) => row.Held.Fact.Values.GetValueOrDefault(name)?.ToString();

    private sealed record Row(HeldFact Held, string EntityId, string Roles, Happening Happening);
}
