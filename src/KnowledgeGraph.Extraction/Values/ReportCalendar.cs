using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>Resolves what a text leaves out of a date, against the day of the report. Asked for something relative without that day it gives nothing.</summary>
internal sealed class ReportCalendar(DateOnly? report, (DateOnly Start, DateOnly End)? covers = null)
{
    // A past event may be up to ten months old before its year has to be said; one that is to come may be told two months ahead.
    private const int DaysAhead = 62;

    // A date outside these years is a default or a mistake, and its neighbours may not exist.
    public DateOnly? Report { get; } = report is { Year: > 1950 and < 2200 } ? report : null;

    /// <summary>The year of a month and day without one. <paramref name="isFuture"/>: the text speaks of what is to come.</summary>
    public int? YearOf(int month, int day, bool isFuture)
    {
        if (Report is not { } today || TryDay(today.Year, month, day) is not { } here)
            return null;
        if (isFuture)
            return here < today.AddDays(-45) ? today.Year + 1 : today.Year;
        if (here > today.AddDays(DaysAhead))
            return today.Year - 1;
        return here.AddYears(1) <= today.AddDays(DaysAhead) && here < today.AddDays(-303) ? today.Year + 1 : today.Year;
    }

    // So many days further off than it is a quarter to come counts: 一季度 in August is the one that was, in December the next one.
    private const int QuarterAhead = 120;

    /// <summary>The year that brings the middle of a quarter nearest to the report, one that was rather than one that will be.</summary>
    public int? YearOfQuarter(int quarter)
    {
        if (Report is not { } today)
            return null;
        var years = new[] { today.Year, today.Year - 1, today.Year + 1 };
        return years.MinBy(year => new DateOnly(year, (quarter * 3) - 1, 15).DayNumber - today.DayNumber is var ahead && ahead > 45 ? ahead + QuarterAhead : Math.Abs(ahead));
    }

    /// <summary>全年 and the like: the year just closed while its results come out, else the current one.</summary>
    public int? YearOfWhole() => Report is { } today ? (today.Month <= 3 ? today.Year - 1 : today.Year) : null;

    /// <summary>A day without month: the last such day up to a week after the report.</summary>
    public DateOnly? DayOf(int day)
    {
        if (Report is not { } today)
            return null;
        for (var back = -1; back <= 2; back++)
        {
            var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-back);
            if (TryDay(month.Year, month.Month, day) is { } found && found <= today.AddDays(7))
                return found;
        }

        return null;
    }

    /// <param name="weekday">1 (Monday) to 7.</param>
    /// <param name="weeks">0 this week, -1 last, 1 next; null where the text says none: then the latest such day up to the report, or the next one.</param>
    public DateOnly? Weekday(int weekday, int? weeks, bool isFuture)
    {
        if (Report is not { } today)
            return null;
        // Only a covered week decides: a month's report covers each weekday four times.
        if (weeks is null or 0 && !isFuture && covers is var (first, last) && last.DayNumber - first.DayNumber <= 6 && Monday(first).AddDays(weekday - 1) is var covered && covered >= first && covered <= last.AddDays(2))
            return covered;
        var day = Monday(today).AddDays(weekday - 1);
        if (weeks is { } shift)
            return day.AddDays(7 * shift);
        if (isFuture)
            return day < today ? day.AddDays(7) : day;
        return day > today ? day.AddDays(-7) : day;
    }

    /// <summary>Monday to Friday of the report's week, or of one before or after. Last week, said after the covered week is over, is that week.</summary>
    public (DateOnly Start, DateOnly End)? Week(int weeks) => covers is var (first, last) && last.DayNumber - first.DayNumber <= 6 && (weeks >= 0 || Report is not { } written || Monday(written) == Monday(first)) ? (first.AddDays(7 * weeks), last.AddDays(7 * weeks)) : Report is { } today ? (Monday(today).AddDays(7 * weeks), Monday(today).AddDays((7 * weeks) + 4)) : null;

    public static DateOnly? TryDay(int year, int month, int day) =>
        year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

/// <summary>Periods in the ontology's labels.</summary>
internal static class Periods
{
    public static PeriodValue Year(int start, int end, int year, bool fiscal, bool implied) => Of(start, end, $"{year:D4}", fiscal, implied, PartialDate.Year(year).End);

    public static PeriodValue Half(int start, int end, int year, int half, bool fiscal, bool implied) =>
        Of(start, end, $"{year:D4}H{half}", fiscal, implied, PartialDate.Half(year, half).End);

    public static PeriodValue Quarter(int start, int end, int year, int quarter, bool fiscal, bool implied) =>
        Of(start, end, $"{year:D4}Q{quarter}", fiscal, implied, PartialDate.Quarter(year, quarter).End);

    /// <summary>From month <paramref name="first"/> to <paramref name="last"/>: a quarter, half or year where it is exactly one.</summary>
    public static PeriodValue Months(int start, int end, int year, int first, int last, bool fiscal, bool implied) => (first, last) switch
    {
        (1, 12) => Year(start, end, year, fiscal, implied),
        (1, 6) => Half(start, end, year, 1, fiscal, implied),
        (7, 12) => Half(start, end, year, 2, fiscal, implied),
        (1, 9) => Of(start, end, $"{year:D4}-9M", fiscal, implied, PartialDate.Month(year, 9).End),
        (1, > 1 and not 3) => Of(start, end, $"{year:D4}-{last}M", fiscal, implied, PartialDate.Month(year, last).End),
        _ when first == last => Of(start, end, $"{year:D4}-{first:D2}", fiscal, implied, PartialDate.Month(year, last).End),
        _ when first % 3 == 1 && last == first + 2 => Quarter(start, end, year, last / 3, fiscal, implied),
        _ => Of(start, end, $"{year:D4}-{first:D2}/{year:D4}-{last:D2}", fiscal, implied, PartialDate.Month(year, last).End),
    };

    public static PeriodValue Years(int start, int end, int first, int last) => Of(start, end, $"{first:D4}/{last:D4}", false, false, PartialDate.Year(last).End);

    public static PeriodValue Days(int start, int end, DateOnly first, DateOnly last, bool implied) =>
        Of(start, end, $"{PartialDate.Day(first).Text}/{PartialDate.Day(last).Text}", false, implied, last);

    public static PeriodValue ToDate(int start, int end, int year, bool implied) => Of(start, end, $"{year:D4}-YTD", false, implied, null);

    private static PeriodValue Of(int start, int end, string label, bool fiscal, bool implied, DateOnly? last) =>
        new(start, end, fiscal ? "FY" + label : label, fiscal, fiscal ? null : last, implied);
}
