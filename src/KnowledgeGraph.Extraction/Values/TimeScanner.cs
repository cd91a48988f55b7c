using System.Globalization;
using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>Finds dates and periods in one pass from left to right; at each place the first shape that fits wins, and what it covers is passed over.</summary>
internal sealed partial class TimeScanner(string text, ValueContext context)
{
    private static readonly System.Buffers.SearchValues<char> ChineseStarts = System.Buffers.SearchValues.Create("去今明上下本后前昨这当年周星礼第首单一二三四五六七八九十全截半中末次");

    private readonly ReportCalendar _calendar = new(context.ReportDate, context.Covers);
    private readonly List<Annotation> _found = [];

    // The last month that the passage named, for a day that stands alone after it, and the last year stated in the sentence.
    private DateOnly? _lastMonth;
    private bool _isLastMonthBare;
    private int? _sentenceYear;

    public IReadOnlyList<Annotation> Run()
    {
        var at = 0;
        while (at < text.Length)
            at = Step(at);
        return _found;
    }

    private int Step(int at)
    {
        var c = text[at];
        if (c is '。' or ';' or '；' or '!' or '?')
            _sentenceYear = null;
        if (char.IsAsciiDigit(c))
            return Digits(at);
        if (char.IsAsciiLetter(c))
            return Latin(at);
        if (ChineseStarts.Contains(c) && Chinese(at) is { } end && end > at)
            return end;
        return at + 1;
    }

    private int Digits(int at)
    {
        if (!IsNameContext(at) && (ReadDigits(at) is { } end && end > at))
            return end;
        var next = at;
        while (Scan.IsDigitAt(text, next))
            next++;
        return next;
    }

    // Most numbers are no times: the length of the digits and the character after them say which shapes are worth a try.
    private int? ReadDigits(int at)
    {
        var run = at;
        while (Scan.IsDigitAt(text, run))
            run++;
        if (run - at == 3)
            return Republic(at);
        if (run - at > 4)
            return null;
        var (next, isLong) = (Scan.At(text, Scan.SkipSpace(text, run)), run - at == 4);
        var isDash = Scan.IsRangeDash(next) || next is '至' or '到';
        var end = next is '.' or '/' or '-' ? Symbols(at) : null;
        if (end is null && (isDash || char.IsAsciiLetterOrDigit(next) || (isLong && next == '年')))
            end = Codes(at);
        if (end is null && (next is '年' or '财' or '度' || isLong && (isDash || next is '第' or '上' or '下')))
            end = WithYear(at);
        if (end is null && !isLong && (isDash || next is '月' or '日' or '号' or '份' or '季' or 'Q' or 'H' or 'M'))
            end = Rest(at, at, null, false, false);
        if (end is null && !isLong && (isDash || char.IsAsciiLetter(next)))
            end = English(at);
        return end ?? (isLong ? BareYear(at) : null);
    }

    // Taiwan counts years from 1911; elsewhere only 民国 says so.
    private int? Republic(int at)
    {
        var isCounted = context.HomeCurrency == "TWD" || Scan.EndsAt(text, Scan.SkipSpaceBack(text, at), "民国");
        if (!isCounted || TimeShapes.RepublicYear().At(text, at) is not { } match)
            return null;
        var (year, end) = (1911 + Number(match, "y"), at + match.Length);
        if (match.Groups["d"].Success)
            return ReportCalendar.TryDay(year, Number(match, "m"), Number(match, "d")) is { } day ? AddDay(at, end, day, false) : null;
        _sentenceYear = year;
        return Rest(at, Scan.SkipSpace(text, end), year, false, false) ?? YearAlone(at, end, year, false);
    }

    private bool IsNameContext(int at)
    {
        var before = Scan.At(text, at - 1);
        if (char.IsAsciiLetterOrDigit(before) || before is '_' or '$' or '¥' or '€' or '£' or '#')
            return true;
        if (before == '-' && HasLead(at, YearLeads))
            return false;
        return before is '.' or '-' or ',' && (Scan.IsLatinAt(text, at - 2) || (before != '-' && Scan.IsDigitAt(text, at - 2)));
    }

    /// <summary>A Latin word that is no time is passed over whole, with what is glued to it.</summary>
    private int Latin(int at)
    {
        if (!Scan.IsWordAt(text, at - 1) && Scan.At(text, at - 1) is not ('-' or '_' or '.') && (Codes(at) ?? English(at)) is { } end && end > at)
            return end;
        var next = at;
        while (Scan.IsWordAt(text, next))
            next++;
        return next;
    }

    private int? Chinese(int at)
    {
        if (text[at] == '今' && TimeShapes.NextYears().At(text, at) is { } years && _calendar.Report is { } today)
            return NextYears(at, years, today.Year);
        if (Scan.IsAt(text, at + 1, '年') && TimeShapes.RelativeYear().At(text, at) is { } year && Relative(year.Groups["r"].ValueSpan) is { } relative)
            return Rest(at, at + year.Length, relative, false, true) ?? YearAlone(at, at + year.Length, relative, true);
        if (RelativeChinese(at) is { } end)
            return end;
        if (text[at] is not ('第' or '首' or '单' or '前' or '全' or '上' or '下' or '半' or '中' or '末' or '次') && !NumeralReader.IsChineseNumeral(text[at]))
            return null;
        return Scan.IsHanAt(text, at - 1) && !Scan.EndsAt(text, at, "通过") && text[at - 1] is '每' or '第' or '近' or '过' or '统' or '星' or '周' ? null : Rest(text[at] == '单' ? at + 1 : at, text[at] == '单' ? at + 1 : at, null, false, false);
    }

    // 今、明年; 今明后三年: one period for each, side by side.
    private int NextYears(int at, Match match, int year)
    {
        var end = at + match.Length;
        var after = match.Groups["a"];
        YearAlone(at, at + 1, year, true);
        YearAlone(at + 1, after.Success ? after.Index : end, year + 1, true);
        return after.Success ? YearAlone(after.Index, end, year + 2, true) : end;
    }

    private int? Relative(ReadOnlySpan<char> word)
    {
        var shift = word switch
        {
            "去年" or "上年" => -1,
            "前年" => -2,
            "明年" => 1,
            "后年" => 2,
            _ => 0,
        };
        return _calendar.Report?.Year + shift;
    }

    /// <summary>2026年…, 26年…, 2027 财年…: with what follows, or alone.</summary>
    private int? WithYear(int at)
    {
        if (TimeShapes.YearSpan().At(text, at) is { } span && YearSpan(at, span) is { } spanEnd)
            return spanEnd;
        if (TimeShapes.YearLead().At(text, at) is not { } lead)
            return null;
        var isShort = lead.Groups["y"].Length == 2;
        var year = YearNumber(lead.Groups["y"].ValueSpan);
        var fiscal = lead.Groups["f"].ValueSpan is "财年" or "财政年度" or "财务年度" or "会计年度" || IsFiscalBefore(at);
        var end = at + lead.Length;
        if (isShort && !fiscal && (_calendar.Report is not { } today || Math.Abs(year - today.Year) > 6))
            return null;
        _sentenceYear = year;
        if (Rest(at, Scan.SkipSpace(text, Scan.IsAt(text, end, '的') ? end + 1 : end), year, fiscal, false) is { } rest)
            return rest;
        if (Scan.IsAt(text, end, "同期"))
            return end;
        // 25 年 may be a length of time: a period only where the report's date makes it likely, and the quantity is left out then.
        if (isShort && !fiscal && Scan.At(text, end) is '来' or '前' or '后' or '内' or '间' or '期' or '的')
            return null;
        return YearAlone(at, end, year, false, fiscal);
    }

    // 会计年度 2026 年第二季, 财年 2026
    private bool IsFiscalBefore(int at) =>
        Scan.SkipSpaceBack(text, at) is var end && (Scan.EndsAt(text, end, "会计年度") || Scan.EndsAt(text, end, "财政年度") || Scan.EndsAt(text, end, "财年"));

    private int? YearSpan(int at, Match match)
    {
        var first = YearNumber(match.Groups["y"].ValueSpan);
        var last = YearNumber(match.Groups["y2"].ValueSpan);
        if (last <= first || last - first > 40)
            return null;
        var end = at + match.Length;
        _found.Add(Periods.Years(at, end, first, last));
        return end;
    }

    private int YearAlone(int start, int end, int year, bool implied, bool fiscal = false)
    {
        if (!fiscal)
            _found.Add(new DateValue(start, end, PartialDate.Year(year), implied));
        _found.Add(Periods.Year(start, end, year, fiscal, implied));
        return end;
    }

    /// <summary>What may follow a year or stand without one: days, months, quarters, halves. Null where nothing fits or the year cannot be known.</summary>
    private int? Rest(int start, int at, int? year, bool fiscal, bool implied)
    {
        at = year is null ? at : Scan.SkipSpace(text, at);
        if (at >= text.Length)
            return null;
        var isDigit = char.IsAsciiDigit(text[at]);
        if (isDigit && TimeShapes.DayRange().At(text, at) is { } range && DayRange(start, range, year) is { } rangeEnd)
            return rangeEnd;
        if (isDigit && TimeShapes.MonthDay().At(text, at) is { } day && MonthDay(start, day, year, implied) is { } dayEnd)
            return dayEnd;
        if (isDigit && TimeShapes.MonthRange().At(text, at) is { } months && MonthRange(start, months, year) is { } monthsEnd)
            return monthsEnd;
        if ((isDigit || NumeralReader.IsChineseNumeral(text[at])) && TimeShapes.MonthAlone().At(text, at) is { } month && MonthAlone(start, month, year, implied) is { } monthEnd)
            return monthEnd;
        if (TimeShapes.Part().At(text, at) is { } part && Part(start, part, year, fiscal, implied) is { } partEnd)
            return partEnd;
        return year is null && isDigit && TimeShapes.DayAlone().At(text, at) is { } alone ? DayAlone(at, alone) : null;
    }

    private int? DayRange(int start, Match match, int? year)
    {
        var (month, day) = (Number(match, "m"), Number(match, "d"));
        if ((year ?? _calendar.YearOf(month, day, false)) is not { } first || ReportCalendar.TryDay(first, month, day) is not { } from)
            return null;
        var month2 = match.Groups["m2"].Success ? Number(match, "m2") : month;
        var year2 = match.Groups["y2"].Success ? Number(match, "y2") : first;
        if (ReportCalendar.TryDay(year2, month2, Number(match, "d2")) is not { } to || to <= from)
            return null;
        return AddDays(start, match.Index + match.Length, from, to, year is null);
    }

    private int AddDays(int start, int end, DateOnly from, DateOnly to, bool implied)
    {
        _found.Add(Periods.Days(start, end, from, to, implied));
        _found.Add(new DateValue(start, end, PartialDate.Day(to), implied));
        (_lastMonth, _isLastMonthBare) = (to, false);
        return end;
    }

    private int? MonthDay(int start, Match match, int? year, bool implied)
    {
        var (month, day) = (Number(match, "m"), Number(match, "d"));
        var end = match.Index + match.Length;
        if ((year ?? _calendar.YearOf(month, day, IsFuture(start, end))) is not { } found || ReportCalendar.TryDay(found, month, day) is not { } date)
            return null;
        return AddDay(start, end, date, implied || year is null);
    }

    private int AddDay(int start, int end, DateOnly day, bool relative)
    {
        _found.Add(new DateValue(start, end, PartialDate.Day(day), relative));
        (_lastMonth, _isLastMonthBare) = (day, false);
        return end;
    }

    private int? MonthRange(int start, Match match, int? year)
    {
        var (first, last) = (Number(match, "m"), Number(match, "m2"));
        if (last <= first || (year ?? _sentenceYear ?? _calendar.YearOf(last, 1, false)) is not { } found)
            return null;
        _found.Add(Periods.Months(start, match.Index + match.Length, found, first, last, false, year is null));
        return match.Index + match.Length;
    }

    private int? MonthAlone(int start, Match match, int? year, bool implied)
    {
        var end = match.Index + match.Length;
        var isChinese = !char.IsAsciiDigit(match.Groups["m"].ValueSpan[0]);
        // 一月一次, 三月期: a Chinese digit and 月 without a year is a month only where it is not counted.
        if (isChinese && year is null && (Scan.IsHanAt(text, end) && text[end] is '一' or '两' or '内' or '期'))
            return null;
        var month = MonthNumber(match.Groups["m"].ValueSpan);
        if ((year ?? _calendar.YearOf(month, 1, IsFuture(start, end))) is not { } found)
            return null;
        return AddMonth(start, end, found, month, implied || year is null);
    }

    private int AddMonth(int start, int end, int year, int month, bool implied)
    {
        _found.Add(new DateValue(start, end, PartialDate.Month(year, month), implied));
        _found.Add(Periods.Months(start, end, year, month, month, false, implied));
        (_lastMonth, _isLastMonthBare) = (new DateOnly(year, month, 1), true);
        return end;
    }

    private int? Part(int start, Match match, int? year, bool fiscal, bool implied)
    {
        var end = match.Index + match.Length;
        fiscal |= match.Groups["f"].Success;
        var isYearPart = match.Groups["t"].Success || match.Groups["e"].Success || match.Groups["b"].Success;
        if (isYearPart)
            return year is { } known ? YearPart(start, end, match, known, implied) : null;
        // 去年同期 compares; 前一个月 is the month before.
        if ((Scan.IsAt(text, end, "同期") && year is null) || (match.Groups["k"].Success && LastMonth(match) == 1))
            return null;
        var quarter = match.Groups["q"].Success ? QuarterNumber(match.Groups["q"].ValueSpan) : 0;
        if ((year ?? _sentenceYear ?? ImpliedYear(quarter, match)) is not { } found)
            return null;
        AddPart(start, end, match, found, fiscal, implied || year is null);
        return end;
    }

    private int? ImpliedYear(int quarter, Match match) =>
        quarter > 0 ? _calendar.YearOfQuarter(quarter) : match.Groups["w"].Success ? IsFuture(match.Index, match.Index + match.Length) || IsFutureSentence(match.Index) ? _calendar.Report?.Year : _calendar.YearOfWhole() : _calendar.Report?.Year;

    private void AddPart(int start, int end, Match match, int year, bool fiscal, bool implied)
    {
        if (match.Groups["q"].Success)
        {
            var quarter = QuarterNumber(match.Groups["q"].ValueSpan);
            _found.Add(Periods.Quarter(start, end, year, quarter, fiscal, implied));
            if (!fiscal)
                _found.Add(new DateValue(start, end, PartialDate.Quarter(year, quarter), implied));
        }
        else if (match.Groups["h"].Success)
        {
            var half = match.Groups["h"].ValueSpan is "上" or "半" or "中" or "1" or "first" or "First" ? 1 : 2;
            _found.Add(Periods.Half(start, end, year, half, fiscal, implied));
            if (!fiscal)
                _found.Add(new DateValue(start, end, PartialDate.Half(year, half), implied));
        }
        else
        {
            _found.Add(Periods.Months(start, end, year, 1, LastMonth(match), fiscal, implied));
        }
    }

    private static int LastMonth(Match match)
    {
        if (match.Groups["n"].Success)
            return 9;
        if (!match.Groups["k"].Success)
            return 12;
        return match.Groups["k"].ValueSpan.StartsWith("first", StringComparison.OrdinalIgnoreCase) ? 9 : Math.Clamp(MonthNumber(match.Groups["k"].ValueSpan), 1, 12);
    }

    private int YearPart(int start, int end, Match match, int year, bool implied)
    {
        if (match.Groups["t"].Success)
        {
            _found.Add(Periods.ToDate(start, end, year, implied));
            return end;
        }

        _found.Add(new DateValue(start, end, PartialDate.Month(year, match.Groups["e"].Success ? 12 : 1), implied));
        _found.Add(Periods.Year(start, end, year, false, implied));
        return end;
    }

    /// <summary>21 日: the month of the last date before it, else what the report's day suggests.</summary>
    private int? DayAlone(int at, Match match)
    {
        var before = Scan.At(text, Scan.SkipSpaceBack(text, at) - 1);
        if (before is '月' or '近' or '每' or '去' or '前' or '续' or '第' or '约' or '达' or '满' or '足' or '超' or '+' or '长' or '-' or '共')
            return null;
        var day = Number(match, "d");
        // 2 月营收…，2 日股价…: beside a month that only figures are of, a day of the report's own week stands for itself.
        var isOfReport = _isLastMonthBare && _calendar.Report is { } today && _calendar.DayOf(day) is { } near && near <= today && today.DayNumber - near.DayNumber <= 5;
        var date = !isOfReport && _lastMonth is { } month ? ReportCalendar.TryDay(month.Year, month.Month, day) : _calendar.DayOf(day);
        return date is { } found ? AddDay(at, at + match.Length, found, true) : null;
    }

    /// <summary>Whether the words around speak of what is to come, so that a month without year lies ahead.</summary>
    private bool IsFuture(int start, int end)
    {
        var before = text.AsSpan(Math.Max(0, start - 14), Math.Min(14, start));
        // What was planned in the sentence before says nothing of this one; 截至7月末 has been.
        before = before[(before.LastIndexOfAny('。', ';', '!') + 1)..];
        if (before.TrimEnd().EndsWith("截至", StringComparison.Ordinal) || before.TrimEnd().EndsWith("截止", StringComparison.Ordinal))
            return false;
        var after = text.AsSpan(end, Math.Min(10, text.Length - end));
        foreach (var word in FutureWords)
        {
            if (before.Contains(word, StringComparison.Ordinal) || (after.Contains(word, StringComparison.Ordinal) && char.IsAscii(word[0]) == char.IsAscii(Scan.At(text, start))))
                return true;
        }

        return false;
    }

    // 管理层预期首季…，全年毛利率落在 8% 至 8.5%: an expectation some clauses earlier still speaks of the year that runs.
    private bool IsFutureSentence(int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOfAny(['。', ';', '!', '\n'], at - 1) + 1;
        var before = text.AsSpan(start, at - start);
        foreach (var word in Expectations)
        {
            if (before.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static readonly string[] Expectations = ["预期", "预计", "预估", "展望", "指引", "财测", "可望", "有望", "料", "上修", "下修", "expects", "guid", "outlook"];

    private static readonly string[] FutureWords =
        ["将", "预计", "计划", "最快", "最早", "有望", "拟", "料", "定于", "力争", "或于", "届时", "直至", "will ", "by ", "due ", "expected", "until ", "as early as", "as soon as", "planned"];

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int YearNumber(ReadOnlySpan<char> digits)
    {
        var year = int.Parse(digits.TrimStart('\''), NumberStyles.None, CultureInfo.InvariantCulture);
        return year < 100 ? 2000 + year : year;
    }

    private static int MonthNumber(ReadOnlySpan<char> word) => char.IsAsciiDigit(word[0])
        ? int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture)
        : word[0] == '十' ? 10 + (word.Length > 1 ? NumeralReader.ChineseDigit(word[1]) : 0) : NumeralReader.ChineseDigit(word[0]);

    private static int QuarterNumber(ReadOnlySpan<char> word) => word switch
    {
        "首" => 1,
        "次" => 2,
        "末" => 4,
        _ when char.IsAsciiDigit(word[0]) => word[0] - '0',
        _ when char.IsAsciiLetter(word[0]) => char.ToLowerInvariant(word[0]) == 's' ? 2 : char.ToLowerInvariant(word[1]) switch { 'i' => 1, 'h' => 3, _ => 4 },
        _ => NumeralReader.ChineseDigit(word[0]),
    };
}
