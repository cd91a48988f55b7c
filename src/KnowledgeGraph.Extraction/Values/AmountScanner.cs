using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>
/// Finds numbers, percent, money, multiples, quantities and tolerances in one pass from left to right. Each value is read as one or two
/// sides (5-8亿美元) of sign, currency, numeral, Latin scale and unit; what has been read is not read again, so that no number is found
/// inside a larger value.
/// </summary>
internal sealed partial class AmountScanner
{
    private readonly string _text;
    private readonly string _home;
    private readonly IReadOnlyList<Annotation> _covered;
    private readonly List<Annotation> _found = [];
    private int _nextCovered;
    private (int End, string Per)? _lastPer;

    /// <param name="covered">Dates and periods, ordered by start: no amount starts inside one.</param>
    public AmountScanner(string text, ValueContext context, IReadOnlyList<Annotation> covered) =>
        (_text, _home, _covered) = (text, context.HomeCurrency, covered);

    /// <summary>The text is one table cell: a long number or one before a bracket is a figure there, not a code or an item's number.</summary>
    public bool IsCell { get; init; }

    public IReadOnlyList<Annotation> Run()
    {
        var at = 0;
        while (at < _text.Length)
            at = SkipCovered(at) ?? Step(at);
        ShareUnits();
        return _found;
    }

    // 186 亿、298 亿、421 亿元: in a list the last says for all what they are.
    private void ShareUnits()
    {
        for (var i = _found.Count - 2; i >= 0; i--)
        {
            if (_found[i] is NumberValue { High: null } number && _found[i + 1] is MoneyValue { High: null, Per: null } money && IsListJoint(number.End, money.Start) && ScaleAt(number.End) is > 1m)
                _found[i] = new MoneyValue(number.Start, number.End, number.Amount, money.Currency, money.CurrencyStated, null, number.Bound);
        }
    }

    private bool IsListJoint(int from, int to) => _text.AsSpan(from, to - from).Trim() is "、" or "," or "，" or "/" or "和" or "与" or "及" or "以及" or "and";

    private decimal ScaleAt(int end) => end > 0 ? _text[end - 1] switch { '亿' or '億' => 100_000_000m, '万' or '萬' => 10_000m, '兆' => 1_000_000_000_000m, _ => 1m } : 1m;

    private int? SkipCovered(int at)
    {
        while (_nextCovered < _covered.Count && _covered[_nextCovered].End <= at)
            _nextCovered++;
        return _nextCovered < _covered.Count && _covered[_nextCovered].Start <= at ? _covered[_nextCovered].End : null;
    }

    private int Step(int at)
    {
        var c = _text[at];
        if (c is '±' or '+' or '正' or '上' or 'p' && ReadTolerance(at) is { } tolerance)
            return Add(tolerance);
        if (c is '第' or '前' or '#' && ReadChineseRank(at) is { } rank)
            return Add(rank);
        if (c == '翻' && ReadFan(at) is { } fan)
            return Add(fan);
        if (c is '一' or '半' && ReadHalf(at) is { } half)
            return Add(half);
        if (IsAmountStart(c) && ReadFraction(at) is { } fraction)
            return Add(fraction);
        if (IsSignChar(c) || IsAmountStart(c) || Currencies.MatchPrefix(_text, at, _home) is not null)
            return ReadAmount(at);
        if (char.IsAsciiLetter(c))
            return ReadWord(at);
        return at + 1;
    }

    private int Add(Annotation value)
    {
        _found.Add(value);
        return value.End;
    }

    private static bool IsAmountStart(char c) => char.IsAsciiDigit(c) || NumeralReader.IsChineseNumeral(c);

    private static bool IsSignChar(char c) => c is '+' or '-' or '−' or '－' or '▲' or '▼' or '△' or '▽' or '负' or '↑' or '↓';

    /// <summary>Reads an amount, adds what it is, and returns where to go on.</summary>
    private int ReadAmount(int at)
    {
        if (ReadSide(at) is not { } first)
            return SkipToken(at);
        if (ReadSlashList(first) is { } listEnd)
            return listEnd;
        if ((!IsCell && IsListNumber(first)) || IsCode(first))
            return SkipToken(first.Numeral.Start);
        var value = ReadRange(first) is var (low, high) ? Build(low, high) : Build(first, null);
        return value is null ? Math.Max(SkipToken(first.Numeral.Start), at + 1) : Add(value);
    }

    /// <summary>Past the number and what is glued to it, so that 5G, 3.5.1 or 0700.HK give nothing in their middle either.</summary>
    private int SkipToken(int at)
    {
        var i = at;
        if (i < _text.Length && NumeralReader.IsChineseNumeral(_text[i]))
        {
            while (i < _text.Length && NumeralReader.IsChineseNumeral(_text[i]))
                i++;
            return i;
        }

        while (i < _text.Length && (Scan.IsWordAt(_text, i) || (IsJoint(_text[i]) && i > at && Scan.IsWordAt(_text, i + 1))))
            i++;
        return Math.Max(i, at + 1);
    }

    private static bool IsJoint(char c) => c is '.' or '-' or '_' or '/' or ':' or ',' or '&';

    // 24.890 has a scale of three: dividing by one with many decimals drops trailing zeros.
    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    private Annotation? Build(Side side, decimal? high)
    {
        (side, high) = (side with { Value = Trim(side.Value) }, high is { } top0 ? Trim(top0) : null);
        var bound = side.Bound ?? BoundWords.Of(_text, side.Start, side.End);
        var unit = side.Unit;
        var sign = side.IsNegative ? -1m : 1m;
        if (side.Currency is not null || unit?.Kind == UnitKind.Money)
            return BuildMoney(side, high, sign, bound);
        if (unit is null)
            return BuildNumber(side, high, sign, bound);
        var amount = Trim(sign * side.Value * unit.Factor);
        var top = high * unit.Factor;
        return unit.Kind switch
        {
            UnitKind.Percent or UnitKind.Points => BuildPercent(side, amount, top, bound),
            UnitKind.Multiple => new MultipleValue(side.Start, side.End, amount, top, bound),
            _ => BuildQuantity(side, amount, top, bound),
        };
    }

    private PercentValue? BuildPercent(Side side, decimal amount, decimal? high, Bound? bound)
    {
        var end = side.End;
        // 八成五: a digit after 成 is a further five percent.
        if (side.Unit!.Form == "成")
        {
            if (side.Numeral.Kind == NumeralKind.ScaleOnly || amount > 100m)
                return null;
            if (NumeralReader.ChineseDigit(Scan.At(_text, end)) is > 0 and var digit && UnitTable.Match(_text, end + 1) is null)
                (amount, end) = (amount + digit, end + 1);
            else if (Scan.IsAt(_text, end, '半'))
                (amount, end) = (amount + 5m, end + 1);
            else if (Scan.At(_text, end) is '多' or '余')
                (bound, end) = (Bound.Min, end + 1);
        }

        return new PercentValue(side.Start, end, amount, side.Unit.Kind == UnitKind.Points, side.IsSigned, high, bound);
    }

    private MoneyValue? BuildMoney(Side side, decimal? high, decimal sign, Bound? bound)
    {
        var (end, unit) = (side.End, side.Unit);
        if (unit is not null && unit.Kind != UnitKind.Money)
            (end, unit) = (side.BareEnd, null);
        var currency = unit?.Name ?? side.Currency;
        if (currency is null && StatedAfter(end) is var (code, codeEnd))
            (currency, end) = (code, codeEnd);
        var factor = unit?.Factor ?? 1m;
        string? per = null;
        if (PerUnits.After(_text, end) is var (name, perEnd))
            (per, end) = (name, perEnd);
        per ??= PerUnits.Before(_text, side.Start) ?? (side.Scale == 1m ? InheritedPer(side.Start) : null);
        per = WithSide(per, side.Start, end);
        _lastPer = per is null ? null : (end, per);
        return new MoneyValue(side.Start, end, sign * side.Value * factor, currency ?? _home, currency is not null, high * factor, bound ?? BoundWords.Of(_text, side.Start, end), per);
    }

    /// <summary>输入 $1.25/M tokens, $3(输入): the word in brackets after the price, else the one before it, says which tokens.</summary>
    private string? WithSide(string? per, int start, int end)
    {
        if (per is null || !per.EndsWith(" tokens", StringComparison.Ordinal))
            return per;
        var after = Scan.SkipSpace(_text, end);
        after = Scan.At(_text, after) is '(' or '（' ? after + 1 : after;
        foreach (var (word, side) in (ReadOnlySpan<(string, string)>)[("输入", "input"), ("输出", "output"), ("input", "input"), ("output", "output")])
        {
            if (after > end && Scan.IsAt(_text, after, word))
                return $"{per.Split(' ')[0]} {side} tokens";
        }

        if (per.Contains("put", StringComparison.Ordinal))
            return per;
        var before = _text.AsSpan(Math.Max(0, start - 8), Math.Min(8, start));
        var input = Math.Max(before.LastIndexOf("输入", StringComparison.Ordinal), before.LastIndexOf("input", StringComparison.OrdinalIgnoreCase));
        var output = Math.Max(before.LastIndexOf("输出", StringComparison.Ordinal), before.LastIndexOf("output", StringComparison.OrdinalIgnoreCase));
        if (input == output)
            return per;
        return per.Replace(" tokens", input > output ? " input tokens" : " output tokens", StringComparison.Ordinal);
    }

    /// <summary>469元(人民币): the currency that a bracket after a bare 元 states.</summary>
    private (string Code, int End)? StatedAfter(int end)
    {
        var at = Scan.SkipSpace(_text, end);
        if (Scan.At(_text, at) is not ('(' or '（') || UnitTable.Match(_text, at + 1) is not { Kind: UnitKind.Money, Name: { } code } unit)
            return null;
        var close = at + 1 + unit.Form.Length;
        return Scan.At(_text, close) is ')' or '）' ? (code, close + 1) : null;
    }

    /// <summary>每百万 Token 输入 0.3 美元、输出 2.4 美元: the second price is per the same, where hardly a word stands between.</summary>
    private string? InheritedPer(int start)
    {
        if (_lastPer is not var (end, per) || start - end > 8)
            return null;
        var joined = false;
        for (var i = end; i < start; i++)
        {
            if (_text[i] is '。' or ';' or '；' || char.IsAsciiDigit(_text[i]))
                return null;
            joined |= _text[i] is '、' or ',' or '，' or '/' or '至' or '到' or '和';
        }

        if (!joined)
            return null;
        var between = _text.AsSpan(end, start - end);
        if (between.Contains("输出", StringComparison.Ordinal))
            return per.Replace("input", "output", StringComparison.Ordinal);
        return per;
    }

    private QuantityValue? BuildQuantity(Side side, decimal amount, decimal? high, Bound? bound)
    {
        var name = side.Unit!.Name!;
        if (name is "count" or "people" or "companies" or "pieces")
            name = NounNear(side.End)?.Name ?? name;
        var isDuration = name is "years" or "months" or "weeks" or "days" or "h" or "min" or "s" or "quarters";
        // 一家, 一个 is an article; 二级, 二次 are words, as two of a thing is 两; 每百万 Token is what a price is per.
        if (side.Numeral.Kind == NumeralKind.ChineseSmall && !isDuration && (side.Value == 1m || _text[side.Numeral.Start] == '二'))
            return null;
        if (Scan.At(_text, Scan.SkipSpaceBack(_text, side.Start) - 1) is '每' || Scan.EndsAt(_text, side.Start, "per ") || IsOrdinalContext(side))
            return null;
        // 近三年 is the last three years, not nearly three; over five years is during them.
        var before = Scan.SkipSpaceBack(_text, side.Start);
        if (isDuration && IsSpanOfTime(before))
            bound = null;
        else
            bound ??= BoundWords.Of(_text, side.Start, side.End);
        if (name == "points" && side.Unit.Form == "点" && amount is >= 0 and <= 24 && amount == decimal.Truncate(amount))
            return null;
        var end = side.End;
        if (!isDuration && PerUnits.RateAfter(_text, end) is var (rate, rateEnd))
            (name, end) = ($"{name}/{rate}", rateEnd);
        else if (!isDuration && !name.Contains('/', StringComparison.Ordinal) && name != "rank" && PerUnits.RateBefore(_text, side.Start) is { } lead)
            name = $"{name}/{lead}";
        return new QuantityValue(side.Start, end, amount, name, high, bound);
    }

    private bool IsSpanOfTime(int before) =>
        (Scan.IsAt(_text, before - 1, '近') && !Scan.EndsAt(_text, before, "将近") && !Scan.EndsAt(_text, before, "接近")) || (Scan.EndsAt(_text, before, "over") && !Scan.IsLatinAt(_text, before - 5));

    /// <summary>周五天, 第三家, 统一个: the Chinese digit belongs to the word before it.</summary>
    private bool IsOrdinalContext(Side side)
    {
        var before = Scan.At(_text, Scan.SkipSpaceBack(_text, side.Start) - 1);
        return before == '第' || (side.Numeral.Kind == NumeralKind.ChineseSmall && before is '周' or '期' or '拜' or '统' or '唯' or '之' or '任' or '逐' or '单' or '初' or '老');
    }

    private NumberValue? BuildNumber(Side side, decimal? high, decimal sign, Bound? bound)
    {
        var numeral = side.Numeral;
        if (numeral.Kind == NumeralKind.ChineseSmall || (numeral.Kind == NumeralKind.ScaleOnly && BoundWords.BeforeStart(_text, side.Start) is null))
            return null;
        if (Scan.At(_text, side.Start - 1) is '每' || Scan.EndsAt(_text, side.Start, "per ") || Scan.EndsAt(_text, side.Start, "/"))
            return null;
        return new NumberValue(side.Start, side.End, sign * side.Value, high, bound);
    }
}
