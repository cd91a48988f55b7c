using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// How an alias is found. Names are compared folded: width, script and case made one. Beginnings come from an index in the order of the folded
/// names; parts and misspellings from an index over keys, numbers that stand for what two names have to have in common:
/// every two and every three characters in a row, for a name within another; and the name with any one character left out, for names one
/// keystroke apart (SymSpell: a character too many, missing, wrong or exchanged with its neighbour leaves a common remainder).
/// What the keys find is looked at again, so that numbers that happen to agree do no harm.
/// </summary>
internal static class AliasKeys
{
    /// <summary>Shorter names are one keystroke from too many others.</summary>
    private const int ShortestMisspelt = 4;

    private const int ShortestIdeographicMisspelt = 3;

    private const int LongestMisspelt = 24;

    public static string Fold(string text) => Folding.Fold(text.Trim()).ToLowerInvariant();

    /// <summary>All keys under which a folded name stands.</summary>
    public static int[] Of(string folded) => [.. Runs(folded, 2).Concat(Runs(folded, 3)).Concat(Remainders(folded)).Distinct().Order()];

    /// <summary>Keys that any name has which contains this one, the fewest that tell; none for a single character.</summary>
    public static IEnumerable<int> Parts(string folded) => Runs(folded, folded.Length > 2 ? 3 : 2);

    /// <summary>Keys of which any name one keystroke from this one has at least one; none where the name is too short or too long.</summary>
    public static IEnumerable<int> Remainders(string folded) => !IsMisspelt(folded)
        ? []
        : Enumerable.Range(0, folded.Length).Select(i => Hash('r', folded.AsSpan(0, i), folded.AsSpan(i + 1))).Append(Hash('r', folded, []));

    /// <summary>Whether one keystroke makes the one of the other: a character inserted, removed, replaced, or two neighbours exchanged.</summary>
    public static bool IsOneKeystroke(string one, string other)
    {
        if (one == other || Math.Abs(one.Length - other.Length) > 1)
            return false;
        var (longer, shorter) = one.Length >= other.Length ? (one, other) : (other, one);
        var same = 0;
        while (same < shorter.Length && longer[same] == shorter[same])
            same++;
        if (longer.Length > shorter.Length)
            return longer.AsSpan(same + 1).SequenceEqual(shorter.AsSpan(same));
        return longer.AsSpan(same + 1).SequenceEqual(shorter.AsSpan(same + 1))
            || (same + 1 < longer.Length && longer[same] == shorter[same + 1] && longer[same + 1] == shorter[same]
                && longer.AsSpan(same + 2).SequenceEqual(shorter.AsSpan(same + 2)));
    }

    private static IEnumerable<int> Runs(string folded, int length) =>
        Enumerable.Range(0, Math.Max(0, folded.Length - length + 1)).Select(i => Hash((char)('0' + length), folded.AsSpan(i, length), []));

    private static bool IsMisspelt(string folded) =>
        folded.Length <= LongestMisspelt && folded.Length >= (folded.All(character => character >= '\u3400') ? ShortestIdeographicMisspelt : ShortestMisspelt);

    // FNV-1a, by the UTF-16 units.
    private static int Hash(char kind, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var hash = Step(2166136261, kind);
        foreach (var character in first)
            hash = Step(hash, character);
        foreach (var character in second)
            hash = Step(hash, character);
        return unchecked((int)hash);

        static uint Step(uint hash, char character) => unchecked((((hash ^ (byte)character) * 16777619) ^ (byte)(character >> 8)) * 16777619);
    }
}
