using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

internal sealed partial class AmountScanner
{
    private static readonly (string Word, decimal Factor)[] ScaleWords =
    [
        ("thousand", 1_000m), ("million", 1_000_000m), ("billion", 1_000_000_000m), ("trillion", 1_000_000_000_000m), ("quadrillion", 1_000_000_000_000_000m),
        ("mln", 1_000_000m), ("mn", 1_000_000m), ("mm", 1_000_000m), ("bln", 1_000_000_000m), ("bn", 1_000_000_000m), ("trn", 1_000_000_000_000m), ("tn", 1_000_000_000_000m),
    ];

    private static readonly string[] ParameterWords = ["参数", "激活", "总参", "活跃", "active", "parameter", "param", "MoE", "dense", "模型", "model", "fires", "activat", "稠密"];

    /// <param name="Value">Magnitude with all scales, without sign and without the unit's factor.</param>
    /// <param name="Scale">The scale inside <c>Value</c> that a low end without one takes over.</param>
    /// <param name="BareEnd">End of the number and its scale, before the unit.</param>
    private sealed record Side(
        int Start, int End, int BareEnd, decimal Value, decimal Scale, bool IsNegative, bool IsSigned, string? Currency, Numeral Numeral, Unit? Unit, Bound? Bound);

    private Side? ReadSide(int at)
    {
        var start = at;
        var (isSigned, isNegative, afterSign) = ReadSign(at);
        at = afterSign;
        string? currency = null;
        Bound? bound = null;
        if (Currencies.MatchPrefix(_text, at, _home) is var (code, prefixEnd))
            (currency, bound, at) = (code, BoundInside(prefixEnd).Bound, BoundInside(prefixEnd).End);
        if (NumeralReader.Read(_text, at) is not { } numeral || IsVague(numeral) || (isSigned && numeral.Kind != NumeralKind.Digits))
            return null;
        if (IsInsideName(start, numeral))
            return null;
        return Complete(new Side(start, numeral.End, numeral.End, numeral.Value, numeral.Scale, isNegative, isSigned, currency, numeral, null, bound ?? (numeral.HasMore ? Bound.Min : null)));
    }

    /// <summary>A sign counts before a number; a hyphen only where it joins nothing (指数-2.61% has one, 8-10% and GPT-5 have not).</summary>
    private (bool IsSigned, bool IsNegative, int End) ReadSign(int at)
    {
        var c = Scan.At(_text, at);
        if (!IsSignChar(c))
            return (false, false, at);
        var next = Scan.SkipSpace(_text, at + 1);
        return (true, c is '-' or '−' or '－' or '▼' or '▽' or '负' or '↓', c is '▲' or '▼' or '△' or '▽' or '负' ? next : at + 1);
    }

    /// <summary>人民币约 5 亿: the bound stands between currency and number.</summary>
    private (Bound? Bound, int End) BoundInside(int at)
    {
        at = Scan.SkipSpace(_text, at);
        for (var end = at + 1; end <= at + 3 && end < _text.Length; end++)
        {
            if (Scan.IsDigitAt(_text, Scan.SkipSpace(_text, end)) && Scan.IsHanAt(_text, at) && BoundWords.BeforeStart(_text, end) is { } bound)
                return (bound, Scan.SkipSpace(_text, end));
        }

        return (null, at);
    }

    /// <summary>数十万, 几千, 上百家: no number.</summary>
    private bool IsVague(Numeral numeral) =>
        numeral.Kind != NumeralKind.Digits
        && (Scan.At(_text, numeral.Start - 1) is '数' or '几' || Scan.EndsAt(_text, numeral.Start, "若干") || (numeral.Kind == NumeralKind.ScaleOnly && IsVagueScale(numeral)));

    /// <summary>上千, 亿元级, 百家: scale characters alone say little, unless they are large (百万) or a bound stands before (超亿元).</summary>
    private bool IsVagueScale(Numeral numeral) =>
        Scan.At(_text, numeral.Start - 1) is '上' or '成' or '亿' or '万'
        || ((numeral.End - numeral.Start == 1 || numeral.Value < 1_000_000m) && BoundWords.BeforeStart(_text, numeral.Start) is null);

    private bool IsInsideName(int start, Numeral numeral)
    {
        if (numeral.Kind != NumeralKind.Digits)
            return false;
        var before = Scan.At(_text, start - 1);
        if (char.IsAsciiLetterOrDigit(before) || before is '_' or '@' or '\\')
            return !_gluedLatinAllowed;
        // Clari,43 亿美元: a comma belongs to a number, not to a word.
        var isJoined = before is '.' or '-' ? Scan.IsWordAt(_text, start - 2) : before == ',' && Scan.IsDigitAt(_text, start - 2);
        return (isJoined && !_gluedLatinAllowed) || (before == '/' && Scan.IsLatinAt(_text, start - 2) && !_gluedLatinAllowed);
    }

    // Set while the number of EPS0.52元 or YoY-5% is read, whose letters are a label and no name.
    private bool _gluedLatinAllowed;

    private Side? Complete(Side side)
    {
        var end = side.End;
        if (side.Numeral.Kind == NumeralKind.Digits && ReadLatinScale(side) is var (factor, scaleEnd))
        {
            side = side with { Value = side.Value * factor, Scale = side.Scale * factor, End = scaleEnd, BareEnd = scaleEnd };
            end = scaleEnd;
        }

        if (UnitAt(end) is var (unit, unitEnd))
            return side with { Unit = unit, End = unitEnd };
        if (Scan.At(_text, end) is '余' or '多' or '+' && UnitAt(end + 1) is var (moreUnit, moreEnd))
            return side with { Unit = moreUnit, End = moreEnd, Bound = Bound.Min };
        if (side.Scale > 1m && IsParameterCount(side))
            return side with { Unit = Parameters };
        if ((NounAfter(end) ?? (side.Scale > 1m && side.Currency is null ? NounNear(end) : null)) is { } noun)
            return side with { Unit = noun };
        return Scan.IsLatinAt(_text, end) ? null : side;
    }

    private static readonly Unit Parameters = new("", UnitKind.Quantity, "parameters");

    private (Unit Unit, int End)? UnitAt(int end)
    {
        if (UnitTable.Match(_text, end) is { } glued)
            return (glued, end + glued.Form.Length);
        var isHyphen = Scan.IsAt(_text, end, '-') && Scan.IsLatinAt(_text, end + 1);
        if (!isHyphen && !Scan.IsAt(_text, end, ' '))
            return null;
        // A lone letter after a space (5 s, 3 x) is too little to be a unit.
        var unit = UnitTable.Match(_text, end + 1);
        return unit is null || (unit.Form.Length == 1 && char.IsAsciiLetter(unit.Form[0])) ? null : (unit, end + 1 + unit.Form.Length);
    }

    /// <summary>3,500 Blackwell GPUs: a noun that counts, after at most two other Latin words. It does not belong to the span.</summary>
    private Unit? NounAfter(int end)
    {
        var at = end;
        for (var words = 0; words < 2; words++)
        {
            if (!Scan.IsAt(_text, at, ' ') || !Scan.IsLatinAt(_text, at + 1))
                return null;
            at++;
            while (Scan.IsWordAt(_text, at) || Scan.IsAt(_text, at, '-'))
                at++;
            if (UnitTable.Match(_text, at + 1) is { Kind: UnitKind.Quantity } unit && Scan.IsAt(_text, at, ' ') && unit.Form.Length > 3 && IsPluralNoun(unit))
                return unit;
        }

        return null;
    }

    /// <summary>1000 万免费 Token, 9 亿月活用户: what is counted stands after a few words of the same clause. It does not belong to the span.</summary>
    private Unit? NounNear(int end)
    {
        for (var at = end; at < Math.Min(end + 8, _text.Length); at++)
        {
            if (char.IsAsciiDigit(_text[at]) || char.IsPunctuation(_text[at]) || _text[at] is '的' or '于' or '在' or '与' or '和' or '及')
                return null;
            foreach (var (word, unit) in CountedNouns)
            {
                if (Scan.IsAtIgnoringCase(_text, at, word) && (!char.IsAsciiLetter(word[^1]) || !Scan.IsLatinAt(_text, at + word.Length)))
                    return unit;
            }
        }

        return null;
    }

    private static readonly (string Word, Unit Unit)[] CountedNouns =
    [
        .. new[]
        {
            ("用户", "users"), ("Tokens", "tokens"), ("Token", "tokens"), ("词元", "tokens"), ("客户", "customers"), ("开发者", "developers"), ("创作者", "creators"), ("参数", "parameters"),
            ("智能体", "agents"), ("Agent", "agents"), ("GPUs", "GPUs"), ("GPU", "GPUs"), ("TPU", "TPUs"), ("芯片", "chips"), ("晶圆", "wafers"), ("卫星", "satellites"), ("订单", "orders"), ("岗位", "jobs"), ("员工", "people"),
        }.Select(pair => (pair.Item1, new Unit("", UnitKind.Quantity, pair.Item2))),
    ];

    private static bool IsPluralNoun(Unit unit) => unit.Form[^1] == 's' && unit.Name is "GPUs" or "TPUs" or "CPUs" or "chips" or "users" or "customers" or "developers" or "tokens" or "servers" or "racks" or "stores";

    private (decimal Factor, int End)? ReadLatinScale(Side side)
    {
        var end = side.End;
        var at = Scan.SkipSpace(_text, end);
        foreach (var (word, factor) in ScaleWords)
        {
            if (Scan.IsAtIgnoringCase(_text, at, word) && !Scan.IsWordAt(_text, at + word.Length) && side.Value * factor < 1e24m)
                return (factor, at + word.Length);
            if (Scan.IsAt(_text, end, '-') && Scan.IsAtIgnoringCase(_text, end + 1, word) && !Scan.IsWordAt(_text, end + 1 + word.Length) && side.Value * factor < 1e24m)
                return (factor, end + 1 + word.Length);
        }

        if (side.Numeral.Scale > 1m || Scan.IsWordAt(_text, end + 1) || side.Value > 1e9m)
            return null;
        return LetterScale(side, Scan.At(_text, end)) is { } letter ? (letter, end + 1) : null;
    }

    /// <summary>k, M, B glued to the number; m, b, t only after money or before what they count, as they are metres, bits and tonnes elsewhere.</summary>
    private decimal? LetterScale(Side side, char letter)
    {
        var factor = letter switch
        {
            'k' or 'K' => 1_000m,
            'm' or 'M' => 1_000_000m,
            'b' or 'B' => 1_000_000_000m,
            't' or 'T' => 1_000_000_000_000m,
            _ => 0m,
        };
        if (factor == 0m)
            return null;
        if (side.Currency is not null)
            return factor;
        var counts = UnitAt(side.End + 1) is { Unit.Kind: UnitKind.Quantity or UnitKind.Money } || NounAfter(side.End + 1) is not null || (letter is 'm' or 'b' && IsLatinProse(side));
        return letter switch
        {
            'k' or 'M' or 'B' => factor,
            'K' => counts || side.Value is not (2m or 4m or 5m or 8m) ? factor : null,
            'T' => counts || IsParameterCount(side with { End = side.End + 1, Scale = factor }) ? factor : null,
            _ => counts ? factor : null,
        };
    }

    /// <summary>Average DAU 411m, Client sales 3.6b: in English words a bare number's letter is its scale; a length stands in no such text.</summary>
    private bool IsLatinProse(Side side)
    {
        var (before, after) = (Scan.SkipSpaceBack(_text, side.Start), Scan.SkipSpace(_text, side.End + 1));
        return (before == 0 || !Scan.IsHanAt(_text, before - 1)) && !Scan.IsHanAt(_text, after) && !Scan.IsWordAt(_text, side.End + 1) && Scan.At(_text, side.End + 1) is not ('-' or '/' or '²') && !Scan.IsAt(_text, after, "away") && !Scan.IsAt(_text, after, "x ");
    }

    /// <summary>119B, 40B 激活: a capital B or T beside a word of models counts parameters, as does 亿 after 总参数 or 激活.</summary>
    private bool IsParameterCount(Side side)
    {
        if (side.Currency is not null || side.Value < 1_000_000m)
            return false;
        var isLetter = Scan.At(_text, side.End - 1) is 'B' or 'T' or 'M';
        var before = _text.AsSpan(Math.Max(0, side.Start - 8), Math.Min(8, side.Start));
        var wide = _text.AsSpan(Math.Max(0, side.Start - 24), Math.Min(24, side.Start));
        if (before.Contains("参数", StringComparison.Ordinal) || before.Contains("激活", StringComparison.Ordinal) || before.Contains("总参", StringComparison.Ordinal))
            return true;
        if (!isLetter)
            return false;
        if (Scan.At(_text, side.End - 1) == 'B' && (wide.Contains("parameter", StringComparison.OrdinalIgnoreCase) || wide.Contains("参数", StringComparison.Ordinal)))
            return true;
        var after = _text.AsSpan(side.End, Math.Min(12, _text.Length - side.End));
        foreach (var word in ParameterWords)
        {
            if (after.Contains(word, StringComparison.OrdinalIgnoreCase) || (before.Contains(word, StringComparison.OrdinalIgnoreCase) && word.Length > 4))
                return true;
        }

        return Scan.At(_text, side.End - 1) == 'B' && !Scan.IsAt(_text, side.End, '轮') && !Scan.IsAt(_text, side.End + 1, '轮') && IsActiveSplit(side.End);
    }

    /// <summary>397B-A17B: total and active parameters.</summary>
    private bool IsActiveSplit(int end) => Scan.IsAt(_text, end, "-A") && Scan.IsDigitAt(_text, end + 2);

    /// <summary>12.3/15.6/20.1亿元: one value each, in the unit and scale of the last. Null where it is no such list (5/20, 1/3).</summary>
    private int? ReadSlashList(Side first)
    {
        if (first.Unit is not null || first.Scale > 1m || first.Numeral.Kind != NumeralKind.Digits || !Scan.IsAt(_text, first.End, '/') || !Scan.IsDigitAt(_text, first.End + 1))
            return null;
        List<Side> sides = [first];
        _gluedLatinAllowed = true;
        while (Scan.IsAt(_text, sides[^1].End, '/') && sides[^1].Unit is null && sides.Count < 12 && ReadSide(sides[^1].End + 1) is { } next)
            sides.Add(next);
        _gluedLatinAllowed = false;
        var last = sides[^1];
        if (sides.Count < 2 || last.Unit?.Kind == UnitKind.Quantity || (last.Unit is null && (first.Currency is null || last.Scale == 1m)))
            return null;
        foreach (var side in sides)
        {
            var scaled = ReferenceEquals(side, last) ? side : side with { Value = side.Value * last.Scale, Scale = last.Scale, Unit = last.Unit, Currency = side.Currency ?? first.Currency };
            if (Build(scaled with { Currency = scaled.Currency ?? first.Currency }, null) is { } value)
                Add(value);
        }

        return Math.Max(last.End, _found.Count > 0 ? _found[^1].End : 0);
    }

    private (Side Low, decimal? High)? ReadRange(Side first)
    {
        if (Connector(first) is not var (at, isWord) || at >= _text.Length)
            return null;
        if (!IsAmountStart(_text[at]) && Currencies.MatchPrefix(_text, at, _home) is null && !(IsSignChar(_text[at]) && first.IsSigned))
            return null;
        _gluedLatinAllowed = true;
        var read = ReadSide(at);
        _gluedLatinAllowed = false;
        if (read is not { } second || (Scan.IsRangeDash(Scan.At(_text, second.End)) && Scan.IsDigitAt(_text, second.End + 1)))
            return null;
        return Join(first, second, isWord);
    }

    private (int At, bool IsWord)? Connector(Side first)
    {
        var at = Scan.SkipSpace(_text, first.End);
        if (Scan.IsRangeDash(Scan.At(_text, at)))
            return (Scan.SkipSpace(_text, at + 1), false);
        if (Scan.At(_text, at) is '至' or '到')
            return (Scan.EndsAt(_text, Scan.SkipSpaceBack(_text, first.Start), "从") || Scan.At(_text, Scan.SkipSpaceBack(_text, first.Start) - 1) is '由' or '自') && !IsReplacedRange(at) ? null : (Scan.SkipSpace(_text, at + 1), true);
        if (Scan.IsAt(_text, at, "to ") && at > first.End)
            return Scan.EndsAt(_text, first.Start, "from ") ? null : (at + 3, true);
        if (Scan.IsAt(_text, at, "and ") && at > first.End)
            return Scan.EndsAt(_text, first.Start, "between ") ? (at + 4, false) : null;
        if (Scan.At(_text, at) is '与' or '和' && (Scan.EndsAt(_text, Scan.SkipSpaceBack(_text, first.Start), "介于") || Scan.EndsAt(_text, Scan.SkipSpaceBack(_text, first.Start), "在")))
            return (Scan.SkipSpace(_text, at + 1), false);
        return null;
    }

    private static readonly string[] Revised = ["上调", "上修", "调高", "提高", "提升", "下调", "下修", "调低", "收窄", "上移", "抬高", "修正", "调整"];

    // 从 1,800 亿至 1,900 亿美元上调到 1,950 亿至 2,050 亿: what is revised is a range, and 从 does not go with its 至.
    private bool IsReplacedRange(int at)
    {
        var verb = Revised.Select(word => _text.IndexOf(word, at, Math.Min(22, _text.Length - at), StringComparison.Ordinal)).Where(found => found > 0).DefaultIfEmpty(-1).Min();
        return verb > 0 && _text.AsSpan(at, verb - at).IndexOfAny('。', ';', '(') < 0 && _text.AsSpan(verb, Math.Min(8, _text.Length - verb)).IndexOfAnyInRange('0', '9') > 0;
    }

    private (Side Low, decimal? High)? Join(Side first, Side second, bool isWord)
    {
        if (first.Unit is not null && (second.Unit is null || second.Unit.Kind != first.Unit.Kind || (second.Unit.Name ?? first.Unit.Name) != (first.Unit.Name ?? second.Unit.Name)))
            return null;
        if (first.Currency is not null && second.Currency is not null && first.Currency != second.Currency)
            return null;
        if (second.IsNegative != first.IsNegative || (second.Currency is not null && first.Currency is null && first.Unit is null))
            return null;
        if (first.Numeral.Kind == NumeralKind.ChineseSmall && second.Unit is null)
            return null;
        var low = first.Value;
        if (first.Unit is null && first.Scale == 1m && second.Scale > 1m && low < second.Value / second.Scale)
            low *= second.Scale;
        if (low >= second.Value != first.IsNegative || (isWord && IsChange(first, low, second.Value)))
            return null;
        var joined = first with { End = second.End, BareEnd = second.BareEnd, Value = low, Scale = second.Scale, Unit = second.Unit ?? first.Unit, Bound = first.Bound ?? second.Bound };
        return (joined, first.IsNegative ? -second.Value : second.Value);
    }

    /// <summary>提升 3% 至 55% says by how much and to where; 增长 10% 至 15% is a range. They differ in how far apart the two are.</summary>
    private bool IsChange(Side first, decimal low, decimal high)
    {
        var before = Scan.At(_text, Scan.SkipSpaceBack(_text, first.Start) - 1);
        return before is '升' or '降' or '涨' or '跌' or '增' or '减' or '高' or '低' or '滑' or '加' or '少' or '调' or '约' or 'y' or 's' && high > low * 2.5m;
    }
}
