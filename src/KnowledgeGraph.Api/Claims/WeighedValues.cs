using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>A claim with what its values come to.</summary>
/// <param name="Key">The claim.</param>
/// <param name="Assessment">What the values that were read come to.</param>
/// <param name="Shown">The first of them, as many as were asked for, with their evidence.</param>
internal sealed record AssessedClaim(ClaimKey Key, Assessment Assessment, IReadOnlyList<ShownValue> Shown);

/// <summary>A value with its evidence.</summary>
internal sealed record ShownValue(ClaimValue Value, EvidenceView Evidence);

/// <summary>The place of a value in a claim: after the weightier stages, after those published later, after those recorded later.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="Published">Publication; the first of all days where it has none.</param>
/// <param name="Sequence">Of its recording.</param>
internal sealed record ValueCursor(short Stage, DateOnly Published, long Sequence)
{
    public static ValueCursor Start { get; } = new(0, DateOnly.MaxValue, long.MaxValue);

    public static ValueCursor Of(ClaimValue value) => new((short)value.Stage, value.Published ?? DateOnly.MinValue, value.Recorded);
}

/// <summary>
/// THE VALUES THAT ARE WEIGHED. A claim may have tens of thousands of values, and what it costs to answer must not grow with them. Of each
/// stage the <see cref="Assessment.Weighed"/> published last are read, by an index in this order, and of the others those without which the answer
/// would be wrong: the two that contradict each other most, which the claim's row names, and what somebody has confirmed. The row also
/// says of all actuals how far they spread. What remains are numbers that a hundred later reports followed; the list of all values has them.
/// </summary>
internal static class WeighedValues
{
    /// <summary>What the values of claims come to at a moment, in the order of the keys; a claim without values is left out.</summary>
    /// <param name="database">Where the views are.</param>
    /// <param name="keys">The claims.</param>
    /// <param name="shown">Of how many values of each the evidence is read.</param>
    /// <param name="moment">When.</param>
    /// <param name="cancellation">Stops the read.</param>
    public static async Task<List<AssessedClaim>> AssessAsync(
        NpgsqlDataSource database, IReadOnlyList<ClaimKey> keys, int shown, Moment moment, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return [];
        var rows = await ReadBatch.RunAsync(
            database,
            batch => Read(
                batch,
                "unnest($1::text[], $9::uuid[], $10::uuid[], $11::uuid[]) with ordinality as c (subject, cell, lowest, highest, nr)",
                keys.Select(key => key.Subject.Id).ToArray(),
                ValueCursor.Start,
                Assessment.Weighed,
                shown,
                moment,
                keys.Select(key => key.Cell).ToArray(),
                keys.Select(key => key.State.Actuals?.Lowest).ToArray(),
                keys.Select(key => key.State.Actuals?.Highest).ToArray()),
            cancellation);
        var found = rows.ToLookup(row => row.Nr);
        return [.. keys.Select((key, i) => Assessed(key, [.. found[i + 1]], moment)).OfType<AssessedClaim>()];
    }

    /// <summary>The values of the claim of an id: those weighed, or with a limit of their own some in order after a place.</summary>
    public static List<Row> OfClaim(ReadBatch batch, Guid id, ValueCursor after, int limit, int shown, Moment moment) => Read(
        batch,
        $"{ClaimReads.OfId} cross join (select 1::bigint as nr) asked",
        id,
        after,
        limit,
        shown,
        moment);

    /// <summary>Null where no value holds.</summary>
    public static AssessedClaim? Assessed(ClaimKey key, List<Row> rows, Moment moment) => rows.Count == 0 ? null : new AssessedClaim(
        key,
        Assessment.Of(rows.Select(row => row.Value).DistinctBy(value => (value.FactId, value.Stage)), moment.At is null ? key.State : null),
        ShownIn(rows));

    public static List<ShownValue> ShownIn(List<Row> rows) =>
        [.. rows.Where(row => row.Evidence is not null).OrderBy(row => row.Place).Select(row => new ShownValue(row.Value, row.Evidence!))];

    // A row of the claim c has a place among the values after the cursor, or none if it is weighed for another reason.
    private static List<Row> Read(
        ReadBatch batch, string claims, object wanted, ValueCursor after, int limit, int shown, Moment moment, params object[] further) => batch.Add(
        $"""
        select nr, v.place, {ClaimRows.Columns}, {EvidenceView.Columns}
        from {claims}
            cross join lateral (
                select v.*, row_number() over (order by v.stage, {Published} desc, v.sequence desc) as place
                from {Identity.Members("c.subject", "$2")} m cross join unnest(array[0, 1, 2, 3, 4, 5]::smallint[]) as s (stage) cross join lateral (
                    select v.*
                    from views.claim_values v
                    where v.entity_id = m.id and v.cell = c.cell and v.stage = s.stage and {Taken}
                        and ({Published}, v.sequence) < (case when s.stage = $4 then $5 else 'infinity'::date end, case when s.stage = $4 then $6 else {Moment.Open} end)
                    order by {Published} desc, v.sequence desc
                    limit $7) v
                where s.stage >= $4
                union all
                select v.*, null
                from views.claim_values v
                where v.fact_id in (c.lowest, c.highest) and v.cell = c.cell and v.stage = 0 and {Taken}
                union all
                select v.*, null
                from {Identity.Members("c.subject", "$2")} m join views.claim_values v on v.entity_id = m.id and v.cell = c.cell and v.standing = 1
                where {Taken}) v
            left join views.facts f on f.id = v.fact_id and f.from_sequence = v.from_sequence and v.place <= $8
            left join views.reports r on r.id = f.report_id
        """,
        [wanted, moment.Sequence, moment.Day, after.Stage, after.Published, after.Sequence, (long)limit, (long)shown, .. further],
        row => new Row(row.GetInt64(0), row.Optional<long?>(1) ?? long.MaxValue, ClaimRows.Read(row, 2), row.IsDBNull(16) ? null : EvidenceView.Of(row, 16)));

    private const string Published = "coalesce(v.published, '-infinity')";

    private static readonly string Taken = $"{Moment.Holds("v", "$2")} and ($3::date is null or v.starts <= $3)";

    /// <summary>A value as it was read.</summary>
    /// <param name="Nr">The place of its claim among those asked for, from 1.</param>
    /// <param name="Place">Its own in the order of the claim, from 1; none where it is weighed for another reason.</param>
    /// <param name="Value">The value.</param>
    /// <param name="Evidence">Only for those that are shown.</param>
    internal sealed record Row(long Nr, long Place, ClaimValue Value, EvidenceView? Evidence);
}
