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
        await CopyRows.WriteAsync(
            transaction,
            $"""
            {schema}.timeline (
                entity_id, fact_id, from_sequence, sequence, starts, ends, published, type, status, metric, period, calendar_period, publisher_id,
                roles, happening, core, core_key)
            """,
            [.. Several.Select(changes.Opened, RowsOf).SelectMany(rows => rows)],
            Encode,
            cancellation);
    }

    /// <summary>The entities that take part in facts, or ever did.</summary>
    public static Task<List<string>> EntitiesOfAsync(NpgsqlTransaction transaction, string schema, Guid[] facts, CancellationToken cancellation) =>
        transaction.QueryAsync(
            $"select distinct entity_id from {schema}.timeline where fact_id = any($1)", [facts], row => row.GetString(0), cancellation);

    private static void Encode(CopyRows copy, Row row)
    {
        var held = row.Held;
        var (starts, ends) = held.Happened;
        copy.Row(17).Text(row.EntityId).Uuid(held.Fact.Id).Bigint(held.From).Bigint(held.Recorded).Date(starts).Date(ends)
            .Date(held.Published ?? DateOnly.MaxValue).Text(held.Fact.Type).Text(FactJson.StatusName(held.Fact.Status))
            .Text(TextOf(row, "metric")).Text(TextOf(row, "period")).Text(TextOf(row, "calendarPeriod")).Text(held.PublisherId)
            .Texts(row.Roles).Uuid(row.Happening.Key).Texts(row.Happening.Core)
            .Uuid(StableId.Of(string.Join('\n', row.Happening.Core)));
    }

    private static List<Row> RowsOf(HeldFact held)
    {
        var happening = Happening.Of(held.Fact, held.Happened.Starts);
        return
        [
            .. from role in held.Fact.Roles
               from entity in role.Value
               group role.Key by entity.Id.ToString() into roles
               select new Row(held, roles.Key, [.. roles.Distinct().Order(StringComparer.Ordinal)], happening),
        ];
    }

    private static string? TextOf(Row row, string name) => row.Held.Fact.Values.GetValueOrDefault(name)?.ToString();

    private sealed record Row(HeldFact Held, string EntityId, List<string> Roles, Happening Happening);
}
