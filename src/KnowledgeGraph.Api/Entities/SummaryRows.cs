using System.Text.Json;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// What can be counted of the entities, kept as of the last event that touched them. New facts are added to what is there, since an entity
/// may have hundreds of thousands; after a decision, which may take facts away or join entities, those concerned are counted anew. Both
/// agree with <c>summarise</c>, which counts for every other moment.
/// </summary>
internal static class SummaryRows
{
    /// <summary>Adds what a run of recordings brought, in the order of the log. Publishers appear by their reports, all others by facts that hold.</summary>
    public static async Task AddAsync(
        NpgsqlTransaction transaction, string schema, EventBatch batch, IReadOnlyList<Appearance> appearances, IReadOnlyList<HeldFact> opened, CancellationToken cancellation)
    {
        if (appearances.Count == 0)
            return;
        var canonical = await IdentityRows.CanonicalAsync(transaction, schema, appearances.Select(one => one.Id), cancellation);
        var touched = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var one in appearances)
            touched[canonical(one.Id)] = one.Sequence;
        var found = await transaction.QueryAsync(
            $"select entity_id, counts, first_seen, last_seen from {schema}.entity_summaries where entity_id = any($1)",
            [touched.Keys.ToArray()],
            row => (Id: row.GetString(0), Sum: new Summary(CountsOf(row.GetString(1)), row.Optional<DateOnly?>(2), row.Optional<DateOnly?>(3))),
            cancellation);
        var sums = found.ToDictionary(row => row.Id, row => row.Sum, StringComparer.Ordinal);
        foreach (var id in touched.Keys)
            sums.TryAdd(id, new Summary([], null, null));
        foreach (var row in batch.Reports.Where(row => row.Report.Publisher is not null))
            sums[canonical(row.Report.Publisher!.Id.ToString())].See(Domain.Values.PartialDate.TryParse(row.Report.Date)?.Start);
        // A fact counts once for an entity, in however many roles and under however many ids.
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var held in opened)
        {
            counted.Clear();
            foreach (var entity in held.Fact.Roles.SelectMany(role => role.Value))
            {
                var id = canonical(entity.Id.ToString());
                if (counted.Add(id))
                    sums[id].Add(held);
            }
        }

        await WriteAsync(transaction, schema, [.. sums.Select(row => (row.Key, touched[row.Key], row.Value))], cancellation);
    }

    /// <summary>Counts entities anew, under whatever ids they stand now.</summary>
    public static async Task RecountAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyCollection<string> ids, long sequence, CancellationToken cancellation) =>
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.entity_summaries (entity_id, kind, from_sequence, facts, counts, first_seen, last_seen, is_merged)
            select i.id, split_part(i.id, '/', 1), $2, n.facts, n.counts, n.first_seen, n.last_seen, i.is_merged
            from (
                select id, false as is_merged from (select distinct {schema}.canonical(id, $2) as id from unnest($1::text[]) as id) standing
                union all
                select id, true from unnest($1::text[]) as id where {schema}.canonical(id, $2) <> id) i
                cross join lateral {schema}.summarise(case when i.is_merged then array[]::text[] else {schema}.members(i.id, $2) end, $2, null) n
            where exists (select from {schema}.entities e where e.id = i.id)
            on conflict (entity_id) do update set
                from_sequence = excluded.from_sequence, facts = excluded.facts, counts = excluded.counts,
                first_seen = excluded.first_seen, last_seen = excluded.last_seen, is_merged = excluded.is_merged
            """,
            [ids.ToArray(), sequence],
            cancellation);

    private static async Task WriteAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyList<(string Id, long Sequence, Summary Sum)> rows, CancellationToken cancellation) =>
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.entity_summaries as held (entity_id, kind, from_sequence, facts, counts, first_seen, last_seen)
            select id, split_part(id, '/', 1), sequence, facts, counts::jsonb, first_seen, last_seen
            from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::date[], $6::date[]) as row (id, sequence, facts, counts, first_seen, last_seen)
            on conflict (entity_id) do update set
                from_sequence = excluded.from_sequence, facts = excluded.facts, counts = excluded.counts,
                first_seen = excluded.first_seen, last_seen = excluded.last_seen
            """,
            [
                rows.Select(row => row.Id).ToArray(),
                rows.Select(row => row.Sequence).ToArray(),
                rows.Select(row => row.Sum.Counts.Values.Sum()).ToArray(),
                rows.Select(row => JsonSerializer.Serialize(row.Sum.Counts)).ToArray(),
                rows.Select(row => row.Sum.FirstSeen).ToArray(),
                rows.Select(row => row.Sum.LastSeen).ToArray(),
            ],
            cancellation);

    private static Dictionary<string, long> CountsOf(string json) => JsonSerializer.Deserialize<Dictionary<string, long>>(json)!;

    private sealed class Summary(Dictionary<string, long> counts, DateOnly? firstSeen, DateOnly? lastSeen)
    {
        public Dictionary<string, long> Counts => counts;

        public DateOnly? FirstSeen { get; private set; } = firstSeen;

        public DateOnly? LastSeen { get; private set; } = lastSeen;

        public void Add(HeldFact held)
        {
            counts[held.Fact.Type] = counts.GetValueOrDefault(held.Fact.Type) + 1;
            See(held.Published);
        }

        public void See(DateOnly? date)
        {
            if (date is null)
                return;
            FirstSeen = FirstSeen is null || date < FirstSeen ? date : FirstSeen;
            LastSeen = LastSeen is null || date > LastSeen ? date : LastSeen;
        }
    }
}
