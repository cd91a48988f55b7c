using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Api.Claims;

/// <summary>What a number is to the one that it is about, the weightiest first: the order decides which is shown.</summary>
public enum Stage
{
    /// <summary>Has happened, was measured.</summary>
    Actual,

    /// <summary>The party's own word on what is to come.</summary>
    Guidance,

    /// <summary>What the market expects together, as a report tells it.</summary>
    Consensus,

    /// <summary>Somebody else's expectation.</summary>
    Forecast,

    /// <summary>From unnamed sources, or hedged.</summary>
    Rumour,

    /// <summary>The number is said not to be so.</summary>
    Denial,
}

/// <summary>One report's number in a cell, with what it takes to compare it; its words are the fact's.</summary>
/// <param name="FactId">The fact that gives it.</param>
/// <param name="Type">The fact's type.</param>
/// <param name="Stage">What the number is.</param>
/// <param name="Figure">The number.</param>
/// <param name="CalendarPeriod">The calendar's name of the period, where the fact gives it.</param>
/// <param name="ReportId">The report.</param>
/// <param name="Published">The first day of the report's date; null where it has none.</param>
/// <param name="Speaker">Whose number it is: an issuer, a named source, else the publisher. A later forecast of a speaker replaces an earlier one.</param>
/// <param name="Origin">Where it comes from: what two reports share when they are not independent of each other.</param>
/// <param name="Standing">What somebody who checked the fact found.</param>
/// <param name="IsCorrected">A correction changed how the report's words were read.</param>
/// <param name="Recorded">The sequence of the event that recorded the fact.</param>
public sealed record ClaimValue(
    Guid FactId,
    string Type,
    Stage Stage,
    Figure Figure,
    string? CalendarPeriod,
    string ReportId,
    DateOnly? Published,
    string Speaker,
    string Origin,
    FactStanding Standing,
    bool IsCorrected,
    long Recorded);
