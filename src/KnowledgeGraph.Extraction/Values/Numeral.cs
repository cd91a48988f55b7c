namespace KnowledgeGraph.Extraction.Values;

/// <summary>A number as written, Western or Chinese, with its Chinese scale (万, 亿, 兆) but without unit, sign or Latin scale letters.</summary>
/// <param name="Scale">The product of the scale characters after Western digits (亿 = 10^8), so that the low end of 3-5亿 can take it over.</param>
/// <param name="Kind">What the number is written with, which decides whether it may stand alone.</param>
/// <param name="HasMore">An 余 or 多 stands inside (20余亿): at least that much.</param>
internal readonly record struct Numeral(int Start, int End, decimal Value, decimal Scale, NumeralKind Kind, bool HasMore);

internal enum NumeralKind
{
    /// <summary>Western digits, with or without a Chinese scale.</summary>
    Digits,

    /// <summary>Chinese digits with a scale (两千亿).</summary>
    ChineseScaled,

    /// <summary>One Chinese digit, or a number below one hundred (三, 十二): a number only beside a unit.</summary>
    ChineseSmall,

    /// <summary>Scale characters alone (百万, 千亿).</summary>
    ScaleOnly,
}

internal static class NumeralReader
{
    // Above this many digits it is a licence, an account or a time stamp, and a scale could overflow.
    private const int MaxDigits = 15;
    private const decimal MaxScale = 1_000_000_000_000_000_000m;

    public static bool IsChineseDigit(char c) => ChineseDigit(c) >= 0;

    public static bool IsChineseNumeral(char c) => ChineseDigit(c) >= 0 || ScaleOf(c) > 0;

    public static Numeral? Read(string text, int at)
    {
        if (at >= text.Length)
            return null;
        return char.IsAsciiDigit(text[at]) ? ReadDigits(text, at) : ReadChinese(text, at);
    }

    public static int ChineseDigit(char c) => c switch
    {
        '零' or '〇' => 0,
        '一' => 1,
        '二' or '两' or '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => -1,
    };

    private static decimal ScaleOf(char c) => c switch
    {
        '十' or '拾' => 10m,
        '百' or '佰' => 100m,
        '千' or '仟' => 1_000m,
        '万' or '萬' => 10_000m,
        '亿' or '億' => 100_000_000m,
        '兆' => 1_000_000_000_000m,
        _ => 0m,
    };

    private static Numeral? ReadDigits(string text, int start)
    {
        if (ReadWestern(text, start) is not var (value, end))
            return null;
        var (scale, scaleEnd, more) = ReadScale(text, end);
        if (scale == 1m)
            return new Numeral(start, end, value, 1m, NumeralKind.Digits, false);
        // Digits that run into each other before a scale are no number.
        if (value > decimal.MaxValue / scale)
            return null;
        value *= scale;
        end = scaleEnd;
        // 1兆460.9亿, 3亿2000万: further parts of falling scale.
        var last = scale;
        while (Scan.SkipSpace(text, end) is var next && next <= end + 1 && Scan.IsDigitAt(text, next) && ReadWestern(text, next) is var (part, partEnd))
        {
            var (partScale, partScaleEnd, partMore) = ReadScale(text, partEnd);
            if (partScale == 1m || part * partScale >= last)
                break;
            value += part * partScale;
            (end, last, more) = (partScaleEnd, partScale, more || partMore);
        }

        return new Numeral(start, end, value, scale, NumeralKind.Digits, more);
    }

    /// <summary>Digits with thousands separators and decimals; nothing where a second point makes it a version or a date.</summary>
    private static (decimal Value, int End)? ReadWestern(string text, int start)
    {
        var at = start;
        decimal value = 0;
        var digits = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            if (++digits > MaxDigits)
                return null;
            value = (value * 10) + (text[at++] - '0');
        }

        while (digits <= 12 && at - start <= MaxDigits && IsGroup(text, at, start))
        {
            value = (value * 1000) + ((text[at + 1] - '0') * 100) + ((text[at + 2] - '0') * 10) + (text[at + 3] - '0');
            (at, digits) = (at + 4, digits + 3);
        }

        return ReadFraction(text, at, value, digits);
    }

    private static (decimal Value, int End)? ReadFraction(string text, int at, decimal value, int digits)
    {
        if (!Scan.IsDigitAt(text, at + 1) || !Scan.IsAt(text, at, '.'))
            return (value, at);
        var unit = 1m;
        for (at++; Scan.IsDigitAt(text, at); at++)
        {
            if (++digits > MaxDigits)
                return null;
            unit /= 10;
            value += unit * (text[at] - '0');
        }

        return Scan.IsAt(text, at, '.') && Scan.IsDigitAt(text, at + 1) ? null : (value, at);
    }

    private static bool IsGroup(string text, int at, int start) =>
        Scan.IsAt(text, at, ',') && (at - start) is 1 or 2 or 3 or 5 or 6 or 7 or 9 or 10 or 11
        && Scan.IsDigitAt(text, at + 1) && Scan.IsDigitAt(text, at + 2) && Scan.IsDigitAt(text, at + 3) && !Scan.IsDigitAt(text, at + 4)
        && (at - start <= 3 || text[at - 4] == ',');

    private static (decimal Scale, int End, bool More) ReadScale(string text, int end)
    {
        var at = Scan.IsAt(text, end, ' ') ? end + 1 : end;
        var more = at < text.Length && text[at] is '余' or '多' && at + 1 < text.Length && ScaleOf(text[at + 1]) > 0;
        if (more)
            at++;
        var scale = 1m;
        while (at < text.Length && ScaleOf(text[at]) is > 0 and var factor && factor > 10m && !IsPartOfWord(text, at) && scale * factor <= MaxScale)
        {
            scale *= factor;
            at++;
        }

        if (scale == 1m)
            return (1m, end, false);
        if (Scan.IsAt(text, at, '余'))
            (at, more) = (at + 1, true);
        return (scale, at, more);
    }

    /// <summary>兆瓦, 兆赫 and the like are units; 千瓦, 千米, 千克 too; 百分点 and 百度 are words.</summary>
    private static bool IsPartOfWord(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return text[at] switch
        {
            '兆' => next is '瓦' or '赫' or '字' or '比' or '欧' or '帕' or '易' or '丰' or '芯',
            '千' => next is '瓦' or '米' or '克' or '赫' or '卡' or '伏' or '兆' or '问' or '寻',
            '百' => next is '分' or '度' or '川' or '货' or '炼',
            '万' => next is '科' or '卡' or '兴' or '达' or '华' or '物' or '相' or '维' or '得',
            _ => false,
        };
    }

    private const decimal LargestChinese = 1e12m;

    private static Numeral? ReadChinese(string text, int start)
    {
        decimal total = 0, section = 0, current = -1, lastScale = decimal.MaxValue;
        var (at, hasDigit, hasScale, more) = (start, false, false, false);
        for (; at < text.Length && at - start < 24; at++)
        {
            var c = text[at];
            if (ChineseDigit(c) is >= 0 and var digit)
            {
                // Two digits in a row are no quantity: a year, a code, or 三五 in the sense of a few.
                if (current > 0)
                    return null;
                (current, hasDigit) = (digit, true);
                continue;
            }

            if (c is '余' or '多' && at > start && at + 1 < text.Length && ScaleOf(text[at + 1]) > 10m)
            {
                more = true;
                continue;
            }

            var scale = ScaleOf(c);
            if (scale == 0 || IsPartOfWord(text, at))
                break;
            hasScale |= scale > 10m;
            hasDigit |= scale == 10m;
            if (scale < 10_000m)
            {
                section += (current < 0 ? 1 : current) * scale;
            }
            else
            {
                section += current < 0 ? 0 : current;
                // Past this the scales are words after one another and no number, and decimal would run over.
                if ((scale > MaxScale / 10_000m && total > 0) || total > LargestChinese || section > LargestChinese)
                    return null;
                total = Raise(total, section, scale, lastScale);
                (section, lastScale) = (0, scale);
            }

            current = -1;
        }

        if (at == start || total > 1e20m)
            return null;
        var value = total + section + (current < 0 ? 0 : current);
        // 一万五, 三百五: the last digit stands for tens or thousands; too rare to guess.
        if (hasScale && current > 0 && at - 2 >= start && text[at - 2] is not ('零' or '〇' or '十'))
            return null;
        if (value == 0)
            return null;
        var kind = !hasDigit ? NumeralKind.ScaleOnly : hasScale ? NumeralKind.ChineseScaled : NumeralKind.ChineseSmall;
        return new Numeral(start, at, value, 1m, kind, more);
    }

    /// <summary>万 and above: 千万 then 亿 multiplies what is there; 三亿 then 五千万 adds.</summary>
    private static decimal Raise(decimal total, decimal section, decimal scale, decimal lastScale)
    {
        if (total == 0)
            return (section == 0 ? 1 : section) * scale;
        if (section == 0)
            return total * scale;
        return scale < lastScale ? total + (section * scale) : (total + section) * scale;
    }
}
