using System.Globalization;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>The period of a price move and the day that dates it: a named day, the week or month that the sentence or the report covers, the year so far.</summary>
public static class PricePeriods
{
    private static readonly string[] ThisWeek = ["本周", "本期", "当周", "全周", "近一周", "上期末", "上周末", "this week", "on the week", "for the week", "一周", "周涨跌幅", "周涨幅"];
    private static readonly string[] ThisMonth = ["本月以来", "本月", "单月", "当月", "月内", "this month", "月涨跌幅"];
    private static readonly string[] YearToDate = ["年初至今", "今年以来", "今年迄今", "年内", "year to date", "year-to-date", "YTD", "ytd", "this year", "so far this year", "since January", "since the start of the year", "since the turn of the year", "since the beginning of the year", "so far in 2026"];
    private static readonly string[] Yesterday = ["昨收", "昨天收", "昨日收", "昨收盘", "昨跌", "昨涨", "昨"];
    private static readonly string[] SameDay = ["当日", "当天", "同日", "盘中", "盘后", "收盘", "that day", "the same day", "after hours"];
    private static readonly string[] Days = ["个交易日", "连跌", "连涨", "三天", "两天", "五天", "四天", "两周", "三周", "几天", "trading days", "sessions", "半年", "三个月", "六个月", "一年内"];
    private static readonly string[] Since = ["上市以来", "上市至今", "发行以来", "since"];

    public static (string? Period, string? When) Of(SentenceContext context, int start, int end)
    {
        var sentence = context.Sentence;
        var covers = context.Report.Metadata.Covers;
        var report = context.Report.ReportDate;
        var named = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= end && IsSpan(p)) ?? sentence.All<PeriodValue>().FirstOrDefault(p => p.Start >= start && p.Start <= end + 10 && IsSpan(p));
        var clause = sentence.Passage.Text.LastIndexOfAny([';', '。'], Math.Max(0, start - 1)) + 1;
        clause = Math.Max(clause, sentence.Start);
        if (sentence.Contains(YearToDate, clause, Behind(sentence, end)) && report is { } today)
            return ($"{today.Year}-YTD", Day(today));
        if (sentence.Contains(Since, clause, end))
            return (null, Day(report));
        // 本月 in a review of May is May, whenever it came out.
        if (sentence.Contains(ThisMonth, clause, end) && (SpokenMonth(context, end) ?? Month(context.Report)) is { } month)
            return (month, month);
        if (named is not null)
            return (named.Label, WhenOf(named));
        if (sentence.Contains(SameDay, clause, end) && !sentence.All<DateValue>().Any() && context.CarriedDate() is { } same)
            return (same.Date.Text, same.Date.Text);
        var day = sentence.All<DateValue>().Where(d => SentenceContext.IsHappening(sentence, d)).LastOrDefault(d => d.End <= end) ?? sentence.All<DateValue>().FirstOrDefault(d => d.Start >= end && d.Start <= end + 12);
        // 二季度, 上半年: a date no nearer than that is a period of its own.
        if (day is not null && day.Date.Text.AsSpan().IndexOfAny('Q', 'H') < 0 && day.Date.Text.Length > 4 && !sentence.Contains(ThisWeek, clause, end))
            return (day.Date.Text, day.Date.Text);
        if (sentence.Contains(ThisWeek, sentence.Start, end) || covers is not null && context.Topic.Date is null && CarriesWeek(context))
            return covers is { } week ? (Label(week), Day(week.End)) : WeekOf(sentence, end, report) is { } days ? (Label(days), Day(days.End)) : (null, Day(report));
        if (sentence.Contains(Yesterday, clause, end) && report is { } written)
            return (Day(MarketDays.Session(written)), Day(MarketDays.Session(written)));
        // What was said of yesterday at the start of a sentence holds to its end.
        if (clause > sentence.Start && sentence.Contains(Yesterday, sentence.Start, clause) && report is { } morning)
            return (Day(MarketDays.Session(morning)), Day(MarketDays.Session(morning)));
        // 去年全年, 上半年, 二季度单季: of a longer time that is over, where no figure of the accounts has it.
        if (Longer(context, start, end) is { } longer)
            return (longer.Label, Day(longer.LastDay));
        // 近三个交易日: days that are counted are not the day of a daily.
        if (sentence.Contains(Days, clause, end))
            return (null, Day(sentence.Contains(Yesterday, sentence.Start, end) && report is { } told ? MarketDays.Session(told) : context.Report.MarketDay));
        // A daily speaks of its day unless it says otherwise.
        return context.Topic.Date is { } topic ? (topic.Date.Text, topic.Date.Text)
            : covers is null && context.Report.MarketDay is { } market ? (Day(market), Day(market))
            : (null, null);
    }

    // Up 44% this year: in English the time stands behind the move, as far as the next figure or clause.
    private static int Behind(Sentence sentence, int end)
    {
        var limit = Math.Min(sentence.End, end + 30);
        var next = sentence.All<PercentValue>().Where(p => p.Start >= end && p.Start < limit).Select(p => p.Start).DefaultIfEmpty(limit).Min();
        var mark = end >= next ? -1 : sentence.Passage.Text.IndexOfAny([',', ';', '(', '。'], end, next - end);
        return mark < 0 ? Math.Max(end, next) : mark;
    }

    /// <summary>The week that the report covers, where the sentence measures against the one before (单周, 较前一周); else null.</summary>
    public static string? Week(SentenceContext context) =>
        context.Report.Metadata.Covers is { } covers && context.Sentence.Contains(["单周", "前一周", "前周", "上周", "周环比", "周涨", "周跌", "week"], context.Sentence.Start, context.Sentence.End) ? Label(covers) : null;

    private static PeriodValue? Longer(SentenceContext context, int start, int end)
    {
        var sentence = context.Sentence;
        bool IsOver(PeriodValue period) => period is { IsFiscal: false, LastDay: { } last } && last <= context.Report.ReportDate;
        if (sentence.All<PeriodValue>().LastOrDefault(p => p.End <= end && IsOver(p) && !sentence.Within<Mention>(Math.Min(p.End, start), end).Any(m => m.Kind == "metric") && sentence.Slice(p.Start, p.End).Any(c => char.IsDigit(c) || c >= '\u4e00')) is { } here)
            return sentence.All<DateValue>().Any(d => d.Date.IsDay && d.Start >= here.End && d.End <= end) ? null : here;
        var isOfDay = sentence.All<DateValue>().Any(d => d.Date.IsDay && d.End <= end) || sentence.Contains(SameDay, sentence.Start, end);
        return !isOfDay && context.Topic is { Date: null, Period: { } topic } && topic.Label.AsSpan().IndexOfAny('/', 'H') > 0 && IsOver(topic) ? topic : null;
    }

    // Monday to Friday of the day that the sentence names, else of the report's; on a Monday or at a weekend the week is the one before.
    private static (DateOnly Start, DateOnly End)? WeekOf(Sentence sentence, int end, DateOnly? report)
    {
        var named = sentence.All<DateValue>().LastOrDefault(d => d.End <= end && d.Date.IsDay)?.Date.Start;
        return named is { } day ? WeekOf(day) : report is { } written ? WeekBefore(written) : null;
    }

    /// <summary>Monday to Friday of a day's week.</summary>
    public static (DateOnly Start, DateOnly End) WeekOf(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return (monday, monday.AddDays(4));
    }

    /// <summary>The week of which a report of a day speaks: on a Monday the one before.</summary>
    public static (DateOnly Start, DateOnly End) WeekBefore(DateOnly day) => WeekOf(day.DayOfWeek == DayOfWeek.Monday ? day.AddDays(-3) : day);

    // 5月…，本月涨幅: the month that the text named last.
    private static string? SpokenMonth(SentenceContext context, int end)
    {
        static bool IsMonth(PeriodValue period) => IsSpan(period) && period.Label.Length == 7 && !period.IsYearImplied || period is { IsYearImplied: true, Label.Length: 7 } && period.Length <= 3;
        var here = context.Sentence.All<PeriodValue>().LastOrDefault(p => p.End <= end && IsMonth(p) && context.Sentence.Slice(p).Any(char.IsDigit));
        for (var before = context.Previous; here is null && before is not null; before = before.Previous)
            here = before.Sentence.All<PeriodValue>().LastOrDefault(p => IsMonth(p) && before.Sentence.Slice(p).Any(char.IsDigit));
        return here?.Label ?? (context.Topic.Period is { } topic && IsSpan(topic) && topic.Label.Length == 7 ? topic.Label : null);
    }

    /// <summary>本月: the month that the report covers, else the one in which it came out.</summary>
    public static string? Month(ReportContext report) =>
        (report.Metadata.Covers?.Start ?? report.ReportDate)?.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string Label((DateOnly Start, DateOnly End) week) =>
        week.Start.Day == 1 && week.End == week.Start.AddMonths(1).AddDays(-1) ? week.Start.ToString("yyyy-MM", CultureInfo.InvariantCulture) : $"{Day(week.Start)}/{Day(week.End)}";

    // A list that goes on where the sentence before named the week.
    private static bool CarriesWeek(SentenceContext context)
    {
        // 六、一周股价: so says the heading.
        var heading = context.Sentence.Block.Heading;
        if (heading >= 0 && ThisWeek.Any(word => context.Report.Document.Blocks[heading].Passage.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return true;
        foreach (var before in context.Earlier)
        {
            if (before.Sentence.Contains(ThisWeek, before.Sentence.Start, before.Sentence.End))
                return true;
        }

        return context.Sentence.Contains(["涨跌幅", "涨幅", "跌幅"], context.Sentence.Start, context.Sentence.End);
    }

    private static bool IsSpan(PeriodValue period) => period.Label.Contains('/', StringComparison.Ordinal) || period.Label.Length == 7 && period.Label[4] == '-' && char.IsAsciiDigit(period.Label[5]);

    private static string? WhenOf(PeriodValue period) =>
        period.Label.Contains('/', StringComparison.Ordinal) ? period.Label[(period.Label.IndexOf('/', StringComparison.Ordinal) + 1)..] : period.Label;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
