using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Facts;

namespace KnowledgeGraph.Api.Series;

/// <summary>A growth rate of a figure: as a report gives it, and as the series itself gives it.</summary>
/// <param name="Measure">yoy, qoq, mom; change: a price against the one before it, or over its period; ytd.</param>
/// <param name="ReportedPercent">As reported; null where no report gives it.</param>
/// <param name="Claim">The claim that holds the reported rate.</param>
/// <param name="ComputedPercent">From this row and the earlier one of the same currency and unit; null where there is none.</param>
/// <param name="Against">The period of the earlier row.</param>
public sealed record Growth(string Measure, decimal? ReportedPercent, Guid? Claim, decimal? ComputedPercent, string? Against);

/// <summary>One period of a series, in one currency or unit.</summary>
public sealed record SeriesPoint
{
    public required string Period { get; init; }

    /// <summary>The calendar's name of a fiscal period.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CalendarPeriod { get; init; }

    /// <summary>The value that the claim shows; null where reports give only its growth.</summary>
    public required decimal? Value { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>actual, guidance, consensus, forecast or rumour; that of the growth where there is no value.</summary>
    public required string Stage { get; init; }

    /// <summary>The claim, for all values and who gives them; null where reports give only growth.</summary>
    public required Guid? Claim { get; init; }

    /// <summary>Whether reports contradict each other on the value.</summary>
    public required bool Conflicting { get; init; }

    public required IReadOnlyList<Growth> Growth { get; init; }

    /// <summary>Report and words that the value (or the first growth) comes from.</summary>
    public required EvidenceView Source { get; init; }
}

/// <summary>One figure over time. What the basis says beside measure, currency and unit tells one series from another.</summary>
public sealed record SeriesView
{
    /// <summary>Part of a company's business; null for all of it.</summary>
    public required string? Segment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instrument { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Item { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Benchmark { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ComparedTo { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Round { get; init; }

    /// <summary>One row for each period, the earliest first.</summary>
    public required IReadOnlyList<SeriesPoint> Points { get; init; }
}

/// <summary>A metric of one entity over time.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Series">One for each segment, instrument, item, … that was asked for.</param>
/// <param name="Truncated">There is more than is read at once (4000 claims); name a segment, an instrument or an item.</param>
/// <param name="Sequence">The sequence that it was read at.</param>
public sealed record EntitySeries(EntityName Entity, string Metric, IReadOnlyList<SeriesView> Series, bool Truncated, long Sequence);
