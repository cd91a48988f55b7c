using System.Buffers;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// What a rule looks for, as a list of items: a literal out of a set, an annotation of a type, a bounded gap, something optional. Items
/// are tried left to right with backtracking, white space between items is free, and shorter gaps come first. A pattern never leaves
/// the sentence.
/// </summary>
public abstract class Pattern
{
    private Step? program;

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

    /// <summary>The pattern as steps, each of which goes on to the next: no way that fails leaves anything behind to collect.</summary>
    internal abstract Step Compile(Step next);

    /// <summary>Whether the pattern may match without taking a character.</summary>
    internal virtual bool MayBeEmpty => false;

    /// <summary>What <see cref="MayMatch"/> costs, in words looked up; nothing where it can only say yes.</summary>
    internal virtual int Cost => 0;

    /// <summary>A quick look: false where something that the pattern cannot do without is not in the sentence at all.</summary>
    internal virtual bool MayMatch(Sentence sentence) => true;

    /// <summary>Adds the positions at which a match may begin; what an item cannot tell is every position.</summary>
    internal virtual void AddStarts(Sentence sentence, List<int> into) => into.AddRange(Enumerable.Range(sentence.Start, sentence.End - sentence.Start));

    /// <summary>The best match at each start in a sentence, in order.</summary>
    public IReadOnlyList<PatternMatch> In(Sentence sentence)
    {
        if (!MayMatch(sentence))
            return [];
        var (starts, found) = (new List<int>(), new List<PatternMatch>());
        FindStarts(sentence, starts);
        foreach (var at in starts)
        {
            Try(at, sentence, match =>
            {
                found.Add(match);
                return true;
            });
        }

        return found;
    }

    /// <summary>Offers all ways to match at a start, best first, until one is taken: where a builder declines one, the next is tried.</summary>
    internal void Try(int start, Sentence sentence, Func<PatternMatch, bool> take) => (program ??= Compile(Step.Last)).Match(new Matching(sentence, start, take), start);

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

        internal override int Cost => slots.Length;

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

        internal override Step Compile(Step next) => new Reading(new WordTable(words), next);

        private sealed class Reading(WordTable table, Step next) : Step
        {
            internal override bool Match(Matching matching, int position)
            {
                var sentence = matching.Sentence;
                position = sentence.SkipSpace(position);
                foreach (var word in table.Candidates(sentence, position))
                {
                    if (sentence.Has(word, position, out var end) && next.Match(matching, end))
                        return true;
                }

                return false;
            }
        }
    }

    private sealed class Annotated<T>(string? name, Func<T, bool>? where) : Pattern
        where T : Annotation
    {
        private readonly int type = TypeNumber<T>.Value;

        internal override bool MayMatch(Sentence sentence) => sentence.Of<T>(type).Length > 0;

        internal override void AddStarts(Sentence sentence, List<int> into)
        {
            foreach (var annotation in sentence.Of<T>(type))
                into.Add(annotation.Start);
        }

        internal override Step Compile(Step next) => new Reading(name, where, next);

        private sealed class Reading(string? name, Func<T, bool>? where, Step next) : Step
        {
            internal override bool Match(Matching matching, int position)
            {
                position = matching.Sentence.SkipSpace(position);
                foreach (var annotation in matching.Sentence.AllAt(position))
                {
                    if (annotation is T typed && (where is null || where(typed)) && Goes(matching, typed))
                        return true;
                }

                return false;
            }

            private bool Goes(Matching matching, T annotation)
            {
                if (name is null)
                    return next.Match(matching, annotation.End);
                matching.Remember(name, annotation);
                if (next.Match(matching, annotation.End))
                    return true;
                matching.Forget();
                return false;
            }
        }
    }

    private sealed class Anything(int max, string not) : Pattern
    {
        private readonly SearchValues<char> marks = SearchValues.Create(not);

        internal override bool MayBeEmpty => true;

        internal override Step Compile(Step next) => new Skipping(max, not, next);

        /// <summary>The gap, ended only where the item that follows may begin: the same ways as all ends, without the useless ones.</summary>
        internal Step CompileBefore(Pattern following, Step next) => new SkippingTo(max, marks, following, next);

        private sealed class Skipping(int max, string not, Step next) : Step
        {
            internal override bool Match(Matching matching, int position)
            {
                var end = Math.Min(matching.Sentence.End, position + max);
                for (var at = position; at <= end; at++)
                {
                    if (next.Match(matching, at))
                        return true;
                    if (at < end && not.Contains(matching.Sentence.Passage.Text[at], StringComparison.Ordinal))
                        return false;
                }

                return false;
            }
        }

        private sealed class SkippingTo(int max, SearchValues<char> marks, Pattern following, Step next) : Step
        {
            internal override bool Match(Matching matching, int position)
            {
                var sentence = matching.Sentence;
                var last = Math.Min(sentence.End, position + max);
                var mark = sentence.Passage.Text.AsSpan(position, last - position).IndexOfAny(marks);
                last = sentence.SkipSpace(mark < 0 ? last : position + mark);
                var places = sentence.PlacesOf(following);
                for (var index = FirstFrom(places, position); index < places.Length && places[index] <= last; index++)
                {
                    if (next.Match(matching, places[index]))
                        return true;
                }

                return false;
            }

            private static int FirstFrom(int[] places, int position)
            {
                var index = Array.BinarySearch(places, position);
                return index < 0 ? ~index : index;
            }
        }
    }

    private sealed class Optional(Pattern item) : Pattern
    {
        internal override bool MayBeEmpty => true;

        internal override void AddStarts(Sentence sentence, List<int> into) => item.AddStarts(sentence, into);

        internal override Step Compile(Step next) => new Either([item.Compile(next), next]);
    }

    private sealed class Either(Step[] ways) : Step
    {
        internal override bool Match(Matching matching, int position)
        {
            foreach (var way in ways)
            {
                if (way.Match(matching, position))
                    return true;
            }

            return false;
        }
    }

    private sealed class Alternatives(Pattern[] items) : Pattern
    {
        internal override bool MayBeEmpty { get; } = Array.Exists(items, item => item.MayBeEmpty);

        internal override int Cost { get; } = items.Sum(item => item.Cost);

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

        internal override Step Compile(Step next) => new Either([.. items.Select(item => item.Compile(next))]);
    }

    private sealed class Sequence(Pattern[] items) : Pattern
    {
        private readonly Pattern[] needed = [.. items.Where(item => !item.MayBeEmpty).OrderBy(item => item.Cost)];

        internal override bool MayBeEmpty { get; } = Array.TrueForAll(items, item => item.MayBeEmpty);

        internal override int Cost { get; } = items.Sum(item => item.Cost);

        internal override bool MayMatch(Sentence sentence)
        {
            foreach (var item in needed)
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

        internal override Step Compile(Step next)
        {
            for (var i = items.Length - 1; i >= 0; i--)
                next = items[i] is Anything gap && i + 1 < items.Length && !items[i + 1].MayBeEmpty ? gap.CompileBefore(items[i + 1], next) : items[i].Compile(next);
            return next;
        }
    }

    private sealed class Named(string name, Pattern item) : Pattern
    {
        internal override bool MayBeEmpty => item.MayBeEmpty;

        internal override int Cost => item.Cost;

        internal override bool MayMatch(Sentence sentence) => item.MayMatch(sentence);

        internal override void AddStarts(Sentence sentence, List<int> into) => item.AddStarts(sentence, into);

        internal override Step Compile(Step next) => new Opening(item.Compile(new Closing(name, next)));

        private sealed class Opening(Step next) : Step
        {
            internal override bool Match(Matching matching, int position)
            {
                matching.Open(matching.Sentence.SkipSpace(position));
                if (next.Match(matching, position))
                    return true;
                matching.Close();
                return false;
            }
        }

        private sealed class Closing(string name, Step next) : Step
        {
            internal override bool Match(Matching matching, int position)
            {
                var start = matching.Close();
                matching.Remember(name, new Span(Math.Min(start, position), position));
                if (next.Match(matching, position))
                    return true;
                matching.Forget();
                matching.Open(start);
                return false;
            }
        }
    }
}

/// <summary>A matched stretch without a type of its own.</summary>
public sealed record Span(int Start, int End) : Annotation(Start, End);

/// <summary>Where a pattern matched, and what it remembered by name.</summary>
public sealed class PatternMatch
{
    private readonly (string Name, Annotation Value)[] remembered;

    internal PatternMatch(int start, int end, (string Name, Annotation Value)[] remembered) => (Start, End, this.remembered) = (start, end, remembered);

    public int Start { get; }

    public int End { get; }

    public T? Find<T>(string key)
        where T : Annotation
    {
        for (var index = remembered.Length - 1; index >= 0; index--)
        {
            if (remembered[index].Name == key)
                return remembered[index].Value as T;
        }

        return null;
    }

    public T Get<T>(string key)
        where T : Annotation => Find<T>(key) ?? throw new InvalidOperationException($"The pattern has no '{key}'.");
}

/// <summary>One step of a pattern, which knows those behind it.</summary>
internal abstract class Step
{
    /// <summary>Behind the last item: the match is whole.</summary>
    internal static Step Last { get; } = new Whole();

    /// <summary>Whether the rest of the pattern matches from a position on, and whoever looks for it took the match.</summary>
    internal abstract bool Match(Matching matching, int position);

    private sealed class Whole : Step
    {
        internal override bool Match(Matching matching, int position) => matching.Offer(position);
    }
}

/// <summary>One attempt to match at a start: what has been remembered on the way, taken back by whoever turns round.</summary>
internal sealed class Matching(Sentence sentence, int start, Func<PatternMatch, bool> take)
{
    private readonly List<(string Name, Annotation Value)> remembered = [];
    private readonly List<int> open = [];

    internal Sentence Sentence => sentence;

    internal bool Offer(int end) => take(new PatternMatch(start, end, [.. remembered]));

    internal void Remember(string name, Annotation value) => remembered.Add((name, value));

    internal void Forget() => remembered.RemoveAt(remembered.Count - 1);

    internal void Open(int position) => open.Add(position);

    internal int Close()
    {
        var position = open[^1];
        open.RemoveAt(open.Count - 1);
        return position;
    }
}
