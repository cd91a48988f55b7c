using System.Text.Json;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>A claim before its values are read, and what can be said of them all without reading them.</summary>
internal sealed record ClaimKey(Guid Id, EntityName Subject, Guid Cell, string Metric, string Period, Basis Basis, ClaimState State);

/// <summary>Which claims are asked for; null leaves a condition out.</summary>
internal sealed record ClaimFilter
{
    /// <summary>A canonical id.</summary>
    public string? Subject { get; init; }

    public string? Metric { get; init; }

    public string? Period { get; init; }

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

    public static ClaimCursor Of(ClaimKey key) => new(key.Subject.Id, key.Metric, key.Period, key.Id);
}

/// <summary>Which claims there are.</summary>
internal static class ClaimReads
{
    /// <summary>Claims in the order of subject, metric, period and id. What a filter fixes is left out of the order, so that its index has that order.</summary>
    public static Task<List<ClaimKey>> FindAsync(
        NpgsqlDataSource database, ClaimFilter filter, Moment moment, ClaimCursor after, int limit, CancellationToken cancellation)
    {
        (string Column, string Parameter)[] order =
        [
            .. filter.Subject is null ? [("c.subject", "$2")] : Array.Empty<(string, string)>(),
            .. filter.Metric is null ? [("c.metric", "$3")] : Array.Empty<(string, string)>(),
            .. filter.Period is null ? [("c.period", "$4")] : Array.Empty<(string, string)>(),
            ("c.id", "$5"),
        ];
        var columns = string.Join(", ", order.Select(one => one.Column));
        return database.QueryAsync(
            $"""
            select {Columns("$1")}
            from views.claims c join views.claim_cells k on k.cell = c.cell
            where {Moment.Holds("c", "$1")}
                and ({columns}) > ({string.Join(", ", order.Select(one => one.Parameter))})
                {(filter.Subject is null ? "" : "and c.subject = $2")}
                {(filter.Metric is null ? "" : "and c.metric = $3")}
                {(filter.Period is null ? "" : "and c.period = $4")}
                {(filter.Conflicting is { } wanted ? wanted ? "and c.conflicting and c.spread_percent > 0" : "and not c.conflicting" : "")}
                {(filter.MinSpreadPercent is null ? "" : "and c.spread_percent >= $6 and c.spread_percent > 0")}
                {(filter.Segment is null ? "" : "and coalesce(k.basis ->> 'segment', '') = $9")}
                {(filter.Instrument is null ? "" : "and k.basis ->> 'instrument' = $10")}
                {(filter.Item is null ? "" : "and k.basis ->> 'item' = $11")}
                {(filter.Types is null ? "" : "and c.types && $7")}
            order by {columns}
            limit $8
            """,
            [
                moment.Sequence, filter.Subject ?? after.Subject, filter.Metric ?? after.Metric, filter.Period ?? after.Period, after.Id,
                filter.MinSpreadPercent ?? 0, filter.Types ?? [], limit, filter.Segment ?? "", filter.Instrument ?? "", filter.Item ?? "",
            ],
            row => KeyOf(row),
            cancellation);
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
            select {Columns("$1")}
            from views.claims c join views.claim_cells k on k.cell = c.cell
            where {Moment.Holds("c", "$1")} and c.metric = $2 and c.period = any($3) and c.subject = any($4) and ($5::text is null or coalesce(k.basis ->> 'segment', '') = $5)
            """,
            [moment.Sequence, filter.Metric, periods, subjects, filter.Segment],
            row => KeyOf(row),
            cancellation);

    /// <summary>The claim of an id, also where the subject has since been merged into another, and who stands for the subject; none where no fact had made it by then.</summary>
    public static List<(ClaimKey Key, string Subject)> Get(ReadBatch batch, Guid id, Moment moment) => batch.Add(
        $"""
        select {Columns("$2")}, {Identity.Canonical("c.subject", "$2")}
        from views.claims c join views.claim_cells k on k.cell = c.cell
        where c.id = $1 and c.from_sequence <= $2
        order by c.from_sequence desc
        limit 1
        """,
        [id, moment.Sequence],
        row => (KeyOf(row), row.GetString(17)));

    /// <summary>The claims that only the basis tells from one, in the order of their ids.</summary>
    public static List<SiblingClaim> Siblings(ReadBatch batch, Guid id, Moment moment) => batch.Add(
        $"""
        select s.id, k.basis
        from {OfId}
            join views.claims s on s.subject = c.subject and s.metric = c.metric and s.period = c.period and s.id <> $1 and {Moment.Holds("s", "$2")}
            join views.claim_cells k on k.cell = s.cell
        order by s.id
        limit $3
        """,
        [id, moment.Sequence, Page.DefaultLimit],
        row => new SiblingClaim(row.GetGuid(0), BasisOf(row, 1)));

    /// <summary>The names of entities at a moment.</summary>
    public static List<(string Id, string Name)> Names(ReadBatch batch, IEnumerable<string> ids, Moment moment) => batch.Add(
        $"select e.id, e.name from views.entities e where e.id = any($1) and {Moment.Holds("e", "$2")}",
        [ids.Distinct().ToArray(), moment.Sequence],
        row => (row.GetString(0), row.GetString(1)));

    /// <summary>SQL: the last row <c>c</c> of the claim of the id $1 as of the sequence $2, whether it held until then or not.</summary>
    public const string OfId = "(select * from views.claims where id = $1 and from_sequence <= $2 order by from_sequence desc limit 1) c";

    private static string Columns(string sequence) =>
        $"""
        c.id, c.subject, (select e.name from views.entities e where e.id = c.subject and {Moment.Holds("e", sequence)}), c.cell, c.metric, c.period, k.basis,
            {ClaimState.Columns}
        """;

    private static ClaimKey KeyOf(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        new EntityName(row.GetString(1), row.Optional<string>(2) ?? row.GetString(1)),
        row.GetGuid(3),
        row.GetString(4),
        row.GetString(5),
        BasisOf(row, 6),
        ClaimState.Read(row, 7));

    private static Basis BasisOf(NpgsqlDataReader row, int at) => JsonSerializer.Deserialize<Basis>(row.GetString(at), Json.Options)!;
}
