using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>A number with whatever unit it came in, so that rules can treat users, money and percent alike.</summary>
/// <param name="Unit">Normalised unit, ISO 4217 code for money, percent, x, or null for a bare number.</param>
public sealed record Figure(Annotation Span, decimal Amount, decimal? High, Bound? Bound, string? Unit)
{
    public bool IsMoney => Span is MoneyValue;

    public bool IsPercent => Span is PercentValue { IsPoints: false };

    /// <summary>The unit without the time that it is counted by: tokens of tokens/day.</summary>
    public string? BaseUnit => Unit?.Split('/')[0];

    /// <summary>Counted by the day, week, month or year; tokens/s is a speed and no flow.</summary>
    public bool IsFlow => Unit?.Split('/') is [_, "day" or "week" or "month" or "quarter" or "year"];

    public static Figure? Of(Annotation? value) => value switch
    {
        MoneyValue money => new Figure(money, money.Amount, money.High, money.Bound, money.Currency),
        PercentValue { IsPoints: false } percent => new Figure(percent, percent.Percent, percent.High, percent.Bound, "percent"),
        QuantityValue quantity => new Figure(quantity, quantity.Amount, quantity.High, quantity.Bound, quantity.Unit),
        MultipleValue multiple => new Figure(multiple, multiple.Times, multiple.High, multiple.Bound, "x"),
        NumberValue number => new Figure(number, number.Amount, number.High, number.Bound, null),
        _ => null,
    };

    public static JsonNode? Node(decimal? number) => number is { } n ? JsonValue.Create(n) : null;

    /// <summary>A bare number that is part of a name, a date or a metric's own word counts nothing.</summary>
    public bool IsFree(Sentence sentence) =>
        Span is not NumberValue || !sentence.Annotations.Any(a => a is Mention or Name or DateValue or PeriodValue && a.Start < Span.End && Span.Start < a.End);
}
