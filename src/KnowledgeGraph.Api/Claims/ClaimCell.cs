using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Resolution;

namespace KnowledgeGraph.Api.Claims;

/// <summary>What a number is measured in and of: two numbers are compared only where all of it agrees.</summary>
public sealed record Basis
{
    /// <summary>level: the figure itself; yoy, qoq, mom: its growth in percent; change: a price's move over the period; ytd: over the year to date.</summary>
    public required string Measure { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>Part of a company's business; null for all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Segment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Benchmark { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ComparedTo { get; init; }

    /// <summary>What has the price: share, index, api, rental, …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instrument { get; init; }

    /// <summary>What of it: input, output, on-demand, …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Item { get; init; }

    /// <summary>The round of a funding.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Round { get; init; }

    internal string Key => string.Join('\n', Measure, Currency, Unit, Segment, Benchmark, ComparedTo, Instrument, Item, Round);
}

/// <summary>
/// THE CELL: (subject, metric, period, basis), which holds the number that every report gives for it.
/// <para>
/// A number of a fact makes a value of a cell if it has one subject, a metric that says what it is (not <c>other</c>), and a time. The period
/// is the fact's own label: FY2027Q1 and 2026Q1 are different cells, as are figures in different currencies or units, for nothing is ever
/// converted; such cells are named as siblings. A figure of accounts or operations with no period has the day on which it was so; a price or
/// valuation with neither has the day of its report; a capability, a price target and a funding round are cells without period, and any
/// other number of no known time is in no cell. Status is no part of the cell: rumour, forecast, guidance and actual of one number meet in
/// it, as <see cref="Stage"/>. What adjusts a figure (adjusted-eps, adjusted-gross-margin) is part of its metric's name.
/// </para>
/// <para>
/// A fact's growth rates are cells of their own beside its level, so that a report that gives only growth can be compared. A consensus that
/// is told beside an actual is a value of the actual's cell. The figure before (<c>previous</c>) is left out, for the text may mean last
/// year's or an earlier guidance; so are relative points, whose other side is not told, and the amounts of deals, which belong to no single party.
/// </para>
/// <para>
/// A claim's id is the hash of its subject's id and the cell's key (<see cref="IdOf"/>), nothing else: the same cell has the same id in
/// every rebuild. Where entities are merged, the subject is the one that stands for them.
/// </para>
/// </summary>
public sealed record ClaimCell(string Metric, string Period, Basis Basis)
{
    private static readonly string[] Timeless = ["price-target", "parameters", "active-parameters"];

    /// <summary>The cell's key without its subject.</summary>
    public Guid Key { get; } = StableId.Of($"cell\n{Metric}\n{Period}\n{Basis.Key}");

    /// <summary>The id of the claim of a subject in the cell of a key.</summary>
    public static Guid IdOf(string subject, Guid cell) => StableId.Of($"claim\n{subject}\n{cell:D}");

    /// <summary>The cells that a fact has a number for, with their subject and the number.</summary>
    internal static IReadOnlyList<(string Subject, ClaimCell Cell, ClaimValue Value)> Of(HeldFact held)
    {
        var (fact, values) = (held.Fact, held.Fact.Values);
        if (fact.Roles.GetValueOrDefault(SubjectRole(fact.Type)) is not [{ } subject])
            return [];
        var basis = new Basis
        {
            Measure = "level",
            Currency = Text("currency"),
            Unit = Text("unit"),
            Segment = Text("segment") is { } segment ? SegmentName.PartOf(segment) : null,
            Benchmark = Text("benchmark") is { } benchmark ? ClaimSource.Fold(benchmark) : null,
            ComparedTo = Text("comparedTo") is { } other ? ClaimSource.Fold(other) : null,
            Instrument = Text("instrument"),
            Item = Text("item"),
            Round = Text("round") is { } round ? ClaimSource.Fold(round) : null,
        };
        var percent = basis with { Currency = null, Unit = "percent" };
        var metric = fact.Type == "PriceChanged" ? "price" : fact.Type == "FundingRaised" ? "funding" : Text("metric");
        var source = ClaimSource.Of(held);
        var cells = new List<(string, ClaimCell, ClaimValue)>();
        Add(metric, basis, Number("amount") ?? Number("value") ?? Number("price"), Number("low"), Number("high"));
        Add(metric, percent, Number("percent"));
        Add(metric, percent with { Measure = "yoy" }, Number("yoyPercent"));
        Add(metric, percent with { Measure = "qoq" }, Number("qoqPercent"));
        Add(metric, percent with { Measure = "mom" }, Number("momPercent"));
        Add(metric, percent with { Measure = "change" }, Number("changePercent"));
        Add(metric, percent with { Measure = "ytd" }, Number("ytdPercent"));
        Add(metric, basis.Currency is null && Number("percent") is not null ? percent : basis, Number("consensus"), stage: Stage.Consensus);
        Add("parameters", basis with { Unit = "parameters" }, Number("parameters"));
        Add("active-parameters", basis with { Unit = "parameters" }, Number("activeParameters"));
        Add("valuation", basis with { Round = null }, Number("valuation"));
        return cells;

        string? Text(string name) => values.GetValueOrDefault(name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

        decimal? Number(string name) => values.GetValueOrDefault(name) is JsonValue value && value.TryGetValue<decimal>(out var number) ? number : null;

        void Add(string? what, Basis of, decimal? point, decimal? low = null, decimal? high = null, Stage? stage = null)
        {
            if (what is null or "other" || Figure.Of(point, low, high, Text("bound")) is not { } figure || PeriodOf(held, what, of, Text("period")) is not { } period)
                return;
            cells.Add((subject.Id.ToString(), new ClaimCell(what, period, of), new ClaimValue(
                fact.Id,
                fact.Type,
                stage ?? StageOf(fact, source, subject.Id.ToString()),
                stage is null ? figure : new Figure(figure.Low, figure.High, null),
                Text("calendarPeriod"),
                held.ReportId,
                held.Published,
                stage is null ? source.Speaker : "consensus",
                source.Origin,
                fact.Standing,
                fact.IsCorrected,
                held.Recorded)));
        }
    }

    private static string SubjectRole(string type) => type switch
    {
        "EarningsReported" or "FundingRaised" => "company",
        "ModelReleased" => "model",
        "CapabilityReported" or "ForecastIssued" or "PriceChanged" or "ValuationReported" or "MetricReported" => "subject",
        _ => "",
    };

    private static string? PeriodOf(HeldFact held, string metric, Basis basis, string? period)
    {
        if (held.Fact.Type == "CapabilityReported")
            return metric is "benchmark-score" or "rank" && basis.Benchmark is null ? null : "";
        if (Timeless.Contains(metric) || (metric == "funding" && basis.Round is not null))
            return "";
        var isOfADay = held.Fact.Type is "PriceChanged" or "ValuationReported" || metric == "valuation";
        return (isOfADay && basis.Measure == "level" ? held.Fact.When ?? period : period ?? held.Fact.When)
            ?? (isOfADay ? held.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
    }

    private static Stage StageOf(Fact fact, ClaimSource source, string subject) => fact.Status switch
    {
        FactStatus.Denied => Stage.Denial,
        FactStatus.Rumored => Stage.Rumour,
        _ when source.IsUnnamed => Stage.Rumour,
        FactStatus.Reported when fact.Type != "ForecastIssued" => Stage.Actual,
        FactStatus.Announced => Stage.Guidance,
        _ => ClaimSource.IssuerOf(fact) == subject ? Stage.Guidance : Stage.Forecast,
    };
}
