using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

internal sealed partial class TimeScanner
{
    private static readonly string[] MonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] WeekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private static readonly System.Buffers.SearchValues<char> EnglishStarts = System.Buffers.SearchValues.Create("JFMASONDTWqQthsfFcCyYlLneESHT");

    private static readonly string[] MonthLeads =
        ["in ", "by ", "of ", "since ", "until ", "till ", "late ", "early ", "mid ", "mid-", "late-", "early-", "end-", "last ", "next ", "this ", "from ", "through ", "to ", "for ", "end ", "during ", "before ", "after ", "and "];

    private static readonly string[] YearLeads =
        ["in ", "by ", "for ", "between ", "through ", "since ", "until ", "during ", "from ", "to ", "of ", "end ", "late ", "early ", "mid-", "calendar ", "year ", "and ", "before ", "after ", "than ", "end-", "the ", "versus ", "vs ", "vs. ", "Our ", "In ", "For ", "By ", "The ", "Its ", "Full-year ", "Fiscal "];

    /// <summary>2026-05-20, 2026/5/20, 2026.5.20, 6.29-7.3, 5/20.</summary>
    private int? Symbols(int at)
    {
        // 2025/26 财年 is named after the year in which it ends.
        if (TimeShapes.SplitYear().At(text, at) is { } split && (Number(split, "y") + 1) % 100 == Number(split, "y2"))
            return YearAlone(at, at + split.Length, Number(split, "y") + 1, false, true);
        if (TimeShapes.DotRange().At(text, at) is { } range && DotRange(at, range) is { } rangeEnd)
            return rangeEnd;
        if (TimeShapes.IsoDay().At(text, at) is { } iso && ReportCalendar.TryDay(Number(iso, "y"), Number(iso, "m"), Number(iso, "d")) is { } day)
            return IsoDay(at, iso, day);
        if (TimeShapes.IsoMonth().At(text, at) is { } month)
            return AddMonth(at, at + month.Length, Number(month, "y"), Number(month, "m"), false);
        return TimeShapes.SlashDay().At(text, at) is { } slash ? SlashDay(at, slash) : null;
    }

    private int IsoDay(int at, Match first, DateOnly from)
    {
        var end = at + first.Length;
        var dash = Scan.SkipSpace(text, end);
        if ((Scan.IsRangeDash(Scan.At(text, dash)) || Scan.At(text, dash) is '至' or '到') && TimeShapes.IsoDay().At(text, Scan.SkipSpace(text, dash + 1)) is { } second
            && ReportCalendar.TryDay(Number(second, "y"), Number(second, "m"), Number(second, "d")) is { } to && to > from)
            return AddDays(at, second.Index + second.Length, from, to, false);
        return AddDay(at, end, from, false);
    }

    private int? DotRange(int at, Match match)
    {
        var (month, day) = (Number(match, "m"), Number(match, "d"));
        var hasYear = match.Groups["y"].Success;
        if (month > 12 || (hasYear ? Number(match, "y") : _calendar.YearOf(month, day, false)) is not { } year || ReportCalendar.TryDay(year, month, day) is not { } from)
            return null;
        var (month2, day2) = (Number(match, "m2"), Number(match, "d2"));
        var year2 = match.Groups["y2"].Success ? Number(match, "y2") : month2 < month ? year + 1 : year;
        if (ReportCalendar.TryDay(year2, month2, day2) is not { } to || to <= from || to.DayNumber - from.DayNumber > 31)
            return null;
        // 6.2-7.3 is also a range of numbers: without a year it has to lie near the report.
        if (!hasYear && (_calendar.Report is not { } today || Math.Abs(to.DayNumber - today.DayNumber) > 60))
            return null;
        return AddDays(at, at + match.Length, from, to, !hasYear);
    }

    private int? SlashDay(int at, Match match)
    {
        var (month, day) = (Number(match, "m"), Number(match, "d"));
        if (Scan.At(text, at - 1) is '/' or '.' or '第' || Scan.EndsAt(text, at, "第 ") || _calendar.YearOf(month, day, false) is not { } year || ReportCalendar.TryDay(year, month, day) is not { } date)
            return null;
        // 1/3 is a fraction or a page: a day of the report's own weeks only.
        if (day <= 12 && Math.Abs(date.DayNumber - _calendar.Report!.Value.DayNumber) > 45)
            return null;
        return AddDay(at, at + match.Length, date, true);
    }

    /// <summary>1Q27, FY2027Q1, Q1 FY27, 2H25, 9M25, 2025E, C3Q25, Q2.</summary>
    private int? Codes(int at)
    {
        if (!char.IsAsciiDigit(text[at]) && text[at] is not ('F' or 'f' or 'C' or 'Q' or 'H'))
            return null;
        if (text[at] is 'F' or 'C' && TimeShapes.YearSpan().At(text, at) is { } fiscalSpan && YearSpan(at, fiscalSpan) is { } fiscalEnd)
            return fiscalEnd;
        if (TimeShapes.PartThenYear().At(text, at) is { } partFirst)
            return Code(at, partFirst);
        if (TimeShapes.YearThenPart().At(text, at) is { } yearFirst)
            return Code(at, yearFirst);
        if (TimeShapes.YearSpan().At(text, at) is { } span && YearSpan(at, span) is { } spanEnd)
            return spanEnd;
        if (TimeShapes.YearCode().At(text, at) is { } code)
        {
            var fiscal = IsFiscal(code);
            return IsPlausible(YearNumber(code.Groups["y"].ValueSpan), code) ? YearAlone(at, at + code.Length, YearNumber(code.Groups["y"].ValueSpan), false, fiscal) : null;
        }

        return TimeShapes.PartCode().At(text, at) is { } part ? Part(at, part, null, IsFiscal(part), true) : null;
    }

    private int? Code(int at, Match match)
    {
        var year = YearNumber(match.Groups["y"].ValueSpan);
        if (!IsPlausible(year, match))
            return null;
        _sentenceYear = year;
        AddPart(at, at + match.Length, match, year, IsFiscal(match), false);
        return at + match.Length;
    }

    private static bool IsFiscal(Match match) => match.Groups["p"].Captures.Any(capture => capture.ValueSpan is "FY" or "F" || capture.ValueSpan.StartsWith("iscal", StringComparison.Ordinal) || capture.ValueSpan.StartsWith("fiscal", StringComparison.OrdinalIgnoreCase));

    private bool IsPlausible(int year, Match match) =>
        match.Groups["y"].Length == 4 || (_calendar.Report is { } today ? Math.Abs(year - today.Year) <= 15 : year is > 2014 and < 2041);

    private int? English(int at)
    {
        // The first letters of all that follows, either case: months, weekdays, quarters, halves, fiscal, relative words.
        if (!char.IsAsciiDigit(text[at]) && !EnglishStarts.Contains(text[at]))
            return null;
        if ((char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at])) && TimeShapes.EnglishDayRange().At(text, at) is { } range && EnglishDayRange(at, range) is { } rangeEnd)
            return rangeEnd;
        if ((char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at])) && TimeShapes.EnglishDay().At(text, at) is { } day && EnglishDay(at, day) is { } dayEnd)
            return dayEnd;
        if (char.IsAsciiDigit(text[at]))
            return null;
        if (char.IsAsciiLetterUpper(text[at]) && TimeShapes.EnglishMonthRange().At(text, at) is { } months && EnglishMonthRange(at, months) is { } monthsEnd)
            return monthsEnd;
        if (char.IsAsciiLetterUpper(text[at]) && TimeShapes.EnglishMonth().At(text, at) is { } month && EnglishMonth(at, month) is { } monthEnd)
            return monthEnd;
        if (TimeShapes.EnglishQuarterEnd().At(text, at) is { } quarterEnd && QuarterOfMonth(at, quarterEnd) is { } quarterEndsAt)
            return quarterEndsAt;
        if (TimeShapes.EnglishPart().At(text, at) is { } part)
            return InWords(Part(at, part, part.Groups["y"].Success ? Number(part, "y") : null, false, !part.Groups["y"].Success));
        if (TimeShapes.EnglishFiscalYear().At(text, at) is { } fiscal)
            return FiscalYear(at, fiscal);
        if (TimeShapes.EnglishRelative().At(text, at) is { } relative && EnglishRelative(at, relative) is { } relativeEnd)
            return relativeEnd;
        return TimeShapes.EnglishWeekday().At(text, at) is { } weekday ? EnglishWeekday(at, weekday) : null;
    }

    private int? InWords(int? end)
    {
        for (var i = _found.Count - 1; i >= 0 && _found[i].End == end; i--)
        {
            if (_found[i] is PeriodValue { IsYearImplied: true, IsFiscal: false } period && period.Label.Contains('Q', StringComparison.Ordinal))
                _found[i] = period with { IsInWords = true };
        }

        return end;
    }

    private int FiscalYear(int at, Match match)
    {
        var (year, end) = (Number(match, "y"), at + match.Length);
        if (!match.Groups["q"].Success)
            return YearAlone(at, end, year, false, match.Groups["f"].Success);
        AddPart(at, end, match, year, true, false);
        return end;
    }

    private int? EnglishDayRange(int at, Match match)
    {
        var month = EnglishMonthNumber(match.Groups["mon"].ValueSpan);
        var month2 = match.Groups["mon2"].Success ? EnglishMonthNumber(match.Groups["mon2"].ValueSpan) : month;
        var (day, day2) = (Number(match, "d"), Number(match, "d2"));
        var hasYear = match.Groups["y"].Success;
        if ((hasYear ? Number(match, "y") : _calendar.YearOf(month2, day2, false)) is not { } year
            || ReportCalendar.TryDay(year, month, day) is not { } from || ReportCalendar.TryDay(year, month2, day2) is not { } to || to <= from)
            return null;
        return AddDays(at, at + match.Length, from, to, !hasYear);
    }

    private int? EnglishDay(int at, Match match)
    {
        var (month, day, end) = (EnglishMonthNumber(match.Groups["mon"].ValueSpan), Number(match, "d"), at + match.Length);
        var hasYear = match.Groups["y"].Success;
        if ((hasYear ? Number(match, "y") : _calendar.YearOf(month, day, IsFuture(at, end))) is not { } year || ReportCalendar.TryDay(year, month, day) is not { } date)
            return null;
        return AddDay(at, end, date, !hasYear);
    }

    /// <summary>January-March, Jan-Mar 2026.</summary>
    private int? EnglishMonthRange(int at, Match match)
    {
        var (first, last) = (EnglishMonthNumber(match.Groups["mon"].ValueSpan), EnglishMonthNumber(match.Groups["mon2"].ValueSpan));
        var hasYear = match.Groups["y"].Success;
        if (last <= first || (hasYear ? Number(match, "y") : _calendar.YearOf(last, 1, false)) is not { } year)
            return null;
        _found.Add(Periods.Months(at, at + match.Length, year, first, last, false, !hasYear));
        return at + match.Length;
    }

    private int? EnglishMonth(int at, Match match)
    {
        var month = EnglishMonthNumber(match.Groups["mon"].ValueSpan);
        var end = at + match.Length;
        if (match.Groups["y"].Success)
            return AddMonth(at, end, YearNumber(match.Groups["y"].ValueSpan), month, false);
        if (match.Groups["q"].Success)
            return QuarterOfMonth(at, match);
        // the June half, the half to September
        if (match.Groups["h"].Success)
            return HalfOfMonth(at, match);
        var isSure = HasLead(at, MonthLeads) || Scan.IsAt(text, end, "'s ") || Scan.IsAt(text, end, "’s ");
        if (!isSure && (match.Groups["mon"].Length <= 3 || match.Groups["mon"].ValueSpan is "March" or "August"))
            return null;
        return _calendar.YearOf(month, 1, IsFuture(at, end)) is { } year ? AddMonth(at, end, year, month, true) : null;
    }

    /// <summary>The March quarter, the quarter ended 31 March: a calendar quarter where the month closes one, else three months.</summary>
    private int? QuarterOfMonth(int at, Match match)
    {
        var (month, end) = (EnglishMonthNumber(match.Groups["mon"].ValueSpan), at + match.Length);
        var hasYear = match.Groups["y"].Success;
        if (month < 3 || (hasYear ? Number(match, "y") : month % 3 == 0 ? _calendar.YearOfQuarter(month / 3) : _calendar.YearOf(month, 1, false)) is not { } year)
            return null;
        _found.Add(Periods.Months(at, end, year, month - 2, month, false, !hasYear) with { IsByMonth = true });
        return end;
    }

    private int? HalfOfMonth(int at, Match match)
    {
        var (month, end) = (match.Groups["mon"].Success ? EnglishMonthNumber(match.Groups["mon"].ValueSpan) : MonthNumber(match.Groups["m"].ValueSpan), at + match.Length);
        var hasYear = match.Groups["y"].Success;
        if (month is not (6 or 12) || (hasYear ? Number(match, "y") : _calendar.YearOf(month, 1, false)) is not { } year)
            return null;
        _found.Add(Periods.Half(at, end, year, month / 6, false, !hasYear));
        return end;
    }

    private bool HasLead(int at, string[] leads)
    {
        foreach (var lead in leads)
        {
            if (Scan.EndsAt(text, at, lead) && !Scan.IsLatinAt(text, at - lead.Length - 1))
                return true;
        }

        return false;
    }

    private int? EnglishRelative(int at, Match match)
    {
        var end = at + match.Length;
        if (_calendar.Report is not { } today)
            return null;
        if (match.Groups["t"].Success)
        {
            _found.Add(Periods.ToDate(at, end, today.Year, true));
            return end;
        }

        if (match.Groups["d"].Success)
            return AddDay(at, end, today.AddDays(char.ToLowerInvariant(match.ValueSpan[2]) switch { 'd' => 0, 'm' => 1, _ => -1 }), true);
        if (match.Groups["e"].Success)
            return AddMonth(at, end, today.Year, 12, true);
        var shift = char.ToLowerInvariant(match.Groups["r"].ValueSpan[0]) switch { 'l' => -1, 'n' => 1, _ => 0 };
        return Shifted(at, end, match.Groups["u"].ValueSpan, shift);
    }

    private int? Shifted(int at, int end, ReadOnlySpan<char> unit, int shift)
    {
        if (_calendar.Report is not { } today)
            return null;
        switch (char.ToLowerInvariant(unit[0]))
        {
            case 'm' or '月':
                var month = new DateOnly(today.Year, today.Month, 1).AddMonths(shift);
                return AddMonth(at, end, month.Year, month.Month, true);
            case 'q' or '季':
                var quarter = new DateOnly(today.Year, today.Month, 1).AddMonths(3 * shift);
                _found.Add(Periods.Quarter(at, end, quarter.Year, ((quarter.Month - 1) / 3) + 1, false, true));
                return end;
            case 'y':
                return YearAlone(at, end, today.Year + shift, true);
            default:
                var week = _calendar.Week(shift)!.Value;
                _found.Add(Periods.Days(at, end, week.Start, week.End, true));
                return end;
        }
    }

    private int? EnglishWeekday(int at, Match match)
    {
        var word = match.Groups["w"].ValueSpan;
        var end = at + match.Length;
        var isShort = word.Length <= 3 && (word is "Mon" or "Sat" or "Sun" or "Wed");
        var next = Scan.At(text, end);
        if (isShort && !match.Groups["r"].Success && !(Scan.At(text, at - 1) == '(' || next is ')' or ',' or '.') && !HasLead(at, ["on "]))
            return null;
        var number = 0;
        for (var i = 0; i < WeekdayNames.Length; i++)
        {
            if (word.StartsWith(WeekdayNames[i], StringComparison.Ordinal))
                number = i + 1;
        }

        if (IsRemark(at))
            return end;
        int? weeks = match.Groups["r"].Success && char.ToLowerInvariant(match.Groups["r"].ValueSpan[0]) == 'n' ? 1 : null;
        return _calendar.Weekday(number, weeks, false) is { } day ? AddDay(at, end, day, true) : null;
    }

    /// <summary>A year by itself in English (in 2026, 2026 revenue): not after a name (CES 2026) and not where it counts something.</summary>
    private int? BareYear(int at)
    {
        if (TimeShapes.BareYear().At(text, at) is not { } match)
            return null;
        var before = Scan.SkipSpaceBack(text, at);
        var follows = before == at || before == 0 || !Scan.IsLatinAt(text, before - 1) || HasLead(at, YearLeads) || HasLead(at, MonthLeads) || IsLowerWord(before);
        return follows ? YearAlone(at, at + match.Length, Number(match, "y"), false) : null;
    }

    // its 2026 capex: a word in lower case is no name that the number would belong to.
    private bool IsLowerWord(int end)
    {
        var at = end;
        while (Scan.IsLatinAt(text, at - 1) && char.IsAsciiLetterLower(text[at - 1]))
            at--;
        return at < end && !Scan.IsWordAt(text, at - 1) && Scan.At(text, at - 1) is not ('-' or '.');
    }

    private static int EnglishMonthNumber(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < MonthNames.Length; i++)
        {
            if (name.StartsWith(MonthNames[i], StringComparison.OrdinalIgnoreCase))
                return i + 1;
        }

        return 0;
    }

    private int? RelativeChinese(int at)
    {
        var (c, next) = (text[at], Scan.At(text, at + 1));
        if (c is '上' or '下' or '本' or '这' or '当' && next is '月' or '个' or '上' && TimeShapes.RelativeMonth().At(text, at) is { } month)
            return RelativeMonth(at, month);
        if (c == '截')
            return TimeShapes.ChineseQuarterEnd().At(text, at) is { } quarter ? ChineseQuarterEnd(at, quarter) : null;
        if (c is '昨' or '今' or '前' or '明' or '后' && TimeShapes.RelativeDay().At(text, at) is { } day)
            return _calendar.Report is { } today ? AddDay(at, at + day.Length, today.AddDays(day.ValueSpan[0] switch { '昨' => -1, '前' => -2, '明' => 1, '后' => 2, _ => 0 }), true) : null;
        if (c is '周' or '星' or '礼' or '上' or '下' or '本' or '这' or '当' && TimeShapes.ChineseWeekday().At(text, at) is { } weekday)
            return ChineseWeekday(at, weekday);
        if (c is '上' or '下' or '本' or '这' && TimeShapes.RelativeSpan().At(text, at) is { } span)
            return Shifted(at, at + span.Length, span.Groups["u"].ValueSpan is "季度" or "季" ? "季" : "周", Shift(span.Groups["r"].ValueSpan));
        return c == '年' && TimeShapes.YearPartAlone().At(text, at) is { } part ? YearPartAlone(at, part) : null;
    }

    /// <summary>截至 6 月的季度: the three months up to it.</summary>
    private int? ChineseQuarterEnd(int at, Match match)
    {
        if (match.Groups["h"].Success)
            return HalfOfMonth(at, match);
        var (month, end) = (MonthNumber(match.Groups["m"].ValueSpan), at + match.Length);
        var hasYear = match.Groups["y"].Success;
        if (month < 3 || (hasYear ? Number(match, "y") : month % 3 == 0 ? _calendar.YearOfQuarter(month / 3) : _calendar.YearOf(month, 1, false)) is not { } year)
            return null;
        _found.Add(Periods.Months(at, end, year, month - 2, month, false, !hasYear) with { IsByMonth = true });
        return end;
    }

    private int? YearPartAlone(int at, Match match)
    {
        // 2030年末, 去年底 have been read with their year; 半年内, 三年内 are lengths of time.
        var before = Scan.At(text, Scan.SkipSpaceBack(text, at) - 1);
        if (_calendar.Report is not { } today || char.IsAsciiDigit(before) || NumeralReader.IsChineseNumeral(before) || before is '半' or '多' or '几' or '数' or '周' or '每' or '来' or '少' or '中')
            return null;
        // 年内累计 is the year so far.
        if (match.Groups["n"].Success && (Scan.IsAt(text, at + match.Length, "累计") || Scan.IsAt(text, at + match.Length, '已')))
        {
            _found.Add(Periods.ToDate(at, at + match.Length, today.Year, true));
            return at + match.Length;
        }

        return match.Groups["n"].Success ? YearAlone(at, at + match.Length, today.Year, true) : YearPart(at, at + match.Length, match, today.Year, true);
    }

    private static int Shift(ReadOnlySpan<char> word) => word switch
    {
        "上上" => -2,
        "上" => -1,
        "下" => 1,
        _ => 0,
    };

    private int? RelativeMonth(int at, Match match)
    {
        if (_calendar.Report is not { } today)
            return null;
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(Shift(match.Groups["r"].ValueSpan));
        if (match.Groups["d"].Success && ReportCalendar.TryDay(month.Year, month.Month, Number(match, "d")) is { } day)
            return AddDay(at, at + match.Length, day, true);
        return AddMonth(at, at + match.Length, month.Year, month.Month, true);
    }

    /// <summary>10月28日(周二): the weekday only repeats the date before it.</summary>
    private bool IsRemark(int at) => Scan.At(text, at - 1) is '(' or '（' && _found.Count > 0 && _found[^1] is DateValue { Date.IsDay: true } && _found[^1].End >= at - 2;

    private int? ChineseWeekday(int at, Match match)
    {
        if (Scan.At(text, at - 1) is '每' or '一' or '两' or '上' or '个')
            return null;
        var number = match.Groups["w"].ValueSpan[0] is '日' or '天' ? 7 : NumeralReader.ChineseDigit(match.Groups["w"].ValueSpan[0]);
        var end = at + match.Length;
        if (IsRemark(at))
            return end;
        // 周四(26日): the day in brackets decides which Thursday.
        if (Scan.At(text, end) is '(' or '（' && TimeShapes.DayAlone().At(text, end + 1) is { } day && DayAlone(end + 1, day) is { } dayEnd)
            return dayEnd;
        int? weeks = match.Groups["r"].Success ? Shift(match.Groups["r"].ValueSpan) : null;
        return _calendar.Weekday(number, weeks, IsFuture(at, end)) is { } found ? AddDay(at, end, found, true) : null;
    }
}
