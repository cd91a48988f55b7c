using System.Text.Json;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>A claim before its values are read.</summary>
internal sealed record ClaimKey(Guid Id, string Subject, Guid Cell, string Metric, string Period, Basis Basis);

/// <summary>A claim with what its values come to.</summary>
internal sealed record AssessedClaim(ClaimKey Key, Assessment Assessment);

/// <summary>Which claims are asked for; null leaves a condition out.</summary>
internal sealed record ClaimFilter
{
    /// <summary>A canonical id.</summary>
    public string? Subject { get; init; }

    public string? Metric { get; init; }

    public string? Period { get; init; }

    public string? Measure { get; init; }

    public bool? Conflicting { get; init; }

    public decimal? MinSpreadPercent { get; init; }

    public string[]? Types { get; init; }

    /// <summary>Folded; empty for figures of all of the business.</summary>
    public string? Segment { get; init; }

    public string? Instrument { get; init; }

    public string? Item { get; init; }
}

/// <summary>The place of a claim in the order of subject, metric, period and id.</summary>
internal sealed record ClaimCursor(string Subject, string Metric, string Period, Guid Id)
{
    public static ClaimCursor Start { get; } = new("", "", "", Guid.Empty);

    public static ClaimCursor Of(ClaimKey key) => new(key.Subject, key.Metric, key.Period, key.Id);
}

internal static class ClaimReads
{
    private const string KeyColumns = "c.id, c.subject, c.cell, c.metric, c.period, k.basis";

    /// <summary>Claims in the order of subject, metric, period and id. What a filter fixes is left out of the order, so that its index has that order.</summary>
    public static Task<List<ClaimKey>> FindAsync(
        NpgsqlDataSource database, ClaimFilter filter, Moment moment, ClaimCursor after, int limit, CancellationToken cancellation) =>
        ReadBatch.RunAsync(database, batch => Find(batch, filter, moment, after, limit), cancellation);

    private static List<ClaimKey> Find(ReadBatch batch, ClaimFilter filter, Moment moment, ClaimCursor after, int limit)
    {
        (string Column, string Parameter)[] order =
        [
            .. filter.Subject is null ? [("c.subject", "$2")] : Array.Empty<(string, string)>(),
            .. filter.Metric is null ? [("c.metric", "$3")] : Array.Empty<(string, string)>(),
            .. filter.Period is null ? [("c.period", "$4")] : Array.Empty<(string, string)>(),
            ("c.id", "$5"),
        ];
        var columns = string.Join(", ", order.Select(one => one.Column));
        return batch.Add(
            $"""
            select {KeyColumns}
            from views.claims c join views.claim_cells k on k.cell = c.cell
            where {Moment.Holds("c", "$1")}
                and ({columns}) > ({string.Join(", ", order.Select(one => one.Parameter))})
                {(filter.Subject is null ? "" : "and c.subject = $2")}
                {(filter.Metric is null ? "" : "and c.metric = $3")}
                {(filter.Period is null ? "" : "and c.period = $4")}
                {(filter.Measure is null ? "" : "and c.measure = $6")}
                {(filter.Conflicting is { } wanted ? wanted ? "and c.conflicting and c.spread_percent > 0" : "and not c.conflicting" : "")}
                {(filter.MinSpreadPercent is null ? "" : "and c.spread_percent >= $7 and c.spread_percent > 0")}
                {(filter.Segment is null ? "" : "and coalesce(k.basis ->> 'segment', '') = $10")}
                {(filter.Instrument is null ? "" : "and k.basis ->> 'instrument' = $11")}
                {(filter.Item is null ? "" : "and k.basis ->> 'item' = $12")}
                {(filter.Types is null ? "" : "and c.types && $8")}
            order by {columns}
            limit $9
            """,
            [
                moment.Sequence, filter.Subject ?? after.Subject, filter.Metric ?? after.Metric, filter.Period ?? after.Period, after.Id,
                filter.Measure ?? "", filter.MinSpreadPercent ?? 0, filter.Types ?? [], limit, filter.Segment ?? "", filter.Instrument ?? "", filter.Item ?? "",
            ],
            KeyOf);
    }

    /// <summary>The subjects that have a claim of the filter's metric, period and segment, by id.</summary>
    public static Task<List<string>> SubjectsAsync(NpgsqlDataSource database, ClaimFilter filter, Moment moment, string after, int limit, CancellationToken cancellation) =>
        database.QueryAsync(
            $"""
            select distinct c.subject
            from views.claims c join views.claim_cells k on k.cell = c.cell
            where {Moment.Holds("c", "$1")} and c.metric = $2 and c.period = $3 and c.subject > $4 and ($5::text is null or coalesce(k.basis ->> 'segment', '') = $5)
            order by c.subject
            limit $6
            """,
            [moment.Sequence, filter.Metric, filter.Period, after, filter.Segment, limit],
            row => row.GetString(0),
            cancellation);

    /// <summary>The claims of subjects on the filter's metric and segment in some periods.</summary>
    public static Task<List<ClaimKey>> OfSubjectsAsync(
        NpgsqlDataSource database, ClaimFilter filter, string[] subjects, string[] periods, Moment moment, CancellationToken cancellation) =>
        database.QueryAsync(
            $"""
            select {KeyColumns}
            from views.claims c join views.claim_cells k on k.cell = c.cell
            where {Moment.Holds("c", "$1")} and c.metric = $2 and c.period = any($3) and c.subject = any($4) and ($5::text is null or coalesce(k.basis ->> 'segment', '') = $5)
            """,
            [moment.Sequence, filter.Metric, periods, subjects, filter.Segment],
            KeyOf,
            cancellation);

    /// <summary>The claim of an id, also where the subject has since been merged into another, and who stands for the subject; null where no fact had made it by then.</summary>
    public static async Task<(ClaimKey Key, string Subject)?> GetAsync(NpgsqlDataSource database, Guid id, Moment moment, CancellationToken cancellation) =>
        await database.QueryAsync(
            $"""
            select {KeyColumns}, {Identity.Canonical("c.subject", "$2")}
            from views.claims c join views.claim_cells k on k.cell = c.cell
            where c.id = $1 and c.from_sequence <= $2
            order by c.from_sequence desc
            limit 1
            """,
            [id, moment.Sequence],
            row => (KeyOf(row), row.GetString(6)),
            cancellation) is [var found] ? found : null;

    /// <summary>What the values of claims come to at a moment, in the order of the keys; a claim without values is left out.</summary>
    public static async Task<List<AssessedClaim>> AssessAsync(NpgsqlDataSource database, IReadOnlyList<ClaimKey> keys, Moment moment, CancellationToken cancellation) =>
        Assessed(keys, await ReadBatch.RunAsync(database, batch => Values(batch, keys, moment), cancellation));

    /// <summary>The same of one claim, and the claims that only the basis tells from it.</summary>
    public static async Task<(AssessedClaim? Claim, IReadOnlyList<SiblingClaim> Siblings)> AssessAsync(
        NpgsqlDataSource database, ClaimKey key, Moment moment, CancellationToken cancellation)
    {
        var filter = new ClaimFilter { Subject = key.Subject, Metric = key.Metric, Period = key.Period };
        var (values, siblings) = await ReadBatch.RunAsync(
            database, batch => (Values(batch, [key], moment), Find(batch, filter, moment, ClaimCursor.Start, Page.DefaultLimit)), cancellation);
        return (
            Assessed([key], values).SingleOrDefault(),
            [.. siblings.Where(other => other.Id != key.Id).Select(other => new SiblingClaim(other.Id, other.Basis))]);
    }

    private static List<(ClaimKey Key, ClaimValue Value)> Values(ReadBatch batch, IReadOnlyList<ClaimKey> keys, Moment moment) => batch.Add(
        $"""
        select wanted.nr, {ClaimRows.Columns}
        from unnest($1::text[], $2::uuid[]) with ordinality as wanted (subject, cell, nr)
            cross join lateral {Identity.Members("wanted.subject", "$3")} m
            join views.claim_values v on v.entity_id = m.id and v.cell = wanted.cell
        where {Moment.Holds("v", "$3")} and ($4::date is null or v.starts <= $4)
        """,
        [keys.Select(key => key.Subject).ToArray(), keys.Select(key => key.Cell).ToArray(), moment.Sequence, moment.Day],
        row => (keys[(int)row.GetInt64(0) - 1], ClaimRows.Read(row, 1)));

    private static List<AssessedClaim> Assessed(IReadOnlyList<ClaimKey> keys, List<(ClaimKey Key, ClaimValue Value)> rows)
    {
        var values = rows.ToLookup(row => row.Key.Id, row => row.Value);
        return [.. keys.Where(key => values.Contains(key.Id)).Select(key => new AssessedClaim(key, Assessment.Of(values[key.Id])))];
    }

    /// <summary>Claims as they are answered, with the words of up to so many values of each.</summary>
    public static async Task<List<ClaimView>> ShowAsync(
        NpgsqlDataSource database, IReadOnlyList<AssessedClaim> claims, int valuesShown, Moment moment, CancellationToken cancellation)
    {
        var shown = claims.Select(claim => claim.Assessment.Values
            .OrderBy(one => one.Value.Stage).ThenByDescending(one => one.Value.Published).ThenByDescending(one => one.Value.Recorded).Take(valuesShown).ToList()).ToList();
        var (evidence, names) = await EvidenceAsync(
            database, shown.SelectMany(values => values).Select(one => one.Value.FactId), claims.Select(claim => claim.Key.Subject), moment, cancellation);
        return
        [
            .. claims.Zip(shown, (claim, values) => new ClaimView
            {
                Id = claim.Key.Id,
                Subject = new EntityName(claim.Key.Subject, names.GetValueOrDefault(claim.Key.Subject, claim.Key.Subject)),
                Metric = claim.Key.Metric,
                Period = claim.Key.Period,
                CalendarPeriod = claim.Assessment.Values.Select(one => one.Value.CalendarPeriod).FirstOrDefault(period => period is not null),
                Basis = claim.Key.Basis,
                Current = claim.Assessment.Current is { } choice
                    ? new CurrentValue(choice.Value.FactId, Assessment.NameOf(choice.Value.Stage), choice.Value.Figure.Point, choice.Rule, choice.Reason)
                    : null,
                Conflicting = claim.Assessment.IsConflicting,
                SpreadPercent = claim.Assessment.SpreadPercent,
                Origins = claim.Assessment.Origins,
                Stages = claim.Assessment.Stages,
                Conflicts = claim.Assessment.Conflicts,
                ValueCount = claim.Assessment.Values.Count,
                Values = [.. values.Select(one => ViewOf(one.Value, one.State, claim.Assessment, evidence[one.Value.FactId]))],
            }),
        ];
    }

    /// <summary>Where facts come from, and the names of entities at a moment.</summary>
    public static async Task<(IReadOnlyDictionary<Guid, EvidenceView> Evidence, IReadOnlyDictionary<string, string> Names)> EvidenceAsync(
        NpgsqlDataSource database, IEnumerable<Guid> facts, IEnumerable<string> entities, Moment moment, CancellationToken cancellation)
    {
        var (told, names) = await ReadBatch.RunAsync(
            database,
            batch => (FactView.Read(batch, moment with { At = null }, "and f.id = any($3)", [facts.Distinct().ToArray()]), Names(batch, entities, moment)),
            cancellation);
        return (told.ToDictionary(fact => fact.Id, fact => fact.Evidence!), names.ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>The names of entities at a moment.</summary>
    public static List<(string Id, string Name)> Names(ReadBatch batch, IEnumerable<string> ids, Moment moment) => batch.Add(
        $"select e.id, e.name from views.entities e where e.id = any($1) and {Moment.Holds("e", "$2")}",
        [ids.Distinct().ToArray(), moment.Sequence],
        row => (row.GetString(0), row.GetString(1)));

    private static ClaimKey KeyOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetString(3), row.GetString(4), JsonSerializer.Deserialize<Basis>(row.GetString(5), Json.Options)!);

    private static ClaimValueView ViewOf(ClaimValue value, string state, Assessment assessment, EvidenceView evidence) => new()
    {
        Fact = value.FactId,
        Type = value.Type,
        Stage = Assessment.NameOf(value.Stage),
        State = state,
        Value = value.Figure.Point,
        Low = value.Figure.Low == value.Figure.High ? null : value.Figure.Low,
        High = value.Figure.Low == value.Figure.High ? null : value.Figure.High,
        Bound = value.Figure.Bound,
        IsOutlier = assessment.Outliers.Contains(value.FactId),
        Speaker = value.Speaker,
        Origin = value.Origin,
        Evidence = evidence,
    };
}
