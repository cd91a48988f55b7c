using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>A marker at the start of a list item or heading: how long it is, of which sort, and what depth it implies.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Marker(int Length, MarkerSort Sort, int Depth)
{
    public bool Found => Length > 0;
}

internal enum MarkerSort
{
    None,

    /// <summary>-, *, •, l (a bullet whose font was lost).</summary>
    Bullet,

    /// <summary>1. 1、 1） (1) ① (a)</summary>
    Number,

    /// <summary>1.1 4.2、 1.2.3</summary>
    Section,

    /// <summary>一、 （一） 第一章</summary>
    Ideographic,

    /// <summary># of Markdown.</summary>
    Hash,
}

/// <summary>Shapes of single lines, told without knowledge of their neighbours.</summary>
internal static class LineShape
{
    private const string Numerals = "一二三四五六七八九十";

    private static readonly string[] CaptionWords = ["图表", "附图", "附表", "图", "表", "figure", "fig.", "exhibit", "table", "chart"];

    private static readonly string[] SourceWords = ["资料来源", "数据来源", "图表来源", "来源", "source", "sources", "datasource", "datasources"];

    private static readonly string[] NoteWords = ["注", "备注", "附注", "注释", "note", "notes", "n.b."];

    /// <summary>Width in columns: ideographs and full-width forms count two.</summary>
    public static int Width(ReadOnlySpan<char> span)
    {
        var width = 0;
        foreach (var character in span)
        {
            width += IsWide(character) ? 2 : 1;
        }

        return width;
    }

    public static bool IsWide(char character) => character is (>= '\u2E80' and <= '\uD7FF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF01' and <= '\uFF60');

    /// <summary>Whether the line ends as a sentence does, quotes and a bracketed source after the stop allowed: ……倍。（财联社）</summary>
    public static bool EndsSentence(ReadOnlySpan<char> span)
    {
        var end = span.Length;
        while (end > 0 && span[end - 1] is '"' or '”' or '’' or '』' or '」' or '*' or '_' or ' ' or '\'' or '`')
        {
            end--;
        }

        if (end > 0 && span[end - 1] is '）' or ')' or ']' or '】')
        {
            var open = span[..(end - 1)].LastIndexOfAny("（([【");
            var before = open > 0 && end - open < 60 ? LastVisible(span[..open]) : '\0';
            if (IsStop(before))
            {
                return true;
            }

            var inside = LastVisible(span[..(end - 1)]);
            return IsStop(inside);
        }

        return end > 0 && (IsStop(span[end - 1]) || span[end - 1] is ':' or '：');
    }

    public static bool IsStop(char character) => character is '。' or '！' or '？' or '；' or '.' or '!' or '?' or ';' or '…' or '．';

    public static char LastVisible(ReadOnlySpan<char> span)
    {
        for (var i = span.Length - 1; i >= 0; i--)
        {
            if (!char.IsWhiteSpace(span[i]) && span[i] is not ('*' or '_'))
            {
                return span[i];
            }
        }

        return '\0';
    }

    /// <summary>图表3：, 表 2 , Figure 3:, and 图：; the length of the label with what separates it from the title, or 0.</summary>
    public static int CaptionLabel(ReadOnlySpan<char> span)
    {
        var skipped = Skip(span, 0, "*_#> ");
        var word = FirstOf(CaptionWords, span[skipped..]);
        if (word == 0)
        {
            return 0;
        }

        var i = skipped + word;
        var digits = Skip(span, Skip(span, i, " \t　"), "0123456789０１２３４５６７８９.-–");
        digits = digits > i ? digits : Skip(span, i, Numerals);
        var numbered = digits > i && span[i..digits].IndexOfAnyInRange('0', '9') >= 0 || span[i..digits].IndexOfAny(Numerals) >= 0 || span[i..digits].IndexOfAnyInRange('０', '９') >= 0;
        i = numbered ? digits : i;
        var separated = Skip(span, i, " \t　*");
        if (separated < span.Length && span[separated] is ':' or '：' or '|' or '｜' or '—' or '–')
        {
            return Skip(span, separated, ":：|｜—– \t　*");
        }

        var shortTitle = !EndsSentence(span) && Width(span) <= 110;
        return numbered && shortTitle && (separated > i || span[i - 1] == '.' || i == span.Length) ? separated : 0;
    }

    public static bool IsSource(Line line) => StartsWithLabel(line.Key, SourceWords);

    public static bool IsNote(Line line) => StartsWithLabel(line.Key, NoteWords);

    private static bool StartsWithLabel(string key, string[] words)
    {
        var start = key.StartsWith('(') || key.StartsWith('_') ? 1 : 0;
        foreach (var word in words)
        {
            var end = start + word.Length;
            if (string.CompareOrdinal(key, start, word, 0, word.Length) != 0)
            {
                continue;
            }

            end += end < key.Length && char.IsAsciiDigit(key[end]) ? 1 : 0;
            if (end < key.Length && key[end] == ':')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The marker at the start of a line, white space after it included.</summary>
    public static Marker MarkerOf(ReadOnlySpan<char> span)
    {
        if (span.IsEmpty)
        {
            return default;
        }

        var bullet = BulletLength(span);
        if (bullet > 0)
        {
            // '- 1) …' is one marker, not an item within an item.
            var inner = NumberMarker(span[bullet..]);
            return new Marker(bullet + inner.Length, MarkerSort.Bullet, 0);
        }

        var hashes = Skip(span, 0, "#");
        if (hashes is > 0 and <= 6 && (hashes == span.Length || char.IsWhiteSpace(span[hashes])))
        {
            return new Marker(Skip(span, hashes, " \t　"), MarkerSort.Hash, hashes);
        }

        var ideographic = IdeographicMarker(span);
        return ideographic.Found ? ideographic : NumberMarker(span);
    }

    private static int BulletLength(ReadOnlySpan<char> span)
    {
        var isMark = span[0] is '•' or '●' or '■' or '◆' or '◇' or '○' or '▶' or '▪' or '▲' or '►' or '➢' or '➤' or '✓' or '✔' or '√' or '·' or '□' or '★' or '※'
            or (>= '\uE000' and <= '\uF8FF');
        if (isMark)
        {
            return Skip(span, 1, " \t　");
        }

        var isDash = span[0] is '-' or '*' or '+' or '–' or '—' && span.Length > 1 && char.IsWhiteSpace(span[1]);
        if (isDash)
        {
            return Skip(span, 1, " \t　");
        }

        // Wingdings bullets come out of PDF files as the letters l, n, u, p and the private-use characters above.
        var isLostBullet = span.Length > 2 && span[0] is 'l' or 'n' or 'u' or 'p' && span.Length > 2 && char.IsWhiteSpace(span[1])
            && Folding.IsIdeographic(span[Math.Min(Skip(span, 1, " \t　"), span.Length - 1)]);
        return isLostBullet ? Skip(span, 1, " \t　") : 0;
    }

    private static Marker IdeographicMarker(ReadOnlySpan<char> span)
    {
        var open = span[0] is '（' or '(' ? 1 : 0;
        var end = Skip(span, open, Numerals);
        if (end > open && end - open <= 3 && end < span.Length)
        {
            if (open == 1 && span[end] is '）' or ')')
            {
                return new Marker(Skip(span, end + 1, "、 \t　"), MarkerSort.Ideographic, 2);
            }

            if (open == 0 && span[end] is '、' or '．' or '.')
            {
                return new Marker(Skip(span, end + 1, " \t　"), MarkerSort.Ideographic, 1);
            }
        }

        if (span[0] == '第')
        {
            var number = Skip(span, 1, Numerals + "0123456789 ");
            var isPart = number > 1 && number < span.Length && span[number] is '章' or '部' or '节' or '節';
            return isPart ? new Marker(Skip(span, number + (span[number] == '部' ? 2 : 1), "：: 、\t　"), MarkerSort.Ideographic, 1) : default;
        }

        return default;
    }

    private static Marker NumberMarker(ReadOnlySpan<char> span)
    {
        if (span.IsEmpty)
        {
            return default;
        }

        if (span[0] is >= '\u2460' and <= '\u2473')
        {
            return new Marker(Skip(span, 1, " \t　"), MarkerSort.Number, 3);
        }

        var open = span[0] is '（' or '(' or '【' or '[' ? 1 : 0;
        var digits = Skip(span, open, "0123456789０１２３４５６７８９");
        if (digits - open is 0 or > 2 || digits == span.Length)
        {
            return open == 0 ? default : LetterMarker(span);
        }

        if (open == 1)
        {
            return span[0] is '（' or '(' && span[digits] is '）' or ')' ? new Marker(Skip(span, digits + 1, "、 \t　"), MarkerSort.Number, 3) : default;
        }

        return AfterDigits(span, digits);
    }

    private static Marker AfterDigits(ReadOnlySpan<char> span, int digits)
    {
        var next = digits + 1 < span.Length ? span[digits + 1] : ' ';
        switch (span[digits])
        {
            case ')' or '）':
                return new Marker(Skip(span, digits + 1, "、 \t　"), MarkerSort.Number, 3);
            case '、' or '．':
                return new Marker(Skip(span, digits + 1, " \t　"), MarkerSort.Number, 2);
            case '.' when !char.IsAsciiDigit(next):
                return new Marker(Skip(span, digits + 1, " \t　"), MarkerSort.Number, 2);
            case '/' when digits + 1 < span.Length && char.IsWhiteSpace(next):
                return new Marker(Skip(span, digits + 1, " \t"), MarkerSort.Section, 1);
            case ' ' when span.Length > digits + 2 && next is '/' or '|' && span[digits + 2] == ' ':
                return new Marker(digits + 3, MarkerSort.Section, 1);
            case '.':
                return SectionMarker(span, digits);
            default:
                return default;
        }
    }

    /// <summary>1.1、 and 4.2 … of a heading; whether it is one and not a decimal number is for the caller to see from the rest.</summary>
    private static Marker SectionMarker(ReadOnlySpan<char> span, int firstDigits)
    {
        var end = firstDigits;
        var depth = 1;
        while (end + 1 < span.Length && span[end] == '.' && char.IsAsciiDigit(span[end + 1]))
        {
            end = Skip(span, end + 1, "0123456789");
            depth++;
        }

        var separator = end < span.Length && span[end] is '、' or '.' or ' ' or '\t' or '　';
        return depth <= 4 && separator ? new Marker(Skip(span, end, "、. \t　"), MarkerSort.Section, depth) : default;
    }

    private static Marker LetterMarker(ReadOnlySpan<char> span) =>
        span.Length > 3 && span[0] is '(' or '（' && char.IsAsciiLetter(span[1]) && span[2] is ')' or '）'
            ? new Marker(Skip(span, 3, " \t　"), MarkerSort.Number, 4)
            : default;

    public static int Skip(ReadOnlySpan<char> span, int start, ReadOnlySpan<char> characters)
    {
        while (start < span.Length && characters.Contains(span[start]))
        {
            start++;
        }

        return start;
    }

    private static int FirstOf(string[] words, ReadOnlySpan<char> span)
    {
        foreach (var word in words)
        {
            if (span.Length < word.Length)
            {
                continue;
            }

            var i = 0;
            while (i < word.Length && char.ToLowerInvariant(Folding.Fold(span[i])) == word[i])
            {
                i++;
            }

            if (i == word.Length)
            {
                return word.Length;
            }
        }

        return 0;
    }
}
