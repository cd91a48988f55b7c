using System.Runtime.CompilerServices;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// One sentence with everything that was found in it: the unit on which rules match. Offsets are into <see cref="Passage"/>; the sentence
/// is the stretch from <see cref="Start"/> to <see cref="End"/>, and every annotation lies inside it.
/// </summary>
public sealed class Sentence
{
    private readonly Annotation[] annotations;
    private Array?[] byType = [];
    private Dictionary<Pattern, int[]>? placesOf;
    private TextFilter? filter;

    public Sentence(Block block, Passage passage, int start, int end, IEnumerable<Annotation> annotations)
    {
        (Block, Passage, Start, End) = (block, passage, start, end);
        this.annotations = [.. annotations.Where(a => a.Start >= start && a.End <= end)];
        Sort(this.annotations);
    }

    // By insertion: they come nearly in order, and equals must stay in theirs.
    private static void Sort(Annotation[] annotations)
    {
        for (var i = 1; i < annotations.Length; i++)
        {
            var (one, at) = (annotations[i], i);
            while (at > 0 && IsBefore(one, annotations[at - 1]))
                annotations[at] = annotations[--at];
            annotations[at] = one;
        }
    }

    private static bool IsBefore(Annotation one, Annotation other) => one.Start < other.Start || (one.Start == other.Start && one.End > other.End);

    public Block Block { get; }

    public Passage Passage { get; }

    public int Start { get; }

    public int End { get; }

    /// <summary>By start, the longer first.</summary>
    public IReadOnlyList<Annotation> Annotations => annotations;

    public string Text => Passage.Text[Start..End];

    /// <summary>What can stand in the sentence, to refuse most words without looking for them.</summary>
    internal TextFilter Filter => filter ??= new TextFilter(Passage.Text.AsSpan(Start, End - Start));

    public IEnumerable<Annotation> StartingAt(int position) => AllAt(position) is { IsEmpty: false } found ? found.ToArray() : [];

    internal ReadOnlySpan<Annotation> AllAt(int position)
    {
        var (first, end) = (FirstAt(position), 0);
        for (end = first; end < annotations.Length && annotations[end].Start == position; end++)
        {
        }

        return annotations.AsSpan(first, end - first);
    }

    // Rules ask for the same few types again and again.
    public IEnumerable<T> All<T>()
        where T : Annotation => Of<T>();

    internal T[] Of<T>()
        where T : Annotation => Of<T>(TypeNumber<T>.Value);

    /// <param name="number">The type's own, for those who ask so often that looking it up would show.</param>
    internal T[] Of<T>(int number)
        where T : Annotation
    {
        if (number < byType.Length && byType[number] is { } known)
            return Unsafe.As<T[]>(known);
        if (number >= byType.Length)
            Array.Resize(ref byType, Math.Max(TypeNumber.Count, number + 1));
        T[] found = [.. annotations.OfType<T>()];
        byType[number] = found;
        return found;
    }

    /// <summary>Annotations of a type that lie wholly inside a span.</summary>
    public IEnumerable<T> Within<T>(int start, int end)
        where T : Annotation => Of<T>().Where(a => a.Start >= start && a.End <= end);

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
        to = Math.Min(to, Passage.Text.Length);
        // The filter knows this sentence only; a caller may look before it.
        var isInside = from >= Start;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (isInside && !Filter.MayContain(word))
                continue;
            for (var at = Next(word, from, to); at >= 0 && (best is null || at <= best.Value.Start); at = Next(word, at + 1, to))
            {
                if (!Has(word, at, out var end))
                    continue;
                if (best is null || at < best.Value.Start || end > best.Value.End)
                    best = (at, end);
                break;
            }
        }

        return best;
    }

    /// <summary>Adds every place at which the word stands in the sentence.</summary>
    internal void AddPlaces(string word, List<int> into)
    {
        for (var at = Next(word, Start, End); at >= 0; at = Next(word, at + 1, End))
        {
            if (Has(word, at, out _))
                into.Add(at);
        }
    }

    /// <summary>Where a pattern may begin in the sentence, in order; found once, since a gap asks again from each of its own starts.</summary>
    internal int[] PlacesOf(Pattern pattern)
    {
        placesOf ??= new(ReferenceEqualityComparer.Instance);
        if (placesOf.TryGetValue(pattern, out var known))
            return known;
        var places = new List<int>();
        pattern.FindStarts(this, places);
        return placesOf[pattern] = [.. places];
    }

    // The first letters are looked for by themselves: that is vectorised for every script, a comparison without case is not.
    private int Next(string word, int from, int to)
    {
        var text = Passage.Text;
        var (lower, upper) = (char.ToLowerInvariant(word[0]), char.ToUpperInvariant(word[0]));
        for (var last = to - word.Length; from <= last; from++)
        {
            var rest = text.AsSpan(from, last - from + 1);
            var found = lower == upper ? rest.IndexOf(lower) : rest.IndexOfAny(lower, upper);
            if (found < 0)
                return -1;
            from += found;
            if (string.Compare(text, from, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return from;
        }

        return -1;
    }

    public bool Contains(IReadOnlyList<string> words, int from, int to) => Find(words, from, to) is not null;

    public int SkipSpace(int position)
    {
        while (position < End && Passage.Text[position] == ' ')
            position++;
        return position;
    }

    /// <summary>Index of the first annotation that starts at a position or after it.</summary>
    private int FirstAt(int position)
    {
        var (low, high) = (0, annotations.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (annotations[middle].Start < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);
}

/// <summary>Numbers the types of annotations as they are first asked for, so that a sentence finds its own of a type by an index.</summary>
internal static class TypeNumber
{
    private static int count;

    internal static int Count => Volatile.Read(ref count);

    internal static int Next() => Interlocked.Increment(ref count) - 1;
}

internal static class TypeNumber<T>
{
    internal static readonly int Value = TypeNumber.Next();
}
