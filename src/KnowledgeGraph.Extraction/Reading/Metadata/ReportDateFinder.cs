using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>What the text says about when the report was published.</summary>
internal sealed record ReportDate(PartialDate? Date, DateBasis? Basis, (DateOnly Start, DateOnly End)? Covers, DateOnly? ReferenceDay);

/// <summary>
/// Finds the date of publication. A date that stands as such on the cover is stated. Else it is inferred, in this order: the last day of the
/// week that the masthead names, the month of an outlook (XX年X月投资策略), the month of the last day that the text speaks of as past. A day
/// without a year takes the year that brings it closest to the dates that have one.
/// </summary>
internal static partial class ReportDateFinder
{
    public static ReportDate Find(Masthead masthead)
    {
        var content = ContentText(masthead.Document);
        var stated = Stated(masthead, NotPublication()) ?? Stated(masthead, NotAtAll());
        var anchor = stated ?? Anchor(masthead, content);
        var covers = Covers(masthead, content, anchor);
        if (stated is { } day)
        {
            return new ReportDate(PartialDate.Day(day), DateBasis.Stated, covers, day);
        }

        if (YearLeftOut(masthead, anchor) is { } near)
        {
            return new ReportDate(PartialDate.Day(near), DateBasis.Inferred, covers, near);
        }

        if (MastheadWeek(masthead, anchor) is { } week)
        {
            return new ReportDate(PartialDate.Day(week.End), DateBasis.Inferred, week, week.End);
        }

        var last = LastDay(content, anchor, covers);
        if (OutlookMonth(masthead) is { } month)
        {
            return new ReportDate(month, DateBasis.Inferred, covers, last is { } seen && seen >= month.Start && seen <= month.End ? seen : month.Start);
        }

        return last is { } end
            ? new ReportDate(PartialDate.Month(end.Year, end.Month), DateBasis.Inferred, covers, end)
            : new ReportDate(null, null, covers, covers?.End);
    }

    private static List<string> ContentText(Document document) =>
        [.. document.Blocks.Where(block => block.Kind != BlockKind.Decoy).Select(block => block.Table is null ? block.Passage.Text : block.Table.Caption?.Text ?? "")];

    /// <summary>A full date that makes up most of a line of the cover, or follows a label (日期：), or stands beside the weekday.</summary>
    private static DateOnly? Stated(Masthead masthead, Regex other)
    {
        foreach (var line in masthead.Cover)
        {
            var ranges = CalendarDates.Ranges(line.Text).ToList();
            foreach (var date in CalendarDates.Dates(line.Text))
            {
                if (date.Exact is { } day && !ranges.Exists(range => date.Start < range.End && range.Start < date.End) && IsOfPublication(masthead, line, date, other))
                {
                    return day;
                }
            }
        }

        return null;
    }

    /// <summary>7月6日 周一 in the masthead: of the year in which the text's other dates lie.</summary>
    private static DateOnly? YearLeftOut(Masthead masthead, DateOnly? anchor)
    {
        if (anchor is not { } near)
        {
            return null;
        }

        foreach (var line in masthead.Top.Take(6).Where(line => !CalendarDates.Ranges(line.Text).Any()))
        {
            if (CalendarDates.Dates(line.Text).FirstOrDefault(date => date is { Year: null, Day: not null }) is { } date && IsOfPublication(masthead, line, date, NotPublication()) && OnWeekday(line.Text, date, near) is { } day)
            {
                return day;
            }
        }

        return null;
    }

    private static bool IsOfPublication(Masthead masthead, TextLine line, FoundDate date, Regex other)
    {
        var before = line.Text[..date.Start];
        if (line.Text.Contains('《', StringComparison.Ordinal) || other.IsMatch(before) || line.IsTableRow && line.Index >= masthead.BodyStart)
        {
            return false;
        }

        var rest = Weekday().Replace(line.Text.Remove(date.Start, date.End - date.Start), "").Trim();
        rest = TitleFinder.IsLabel(rest) ? "" : rest;
        return DateLabel().IsMatch(before) || rest.Length <= 4 || (line.Index < 12 && line.Index < masthead.BodyStart && rest.Length <= 60 && !rest.Contains('。', StringComparison.Ordinal))
            || (line.Index < 4 && ByLine().IsMatch(line.Text))
            // Pemberton Lowe & Co. | Equity Research | September 10, 2026: a part of the masthead's line that is a date.
            || (line.Index < 12 && line.Index < masthead.BodyStart && IsSegment(line.Text, date))
            // Sunday 3 May 2026. Covering …: the date is a sentence of its own before the rest of the masthead.
            || (line.Index < 12 && line.Index < masthead.BodyStart && Weekday().Replace(before, "").Length == 0 && line.Text.AsSpan(date.End).TrimStart() is ['.' or '|' or '·' or '。', ..]);
    }

    // 3月23日 · 周一: of the years around, the one in which it was that day of the week.
    private static DateOnly? OnWeekday(string text, FoundDate date, DateOnly near)
    {
        var closest = Closest(date, near);
        if (WeekdayName().Match(text) is not { Success: true } name)
        {
            return closest;
        }

        var weekday = (DayOfWeek)(name.Groups["han"].Success ? "日一二三四五六".IndexOf(name.Groups["han"].Value.Replace('天', '日'), StringComparison.Ordinal) : Array.IndexOf(["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"], name.Groups["latin"].Value));
        return Enumerable.Range(near.Year - 1, 3).Select(date.InYear).FirstOrDefault(day => day?.DayOfWeek == weekday) ?? closest;
    }

    private static bool IsSegment(string text, FoundDate date)
    {
        ReadOnlySpan<char> marks = ['|', '·', '•', '/', '—', '–'];
        var (before, after) = (text.AsSpan(0, date.Start).LastIndexOfAny(marks), text.AsSpan(date.End).IndexOfAny(marks));
        var segment = text[(before + 1)..(after < 0 ? text.Length : date.End + after)];
        return (before >= 0 || after >= 0) && Weekday().Replace(segment, "").Trim().Length <= date.End - date.Start + 4;
    }

    private static (DateOnly Start, DateOnly End)? MastheadWeek(Masthead masthead, DateOnly? anchor)
    {
        foreach (var line in masthead.Lines.Take(10))
        {
            foreach (var range in CalendarDates.Ranges(line.Text))
            {
                if ((range.Year ?? anchor?.Year) is { } year && range.InYear(year) is { } days && IsWeek(days) && !line.Text.Contains('。', StringComparison.Ordinal))
                {
                    return days;
                }
            }
        }

        return null;
    }

    private static bool IsWeek((DateOnly Start, DateOnly End) days) => days.End.DayNumber - days.Start.DayNumber is >= 3 and <= 8;

    /// <summary>2026 年 6 月投资策略, 2026年5月月报: the month in a title.</summary>
    private static PartialDate? OutlookMonth(Masthead masthead)
    {
        foreach (var line in masthead.Top)
        {
            if (line.Text.Length <= 60 && !line.Text.Contains('《', StringComparison.Ordinal) && Outlook().Match(line.Text) is { Success: true } match)
            {
                foreach (var date in CalendarDates.Dates(match.Value))
                {
                    if (date.Year is { } year && date.Day is null)
                    {
                        return PartialDate.Month(year, date.Month);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>A day near which the report was written: the last full date of the past that it has, its contents' related reports included.</summary>
    private static DateOnly? Anchor(Masthead masthead, List<string> content)
    {
        DateOnly? last = null;
        foreach (var text in content.Concat(masthead.Lines.Where(line => line.Text.Contains('《', StringComparison.Ordinal)).Select(line => line.Text)))
        {
            foreach (var date in CalendarDates.Dates(text))
            {
                if (date.Exact is { } day && IsPast(text, date) && (last is null || day > last))
                {
                    last = day;
                }
            }
        }

        var year = LikelyYear(content, last);
        return last is { } known && (year is null || Math.Abs(known.Year - year.Value) <= 1) ? known : MiddleOf(year, content);
    }

    /// <summary>
    /// The year that the text names most often. One with a quarter or month of results weighs more than a bare one, and one that is looked
    /// forward to does not count; of two alike the earlier, since plans reach further than results.
    /// </summary>
    private static int? LikelyYear(List<string> content, DateOnly? last)
    {
        var counts = new Dictionary<int, int>();
        foreach (var text in content)
        {
            foreach (Match match in YearOnly().Matches(text))
            {
                var end = match.Index + match.Length;
                if (!Ahead().IsMatch(text[Math.Max(0, match.Index - 12)..match.Index]) && !AheadAfter().IsMatch(text[end..Math.Min(text.Length, end + 8)]))
                {
                    var year = int.Parse(match.ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
                    counts[year] = counts.GetValueOrDefault(year) + (PartOfYear().IsMatch(text[end..Math.Min(text.Length, end + 8)]) ? 3 : 1);
                }
            }
        }

        return counts.Count == 0 ? last?.Year : counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }

    /// <summary>With a year and nothing more, the days without a year fall into that year.</summary>
    private static DateOnly? MiddleOf(int? year, List<string> content)
    {
        if (year is null)
        {
            return null;
        }

        var months = content.SelectMany(CalendarDates.Dates).Where(date => date.Day is not null && date.Year is null).Select(date => date.Month).ToList();
        return months.Count == 0 ? new DateOnly(year.Value, 12, 31) : new DateOnly(year.Value, months.GroupBy(month => month).MaxBy(group => group.Count())!.Key, 15);
    }

    private static (DateOnly Start, DateOnly End)? Covers(Masthead masthead, List<string> content, DateOnly? anchor)
    {
        var counts = new Dictionary<(DateOnly Start, DateOnly End), int>();
        foreach (var text in masthead.Lines.Take(12).Select(line => line.Text).Concat(content))
        {
            foreach (var range in CalendarDates.Ranges(text))
            {
                if (Near(range, anchor) is { } days && IsWeek(days))
                {
                    var named = ThisWeek().IsMatch(text[Math.Max(0, range.Start - 12)..range.Start]) || text.Length < 80 ? 3 : 1;
                    counts[days] = counts.GetValueOrDefault(days) + named;
                }
            }
        }

        // One mention in passing is some event's duration, not the week of the report.
        var week = counts.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key.End).FirstOrDefault();
        return week.Value >= 3 ? week.Key : null;
    }

    private static (DateOnly Start, DateOnly End)? Near(FoundRange range, DateOnly? anchor)
    {
        if (range.Year is { } year)
        {
            return range.InYear(year);
        }

        return anchor is { } day
            ? Enumerable.Range(day.Year - 1, 3).Select(range.InYear).Where(days => days is not null).MinBy(days => Math.Abs(days!.Value.End.DayNumber - day.DayNumber))
            : null;
    }

    /// <summary>The last day that the text tells as past; a day far from the others is a plan or a memory and does not count.</summary>
    private static DateOnly? LastDay(List<string> content, DateOnly? anchor, (DateOnly Start, DateOnly End)? covers)
    {
        if (anchor is not { } near)
        {
            return covers?.End;
        }

        var days = new List<DateOnly>();
        foreach (var text in content)
        {
            foreach (var date in CalendarDates.Dates(text))
            {
                if (IsPast(text, date) && Closest(date, near) is { } day)
                {
                    days.Add(day);
                }
            }
        }

        var limit = covers?.End.AddDays(10);
        days.RemoveAll(day => Math.Abs(day.DayNumber - near.DayNumber) > 200 || (limit is { } end && day > end));
        return days.Count == 0 ? covers?.End : covers is { } week && week.End > days.Max() ? week.End : days.Max();
    }

    private static DateOnly? Closest(FoundDate date, DateOnly near) => date.Exact
        ?? (date.Year is null ? Enumerable.Range(near.Year - 1, 3).Select(date.InYear).Where(day => day is not null).MinBy(day => Math.Abs(day!.Value.DayNumber - near.DayNumber)) : null);

    private static bool IsPast(string text, FoundDate date) =>
        date.Day is not null && !Ahead().IsMatch(text[Math.Max(0, date.Start - 12)..date.Start]) && !AheadAfter().IsMatch(text[date.End..Math.Min(text.Length, date.End + 8)]);

    [GeneratedRegex(@"(?:截至|截止|自|于|as of|until|since)\s?$|(?:收盘|收市|股价|现价|价格|市值|昨收|上市|成立|行情|\bclos(?:e|ing)\b|\bprice\b|\bas at\b|\blaunch|\bnext\b)[^|。]{0,12}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NotPublication();

    [GeneratedRegex(@"(?:截至|截止|自|于|until|since)\s?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NotAtAll();

    [GeneratedRegex(@"(?:星期|周|\()(?<han>[一二三四五六日天])(?![\u4E00-\u9FFF])|\b(?<latin>Su|Mo|Tu|We|Th|Fr|Sa)[a-z]*day\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WeekdayName();

    [GeneratedRegex(@"(?:日期|时间|发布日|发布于|发表于|写于|更新于|出版|出刊|sent|date|date of (?:call|issue|publication|meeting)|published|dated)\s?[::]?\s?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DateLabel();

    [GeneratedRegex(@"\(?(?:星期|周)[一二三四五六日天]\)?|\(?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b\.?,?\)?|\d{1,2}:\d{2}|[|·,()\s]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"记者|报道|电\b|讯|^By\s", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ByLine();

    [GeneratedRegex(@"20\d{2}\s?年\s?\d{1,2}\s?月\s?份?\s?(?:\S{0,6}(?:投资策略|策略|月报|月度|展望|观点|报告|印制|印发|号$|刊))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Outlook();

    [GeneratedRegex(@"(?<![\d.,A-Za-z])20[1-4]\d(?![\d.,%EF])(?!\s?(?:财年|亿|万|元|美元|家|款|个))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex YearOnly();

    [GeneratedRegex(@"^\s?年?\s?(?:第?[1-4一二三四]\s?季|\d{1,2}\s?月|[上下]半年|[QH][1-4])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PartOfYear();

    [GeneratedRegex(@"(?:本周|上周|本期|行情|周报|week|双周)[^。;]{0,6}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ThisWeek();

    [GeneratedRegex(@"(?:将于|将在|预计|计划|拟于|定于|有望|(?<!截)至|到|不晚于|最快|料|by|on or before|due|expected|scheduled)[^。,，;；]{0,8}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Ahead();

    [GeneratedRegex(@"^(?:[^。,，;；]{0,3}(?:将|前|起|抵|到期|截止|放榜|召开|公布季绩)|\s(?:deadline|earnings))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex AheadAfter();
}
