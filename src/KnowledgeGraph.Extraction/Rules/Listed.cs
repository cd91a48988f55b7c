using KnowledgeGraph.Domain.Entities;

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

    /// <summary>The run of figures of one type that ends with this one.</summary>
    public static IReadOnlyList<T> To<T>(Sentence sentence, T last)
        where T : Annotation
    {
        var run = new List<T> { last };
        while (sentence.All<T>().LastOrDefault(before => before.End <= run[0].Start) is { } before && IsJoiner(sentence.Slice(before.End, run[0].Start)))
            run.Insert(0, before);
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

    /// <summary>The names of a list that ends before a position, as many as there are figures for them; null where the list is of another length.</summary>
    public static IReadOnlyList<Span>? Before(Sentence sentence, int end, int count)
    {
        var text = sentence.Passage.Text;
        for (var at = end - 1; at > sentence.Start; at--)
        {
            // The list is the stretch of at least so many items joined by 、 that ends at 为, 分别 or a comma.
            if (text[at] != '、')
                continue;
            var from = at;
            while (from > sentence.Start && !",。;:".Contains(text[from - 1], StringComparison.Ordinal))
                from--;
            var to = at;
            while (to < end && !",。;:".Contains(text[to], StringComparison.Ordinal))
                to++;
            var items = Items(sentence, from, to).ToList();
            if (items.Count < count)
                return null;
            // The first may carry words before it (本周…, 跌幅前五为…), the last words behind it (…为本月表现前三的股票).
            items[0] = TrimBefore(sentence, items[0]);
            items[^1] = TrimBehind(sentence, items[^1]);
            return items.Count == count && items.TrueForAll(item => item.Length is > 0 and <= 16) ? items : null;
        }

        return null;
    }

    private static Span TrimBefore(Sentence sentence, Span item)
    {
        if (sentence.Within<Mention>(item.Start, item.End).LastOrDefault(m => m.Kind == EntityKind.Company && m.End == item.End) is { } known)
            return new Span(known.Start, known.End);
        var start = item.Start;
        foreach (var word in new[] { "为", "是", "有", "包括", "包含", "分为", "据悉", "本周", "上周", "本月", "方面", "其中", "看" })
        {
            var at = sentence.Passage.Text.LastIndexOf(word, item.End - 1, item.End - item.Start, StringComparison.Ordinal);
            if (at >= 0)
                start = Math.Max(start, at + word.Length);
        }

        start = sentence.Annotations.Where(a => a is PeriodValue or DateValue && a.Start >= item.Start && a.End < item.End).Select(a => a.End).DefaultIfEmpty(start).Max();
        return new Span(sentence.SkipSpace(start), item.End);
    }

    private static Span TrimBehind(Sentence sentence, Span item)
    {
        if (sentence.Within<Mention>(item.Start, item.End).FirstOrDefault(m => m.Kind == EntityKind.Company && m.Start == item.Start) is { } known)
            return new Span(known.Start, known.End);
        foreach (var word in new[] { "为", "位列", "居", "涨幅", "跌幅", "分别", "依次", "当月", "本周", "上周", "昨日", "今日", "日涨", "收盘", "每月", "领涨", "领跌", "等", "两种", "三种", "四种", "三档", "两档", "四档" })
        {
            var at = sentence.Passage.Text.IndexOf(word, item.Start, item.Length, StringComparison.Ordinal);
            if (at > item.Start)
                return new Span(item.Start, at);
        }

        return item;
    }

    /// <summary>Whether nothing but 、, 和 or its kin stands between two things.</summary>
    public static bool IsJoined(Sentence sentence, Annotation left, Annotation right) => IsJoiner(sentence.Slice(left.End, right.Start));

    private static bool IsJoiner(string between)
    {
        var text = between.Trim();
        return text.Length > 0 && Joiners.Any(joiner => text.Equals(joiner, StringComparison.OrdinalIgnoreCase));
    }
}
