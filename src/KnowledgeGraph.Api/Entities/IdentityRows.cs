using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// IDENTITY: which entity each id stands for. Facts keep the ids that they were recorded with; merges and splits are judgements beside them,
/// and reads gather the members of an entity under the judgements of their moment. Undoing a merge therefore leaves nothing to repair.
/// <para>
/// What holds is a fold over the judgements that are not undone, in the order of the log: a merge hangs an id under another, a split takes
/// it off, and an id stands for the root above it. An id hangs under one other at most (the last judgement counts), and a merge that would
/// close a ring has no effect. Only ids that judgements ever joined can change, so that the fold is over those.
/// </para>
/// </summary>
internal static class IdentityRows
{
    /// <summary>Sees to the rows of all ids that judgements link with this one.</summary>
    /// <returns>The ids whose members or whose meaning changed.</returns>
    public static async Task<IReadOnlyCollection<string>> WriteAsync(
        NpgsqlTransaction transaction, string schema, string id, long sequence, CancellationToken cancellation)
    {
        var linked = await LinkedAsync(transaction, schema, id, cancellation);
        var canonical = await FoldAsync(transaction, schema, linked, cancellation);
        var standing = (await transaction.QueryAsync(
            $"select entity_id, canonical_id from {schema}.identity where entity_id = any($1) and to_sequence = {Moment.Open}",
            [linked],
            row => (Id: row.GetString(0), Canonical: row.GetString(1)),
            cancellation)).ToDictionary(row => row.Id, row => row.Canonical, StringComparer.Ordinal);
        var changed = linked.Where(one => canonical(one) != standing.GetValueOrDefault(one, one)).ToList();
        await transaction.ExecuteAsync(
            $"update {schema}.identity set to_sequence = $2 where entity_id = any($1) and to_sequence = {Moment.Open}",
            [changed.ToArray(), sequence],
            cancellation);
        var opened = changed.Where(one => canonical(one) != one).ToList();
        await transaction.ExecuteAsync(
            $"insert into {schema}.identity (entity_id, canonical_id, from_sequence) select entity_id, canonical_id, $3 from unnest($1::text[], $2::text[]) as row (entity_id, canonical_id)",
            [opened.ToArray(), opened.Select(canonical).ToArray(), sequence],
            cancellation);
        return changed.SelectMany(one => new[] { one, canonical(one), standing.GetValueOrDefault(one, one) }).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Under which entity each id stands now.</summary>
    public static async Task<Func<string, string>> CanonicalAsync(NpgsqlTransaction transaction, string schema, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            $"select entity_id, canonical_id from {schema}.identity where entity_id = any($1) and to_sequence = {Moment.Open}",
            [ids.Distinct().ToArray()],
            row => (Id: row.GetString(0), Canonical: row.GetString(1)),
            cancellation);
        var merged = rows.ToDictionary(row => row.Id, row => row.Canonical, StringComparer.Ordinal);
        return id => merged.GetValueOrDefault(id, id);
    }

    private static async Task<string[]> LinkedAsync(NpgsqlTransaction transaction, string schema, string id, CancellationToken cancellation) =>
    [
        .. await transaction.QueryAsync(
            $"""
            with recursive linked(id) as (
                select $1::text collate "C"
                union
                select case when d.entity_id = l.id then d.other_id else d.entity_id end
                from linked l join {schema}.decisions d on d.entity_id = l.id or d.other_id = l.id
                where d.other_id is not null
            )
            select id from linked
            """,
            [id],
            row => row.GetString(0),
            cancellation),
    ];

    private static async Task<Func<string, string>> FoldAsync(NpgsqlTransaction transaction, string schema, string[] linked, CancellationToken cancellation)
    {
        var judgements = await transaction.QueryAsync(
            $"""
            select type, entity_id, other_id from {schema}.decisions
            where entity_id = any($1) and other_id is not null and undoes is null and to_sequence = {Moment.Open}
            order by from_sequence
            """,
            [linked],
            row => (Type: row.GetString(0), Entity: row.GetString(1), Other: row.GetString(2)),
            cancellation);
        var above = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (type, entity, other) in judgements)
        {
            if (type == nameof(EntitiesSplit))
                above.Remove(entity);
            else if (Root(other, entity) != entity)
                above[entity] = other;
        }

        return id => Root(id, null);

        // Up to the root, or to the id that is looked for.
        string Root(string id, string? stop)
        {
            while (id != stop && above.TryGetValue(id, out var next))
                id = next;
            return id;
        }
    }
}
