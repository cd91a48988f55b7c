namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Which pairs of characters stand in a text, as a Bloom filter without regard to case: a word whose first pair is not in it cannot stand
/// in the text. Rules ask a sentence for thousands of words of which it has a handful.
/// </summary>
internal sealed class TextFilter
{
    private const int Bits = 12;

    private readonly ulong[] bits = new ulong[(1 << Bits) / 64];

    public TextFilter(ReadOnlySpan<char> text)
    {
        var previous = '\0';
        foreach (var c in text)
        {
            var folded = Fold(c);
            Set(Slot('\0', folded));
            Set(Slot(previous, folded));
            previous = folded;
        }
    }

    public bool MayContain(string word) => MayContain(SlotOf(word));

    public bool MayContain(int slot) => (bits[slot >> 6] & (1UL << slot)) != 0;

    /// <summary>The word's place in any filter.</summary>
    public static int SlotOf(string word) => word.Length == 1 ? Slot('\0', Fold(word[0])) : Slot(Fold(word[0]), Fold(word[1]));

    public static char Fold(char c) => c < 0x80 ? (char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c) : c < 0x2E80 ? char.ToLowerInvariant(c) : c;

    private void Set(int slot) => bits[slot >> 6] |= 1UL << slot;

    private static int Slot(char first, char second) => (int)((((uint)first * 40503u) + second) * 2654435769u >> (32 - Bits));
}
