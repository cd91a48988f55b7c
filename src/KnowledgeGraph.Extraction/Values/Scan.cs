namespace KnowledgeGraph.Extraction.Values;

/// <summary>Bounds-safe looks at a position of a text.</summary>
internal static class Scan
{
    public static char At(string text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';

    public static bool IsAt(string text, int at, char c) => (uint)at < (uint)text.Length && text[at] == c;

    public static bool IsAt(string text, int at, string word) =>
        at >= 0 && at <= text.Length && text.AsSpan(at).StartsWith(word, StringComparison.Ordinal);

    public static bool IsAtIgnoringCase(string text, int at, string word) =>
        at >= 0 && at <= text.Length && text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase);

    public static bool EndsAt(string text, int end, string word) =>
        end >= word.Length && end <= text.Length && text.AsSpan(0, end).EndsWith(word, StringComparison.OrdinalIgnoreCase);

    public static bool IsDigitAt(string text, int at) => char.IsAsciiDigit(At(text, at));

    public static bool IsLatinAt(string text, int at) => char.IsAsciiLetter(At(text, at));

    public static bool IsWordAt(string text, int at) => char.IsAsciiLetterOrDigit(At(text, at));

    public static bool IsHanAt(string text, int at) => At(text, at) is >= '\u3400' and <= '\u9fff';

    public static int SkipSpace(string text, int at) => IsAt(text, at, ' ') ? at + 1 : at;

    public static int SkipSpaceBack(string text, int end) => IsAt(text, end - 1, ' ') ? end - 1 : end;

    public static bool IsRangeDash(char c) => c is '-' or '–' or '—' or '~' or '～' or '−' or '－' or '〜';
}
