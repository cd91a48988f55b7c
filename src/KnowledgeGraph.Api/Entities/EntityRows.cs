using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>An event names an entity, at a place among the entities that it names.</summary>
internal sealed record Appearance(Entity Entity, string? ReportId, long Sequence, int Position, Guid? DecisionId = null)
{
    public string Id { get; } = Entity.Id.ToString();

    /// <summary>In the order of the log, in which the batch's reports are and its facts.</summary>
    public static List<Appearance> In(EventBatch batch)
    {
        var all = new List<Appearance>(batch.Facts.Count * 2);
        var reports = batch.Reports.Where(row => row.Report.Publisher is not null).GetEnumerator();
        var hasReport = reports.MoveNext();
        foreach (var fact in batch.Facts)
        {
            for (; hasReport && reports.Current.Stored.Sequence < fact.Stored.Sequence; hasReport = reports.MoveNext())
                all.Add(Of(reports.Current));
            all.AddRange(Entities(fact.Fact).Select((entity, i) => new Appearance(entity, fact.ReportId, fact.Stored.Sequence, i)));
        }

        for (; hasReport; hasReport = reports.MoveNext())
            all.Add(Of(reports.Current));
        return all;

        static Appearance Of(RegisteredReport row) => new(row.Report.Publisher!, row.Report.ReportId, row.Stored.Sequence, 0);
    }

    // By the names of the roles.
    private static IEnumerable<Entity> Entities(Fact fact) =>
        fact.Roles.Count == 1 ? fact.Roles.First().Value : fact.Roles.OrderBy(role => role.Key, StringComparer.Ordinal).SelectMany(role => role.Value);
}

/// <summary>
/// The views of entities and their aliases. Events may name one entity differently; the last to speak names it, and every name that it ever
/// had stays an alias. Both follow from what was recorded, whatever was decided about the facts later.
/// </summary>
internal static class EntityRows
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, IReadOnlyList<Appearance> appearances, CancellationToken cancellation)
    {
        if (appearances.Count == 0)
            return;
        await WriteNamesAsync(transaction, schema, appearances, cancellation);
        await WriteAliasesAsync(transaction, schema, appearances, cancellation);
    }

    /// <summary>A correction may name an entity that no report has named.</summary>
    public static async Task IntroduceAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyList<Entity> entities, Guid decision, long sequence, CancellationToken cancellation)
    {
        var known = await transaction.QueryAsync(
            $"select id from {schema}.entities where id = any($1)", [entities.Select(entity => entity.Id.ToString()).ToArray()], row => row.GetString(0), cancellation);
        await WriteAsync(
            transaction,
            schema,
            [.. entities.Where(entity => !known.Contains(entity.Id.ToString())).Select((entity, i) => new Appearance(entity, null, sequence, i, decision))],
            cancellation);
    }

    public static Task WriteAliasAsync(
        NpgsqlTransaction transaction, string schema, AliasAdded added, Guid decision, long sequence, bool isUndone, CancellationToken cancellation) => isUndone
        ? transaction.ExecuteAsync(
            $"update {schema}.entity_aliases set to_sequence = $2 where decision_id = $1", [decision, sequence], cancellation)
        : InsertAliasesAsync(
            transaction, schema, [(new Appearance(new Entity { Id = added.Entity, Name = added.Alias }, null, sequence, 0, decision), added.Alias, 0)], cancellation);

    private static async Task WriteNamesAsync(NpgsqlTransaction transaction, string schema, IReadOnlyList<Appearance> appearances, CancellationToken cancellation)
    {
        var standing = (await transaction.QueryAsync(
            $"select id, name, fiscal_year_end, maker from {schema}.entities where id = any($1) and to_sequence = {Moment.Open}",
            [appearances.Select(one => one.Id).Distinct().ToArray()],
            row => (Id: row.GetString(0), Known: (row.GetString(1), row.Optional<int?>(2), row.Optional<string>(3))),
            cancellation)).ToDictionary(row => row.Id, row => row.Known, StringComparer.Ordinal);
        var names = appearances.GroupBy(one => one.Id)
            .SelectMany(one => Changes(one, standing.TryGetValue(one.Key, out var known) ? known : null)).ToList();
        await transaction.ExecuteAsync(
            $"""
            update {schema}.entities held set to_sequence = row.sequence
            from unnest($1::text[], $2::bigint[]) as row (id, sequence)
            where held.id = row.id and held.to_sequence = {Moment.Open}
            """,
            [
                names.DistinctBy(row => row.Named.Id).Select(row => row.Named.Id).ToArray(),
                names.DistinctBy(row => row.Named.Id).Select(row => row.Named.Sequence).ToArray(),
            ],
            cancellation);
        await transaction.ExecuteAsync(
            $"insert into {schema}.entities (id, kind, name, from_sequence, to_sequence, fiscal_year_end, maker) select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::int[], $7::text[])",
            [
                names.Select(row => row.Named.Id).ToArray(),
                names.Select(row => row.Named.Entity.Id.Kind).ToArray(),
                names.Select(row => row.Named.Entity.Name).ToArray(),
                names.Select(row => row.Named.Sequence).ToArray(),
                names.Select(row => row.Until).ToArray(),
                names.Select(row => row.Named.Entity.FiscalYearEnd).ToArray(),
                names.Select(row => row.Named.Entity.Maker?.ToString()).ToArray(),
            ],
            cancellation);
    }

    // One event may name an entity twice, in two roles: its last word counts.
    private static IEnumerable<(Appearance Named, long Until)> Changes(IEnumerable<Appearance> appearances, (string Name, int? FiscalYearEnd, string? Maker)? standing)
    {
        Appearance? named = null;
        foreach (var one in appearances.GroupBy(one => one.Sequence).Select(same => same.Last()))
        {
            if (ToldOf(one.Entity) == (named is null ? standing : ToldOf(named.Entity)))
                continue;
            if (named is not null)
                yield return (named, one.Sequence);
            named = one;
        }

        if (named is not null)
            yield return (named, long.MaxValue);
    }

    private static (string Name, int? FiscalYearEnd, string? Maker) ToldOf(Entity entity) => (entity.Name, entity.FiscalYearEnd, entity.Maker?.ToString());

    private static async Task WriteAliasesAsync(NpgsqlTransaction transaction, string schema, IReadOnlyList<Appearance> appearances, CancellationToken cancellation)
    {
        // In the order of the log, so that the first of each stays.
        var rows = appearances
            .SelectMany(one => one.Entity.Aliases.Prepend(one.Entity.Name).Select((alias, i) => (Named: one, Alias: alias, Position: (one.Position * 1000) + i)))
            .DistinctBy(row => (row.Named.Id, row.Alias))
            .ToList();
        await InsertAliasesAsync(transaction, schema, rows, cancellation);
    }

    // Of what is there already nothing is written: a row needs its keys made and its index looked into.
    private static async Task InsertAliasesAsync(
        NpgsqlTransaction transaction, string schema, List<(Appearance Named, string Alias, int Position)> rows, CancellationToken cancellation)
    {
        var held = (await transaction.QueryAsync(
            $"select entity_id, alias from {schema}.entity_aliases where entity_id = any($1) and report_id is not null",
            [rows.Select(row => row.Named.Id).Distinct().ToArray()],
            row => (row.GetString(0), row.GetString(1)),
            cancellation)).ToHashSet();
        var added = rows.Where(row => row.Named.ReportId is null || !held.Contains((row.Named.Id, row.Alias)))
            .Select(row => (row.Named, row.Alias, row.Position, Folded: AliasKeys.Fold(row.Alias))).ToList();
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.entity_aliases (entity_id, alias, from_sequence, position, report_id, decision_id, folded, keys)
            select entity_id, alias, from_sequence, position, report_id, decision_id, folded, keys::int[]
            from unnest($1::text[], $2::text[], $3::bigint[], $4::int[], $5::text[], $6::uuid[], $7::text[], $8::text[])
                as row (entity_id, alias, from_sequence, position, report_id, decision_id, folded, keys)
            """,
            [
                added.Select(row => row.Named.Id).ToArray(),
                added.Select(row => row.Alias).ToArray(),
                added.Select(row => row.Named.Sequence).ToArray(),
                added.Select(row => row.Position).ToArray(),
                added.Select(row => row.Named.ReportId).ToArray(),
                added.Select(row => row.Named.DecisionId).ToArray(),
                added.Select(row => row.Folded).ToArray(),
                added.Select(row => $"{{{string.Join(',', AliasKeys.Of(row.Folded))}}}").ToArray(),
            ],
            cancellation);
    }
}
