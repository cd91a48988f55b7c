namespace KnowledgeGraph.Extraction.Values;

/// <summary>What a header, caption or note says about the figures under it.</summary>
public sealed record HeaderUnit
{
    /// <summary>What a printed figure is to be multiplied by: 1000000 for 百万港元.</summary>
    public decimal Multiplier { get; init; } = 1m;

    /// <summary>ISO 4217; several where the header leaves it to each row's market (百万港元/美元); empty where it names none.</summary>
    public IReadOnlyList<string> Currencies { get; init; } = [];

    /// <summary>The figures are money of the report's home currency (元, 亿元 without a name), or of a currency given.</summary>
    public bool IsMoney { get; init; }

    /// <summary>percent, points (percentage points), x, or a unit's normalised name; null for money and for a bare scale (百万).</summary>
    public string? Unit { get; init; }

    /// <summary>What a price is per (元/月 = month), as in <c>MoneyValue.Per</c>.</summary>
    public string? Per { get; init; }

    public string? Currency => Currencies.Count > 0 ? Currencies[0] : null;
}

/// <summary>Reads units out of table headers and captions: 总市值 (百万港元/美元), EPS（元）, Rmb mn, NT$bn, 单位：亿元.</summary>
public static class UnitParser
{
    private static readonly (string Word, decimal Factor)[] Scales =
    [
        ("thousand", 1_000m), ("million", 1_000_000m), ("billion", 1_000_000_000m), ("trillion", 1_000_000_000_000m), ("'000", 1_000m), ("000s", 1_000m),
        ("mln", 1_000_000m), ("mn", 1_000_000m), ("mm", 1_000_000m), ("bln", 1_000_000_000m), ("bn", 1_000_000_000m), ("trn", 1_000_000_000_000m), ("tn", 1_000_000_000_000m),
        ("m", 1_000_000m), ("b", 1_000_000_000m), ("k", 1_000m),
    ];

    /// <summary>The unit that a header states, or null where it states none. Brackets count first, the last one most; then what follows 单位, then the last word.</summary>
    /// <param name="header">Folded text as of a passage; several header rows joined by spaces.</param>
    /// <param name="homeCurrency">Decides between the currencies that share a sign.</param>
    public static HeaderUnit? Parse(string header, string homeCurrency)
    {
        for (var close = header.Length - 1; close > 0; close--)
        {
            if (header[close] is not (')' or '）' or ']' or '】'))
                continue;
            var open = header.LastIndexOfAny(['(', '（', '[', '【'], close);
            if (open < 0)
                break;
            // 亿元，本币: the scale, then what it is of.
            if ((Whole(header[(open + 1)..close], homeCurrency) ?? Whole(header[(open + 1)..close].Split(',', '，')[0], homeCurrency)) is { } bracketed)
                return bracketed;
            close = open;
        }

        var stated = header.IndexOf("单位", StringComparison.Ordinal);
        if (stated >= 0 && Whole(header[(stated + 2)..].TrimStart(':', '：', ' ').TrimEnd(')', '）'), homeCurrency) is { } named)
            return named;
        return Whole(header, homeCurrency) ?? Tail(header, homeCurrency);
    }

    private static HeaderUnit? Tail(string header, string home)
    {
        var word = header.AsSpan().TrimEnd().LastIndexOf(' ');
        if (word > 0 && Whole(header[(word + 1)..], home) is { } last)
            return last;
        var two = word > 0 ? header.AsSpan(0, word).LastIndexOf(' ') : -1;
        if (two > 0 && Whole(header[(two + 1)..], home) is { IsMoney: true } lastTwo)
            return lastTwo;
        return header.EndsWith('%') ? new HeaderUnit { Unit = "percent" } : null;
    }

    /// <summary>Reads a text that is nothing but a unit.</summary>
    private static HeaderUnit? Whole(string text, string home)
    {
        text = text.Trim();
        if (text.StartsWith("in ", StringComparison.OrdinalIgnoreCase))
            text = text[3..];
        if (text.Length is 0 or > 40)
            return null;
        var at = 0;
        string? currency = null;
        if (Currencies.MatchPrefix(text, 0, home) is var (code, prefixEnd))
            (currency, at) = (code, Scan.SkipSpace(text, prefixEnd));
        var (scale, scaleEnd) = ReadScale(text, at);
        return Finish(text, scaleEnd, scale, currency, home);
    }

    private static HeaderUnit? Finish(string text, int at, decimal scale, string? currency, string home)
    {
        if (at == text.Length)
            return currency is null ? (scale == 1m ? null : new HeaderUnit { Multiplier = scale }) : new HeaderUnit { Multiplier = scale, IsMoney = true, Currencies = [currency] };
        if (currency is not null && PerAt(text, at) is { } prefixPer)
            return new HeaderUnit { Multiplier = scale, IsMoney = true, Currencies = [currency], Per = prefixPer };
        var unit = UnitTable.Match(text, at) ?? UnitTable.Match(text, Scan.SkipSpace(text, at));
        if (unit is null)
            return currency is not null ? Alternatives(text, at, scale, [currency], home) : null;
        var end = Scan.SkipSpace(text, at) + unit.Form.Length;
        if (unit.Kind == UnitKind.Money)
            return MoneyUnit(text, end, scale * unit.Factor, unit.Name ?? currency, home);
        if (end != text.Length)
            return null;
        return new HeaderUnit
        {
            Multiplier = scale * unit.Factor,
            Unit = unit.Kind switch { UnitKind.Percent => "percent", UnitKind.Points => "points", UnitKind.Multiple => "x", _ => unit.Name },
        };
    }

    private static HeaderUnit? MoneyUnit(string text, int end, decimal scale, string? currency, string home)
    {
        IReadOnlyList<string> currencies = currency is null ? [] : [currency];
        if (end == text.Length)
            return new HeaderUnit { Multiplier = scale, IsMoney = true, Currencies = currencies };
        if (Scan.IsAt(text, end, "人民币") && end + 3 == text.Length)
            return new HeaderUnit { Multiplier = scale, IsMoney = true, Currencies = ["CNY"] };
        // Rmb mn and 百万人民币 differ only in order: a scale may still follow.
        var (late, lateEnd) = ReadScale(text, Scan.SkipSpace(text, end));
        if (late > 1m && lateEnd == text.Length && scale == 1m)
            return new HeaderUnit { Multiplier = late, IsMoney = true, Currencies = currencies };
        if (PerAt(text, end) is { } per)
            return new HeaderUnit { Multiplier = scale, IsMoney = true, Currencies = currencies, Per = per };
        return Alternatives(text, end, scale, [.. currencies], home);
    }

    private static string? PerAt(string text, int at) => PerUnits.After(text, at) is var (per, end) && end == text.Length ? per : null;

    private static HeaderUnit? Alternatives(string text, int at, decimal scale, List<string> currencies, string home)
    {
        while (at < text.Length)
        {
            at = Scan.SkipSpace(text, at);
            if (Scan.At(text, at) is not ('/' or '、' or ',' or '或'))
                return null;
            at = Scan.SkipSpace(text, at + 1);
            var (_, unitAt) = ReadScale(text, at);
            if (UnitTable.Match(text, unitAt) is { Kind: UnitKind.Money } unit)
                (at, currencies) = (unitAt + unit.Form.Length, [.. currencies, unit.Name ?? home]);
            else if (Currencies.MatchPrefix(text, at, home) is var (code, end))
                (at, currencies) = (end, [.. currencies, code]);
            else
                return null;
        }

        return new HeaderUnit { Multiplier = scale, IsMoney = true, Currencies = currencies };
    }

    private static (decimal Scale, int End) ReadScale(string text, int at)
    {
        if (NumeralReader.Read(text, at) is { Value: >= 10m and <= 1_000_000_000_000m } numeral && (numeral.Kind == NumeralKind.ScaleOnly || numeral.Value == 10m || IsPowerOfTen(numeral.Value)))
        {
            var (more, moreEnd) = ReadScale(text, numeral.End);
            return (numeral.Value * (char.IsAsciiDigit(text[at]) ? more : 1m), char.IsAsciiDigit(text[at]) ? moreEnd : numeral.End);
        }

        foreach (var (word, factor) in Scales)
        {
            if (Scan.IsAtIgnoringCase(text, at, word) && !Scan.IsWordAt(text, at + word.Length))
                return (factor, at + word.Length);
        }

        return (1m, at);
    }

    private static bool IsPowerOfTen(decimal value)
    {
        while (value >= 10m && value % 10m == 0m)
            value /= 10m;
        return value == 1m;
    }
}
