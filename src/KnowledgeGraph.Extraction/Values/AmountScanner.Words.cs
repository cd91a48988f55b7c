using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

internal sealed partial class AmountScanner
{
    private static readonly string[] TolerancePrefixes = ["±", "+/-", "正负", "上下浮动", "上下波动", "上下不超过", "plus or minus "];

    private static readonly string[] SmallNumbers =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    private static readonly (string Word, decimal Times)[] Multiples =
    [
        ("doubled", 2m), ("doubles", 2m), ("doubling", 2m), ("double", 2m), ("tripled", 3m), ("triples", 3m), ("tripling", 3m), ("triple", 3m), ("trebled", 3m), ("treble", 3m),
        ("quadrupled", 4m), ("quadruples", 4m), ("quadruple", 4m), ("quintupled", 5m), ("twofold", 2m), ("threefold", 3m), ("fourfold", 4m), ("fivefold", 5m), ("tenfold", 10m),
        ("halved", 0.5m), ("twice", 2m),
    ];

    private static readonly (string Word, decimal Percent)[] Fractions =
    [
        ("one-third", 100m / 3m), ("two-thirds", 200m / 3m), ("one-quarter", 25m), ("three-quarters", 75m), ("one-half", 50m), ("one-fifth", 20m), ("half of", 50m), ("half the", 50m),
        ("one third of", 100m / 3m), ("a third of", 100m / 3m), ("two thirds of", 200m / 3m), ("a quarter of", 25m),
    ];

    private ToleranceValue? ReadTolerance(int at)
    {
        foreach (var prefix in TolerancePrefixes)
        {
            if (!Scan.IsAtIgnoringCase(_text, at, prefix))
                continue;
            var start = Scan.SkipSpace(_text, at + prefix.Length);
            if (NumeralReader.Read(_text, start) is not { } numeral || UnitAt(numeral.End) is not { Unit: { Kind: UnitKind.Percent or UnitKind.Points } unit, End: var end })
                return prefix is "±" or "+/-" or "plus or minus " && ReadSide(start) is { Unit: null or { Kind: UnitKind.Money } } side ? new ToleranceValue(at, side.End, 0m, false, Trim(side.Value * (side.Unit?.Factor ?? 1m))) : null;
            return new ToleranceValue(at, end, Trim(numeral.Value * unit.Factor), unit.Kind == UnitKind.Points);
        }

        return null;
    }

    private QuantityValue? ReadChineseRank(int at)
    {
        var c = _text[at];
        var start = Scan.SkipSpace(_text, at + 1);
        if (NumeralReader.Read(_text, start) is not { Value: > 0 and < 10_000, Scale: 1m } numeral || numeral.Value != decimal.Truncate(numeral.Value))
            return null;
        if (c == '#')
            return start == at + 1 && Scan.At(_text, at - 1) != '#' && numeral.Kind == NumeralKind.Digits && !Scan.IsWordAt(_text, at - 1) && !Scan.IsLatinAt(_text, numeral.End) ? new QuantityValue(at, numeral.End, numeral.Value, "rank") : null;
        var end = Scan.SkipSpace(_text, numeral.End);
        var isCounted = Scan.At(_text, end) is '名' or '位' or '强' && !(c == '第' && Scan.IsAt(_text, end, "位数"));
        if (isCounted)
            return new QuantityValue(at, end + 1, numeral.Value, "rank");
        if (Scan.IsAt(_text, end, '大') && !Scan.IsAt(_text, end, "大学"))
            return new QuantityValue(at, end + 1, numeral.Value, "rank");
        var stands = IsRankLead(Scan.At(_text, Scan.SkipSpaceBack(_text, at) - 1)) && !Scan.IsHanAt(_text, end);
        return stands || (IsRankLead(Scan.At(_text, Scan.SkipSpaceBack(_text, at) - 1)) && Scan.At(_text, end) is '的' or '和' or '及' or '与' or '、' or '梯')
            ? new QuantityValue(at, numeral.End, numeral.Value, "rank")
            : null;
    }

    private static bool IsRankLead(char c) => c is '名' or '列' or '居' or '排' or '位' or '球' or '内' or '业' or '国' or '产' or '界' or '获' or '冠' or '均' or '入' or '为' or '榜' or '单' or '数' or '并'
        or '型' or '品' or '类' or '测' or '场' or '域' or '项' or '源' or '得' or '夺' or '拿' or '登' or '区' or '洲';

    private MultipleValue? ReadFan(int at)
    {
        var i = Scan.IsAt(_text, at + 1, '了') ? at + 2 : at + 1;
        if (Scan.IsAt(_text, i, '倍') || Scan.IsAt(_text, i, '番'))
            return new MultipleValue(at, i + 1, 2m, null, BoundWords.Of(_text, at, i + 1));
        var digit = NumeralReader.ChineseDigit(Scan.At(_text, i));
        if (digit is < 1 or > 6 || !Scan.IsAt(_text, i + 1, '番'))
            return null;
        return new MultipleValue(at, i + 2, 1 << digit, null, BoundWords.Of(_text, at, i + 2));
    }

    private PercentValue? ReadHalf(int at)
    {
        var end = at + 2;
        if (!Scan.IsAt(_text, at, "一半") && !(Scan.IsAt(_text, at, "半数") && !Scan.IsAt(_text, end, '据')))
            return null;
        return new PercentValue(at, end, 50m, false, false, null, BoundWords.Of(_text, at, end));
    }

    /// <summary>百分之三, 三分之二, 万分之五: in percent.</summary>
    private PercentValue? ReadFraction(int at)
    {
        var (whole, end) = _text[at] switch
        {
            '百' when Scan.IsAt(_text, at, "百分之") => (100m, at + 1),
            '千' when Scan.IsAt(_text, at, "千分之") => (1_000m, at + 1),
            '万' when Scan.IsAt(_text, at, "万分之") => (10_000m, at + 1),
            _ => NumeralReader.Read(_text, at) is { Kind: NumeralKind.ChineseSmall or NumeralKind.Digits, Value: > 1 and <= 100 } numeral ? (numeral.Value, numeral.End) : (0m, 0),
        };
        if (whole == 0m || !Scan.IsAt(_text, end, "分之") || NumeralReader.Read(_text, Scan.SkipSpace(_text, end + 2)) is not { } part || part.Value > whole * 100)
            return null;
        return new PercentValue(at, part.End, part.Value * 100m / whole, false, false, null, BoundWords.Of(_text, at, part.End));
    }

    /// <summary>A Latin word: a number word, a multiple, a rank, a label with its number glued on; else it is passed over whole.</summary>
    private int ReadWord(int at)
    {
        if (!Scan.IsWordAt(_text, at - 1) && ReadNumberWord(at) is { } value)
            return Add(value);
        var end = at;
        while (Scan.IsLatinAt(_text, end))
            end++;
        if (IsLabelBefore(at, end) && ReadGlued(end) is { } glued)
            return Add(glued);
        while (Scan.IsWordAt(_text, end) || (Scan.At(_text, end) is '.' or '-' or '_' or '/' && Scan.IsWordAt(_text, end + 1) && end > at))
        {
            // GPU 云收入/5.2 and "in/out" end a word at the slash; only a name goes on over it.
            if (_text[end] == '/' && Scan.IsDigitAt(_text, end + 1))
                break;
            end++;
        }

        return Math.Max(end, at + 1);
    }

    private bool IsLabelBefore(int start, int end) =>
        end - start is >= 2 and <= 6 && !Scan.IsWordAt(_text, start - 1) && Scan.At(_text, start - 1) is not ('-' or '.' or '_')
        && (Scan.IsDigitAt(_text, end) || (IsSignChar(Scan.At(_text, end)) && Scan.IsDigitAt(_text, end + 1)));

    /// <summary>EPS0.52元, PE20.5x, YoY-5.2%: accepted only where the unit leaves no doubt.</summary>
    private Annotation? ReadGlued(int at)
    {
        _gluedLatinAllowed = true;
        var side = ReadSide(at);
        _gluedLatinAllowed = false;
        if (side is null || side.End == side.BareEnd || side.Unit is not { Kind: UnitKind.Percent or UnitKind.Points or UnitKind.Money or UnitKind.Multiple } unit || char.IsAsciiLetter(unit.Form[0]) && unit.Form is not ("x" or "pct" or "pp" or "bps"))
            return null;
        return Build(side, null);
    }

    private Annotation? ReadNumberWord(int at)
    {
        var c = char.ToLowerInvariant(_text[at]);
        if (c is 'd' or 't' or 'q' or 'f' or 'h')
        {
            foreach (var (word, times) in Multiples)
            {
                if (IsWord(at, word) && Scan.At(_text, at + word.Length) is not '-')
                    return new MultipleValue(at, at + word.Length, times, null, BoundWords.Of(_text, at, at + word.Length));
            }
        }

        if (c is 'o' or 't' or 'h' or 'a')
        {
            foreach (var (word, percent) in Fractions)
            {
                if (IsWord(at, word))
                    return new PercentValue(at, at + (word.IndexOf(' ', StringComparison.Ordinal) is > 0 and var cut && word[0] == 'h' ? cut : word.Length), percent, false, false, null, BoundWords.BeforeStart(_text, at));
            }
        }

        return c is 'n' or 't' ? ReadRankWord(at) ?? ReadSpelled(at) : ReadSpelled(at) ?? ReadOrdinal(at);
    }

    private bool IsWord(int at, string word) => Scan.IsAtIgnoringCase(_text, at, word) && !Scan.IsWordAt(_text, at + word.Length);

    /// <summary>No. 3, top 5, Top-10.</summary>
    private QuantityValue? ReadRankWord(int at)
    {
        var digits = Scan.IsAtIgnoringCase(_text, at, "no.") ? Scan.SkipSpace(_text, at + 3)
            : Scan.IsAtIgnoringCase(_text, at, "top") ? (Scan.IsAt(_text, at + 3, '-') ? at + 4 : Scan.SkipSpace(_text, at + 3))
            : -1;
        if (digits < 0 || NumeralReader.Read(_text, digits) is not { Kind: NumeralKind.Digits, Scale: 1m, Value: > 0 and < 1000 } numeral)
            return null;
        if (Scan.IsLatinAt(_text, numeral.End) || Scan.IsAt(_text, numeral.End, '%') || numeral.Value != decimal.Truncate(numeral.Value))
            return null;
        return new QuantityValue(at, numeral.End, numeral.Value, "rank");
    }

    /// <summary>one million, five years: a spelled number counts only before a scale or a unit.</summary>
    private Annotation? ReadSpelled(int at)
    {
        for (var i = 0; i < SmallNumbers.Length; i++)
        {
            if (!IsWord(at, SmallNumbers[i]))
                continue;
            var numeral = new Numeral(at, at + SmallNumbers[i].Length, i + 1, 1m, NumeralKind.Digits, false);
            var side = Complete(new Side(at, numeral.End, numeral.End, numeral.Value, 1m, false, false, null, numeral, null, null));
            return side is { Unit: not null } or { Scale: > 1m } && !(i == 0 && side.Scale == 1m) ? Build(side, null) : null;
        }

        return null;
    }

    private QuantityValue? ReadOrdinal(int at)
    {
        for (var i = 0; i < Ordinals.Length; i++)
        {
            if (IsWord(at, Ordinals[i]) && IsRanking(at))
                return new QuantityValue(at, at + Ordinals[i].Length, i + 1, "rank");
        }

        return null;
    }

    private bool IsRanking(int at) =>
        Scan.EndsAt(_text, at, "ranked ") || Scan.EndsAt(_text, at, "ranks ") || Scan.EndsAt(_text, at, "ranking ") || Scan.EndsAt(_text, at, "placed ") || Scan.EndsAt(_text, at, "came ");

    /// <summary>1) or 2. or （3） or 4、 at the head of a passage or clause numbers an item; 图表 3 and 第 3 页 number a thing.</summary>
    private bool IsListNumber(Side side)
    {
        if (side.Unit is not null || side.Scale > 1m || side.Currency is not null || side.IsSigned || side.Numeral.Kind != NumeralKind.Digits)
            return false;
        var (start, end) = (side.Start, side.End);
        var before = Scan.SkipSpaceBack(_text, start);
        if (Scan.EndsAt(_text, before, "图表") || Scan.EndsAt(_text, before, "图") || Scan.EndsAt(_text, before, "表") || Scan.EndsAt(_text, before, "附录") || Scan.EndsAt(_text, before, "第")
            || Scan.EndsAt(_text, before, "Figure") || Scan.EndsAt(_text, before, "Table") || Scan.EndsAt(_text, before, "Exhibit") || Scan.EndsAt(_text, before, "Chart") || Scan.EndsAt(_text, before, "Page"))
            return true;
        if (side.Value >= 100m || side.Value != decimal.Truncate(side.Value))
            return false;
        var next = Scan.At(_text, end);
        var opens = before == 0 || _text[before - 1] is '。' or ';' or '；' or '：' or ':' or '(' or '（' or '，' or '、' or '.';
        return (next is ')' or '）' && (opens || Scan.IsAt(_text, start - 1, ' '))) || (before == 0 && (next is '、' or '．' || (next == '.' && !Scan.IsDigitAt(_text, end + 1) && end + 1 < _text.Length)))
            || (next == ']' && Scan.IsAt(_text, start - 1, '['));
    }

    /// <summary>Stock codes, dates in digits, telephone and licence numbers, ratios and page counts: numbers by shape only.</summary>
    private bool IsCode(Side side)
    {
        if (side.Numeral.Kind != NumeralKind.Digits || side.Scale > 1m)
            return false;
        var (start, end) = (side.Numeral.Start, side.Numeral.End);
        if (_text[start] == '0' && Scan.IsDigitAt(_text, start + 1))
            return true;
        if (side.Unit is not null || side.Currency is not null)
            return false;
        var digits = end - start;
        var isInteger = _text.AsSpan(start, digits).IndexOfAnyExceptInRange('0', '9') < 0;
        if (IsCell)
            return isInteger && IsExchangeAfter(end);
        if (isInteger && (digits >= 8 || IsNumberedThing(start) || (digits == 4 && IsYearAfterName(start))))
            return true;
        var next = Scan.At(_text, end);
        if (isInteger && digits == 6 && Scan.At(_text, start - 1) is '(' or '（' && next is ')' or '）')
            return true;
        if (next is '.' or '/' or ':' or '-' && Scan.IsLatinAt(_text, end + 1))
            return true;
        if (next is '/' or ':' && Scan.IsDigitAt(_text, end + 1))
            return true;
        return isInteger && (IsExchangeAfter(end) || (Scan.IsAt(_text, end, " / ") && Scan.IsDigitAt(_text, end + 3)) || (Scan.EndsAt(_text, start, " / ") && Scan.IsDigitAt(_text, start - 4)));
    }

    /// <summary>邮编: 100005, 证券代码 600519.</summary>
    private bool IsNumberedThing(int start)
    {
        var end = Scan.SkipSpaceBack(_text, start);
        end = Scan.SkipSpaceBack(_text, Scan.At(_text, end - 1) is ':' or '：' or '.' ? end - 1 : end);
        foreach (var word in NumberedThings)
        {
            if (Scan.EndsAt(_text, end, word))
                return true;
        }

        return false;
    }

    private static readonly string[] NumberedThings = ["邮编", "电话", "传真", "编号", "代码", "证书", "执业", "Tel", "Fax", "Phone", "Code", "ID"];

    private bool IsYearAfterName(int start) =>
        (Scan.IsAt(_text, start, "20") || Scan.IsAt(_text, start, "19")) && (Scan.IsLatinAt(_text, Scan.SkipSpaceBack(_text, start) - 1) || Scan.At(_text, Scan.SkipSpaceBack(_text, start) - 1) == '©');

    private bool IsExchangeAfter(int end) =>
        Scan.IsAt(_text, end, ' ') && Scan.IsLatinAt(_text, end + 1) && !Scan.IsWordAt(_text, end + 3)
        && _text.AsSpan(end + 1, Math.Min(2, _text.Length - end - 1)) is "HK" or "US" or "TT" or "CH" or "JP" or "KS" or "TW" or "JT" or "SS" or "SZ" or "LN" or "GR";
}
