using System.Buffers;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// What a rule looks for, as a list of items: a literal out of a set, an annotation of a type, a bounded gap, something optional. Items
/// are tried left to right with backtracking, white space between items is free, and shorter gaps come first. A pattern never leaves
/// the sentence.
/// </summary>
public abstract class Pattern
{
    /// <summary>One of the words stands here.</summary>
    public static Pattern Lit(params string[] words) => new Literal([.. words.OrderByDescending(w => w.Length)]);

    /// <summary>An annotation of this type starts here.</summary>
    public static Pattern Ann<T>(string? name = null, Func<T, bool>? where = null)
        where T : Annotation => new Annotated<T>(name, where);

    /// <summary>At most so many characters of anything, without a clause or sentence mark out of <paramref name="not"/>.</summary>
    public static Pattern Gap(int max, string not = "。;") => new Anything(max, not);

    public static Pattern Opt(params Pattern[] items) => new Optional(Seq(items));

    public static Pattern Alt(params Pattern[] items) => new Alternatives(items);

    public static Pattern Seq(params Pattern[] items) => items.Length == 1 ? items[0] : new Sequence(items);

    /// <summary>The same as the pattern, its span remembered under a name.</summary>
    public Pattern As(string name) => new Named(name, this);

    /// <summary>All ways to match from a position on, best first.</summary>
    internal abstract IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match);

    /// <summary>Whether the pattern may match without taking a character.</summary>
    internal virtual bool MayBeEmpty => false;

    /// <summary>A quick look: false where something that the pattern cannot do without is not in the sentence at all.</summary>
    internal virtual bool MayMatch(Sentence sentence) => true;

    /// <summary>Adds the positions at which a match may begin; what an item cannot tell is every position.</summary>
    internal virtual void AddStarts(Sentence sentence, List<int> into) => into.AddRange(Enumerable.Range(sentence.Start, sentence.End - sentence.Start));

    /// <summary>The best match at each start in a sentence, in order.</summary>
    public IEnumerable<PatternMatch> In(Sentence sentence)
    {
        if (!MayMatch(sentence))
            yield break;
        var starts = new List<int>();
        FindStarts(sentence, starts);
        foreach (var at in starts)
        {
            foreach (var match in From(at, sentence))
            {
                yield return match;
                break;
            }
        }
    }

    /// <summary>All ways to match at a start, best first, or none: where a builder declines one, the next is tried.</summary>
    internal IEnumerable<PatternMatch> From(int start, Sentence sentence) => At(sentence, start, new PatternMatch(start));

    /// <summary>Adds to an empty list the positions at which a match may begin, in order and each once.</summary>
    internal void FindStarts(Sentence sentence, List<int> into)
    {
        AddStarts(sentence, into);
        if (into.Count < 2)
            return;
        into.Sort();
        var count = 1;
        for (var index = 1; index < into.Count; index++)
        {
            if (into[count - 1] != into[index])
                into[count++] = into[index];
        }

        into.RemoveRange(count, into.Count - count);
    }

    private sealed class Literal(string[] words) : Pattern
    {
        private readonly int[] slots = [.. words.Select(TextFilter.SlotOf)];
        private readonly Dictionary<char, string[]> byFirst = words.GroupBy(word => TextFilter.Fold(word[0])).ToDictionary(group => group.Key, group => group.ToArray());

        internal override bool MayMatch(Sentence sentence)
        {
            var filter = sentence.Filter;
            foreach (var slot in slots)
            {
                if (filter.MayContain(slot))
                    return true;
            }

            return false;
        }

        internal override void AddStarts(Sentence sentence, List<int> into)
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (sentence.Filter.MayContain(slots[i]))
                    sentence.AddPlaces(words[i], into);
            }
        }

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            position = sentence.SkipSpace(position);
            return position < sentence.End && byFirst.TryGetValue(TextFilter.Fold(sentence.Passage.Text[position]), out var candidates)
                ? Among(candidates, sentence, position, match)
                : [];
        }

        private static IEnumerable<PatternMatch> Among(string[] candidates, Sentence sentence, int position, PatternMatch match)
        {
            foreach (var word in candidates)
            {
                if (sentence.Has(word, position, out var end))
                    yield return match.To(end);
            }
        }
    }

    private sealed class Annotated<T>(string? name, Func<T, bool>? where) : Pattern
        where T : Annotation
    {
        internal override bool MayMatch(Sentence sentence) => sentence.Of<T>().Length > 0;

        internal override void AddStarts(Sentence sentence, List<int> into)
        {
            foreach (var annotation in sentence.Of<T>())
                into.Add(annotation.Start);
        }

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            foreach (var annotation in sentence.StartingAt(sentence.SkipSpace(position)))
            {
                if (annotation is T typed && (where is null || where(typed)))
                    yield return name is null ? match.To(annotation.End) : match.With(name, annotation).To(annotation.End);
            }
        }
    }

    private sealed class Anything(int max, string not) : Pattern
    {
        private readonly SearchValues<char> marks = SearchValues.Create(not);

        internal override bool MayBeEmpty => true;

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            var end = Math.Min(sentence.End, position + max);
            for (var at = position; at <= end; at++)
            {
                yield return match.To(at);
                if (at < end && not.Contains(sentence.Passage.Text[at], StringComparison.Ordinal))
                    yield break;
            }
        }

        /// <summary>The ends of the gap at which the item that follows may begin: the same as all ends, without the useless ones.</summary>
        internal IEnumerable<PatternMatch> EndsBefore(Pattern item, Sentence sentence, int position, PatternMatch match)
        {
            var last = Math.Min(sentence.End, position + max);
            var mark = sentence.Passage.Text.AsSpan(position, last - position).IndexOfAny(marks);
            last = sentence.SkipSpace(mark < 0 ? last : position + mark);
            var places = sentence.PlacesOf(item);
            for (var index = FirstFrom(places, position); index < places.Length && places[index] <= last; index++)
                yield return match.To(places[index]);
        }

        private static int FirstFrom(int[] places, int position)
        {
            var index = Array.BinarySearch(places, position);
            return index < 0 ? ~index : index;
        }
    }

    private sealed class Optional(Pattern item) : Pattern
    {
        internal override bool MayBeEmpty => true;

        internal override void AddStarts(Sentence sentence, List<int> into) => item.AddStarts(sentence, into);

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            foreach (var next in item.At(sentence, position, match))
                yield return next;
            yield return match.To(position);
        }
    }

    private sealed class Alternatives(Pattern[] items) : Pattern
    {
        internal override bool MayBeEmpty { get; } = Array.Exists(items, item => item.MayBeEmpty);

        internal override bool MayMatch(Sentence sentence)
        {
            foreach (var item in items)
            {
                if (item.MayMatch(sentence))
                    return true;
            }

            return false;
        }

        internal override void AddStarts(Sentence sentence, List<int> into)
        {
            foreach (var item in items)
            {
                if (item.MayMatch(sentence))
                    item.AddStarts(sentence, into);
            }
        }

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            foreach (var item in items)
            {
                foreach (var next in item.At(sentence, position, match))
                    yield return next;
            }
        }
    }

    private sealed class Sequence(Pattern[] items) : Pattern
    {
        internal override bool MayBeEmpty { get; } = Array.TrueForAll(items, item => item.MayBeEmpty);

        internal override bool MayMatch(Sentence sentence)
        {
            foreach (var item in items)
            {
                if (!item.MayMatch(sentence))
                    return false;
            }

            return true;
        }

        // A match begins where its first item does, or where the first that cannot be left out does.
        internal override void AddStarts(Sentence sentence, List<int> into)
        {
            foreach (var item in items)
            {
                item.AddStarts(sentence, into);
                if (!item.MayBeEmpty)
                    return;
            }
        }

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match) => From(0, sentence, position, match);

        private IEnumerable<PatternMatch> From(int index, Sentence sentence, int position, PatternMatch match)
        {
            if (index == items.Length - 1)
                return items[index].At(sentence, position, match);
            return Then(index, sentence, position, match);
        }

        private IEnumerable<PatternMatch> Then(int index, Sentence sentence, int position, PatternMatch match)
        {
            var following = items[index + 1];
            var ways = items[index] is Anything gap && !following.MayBeEmpty ? gap.EndsBefore(following, sentence, position, match) : items[index].At(sentence, position, match);
            foreach (var next in ways)
            {
                foreach (var whole in From(index + 1, sentence, next.End, next))
                    yield return whole;
            }
        }
    }

    private sealed class Named(string name, Pattern item) : Pattern
    {
        internal override bool MayBeEmpty => item.MayBeEmpty;

        internal override bool MayMatch(Sentence sentence) => item.MayMatch(sentence);

        internal override void AddStarts(Sentence sentence, List<int> into) => item.AddStarts(sentence, into);

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            var start = sentence.SkipSpace(position);
            foreach (var next in item.At(sentence, position, match))
                yield return next.With(name, new Span(Math.Min(start, next.End), next.End)).To(next.End);
        }
    }
}

/// <summary>A matched stretch without a type of its own.</summary>
public sealed record Span(int Start, int End) : Annotation(Start, End);

/// <summary>Where a pattern matched, and what it remembered by name; immutable, so that backtracking costs nothing to undo.</summary>
public sealed class PatternMatch
{
    private readonly PatternMatch? outer;
    private readonly string? name;
    private readonly Annotation? value;

    internal PatternMatch(int start) => (Start, End) = (start, start);

    private PatternMatch(PatternMatch outer, string? name, Annotation? value, int end) => (this.outer, this.name, this.value, Start, End) = (outer, name, value, outer.Start, end);

    public int Start { get; }

    public int End { get; }

    internal PatternMatch To(int end) => end == End ? this : new PatternMatch(this, null, null, end);

    internal PatternMatch With(string key, Annotation annotation) => new(this, key, annotation, End);

    public T? Find<T>(string key)
        where T : Annotation
    {
        for (var at = this; at is not null; at = at.outer)
        {
            if (at.name == key)
                return at.value as T;
        }

        return null;
    }

    public T Get<T>(string key)
        where T : Annotation => Find<T>(key) ?? throw new InvalidOperationException($"The pattern has no '{key}'.");
}
