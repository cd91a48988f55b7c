using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Domain.Events;

/// <summary>
/// What the events of all 17 fact types share. Each type adds one property per role and per value of its <see cref="FactSchema"/>, by the
/// same name in PascalCase.
/// </summary>
public abstract record FactRecorded
{
    public required Guid FactId { get; init; }

    /// <summary>SHA-256 of the report's bytes, lower-case hex.</summary>
    public required string ReportId { get; init; }

    public string? When { get; init; }

    /// <summary>The ontology's word: reported, announced, forecast, rumored, denied.</summary>
    public required string Status { get; init; }

    public IReadOnlyList<string> Attribution { get; init; } = [];

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    public required string Rule { get; init; }

    /// <summary>Version of rules and vocabulary that found the fact.</summary>
    public required string Ruleset { get; init; }

    /// <summary>Qualifies the number: approx, min or max.</summary>
    public string? Bound { get; init; }

    /// <summary>The calendar period where the company's own label differs.</summary>
    public string? CalendarPeriod { get; init; }
}
