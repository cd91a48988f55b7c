using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// The views of entities, their aliases and their counts. Events may name one entity differently; the last to speak names it, and every
/// name that it ever had stays an alias.
/// </summary>
internal static class EntityRows
{
    public static async Task WriteAsync(
        NpgsqlTransaction transaction,
        string schema,
        IReadOnlyList<RegisteredReport> reports,
        IReadOnlyList<RecordedFact> facts,
        IReadOnlyDictionary<string, DateOnly> reportDates,
        CancellationToken cancellation)
    {
        var appearances = reports
            .Where(row => row.Report.Publisher is not null)
            .Select(row => new Appearance(row.Report.Publisher!, row.Stored.Sequence, 0, null, Guid.Empty, DateOf(row.Report.ReportId)))
            .Concat(facts.SelectMany(row => row.Fact.Roles.OrderBy(role => role.Key, StringComparer.Ordinal).SelectMany(role => role.Value)
                .Select((entity, i) => new Appearance(entity, row.Stored.Sequence, i, row.Fact.Type, row.Fact.Id, DateOf(row.ReportId)))))
            .ToList();
        if (appearances.Count == 0)
            return;
        await WriteEntitiesAsync(transaction, schema, appearances, cancellation);
        await WriteAliasesAsync(transaction, schema, appearances, cancellation);
        await WriteCountsAsync(transaction, schema, appearances, cancellation);

        DateOnly? DateOf(string reportId) => reportDates.TryGetValue(reportId, out var date) ? date : null;
    }

    private static async Task WriteEntitiesAsync(NpgsqlTransaction transaction, string schema, List<Appearance> appearances, CancellationToken cancellation)
    {
        var rows = appearances.GroupBy(one => one.Entity.Id).ToList();
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.entities as held (id, kind, name, facts, first_seen, last_seen, first_sequence, last_sequence)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::date[], $6::date[], $7::bigint[], $8::bigint[])
            on conflict (id) do update set
                name = excluded.name,
                facts = held.facts + excluded.facts,
                first_seen = least(held.first_seen, excluded.first_seen),
                last_seen = greatest(held.last_seen, excluded.last_seen),
                last_sequence = excluded.last_sequence
            """,
            [
                rows.Select(row => row.Key.ToString()).ToArray(),
                rows.Select(row => row.Key.Kind).ToArray(),
                rows.Select(row => row.MaxBy(one => (one.Sequence, one.Position))!.Entity.Name).ToArray(),
                rows.Select(row => row.Where(one => one.Type is not null).Select(one => one.FactId).Distinct().LongCount()).ToArray(),
                rows.Select(row => row.Min(one => one.Date)).ToArray(),
                rows.Select(row => row.Max(one => one.Date)).ToArray(),
                rows.Select(row => row.Min(one => one.Sequence)).ToArray(),
                rows.Select(row => row.Max(one => one.Sequence)).ToArray(),
            ],
            cancellation);
    }

    private static async Task WriteAliasesAsync(NpgsqlTransaction transaction, string schema, List<Appearance> appearances, CancellationToken cancellation)
    {
        // In the order of the log, so that the first of each stays.
        var rows = appearances.OrderBy(one => (one.Sequence, one.Position))
            .SelectMany(one => one.Entity.Aliases.Prepend(one.Entity.Name).Select((alias, i) => (Id: one.Entity.Id.ToString(), Alias: alias, one.Sequence, Position: (one.Position * 1000) + i)))
            .DistinctBy(row => (row.Id, row.Alias))
            .ToList();
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.entity_aliases (entity_id, alias, sequence, position)
            select * from unnest($1::text[], $2::text[], $3::bigint[], $4::int[])
            on conflict (entity_id, alias) do nothing
            """,
            [
                rows.Select(row => row.Id).ToArray(),
                rows.Select(row => row.Alias).ToArray(),
                rows.Select(row => row.Sequence).ToArray(),
                rows.Select(row => row.Position).ToArray(),
            ],
            cancellation);
    }

    private static async Task WriteCountsAsync(NpgsqlTransaction transaction, string schema, List<Appearance> appearances, CancellationToken cancellation)
    {
        var rows = appearances.Where(one => one.Type is not null)
            .GroupBy(one => (Id: one.Entity.Id.ToString(), Type: one.Type!))
            .ToList();
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.entity_counts as held (entity_id, type, facts)
            select * from unnest($1::text[], $2::text[], $3::bigint[])
            on conflict (entity_id, type) do update set facts = held.facts + excluded.facts
            """,
            [
                rows.Select(row => row.Key.Id).ToArray(),
                rows.Select(row => row.Key.Type).ToArray(),
                rows.Select(row => row.Select(one => one.FactId).Distinct().LongCount()).ToArray(),
            ],
            cancellation);
    }

    private sealed record Appearance(Entity Entity, long Sequence, int Position, string? Type, Guid FactId, DateOnly? Date);
}
