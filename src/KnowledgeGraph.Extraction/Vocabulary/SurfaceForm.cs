using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>Where a surface form counts.</summary>
internal enum Place
{
    Anywhere,

    /// <summary>Only where no ideograph runs into it from the left: the word is a piece of everyday text (国金 in 全国金融).</summary>
    Apart,

    /// <summary>Only in brackets, behind a dollar sign or an exchange (NASDAQ: NVDA), or as a whole cell.</summary>
    Brackets,

    /// <summary>
    /// Only behind a dollar sign or an exchange, or where the caller asks what company a cell names: bracketed it is an everyday
    /// abbreviation (人工智能（AI）).
    /// </summary>
    Asked,
}

/// <summary>One surface form of an entry, prepared for the trie.</summary>
/// <param name="Key">Folded, lower case, without separators; the path in the trie.</param>
/// <param name="Cased">The same in its own case.</param>
/// <param name="Place">Where it counts.</param>
/// <param name="Gaps">Bit i: the text may have one separator before the i-th character of the key.</param>
internal sealed record SurfaceForm(VocabularyEntry Entry, string Key, string Cased, ulong Gaps, bool CaseSensitive, Place Place)
{
    /// <summary>Gaps are bits of one word.</summary>
    public const int MaxKey = 63;

    /// <summary>A cell that holds nothing else may as well be an amount (1024) or a heading (AI).</summary>
    public bool IsDoubtfulAlone => Place == Place.Asked || (Place == Place.Brackets && Key.Length < 5 && Key[0] != '0' && Key.All(char.IsAsciiDigit));

    public static bool IsSeparator(char c) => c is ' ' or '-' or '‐' or '‑' or '–' or '_' or '·' or '‧' or '・' or '\n' or '\t';

    public static SurfaceForm From(VocabularyEntry entry, string alias, bool caseSensitive, Place place)
    {
        var folded = Folding.Fold(alias);
        var cased = new System.Text.StringBuilder(folded.Length);
        ulong gaps = 0;
        var afterSeparator = false;
        foreach (var c in folded)
        {
            if (IsSeparator(c))
            {
                afterSeparator = true;
                continue;
            }

            if (cased.Length is > 0 and < 64 && (afterSeparator || IsSeam(cased, c)))
                gaps |= 1UL << cased.Length;
            afterSeparator = false;
            cased.Append(c);
        }

        var text = cased.ToString();
        return new SurfaceForm(entry, text.ToLowerInvariant(), text, gaps, caseSensitive || IsShortLatin(text), place);
    }

    /// <summary>Between scripts, and between a word of three letters or more and its number, writers put a space or none.</summary>
    private static bool IsSeam(System.Text.StringBuilder before, char c)
    {
        var previous = before[^1];
        if (IsWide(previous) != IsWide(c))
            return true;
        if (!char.IsAsciiDigit(c) || before.Length < 3)
            return false;
        return char.IsAsciiLetter(previous) && char.IsAsciiLetter(before[^2]) && char.IsAsciiLetter(before[^3]);
    }

    /// <summary>Up to four Latin letters are a word in some language; there only the exact case is the name.</summary>
    private static bool IsShortLatin(string text) => text.Length <= 4 && text.All(char.IsAsciiLetter);

    private static bool IsWide(char c) => c >= 0x2E80;
}
