using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>Figures told off in turn: 月活、日活分别为 2.3 亿和 1.1 亿; A、B 的份额依次为 35% 和 21%; a ranking of names with a number behind each.</summary>
public static class RespectivelyRules
{
    private static readonly Pattern InTurn = Lit("分别为", "分别达到", "分别达", "分别是", "分别占据", "分别占有", "分别占", "分别拿下", "分别取得", "分别", "依次为", "依次是", "依次达", "依次占", "各为", "各占");

    private static readonly Pattern Value = Alt(Ann<QuantityValue>("first"), Ann<PercentValue>("first", p => !p.IsPoints), Ann<MoneyValue>("first"), Ann<NumberValue>("first"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("metric/in-turn", Seq(Ann<Mention>("metric", m => m.Kind == "metric"), Gap(8, "。;,"), InTurn, Opt(Lit("约", "近", "超")), Value), Told),
        new("metric/in-turn-carried", Seq(InTurn, Opt(Lit("约", "近", "超")), Value), ToldLater),
        new("metric/ranking", Seq(Ann<Mention>("metric", m => m.Kind == "metric"), Gap(6, "。;,"), Lit(":")), Ranking),
    ];

    private static IEnumerable<FactDraft> Told(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = match.Get<Mention>("metric");
        var figures = Run(sentence, match.Find<Annotation>("first")!);
        if (figures.Count < 2)
            yield break;
        var end = figures[^1].Span.End;
        var metrics = Before<Mention>(sentence, metric, m => m.Kind == "metric");
        var subjects = metrics.Count == 1 ? Holders(context, metric.Start) : [];
        for (var i = 0; i < figures.Count; i++)
        {
            var (subject, named) = metrics.Count == figures.Count ? (FigureSubject.Of(context, metrics[0].Start), metrics[i])
                : subjects.Count == figures.Count ? (subjects[i], metric) : (null, metric);
            if (subject is not null && MetricRules.Entry(context, named) is { } name && OperatingMetric.Fits(name, figures[i]))
                yield return MetricRules.Fact(context, name, figures[i], OperatingMetric.Unit(name, figures[i], sentence, match.Start, end), subject, metrics[0].Start, metric.Start, end, []);
        }
    }

    // 豆包月活 2.6 亿…，元宝、千问和 Kimi 分别为…: the metric was said before.
    private static IEnumerable<FactDraft> ToldLater(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var figures = Run(sentence, match.Find<Annotation>("first")!);
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start);
        var subjects = figures.Count < 2 || metric is null || match.Start - metric.End <= 8 ? [] : Holders(context, match.Start);
        if (subjects.Count != figures.Count || MetricRules.Entry(context, metric!) is not { } name || !figures.TrueForAll(figure => OperatingMetric.Fits(name, figure)))
            yield break;
        for (var i = 0; i < figures.Count; i++)
            yield return MetricRules.Fact(context, name, figures[i], OperatingMetric.Unit(name, figures[i], sentence, metric!.Start, match.Start), subjects[i], match.Start, match.Start, figures[^1].Span.End, []);
    }

    // 7 月 AI 应用月活榜：豆包 2.31 亿，DeepSeek 1.26 亿: each name with the number right behind it.
    private static IEnumerable<FactDraft> Ranking(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = match.Get<Mention>("metric");
        if (MetricRules.Entry(context, metric) is not { } name)
            yield break;
        var pairs = sentence.Annotations.Where(a => a.Start >= match.End).Select(Figure.Of).OfType<Figure>().Where(figure => OperatingMetric.Fits(name, figure) && figure.IsFree(sentence))
            .Select(figure => (figure, Named: FigureSubject.Named(context, figure.Span.Start)))
            .Where(pair => pair.Named is { } named && named.Span.Start >= match.End && Bridge.Weight(sentence, named.Span.End, pair.figure.Span.Start) == 0 && sentence.Slice(named.Span.End, pair.figure.Span.Start).IndexOfAny([',', ';', '、']) < 0)
            .DistinctBy(pair => pair.figure.Span.Start).ToList();
        if (pairs.Count < 2)
            yield break;
        foreach (var (figure, named) in pairs)
            yield return MetricRules.Fact(context, name, figure, OperatingMetric.Unit(name, figure, sentence, match.Start, match.End), named!.Value.Who, named.Value.Span.Start, match.Start, figure.Span.End, []);
    }

    private static List<Figure> Run(Sentence sentence, Annotation first)
    {
        IReadOnlyList<Annotation> run = first switch
        {
            QuantityValue quantity => Listed.From(sentence, quantity),
            PercentValue percent => Listed.From(sentence, percent),
            MoneyValue money => Listed.From(sentence, money),
            NumberValue number => Listed.From(sentence, number),
            _ => [],
        };
        return [.. run.Select(Figure.Of).OfType<Figure>().Where(figure => figure.IsFree(sentence))];
    }

    // The run of like things that ends in one: 月活、日活.
    private static List<T> Before<T>(Sentence sentence, T last, Func<T, bool> isLike)
        where T : Annotation
    {
        var run = new List<T> { last };
        while (sentence.All<T>().LastOrDefault(a => isLike(a) && a.End <= run[0].Start) is { } before && Listed.From(sentence, before).Contains(run[0]))
            run.Insert(0, before);
        return run;
    }

    private static List<Participant> Holders(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.All<Mention>().LastOrDefault(m => FigureSubject.IsSubject(m.Kind) && m.End <= at) is not { } last)
            return [];
        return [.. Before(sentence, last, m => FigureSubject.IsSubject(m.Kind)).Select(m => Participant.Of(m, sentence))];
    }
}
