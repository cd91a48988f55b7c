using KnowledgeGraph.Api.Views;
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
            insert into {schema}.timeline (entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, roles)
            select entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, string_to_array(roles, ' ')
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::date[], $6::date[], $7::date[], $8::text[], $9::text[])
                as row (entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, roles)
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
                rows.Select(row => row.Roles).ToArray(),
            ],
            cancellation);
    }

    /// <summary>The entities that take part in facts, or ever did.</summary>
    public static Task<List<string>> EntitiesOfAsync(NpgsqlTransaction transaction, string schema, Guid[] facts, CancellationToken cancellation) =>
        transaction.QueryAsync(
            $"select distinct entity_id from {schema}.timeline where fact_id = any($1)", [facts], row => row.GetString(0), cancellation);

    private static IEnumerable<Row> RowsOf(HeldFact held) =>
        from role in held.Fact.Roles
        from entity in role.Value
        group role.Key by entity.Id.ToString() into roles
        select new Row(held, roles.Key, string.Join(' ', roles.Distinct().Order(StringComparer.Ordinal)));

    private sealed record Row(HeldFact Held, string EntityId, string Roles);
}
