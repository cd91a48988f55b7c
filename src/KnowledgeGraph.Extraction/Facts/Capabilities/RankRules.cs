using KnowledgeGraph.Extraction.Facts.Releases;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Places on leaderboards and in evaluations, with a number (排名全球第 13 位, no. 3 on Arena) or without (登顶某榜, tops the leaderboard).</summary>
public static class RankRules
{
    private static readonly string[] Ranked = ["排名", "名列", "位列", "位居", "排行", "榜", "斩获", "夺得", "拿下", "摘得", "进入", "跻身", "排在", "排第", "居", "评测", "测试", "盲测", "跃升", "升至", "升到", "rank", "ranks", "ranked", "ranking", "debuts", "debuted", "places", "placed", "leaderboard", "sits", "Arena", "index"];

    // A place among companies, shares, shops or sellers says nothing of what a model can do.
    private static readonly string[] Business = ["涨幅", "跌幅", "市占", "份额", "销量", "出货", "下载", "App Store", "应用商店", "免费榜", "畅销榜", "收入", "营收", "市值", "涨跌", "月活", "日活", "季度", "财季", "调用量", "downloads", "revenue", "sales", "shipments", "market share", "quarter", "gainers", "usage"];

    private static readonly string[] Top = ["登顶", "居首", "榜首", "夺冠", "登上榜首", "拿下榜首", "tops", "topped", "topping", "leads", "took first place on"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("capability/rank", Ann<QuantityValue>("value", q => q.Unit == "rank"), Rank),
        new("capability/top", Lit(Top).As("top"), AtTheTop),
    ];

    private static IEnumerable<FactDraft> Rank(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var value = match.Get<QuantityValue>("value");
        var clause = Clauses.Start(sentence, value.Start);
        var end = Clauses.End(sentence, value.End);
        if (!sentence.Contains(Ranked, clause, end) || sentence.Contains(Business, sentence.Start, end))
            return [];
        var rank = Capability.Of(value, "rank") with { Benchmark = Benchmark(sentence, value.Start, end), Start = Math.Min(value.Start, sentence.Find(Ranked, clause, value.Start)?.Start ?? value.Start) };
        return Laboratory(context, clause, value.Start) is { } laboratory ? [rank.Draft(context, laboratory)] : rank.Drafts(context);
    }

    // 登顶 A 榜、B 榜 gives a first place on each.
    private static IEnumerable<FactDraft> AtTheTop(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var top = match.Get<Span>("top");
        var end = Clauses.End(sentence, top.End);
        if (sentence.Contains(Business, sentence.Start, end) || sentence.All<QuantityValue>().Any(q => q.Unit == "rank" && q.Start >= Clauses.Start(sentence, top.Start) && q.End <= end))
            return [];
        var named = Charts(sentence, top.End, end);
        if (named.Count == 0)
            named = Charts(sentence, Clauses.Start(sentence, top.Start), top.Start);
        return named.Select(chart => new Capability(top, "rank", 1, "rank", top.Start, Math.Max(top.End, chart.End)) { Benchmark = sentence.Slice(chart) })
            .SelectMany(rank => rank.Drafts(context)).Select(draft => draft with { Consumes = [] });
    }

    // 实验室总排名: the place of the house that made the thing.
    private static Participant? Laboratory(SentenceContext context, int from, int to)
    {
        var thing = Subjects.Named(context).LastOrDefault(name => name.End <= to) ?? Named(context.Previous);
        if (!context.Sentence.Contains(["实验室", "lab ranking", "overall lab"], thing is not null && thing.End > from && thing.End <= to ? thing.End : from, to))
            return null;
        return thing?.Family is { } family ? Maker.Of(context, family) : null;
    }

    private static Name? Named(SentenceContext? context) => context is null ? null : Subjects.Named(context).LastOrDefault();

    /// <summary>On what a place is held: a known benchmark, a chart (…榜), or the field or evaluation that 在…中 names.</summary>
    private static string? Benchmark(Sentence sentence, int at, int end)
    {
        var clause = Clauses.Start(sentence, at);
        if (sentence.All<Mention>().LastOrDefault(m => m.Kind == "benchmark" && m.Start >= clause && m.End <= end + 20) is { } near)
            return sentence.Slice(near);
        if (Charts(sentence, clause, end) is [.., var chart])
            return sentence.Slice(chart);
        if (sentence.All<Mention>().LastOrDefault(m => m.Kind == "benchmark" && m.End <= end) is { } known)
            return sentence.Slice(known);
        foreach (var from in new[] { clause, sentence.Start })
        {
            if (Field(sentence, from, at) is { } field)
                return field;
            if (Charts(sentence, from, at) is [.., var earlier])
                return sentence.Slice(earlier);
        }

        return null;
    }

    // 在视觉领域, 在多项评测中, 三方盲测中
    private static string? Field(Sentence sentence, int from, int to)
    {
        string? field = null;
        foreach (var close in new[] { "领域", "评测", "测评", "测试", "盲测", "任务", "赛道", "基准", "评估" })
        {
            for (var at = sentence.Find([close], from, to); at is { } found; at = sentence.Find([close], found.Start + 1, to))
            {
                var open = sentence.Passage.Text.LastIndexOf('在', found.Start, found.Start - from + 1);
                var start = open >= from ? open + 1 : Clauses.Start(sentence, found.Start);
                if (found.End - start <= 24)
                    field = sentence.Slice(start, found.End).Trim();
            }
        }

        return field;
    }

    // GitHub Daily Trending 榜、Python 榜: each chart from the mark or verb before it.
    private static List<Span> Charts(Sentence sentence, int from, int to)
    {
        var charts = new List<Span>();
        foreach (var word in new[] { "榜", "leaderboard", "index", "排行" })
        {
            for (var at = sentence.Find([word], from, to); at is { } found; at = sentence.Find([word], found.Start + 1, to))
            {
                if (sentence.Has("榜首", found.Start, out _) || charts.Exists(c => found.Start < c.End))
                    continue;
                var start = found.Start;
                while (start > from && found.Start - start < 30 && !"、，,。;；:的在于".Contains(sentence.Passage.Text[start - 1], StringComparison.Ordinal) && !Ends(sentence, start))
                    start--;
                start = sentence.SkipSpace(start);
                var end = sentence.Has("榜单", found.Start, out var longer) || sentence.Has("排行榜", found.Start, out longer) ? longer : found.End;
                if (end - start > 2)
                    charts.Add(new Span(start, end));
            }
        }

        return charts;
    }

    private static bool Ends(Sentence sentence, int at) =>
        new[] { "登顶", "拿下", "斩获", "位列", "位居", "名列", "登上", "成为", "进入", "即", "和", "与", "the ", " on ", " tops ", "'s " }.Any(word => at >= word.Length && string.CompareOrdinal(sentence.Passage.Text, at - word.Length, word, 0, word.Length) == 0);
}
