using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// A typed span of a passage; offsets into <c>Passage.Text</c>, end exclusive. Phases add annotations and never remove one: several may
/// cover the same text, and rules choose.
/// </summary>
public abstract record Annotation(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>A vocabulary entry found in the text. <c>Candidates</c> are the ids of all entries that own this surface form, best first.</summary>
/// <param name="Kind">An <c>EntityKind</c>, or one of metric, unit, currency, benchmark, segment (<c>TermKind</c>).</param>
public sealed record Mention(int Start, int End, string Kind, IReadOnlyList<string> Candidates) : Annotation(Start, End)
{
    public string Id => Candidates[0];
}

/// <summary>How a number is qualified: exactly as printed (null), approx (近, 约), min (逾, 超过) or max (不足, 不超过).</summary>
public enum Bound
{
    Approx,
    Min,
    Max,
}

/// <summary>A plain number, in base units (12,000; 3.2 千万亿; 1158). <c>High</c> is set for a range, whose low end is <c>Amount</c>.</summary>
public sealed record NumberValue(int Start, int End, decimal Amount, decimal? High = null, Bound? Bound = null) : Annotation(Start, End);

/// <summary>A percentage or a number of percentage points as printed, sign included where one is printed (-2.61%, +0.34pct, 两成 = 20).</summary>
/// <param name="IsPoints">Percentage points (pct, pp, 个百分点) instead of percent.</param>
public sealed record PercentValue(int Start, int End, decimal Percent, bool IsPoints, bool IsSigned, decimal? High = null, Bound? Bound = null) : Annotation(Start, End);

/// <summary>A tolerance around a value given before it (±2%, 上下浮动 2%, plus or minus 2%): a rule makes low and high of both.</summary>
/// <param name="Percent">Percent of the value, or percentage points where <c>IsPoints</c> (正负 50 个基点 = 0.5).</param>
/// <param name="Amount">The distance itself, in base units, where it is given in the value's own unit (± $0.3bn); else null.</param>
public sealed record ToleranceValue(int Start, int End, decimal Percent, bool IsPoints, decimal? Amount = null) : Annotation(Start, End);

/// <summary>An amount of money in base units; <c>Currency</c> is ISO 4217, the report's home where the text names none (<c>CurrencyStated</c> false).</summary>
/// <param name="Per">What the price is for, where the text says so: s, min, hour, day, week, month, year, share, image, call, user, GPU-hour,
/// 1M tokens, 1M input tokens, 1M output tokens …, joined by / where there are several (user/month); else null.</param>
public sealed record MoneyValue(
    int Start, int End, decimal Amount, string Currency, bool CurrencyStated, decimal? High = null, Bound? Bound = null, string? Per = null) : Annotation(Start, End);

/// <summary>A number with a unit that is neither money nor percent: tokens/s, MW, users, parameters, GB, h, rank …; normalised unit name.</summary>
public sealed record QuantityValue(int Start, int End, decimal Amount, string Unit, decimal? High = null, Bound? Bound = null) : Annotation(Start, End);

/// <summary>A multiple as printed: 3 倍, 1.5x, twofold. What it means for a growth rate (增长 N 倍, 是…的 N 倍) is for rules to say.</summary>
public sealed record MultipleValue(int Start, int End, decimal Times, decimal? High = null, Bound? Bound = null) : Annotation(Start, End);

/// <summary>A point in time, resolved against the report's date where it is relative or lacks its year.</summary>
public sealed record DateValue(int Start, int End, PartialDate Date, bool IsRelative) : Annotation(Start, End);

/// <summary>
/// A period that a figure covers, in the ontology's labels (FY2027Q1, 2025Q3, 2026H2, 2026-9M, 2026, 2026-05, 2026-06-29/2026-07-03, 2026-YTD).
/// </summary>
/// <param name="IsFiscal">The text marks it as a fiscal period (1Q27 of a company with another year end, FY, 财年).</param>
/// <param name="LastDay">Last day of the period as a calendar would have it; for fiscal labels null until the company is known.</param>
/// <param name="IsYearImplied">The text gave no year (一季度, Q2): it was taken from the report's date.</param>
public sealed record PeriodValue(int Start, int End, string Label, bool IsFiscal, DateOnly? LastDay, bool IsYearImplied) : Annotation(Start, End)
{
    /// <summary>Named by the month in which it ends (the June quarter): a company with another year end counts it by its own.</summary>
    public bool IsByMonth { get; init; }

    /// <summary>Spelled out in English without a year (fourth-quarter revenue): a company with another year end means its own.</summary>
    public bool IsInWords { get; init; }
}
