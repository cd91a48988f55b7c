using System.Globalization;
using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>A date in a line; <c>Year</c> is null where the text gives none, <c>Day</c> where it gives only a month.</summary>
internal sealed record FoundDate(int Start, int End, int? Year, int Month, int? Day)
{
    public DateOnly? InYear(int year) =>
        Day is { } day && day <= DateTime.DaysInMonth(year, Month) ? new DateOnly(year, Month, day) : null;

    public DateOnly? Exact => Year is { } year ? InYear(year) : null;
}

/// <summary>A range of days such as a week; both ends share the year where the text gives one.</summary>
internal sealed record FoundRange(int Start, int End, int? Year, (int Month, int Day) From, (int Month, int Day) To)
{
    public (DateOnly Start, DateOnly End)? InYear(int year)
    {
        var fromYear = From.Month > To.Month ? year - 1 : year;
        if (From.Day > DateTime.DaysInMonth(fromYear, From.Month) || To.Day > DateTime.DaysInMonth(year, To.Month))
        {
            return null;
        }

        return (new DateOnly(fromYear, From.Month, From.Day), new DateOnly(year, To.Month, To.Day));
    }
}

/// <summary>Dates and ranges of days in folded text, in the forms that mastheads and market reviews use. Not for the dates of facts.</summary>
internal static partial class CalendarDates
{
    private static readonly string[] MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static IEnumerable<FoundDate> Dates(string text)
    {
        foreach (Match match in Numeric().Matches(text))
        {
            if (Make(match, Year(match, "y"), Number(match, "m"), Number(match, "d")) is { } date)
            {
                yield return date;
            }
        }

        foreach (Match match in Written().Matches(text))
        {
            if (match.Groups["y"].Success && Make(match, Digits(match.Groups["y"].Value), Ordinal(match.Groups["m"].Value), Ordinal(match.Groups["d"].Value)) is { } date)
            {
                yield return date;
            }
        }

        foreach (Match match in YearLast().Matches(text))
        {
            // 07/30/2026 and 31/03/2026 tell themselves; of two that could be months the first is taken for it.
            var (first, second) = (Number(match, "a"), Number(match, "b"));
            if (Make(match, Year(match, "y"), first > 12 ? second : first, first > 12 ? first : second) is { } date)
            {
                yield return date;
            }
        }

        foreach (Match match in English().Matches(text))
        {
            if (Make(match, Year(match, "y"), MonthOf(match.Groups["n"].Value), Number(match, "d")) is { } date)
            {
                yield return date;
            }
        }
    }

    public static IEnumerable<FoundRange> Ranges(string text)
    {
        foreach (Match match in NumericRange().Matches(text))
        {
            var endMonth = match.Groups["m2"].Success ? Number(match, "m2") : Number(match, "m");
            if (Range(match, Year(match, "y2") ?? Year(match, "y"), Number(match, "m"), Number(match, "d"), endMonth, Number(match, "d2")) is { } range)
            {
                yield return range;
            }
        }

        foreach (Match match in EnglishRange().Matches(text))
        {
            var last = MonthOf(match.Groups["n2"].Success ? match.Groups["n2"].Value : match.Groups["n"].Value);
            var first = match.Groups["n"].Success ? MonthOf(match.Groups["n"].Value) : last;
            if (Range(match, Year(match, "y"), first, Number(match, "d"), last, Number(match, "d2")) is { } range)
            {
                yield return range;
            }
        }
    }

    private static FoundDate? Make(Match match, int? year, int? month, int? day) =>
        month is >= 1 and <= 12 && day is null or (>= 1 and <= 31) && (year is not null || day is not null)
            ? new FoundDate(match.Index, match.Index + match.Length, year, month!.Value, day)
            : null;

    private static FoundRange? Range(Match match, int? year, int? month, int? day, int? lastMonth, int? lastDay) =>
        month is >= 1 and <= 12 && lastMonth is >= 1 and <= 12 && day is >= 1 and <= 31 && lastDay is >= 1 and <= 31
            ? new FoundRange(match.Index, match.Index + match.Length, year, (month.Value, day.Value), (lastMonth.Value, lastDay.Value))
            : null;

    private static int? Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private const string Numerals = "〇一二三四五六七八九";

    // 二〇二六, 二零二六
    private static int? Digits(string text)
    {
        var year = 0;
        foreach (var c in text)
        {
            year = (year * 10) + (c is '零' or '○' ? 0 : Numerals.IndexOf(c, StringComparison.Ordinal));
        }

        return year is >= 1990 and <= 2099 ? year : null;
    }

    // 八, 十二, 二十, 二十五, 三十一
    private static int? Ordinal(string text)
    {
        var ten = text.IndexOf('十', StringComparison.Ordinal);
        return text[0] == '廿' ? 20 + (text.Length == 1 ? 0 : Numerals.IndexOf(text[1], StringComparison.Ordinal)) : ten < 0 ? Numerals.IndexOf(text, StringComparison.Ordinal) is > 0 and var digit ? digit : null
            : ((ten == 0 ? 1 : Numerals.IndexOf(text[0], StringComparison.Ordinal)) * 10) + (ten + 1 == text.Length ? 0 : Numerals.IndexOf(text[ten + 1], StringComparison.Ordinal));
    }

    /// <summary>Four digits as they are, two as of this century, and years of the Republic (民国115年) from 1911.</summary>
    private static int? Year(Match match, string group) => Number(match, group) switch
    {
        null => null,
        >= 1990 and <= 2099 and var year => year,
        >= 100 and <= 150 and var republic => republic + 1911,
        >= 15 and <= 60 and var century => 2000 + century,
        _ => null,
    };

    private static int? MonthOf(string name)
    {
        var index = name.Length < 3 ? -1 : Array.IndexOf(MonthNames, name[..3].ToLowerInvariant());
        return index < 0 ? null : index + 1;
    }

    [GeneratedRegex(@"(?<![\d.])(?:(?:民国\s?)?(?<y>\d{2,4})\s?年\s?(?<m>\d{1,2})\s?月(?:份|\s?(?<d>\d{1,2})\s?[日号]?)?|(?<y>20\d{2})\s?(?<s>[-./])\s?(?<m>\d{1,2})\s?\k<s>\s?(?<d>\d{1,2})(?!\d)|(?<y>20\d{2})(?<m>0[1-9]|1[0-2])(?<d>[0-3]\d)(?!\d)|(?<!\d)(?<y>1[01]\d)(?<s>[-./])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})(?!\d)|(?<m>\d{1,2})\s?月\s?(?<d>\d{1,2})\s?[日号](?:[,，]\s?(?<y>20\d{2})\s?年)?)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"(?:(?<y>[一二][〇零○一二三四五六七八九]{3})年)?(?<m>十[一二]?|[一二三四五六七八九])月(?<d>[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])日(?:[,，]\s?(?<y>[一二][〇零○一二三四五六七八九]{3})年)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<![\d./-])(?<a>\d{1,2})(?<s>[/.-])(?<b>\d{1,2})\k<s>(?<y>20\d{2})(?![\d./-])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex YearLast();

    [GeneratedRegex(@"\b(?:(?<d>\d{1,2})-(?<n>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*-(?<y>\d{2}|20\d{2})(?!\d)|(?<d>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?(?<n>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?(?:\s(?<y>20\d{2}|[23]\d(?=\s*(?:$|[|)\]]))))?|(?<n>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s(?<d>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?<y>20\d{2}))?)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex English();

    [GeneratedRegex(@"(?<![\d.])(?:(?<y>20\d{2}|\d{2}(?=\s?年))\s?[年./-]\s?)?(?<m>\d{1,2})\s?[月./]\s?(?<d>\d{1,2})\s?[日号]?\s?(?:[-–—~～至到]+)\s?(?:(?<y2>20\d{2})\s?[年./-]\s?)?(?:(?<m2>\d{1,2})\s?[月./]\s?)?(?<d2>\d{1,2})\s?[日号]?(?![\d.%])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumericRange();

    [GeneratedRegex(@"\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\s)?(?:(?<d>\d{1,2})(?:\s(?<n>[A-Z][a-z]{2,8}))?\s?[-–—]\s?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\s)?(?<d2>\d{1,2})\s(?<n2>[A-Z][a-z]{2,8})(?:,?\s(?<y>20\d{2}))?|(?<n>[A-Z][a-z]{2,8})\s(?<d>\d{1,2})\s?[-–—]\s?(?:(?<n2>[A-Z][a-z]{2,8})\s)?(?<d2>\d{1,2})(?:,?\s(?<y>20\d{2}))?)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishRange();
}
