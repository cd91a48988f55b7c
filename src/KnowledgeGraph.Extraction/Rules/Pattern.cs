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

    /// <summary>Positions at which a match may begin; what an item cannot tell is every position.</summary>
    internal virtual IEnumerable<int> Starts(Sentence sentence) => Enumerable.Range(sentence.Start, sentence.End - sentence.Start);

    /// <summary>The best match at each start in a sentence, in order.</summary>
    public IEnumerable<PatternMatch> In(Sentence sentence) => AllIn(sentence).Select(ways => ways.First());

    /// <summary>For each start at which the pattern matches, all ways to match there, best first: where a builder declines one, the next is tried.</summary>
    public IEnumerable<IEnumerable<PatternMatch>> AllIn(Sentence sentence) =>
        Starts(sentence).Select(at => At(sentence, at, new PatternMatch(at))).Where(ways => ways.Any());

    private sealed class Literal(string[] words) : Pattern
    {
        internal override IEnumerable<int> Starts(Sentence sentence)
        {
            for (var at = sentence.Find(words, sentence.Start, sentence.End); at is { } found; at = sentence.Find(words, found.Start + 1, sentence.End))
                yield return found.Start;
        }

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            position = sentence.SkipSpace(position);
            foreach (var word in words)
            {
                if (sentence.Has(word, position, out var end))
                    yield return match.To(end);
            }
        }
    }

    private sealed class Annotated<T>(string? name, Func<T, bool>? where) : Pattern
        where T : Annotation
    {
        internal override IEnumerable<int> Starts(Sentence sentence) => sentence.All<T>().Select(a => a.Start).Distinct();

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            foreach (var annotation in sentence.StartingAt(sentence.SkipSpace(position)).OfType<T>())
            {
                if (where is null || where(annotation))
                    yield return name is null ? match.To(annotation.End) : match.With(name, annotation).To(annotation.End);
            }
        }
    }

    private sealed class Anything(int max, string not) : Pattern
    {
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
    }

    private sealed class Optional(Pattern item) : Pattern
    {
        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match) => item.At(sentence, position, match).Append(match.To(position));
    }

    private sealed class Alternatives(Pattern[] items) : Pattern
    {
        internal override IEnumerable<int> Starts(Sentence sentence) => items.SelectMany(item => item.Starts(sentence)).Distinct().Order();

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match) => items.SelectMany(item => item.At(sentence, position, match));
    }

    private sealed class Sequence(Pattern[] items) : Pattern
    {
        internal override IEnumerable<int> Starts(Sentence sentence) => items[0].Starts(sentence);

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match) => From(0, sentence, position, match);

        private IEnumerable<PatternMatch> From(int index, Sentence sentence, int position, PatternMatch match) =>
            index == items.Length
                ? [match.To(position)]
                : items[index].At(sentence, position, match).SelectMany(next => From(index + 1, sentence, next.End, next));
    }

    private sealed class Named(string name, Pattern item) : Pattern
    {
        internal override IEnumerable<int> Starts(Sentence sentence) => item.Starts(sentence);

        internal override IEnumerable<PatternMatch> At(Sentence sentence, int position, PatternMatch match)
        {
            var start = sentence.SkipSpace(position);
            return item.At(sentence, position, match).Select(next => next.With(name, new Span(start, next.End)).To(next.End));
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
