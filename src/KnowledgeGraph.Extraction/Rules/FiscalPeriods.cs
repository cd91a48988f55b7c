using System.Globalization;
using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>A period as a fact records it: the company's own label, the calendar's where that differs, and its last day.</summary>
public sealed record ResolvedPeriod(string Label, string? CalendarLabel, DateOnly? LastDay);

/// <summary>
/// Puts a period that a text names on a company's calendar. A company whose year ends in month m calls fiscal year Y the twelve months that
/// end in month m of year Y; fiscal quarter q ends 3q months after the fiscal year began.
/// </summary>
public static partial class FiscalPeriods
{
    /// <param name="period">As parsed, before the company is known.</param>
    /// <param name="fiscalYearEnd">Month, 1 to 12, in which the company's year ends.</param>
    /// <param name="reportDate">Against which a label without year is completed.</param>
    public static ResolvedPeriod Resolve(PeriodValue period, int fiscalYearEnd, DateOnly? reportDate)
    {
        if (fiscalYearEnd != 12 && period is { IsByMonth: true, LastDay: { } closing } && QuarterEnding(closing, fiscalYearEnd) is { } own)
            return new ResolvedPeriod(own, Calendar(closing), closing);
        if (Quarter().Match(period.Label) is not { Success: true } match)
            return new ResolvedPeriod(period.Label, null, period.LastDay);
        var year = int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);
        var quarter = match.Groups["quarter"] is { Success: true } q ? int.Parse(q.Value, CultureInfo.InvariantCulture) : 4;
        var isWholeYear = !match.Groups["quarter"].Success;
        if (fiscalYearEnd == 12)
            return new ResolvedPeriod(period.Label.StartsWith("FY", StringComparison.Ordinal) ? period.Label[2..] : period.Label, null, EndOf(year, quarter, 12));

        var isFiscal = period.IsFiscal || period.IsInWords;
        if (period.IsYearImplied && isFiscal && reportDate is { } day)
            year = LatestReported(quarter, fiscalYearEnd, day);
        // 1Q27 in a report of 2026 cannot be a calendar quarter already measured.
        else if (!isFiscal && !isWholeYear && reportDate is { } date && EndOf(year, quarter, 12) > date.AddMonths(6))
            isFiscal = true;
        if (!isFiscal)
            return new ResolvedPeriod(period.Label, null, EndOf(year, quarter, 12));

        var last = EndOf(year, quarter, fiscalYearEnd);
        var label = isWholeYear ? $"FY{year}" : $"FY{year}Q{quarter}";
        return new ResolvedPeriod(label, isWholeYear ? null : Calendar(last), last);
    }

    // The quarter to 30 June of a company whose year ends in September is the third; of one whose year ends in January it is none.
    private static string? QuarterEnding(DateOnly last, int fiscalYearEnd)
    {
        var months = ((last.Month - fiscalYearEnd + 11) % 12) + 1;
        return months % 3 == 0 ? $"FY{(last.Month <= fiscalYearEnd ? last.Year : last.Year + 1)}Q{months / 3}" : null;
    }

    /// <summary>Last day of a quarter of a year that ends in the given month.</summary>
    public static DateOnly EndOf(int year, int quarter, int fiscalYearEnd)
    {
        var month = fiscalYearEnd - (3 * (4 - quarter));
        while (month < 1)
            (month, year) = (month + 12, year - 1);
        return new DateOnly(year, month, DateTime.DaysInMonth(year, month));
    }

    // The calendar quarter in which most of the fiscal one lies: a quarter that ends in April is the calendar's first.
    private static string Calendar(DateOnly last)
    {
        var middle = last.AddDays(-45);
        return $"{middle.Year}Q{((middle.Month - 1) / 3) + 1}";
    }

    // Results of a quarter come out within three months of its end; an outlook speaks of the next one.
    private static int LatestReported(int quarter, int fiscalYearEnd, DateOnly report)
    {
        var year = report.Year + 1;
        while (EndOf(year, quarter, fiscalYearEnd) > report.AddDays(100))
            year--;
        return year;
    }

    [GeneratedRegex("^(?:FY)?(?<year>[0-9]{4})(?:Q(?<quarter>[1-4]))?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quarter();
}
