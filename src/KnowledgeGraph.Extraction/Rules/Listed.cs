namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Enumerations: A、B 和 C, and the figures that go with them (分别为 x%、y%、z%).</summary>
public static class Listed
{
    private static readonly string[] Joiners = ["、", "和", "及", "与", "以及", ",", "and", "/"];

    /// <summary>The run of figures of one type that are joined from the first on.</summary>
    public static IReadOnlyList<T> From<T>(Sentence sentence, T first)
        where T : Annotation
    {
        var run = new List<T> { first };
        while (sentence.All<T>().FirstOrDefault(next => next.Start >= run[^1].End) is { } next && IsJoiner(sentence.Slice(run[^1].End, next.Start)))
            run.Add(next);
        return run;
    }

    /// <summary>The last of the figures of one type that follow each other closely.</summary>
    public static T Last<T>(Sentence sentence, T first, int within)
        where T : Annotation
    {
        while (sentence.All<T>().FirstOrDefault(next => next.Start >= first.End && next.Start <= first.End + within) is { } next)
            first = next;
        return first;
    }

    /// <summary>The items of a text cut at 、 and its kin, with their offsets into the passage.</summary>
    public static IReadOnlyList<Span> Items(Sentence sentence, int start, int end)
    {
        var items = new List<Span>();
        var text = sentence.Passage.Text;
        var from = start;
        for (var at = start; at <= end; at++)
        {
            if (at < end && text[at] is not ('、' or '和' or '及' or ','))
                continue;
            var (a, b) = (from, at);
            while (a < b && text[a] == ' ')
                a++;
            while (b > a && text[b - 1] == ' ')
                b--;
            if (a < b)
                items.Add(new Span(a, b));
            from = at + 1;
        }

        return items;
    }

    private static bool IsJoiner(string between)
    {
        var text = between.Trim();
        return text.Length > 0 && Joiners.Any(joiner => text.Equals(joiner, StringComparison.OrdinalIgnoreCase));
    }
}
