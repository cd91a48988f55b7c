namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>Whether a form stands where it counts: in running text AI, NET or 2330 is a word or a number, and 国金 may be a piece of others.</summary>
internal static class Placement
{
    /// <summary>How far from a ticker its bracket may be: room for a second listing and an exchange.</summary>
    private const int Reach = 40;

    public static bool Allows(string text, SurfaceMatch match) => match.Form.Place switch
    {
        Place.Anywhere => true,
        Place.Apart => match.Start == 0 || IsLeftEdge(text[match.Start - 1]),
        Place.Brackets => IsWhole(text, match) || IsAnnounced(text, match.Start) || IsBracketed(text, match),
        _ => IsAnnounced(text, match.Start),
    };

    /// <summary>Punctuation, a letter, or a conjunction, which takes a name on its right.</summary>
    private static bool IsLeftEdge(char before) => before is '和' or '与' or '及' or '跟' || before is < '\u3400' or > '\u9FFF';

    private static bool IsWhole(string text, SurfaceMatch match) => !match.Form.IsDoubtfulAlone && text.AsSpan().Trim().Length == match.End - match.Start;

    /// <summary>Behind a dollar sign or an exchange's name and colon: $NVDA, NASDAQ: NVDA.</summary>
    private static bool IsAnnounced(string text, int start)
    {
        var before = text.AsSpan(0, start).TrimEnd();
        if (before.EndsWith("$"))
            return before.Length == start && char.IsAsciiLetterUpper(text[start]);
        return before.EndsWith(":") && before.Length > 2 && char.IsAsciiLetterUpper(before[^2]) && char.IsAsciiLetterUpper(before[^3]);
    }

    private static bool IsBracketed(string text, SurfaceMatch match)
    {
        var before = text.AsSpan(Math.Max(0, match.Start - Reach), match.Start - Math.Max(0, match.Start - Reach));
        var after = text.AsSpan(match.End, Math.Min(Reach, text.Length - match.End));
        var open = before.LastIndexOfAny('(', '[');
        var close = after.IndexOfAny(')', ']');
        if (open < 0 || close < 0 || before[open..].IndexOfAny(')', ']') >= 0)
            return false;
        if (!char.IsAsciiDigit(match.Form.Key[0]))
            return true;
        var owner = before[..open].TrimEnd();
        return owner.Length > 0 && char.IsLetter(owner[^1]) && (IsEdge(before.TrimEnd(), fromEnd: true) && IsEdge(after.TrimStart(), fromEnd: false));
    }

    /// <summary>A number in brackets is a code only where it stands alone and behind a name: 台积电(2330), TSMC (2330/TSM).</summary>
    private static bool IsEdge(ReadOnlySpan<char> side, bool fromEnd) => side.Length > 0 && (fromEnd ? side[^1] : side[0]) is '(' or '[' or ')' or ']' or '/' or ',' or ':' or ';' or '、';
}
