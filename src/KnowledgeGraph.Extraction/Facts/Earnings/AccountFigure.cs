using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>One figure of a company's accounts with all that is known of it: an <c>EarningsReported</c> or, where it is expected, a <c>ForecastIssued</c>.</summary>
/// <param name="Metric">The contract's metric.</param>
/// <param name="Segment">The part of the company, or null.</param>
/// <param name="Span">The figure, which no other fact may have too.</param>
/// <param name="Start">Of the evidence, as an offset into the passage.</param>
public sealed record AccountFigure(Participant Company, string Metric, string? Segment, Annotation Span, int Start, int End)
{
    /// <summary>In base units of <see cref="Currency"/>; the low end where there is a <see cref="High"/>.</summary>
    public decimal? Amount { get; init; }

    public decimal? High { get; init; }

    public decimal? Percent { get; init; }

    public string? Currency { get; init; }

    public Bound? Bound { get; init; }

    public ResolvedPeriod? Period { get; init; }

    public FactStatus Status { get; init; }

    /// <summary>Growth, consensus and the figure before.</summary>
    public IReadOnlyList<Annotation> Modifiers { get; init; } = [];

    /// <summary>Before which whoever expects the figure is named.</summary>
    public int ForecastFrom { get; init; }

    public static FactDraft Draft(SentenceContext context, AccountFigure figure)
    {
        var isForecast = figure.Status == FactStatus.Forecast;
        // Where only growth is expected, a rate against the quarter before is the figure; against the year before it has a place of its own.
        var isYearly = figure.Period?.Label is { Length: 4 } or ['F', 'Y', _, _, _, _];
        var rate = isForecast && figure is { Amount: null, Percent: null, Span: Growth { Basis: not GrowthBasis.Year } growth } && !(isYearly && growth.Basis == GrowthBasis.Unstated && growth.High is null) ? growth : null;
        var high = figure.High ?? (isForecast && figure is { Amount: null, Span: Growth range } ? range.High : null);
        var around = isForecast && figure.High is null ? Tolerances.Around(context.Sentence, figure.Span) : null;
        var isRange = isForecast && high is not null;
        var forecaster = isForecast ? Forecaster.Of(context, figure.ForecastFrom, figure.Company) : null;
        // What the house itself expects is dated by its report; dates in the sentence are of what it expects.
        var stated = isForecast && forecaster == context.Report.Publisher ? context.Report.Metadata.Date?.Text : context.When(figure.Start, figure.End);
        // What it expects itself a company says with its figures.
        stated ??= isForecast && forecaster != figure.Company ? null : PublicationDay(context, figure, isForecast);
        // A dateline is of the day on which the news ran, a day or two behind what the company published.
        if (stated is not null && stated == context.Topic.Date?.Date.Text && (!isForecast || forecaster == figure.Company) && Published(context, figure, isForecast) is { } earlier)
            stated = earlier;
        return context.Draft(
            isForecast ? "ForecastIssued" : "EarningsReported", figure.Start, figure.End,
            isForecast ? [("issuer", forecaster), ("subject", figure.Company)] : [("company", figure.Company)],
            [
                ("metric", figure.Metric), ("segment", figure.Segment), ("period", figure.Period?.Label), ("calendarPeriod", figure.Period?.CalendarLabel),
                (isRange ? "low" : "amount", Node(figure.Amount ?? (isRange ? figure.Percent ?? (figure.Span as Growth)?.Percent : null))), (isRange ? "high" : "", isRange ? Node(high) : null), (around is null ? "" : "low", Node(around?.Low)), (around is null ? "" : "high", Node(around?.High)),
                ("percent", isRange ? null : Node(figure.Percent ?? rate?.Percent)), ("currency", figure.Currency), ("yoyPercent", Node(figure.Rate(GrowthBasis.Year) ?? figure.Rate(GrowthBasis.Unstated))), ("qoqPercent", Node(figure.Rate(GrowthBasis.Quarter))),
                (isForecast ? "" : "momPercent", isForecast ? null : Node(figure.Rate(GrowthBasis.Month))), ("consensus", Node(figure.Modifiers.OfType<Consensus>().FirstOrDefault()?.Amount)),
                ("previous", Node(figure.Modifiers.OfType<Previous>().FirstOrDefault()?.Amount)), ("bound", figure.Bound.Word()),
            ]) with
        {
            Status = figure.Status,
            When = stated ?? (isForecast ? null : figure.Period?.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            IsWhenInferred = stated is null,
            Consumes = [context.Source(figure.Span)],
        };
    }

    private static string? PublicationDay(SentenceContext context, AccountFigure figure, bool isForecast) =>
        isForecast ? context.Report.Publications.Day(figure.Company, null) : figure.Period?.LastDay is { } last ? context.Report.Publications.Day(figure.Company, last) : null;

    private static string? Published(SentenceContext context, AccountFigure figure, bool isForecast) =>
        PublicationDay(context, figure, isForecast || figure.Period is null) is { } day && context.Topic.Date is { Date: { IsDay: true } dateline }
        && DateOnly.Parse(day, CultureInfo.InvariantCulture) is var published && dateline.Start.DayNumber - published.DayNumber is 1 or 2 ? day : null;

    // 翻番有余，增幅达 108%: the exact one of two rates.
    private decimal? Rate(GrowthBasis basis) => Modifiers.OfType<Growth>().Where(growth => growth.Basis == basis).OrderBy(growth => growth.Bound is null ? 0 : 1).FirstOrDefault()?.Percent;

    private static JsonNode? Node(decimal? number) => number is { } n ? JsonValue.Create(n) : null;
}
