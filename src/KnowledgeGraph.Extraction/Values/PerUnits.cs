namespace KnowledgeGraph.Extraction.Values;

/// <summary>What a price or a rate is per: after it (/小时, per month, 每秒, 一秒) or before it (每小时 2.95 美元, 月租).</summary>
internal static class PerUnits
{
    private const int LookBack = 24;
    private const int MaxFiller = 8;

    private static readonly (string Form, string Name)[] Forms =
    [
        .. Named("GPU-hour", "GPU小时", "GPU 小时", "GPU/小时", "GPU/hour", "GPU/hr", "GPU-hour", "GPU hour", "卡时", "GPU时", "GPU·小时"),
        .. Named("hour", "小时", "个小时", "钟头", "hour", "hr", "h"),
        .. Named("month", "个月", "月", "month", "mo"),
        .. Named("year", "年", "year", "yr", "annum"),
        .. Named("day", "天", "日", "day"),
        .. Named("week", "周", "星期", "week", "wk"),
        .. Named("min", "分钟", "minute", "min"),
        .. Named("s", "秒钟", "秒", "second", "sec", "s"),
        .. Named("quarter", "季度", "季", "quarter"),
        .. Named("share", "股", "share", "ADS", "ADR"),
        .. Named("image", "张图片", "张图", "张", "幅", "image"),
        .. Named("call", "次调用", "次请求", "次", "call", "request", "query"),
        .. Named("user", "用户", "人", "席位", "账号", "座席", "user", "seat", "head"),
        .. Named("GPU", "GPU", "颗GPU", "颗 GPU", "块GPU", "卡"),
        .. Named("wafer", "片晶圆", "wafer"),
        .. Named("piece", "片", "颗", "枚", "块", "件", "piece"),
        .. Named("unit", "台", "套", "部", "unit"),
        .. Named("vehicle", "辆", "vehicle"),
        .. Named("t", "吨", "tonne", "ton"),
        .. Named("kWh", "度", "千瓦时", "kWh"),
        .. Named("W", "瓦", "W"),
        .. Named("GB", "GB"),
    ];

    private static readonly System.Collections.Frozen.FrozenDictionary<char, (string Form, string Name)[]> ByFirst = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
        Forms.GroupBy(entry => entry.Form[0]), group => group.Key, group => group.ToArray());

    private static readonly (string Form, string Size)[] TokenCounts =
    [
        ("一百万", "1M"), ("百万", "1M"), ("100万", "1M"), ("100 万", "1M"), ("million", "1M"), ("1 million", "1M"), ("one million", "1M"), ("a million", "1M"), ("1M", "1M"),
        ("1m", "1M"), ("M", "1M"), ("m", "1M"), ("1,000,000", "1M"), ("一千", "1K"), ("千个", "1K"), ("千", "1K"), ("1000", "1K"), ("1,000", "1K"), ("thousand", "1K"), ("1K", "1K"), ("1k", "1K"),
        ("K", "1K"), ("k", "1K"), ("十亿", "1B"), ("billion", "1B"), ("1B", "1B"), ("亿", "100M"), ("一亿", "100M"), ("1亿", "100M"), ("万", "10K"), ("", "1"),
    ];

    private static readonly (string Form, string Side)[] TokenSides =
    [
        ("输入", "input "), ("input ", "input "), ("input", "input "), ("输出", "output "), ("output ", "output "), ("output", "output "), ("缓存命中", "cached input "), ("cached input ", "cached input "), ("", ""),
    ];

    private static readonly string[] TokenWords = ["tokens", "token", "词元", "toks", "tok", "令牌"];

    /// <summary>The per-unit directly after a value that ends at <paramref name="end"/>, and where it ends.</summary>
    public static (string Name, int End)? After(string text, int end)
    {
        var at = Scan.SkipSpace(text, end);
        var lead = LeadLength(text, at);
        if (lead == 0)
            return null;
        at = Scan.SkipSpace(text, at + lead);
        // $24.2bn a year ago is of a year, not by the year.
        if (UnitAt(text, at) is not var (name, unitEnd) || Scan.IsAt(text, unitEnd, " ago") || Scan.IsAt(text, unitEnd, " earlier") || Scan.IsAt(text, unitEnd, " before"))
            return null;
        // 元/人/月, per user per month: a second unit refines the first.
        var second = Scan.SkipSpace(text, unitEnd);
        var secondLead = LeadLength(text, second);
        return secondLead > 0 && UnitAt(text, Scan.SkipSpace(text, second + secondLead)) is var (more, moreEnd) ? ($"{name}/{more}", moreEnd) : (name, unitEnd);
    }

    /// <summary>The per-unit before a value that starts at <paramref name="start"/> (每百万 Token 输入), with few other words between.</summary>
    public static string? Before(string text, int start)
    {
        for (var at = start - 1; at >= 0 && at >= start - LookBack && !IsClauseEnd(text[at]); at--)
        {
            if (text[at] == '每' && UnitAt(text, Scan.SkipSpace(text, at + 1)) is var (name, end) && end <= start)
                return IsFiller(text, end, start) ? name : null;
            if (IsFeeWord(text, at, start) is { } fee)
                return fee;
        }

        return null;
    }

    /// <summary>The time unit of a rate after a quantity (tokens/s, 片/月), in the spelling of unit names.</summary>
    public static (string Name, int End)? RateAfter(string text, int end)
    {
        if (After(text, end) is not var (name, unitEnd) || RateName(name) is not { } rate)
            return null;
        return (rate, unitEnd);
    }

    /// <summary>每秒 280 个词元: the time unit directly before a quantity.</summary>
    public static string? RateBefore(string text, int start) => Before(text, start) is { } name ? RateName(name) : null;

    private static string? RateName(string name) => name switch
    {
        "s" or "min" or "day" or "month" or "year" or "week" => name,
        "hour" => "h",
        "user" => "user",
        _ => null,
    };

    private static int LeadLength(string text, int at)
    {
        if (Scan.At(text, at) is '/' or '每' or '一')
            return 1;
        foreach (var lead in (ReadOnlySpan<string>)["per ", "a ", "an ", "each "])
        {
            if (Scan.IsAtIgnoringCase(text, at, lead) && Scan.IsAt(text, at - 1, ' '))
                return lead.Length;
        }

        return 0;
    }

    private static (string Name, int End)? UnitAt(string text, int at)
    {
        if (TokensAt(text, at) is { } tokens)
            return tokens;
        var best = (Form: "", Name: "");
        if (!ByFirst.TryGetValue(Scan.At(text, at), out var forms))
            return null;
        foreach (var entry in forms)
        {
            if (entry.Form.Length > best.Form.Length && Scan.IsAt(text, at, entry.Form) && EndsWord(text, at, entry.Form))
                best = entry;
        }

        return best.Form.Length == 0 ? null : (best.Name, at + best.Form.Length);
    }

    private static (string Name, int End)? TokensAt(string text, int at)
    {
        foreach (var (count, size) in TokenCounts)
        {
            if (!Scan.IsAt(text, at, count))
                continue;
            var sideAt = Scan.SkipSpace(text, at + count.Length);
            if (Scan.IsAt(text, sideAt, '个'))
                sideAt++;
            foreach (var (side, prefix) in TokenSides)
            {
                if (Scan.IsAtIgnoringCase(text, sideAt, side) && TokenWordEnd(text, Scan.SkipSpace(text, sideAt + side.Length)) is { } end)
                    return WithSideAfter(text, size, prefix, end);
            }
        }

        return null;
    }

    private static (string Name, int End) WithSideAfter(string text, string size, string side, int end)
    {
        if (side.Length == 0)
        {
            foreach (var (form, prefix) in TokenSides)
            {
                var at = Scan.SkipSpace(text, end);
                if (prefix.Length > 0 && !char.IsAsciiLetter(form[0]) && Scan.IsAt(text, at, form))
                    return (Label(size, prefix), at + form.Length);
            }
        }

        return (Label(size, side), end);
    }

    private static string Label(string size, string side) => size == "1" ? $"{side}token" : $"{size} {side}tokens";

    private static int? TokenWordEnd(string text, int at)
    {
        foreach (var word in TokenWords)
        {
            if (Scan.IsAtIgnoringCase(text, at, word) && !Scan.IsLatinAt(text, at + word.Length))
                return at + word.Length;
        }

        return null;
    }

    private static bool EndsWord(string text, int at, string form) => !char.IsAsciiLetter(form[^1]) || !Scan.IsWordAt(text, at + form.Length);

    private static bool IsFiller(string text, int from, int to)
    {
        if (to - from > MaxFiller)
            return false;
        for (var i = from; i < to; i++)
        {
            if (char.IsAsciiDigit(text[i]) || IsClauseEnd(text[i]))
                return false;
        }

        return true;
    }

    private static string? IsFeeWord(string text, int at, int start)
    {
        if (at + 1 >= text.Length || text[at + 1] is not ('租' or '费' or '付' or '薪'))
            return null;
        var name = text[at] switch
        {
            '月' => "month",
            '年' => "year",
            '日' => "day",
            '时' => "hour",
            '周' => "week",
            _ => null,
        };
        return name is not null && IsFiller(text, at + 2, start) ? name : null;
    }

    private static bool IsClauseEnd(char c) => c is '。' or '；' or ';' or '，' or ',' or '！' or '？' or '\n';

    private static IEnumerable<(string Form, string Name)> Named(string name, params string[] forms) => forms.Select(form => (form, name));
}
