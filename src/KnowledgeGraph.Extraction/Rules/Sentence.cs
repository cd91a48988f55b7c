using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// One sentence with everything that was found in it: the unit on which rules match. Offsets are into <see cref="Passage"/>; the sentence
/// is the stretch from <see cref="Start"/> to <see cref="End"/>, and every annotation lies inside it.
/// </summary>
public sealed class Sentence
{
    private readonly ILookup<int, Annotation> byStart;

    public Sentence(Block block, Passage passage, int start, int end, IEnumerable<Annotation> annotations)
    {
        (Block, Passage, Start, End) = (block, passage, start, end);
        Annotations = [.. annotations.Where(a => a.Start >= start && a.End <= end).OrderBy(a => a.Start).ThenByDescending(a => a.End)];
        byStart = Annotations.ToLookup(a => a.Start);
    }

    public Block Block { get; }

    public Passage Passage { get; }

    public int Start { get; }

    public int End { get; }

    /// <summary>By start, the longer first.</summary>
    public IReadOnlyList<Annotation> Annotations { get; }

    public string Text => Passage.Text[Start..End];

    public IEnumerable<Annotation> StartingAt(int position) => byStart[position];

    public IEnumerable<T> All<T>()
        where T : Annotation => Annotations.OfType<T>();

    /// <summary>Annotations of a type that lie wholly inside a span.</summary>
    public IEnumerable<T> Within<T>(int start, int end)
        where T : Annotation => Annotations.OfType<T>().Where(a => a.Start >= start && a.End <= end);

    public string Slice(int start, int end) => Passage.Text[start..end];

    public string Slice(Annotation annotation) => Passage.Text[annotation.Start..annotation.End];

    /// <summary>Whether the text at a position, white space skipped, starts with a word; a Latin word must end there.</summary>
    public bool Has(string word, int at, out int end)
    {
        var text = Passage.Text;
        end = at + word.Length;
        return end <= End
            && string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
            && (!IsLatin(word[^1]) || end >= text.Length || !IsLatin(text[end]))
            && (!IsLatin(word[0]) || at == 0 || !IsLatin(text[at - 1]));
    }

    /// <summary>First place at or after a position, and before a limit, at which one of the words stands.</summary>
    public (int Start, int End)? Find(IReadOnlyList<string> words, int from, int to)
    {
        (int Start, int End)? best = null;
        foreach (var word in words)
        {
            for (var at = from; at < to; at++)
            {
                at = Passage.Text.IndexOf(word, at, to - at, StringComparison.OrdinalIgnoreCase);
                if (at < 0)
                    break;
                if (Has(word, at, out var end) && end <= to && (best is null || at < best.Value.Start || (at == best.Value.Start && end > best.Value.End)))
                    best = (at, end);
            }
        }

        return best;
    }

    public bool Contains(IReadOnlyList<string> words, int from, int to) => Find(words, from, to) is not null;

    public int SkipSpace(int position)
    {
        while (position < End && Passage.Text[position] == ' ')
            position++;
        return position;
    }

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);
}
