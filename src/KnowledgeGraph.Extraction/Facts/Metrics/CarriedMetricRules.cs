using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>
/// An operating figure whose metric was said with the figure before it: 豆包月活 2.6 亿居首，DeepSeek 以 1.38 亿位列第二; 份额接近四成半，去年全年为 41%. The clause names a
/// new holder or a new period.
/// </summary>
public static class CarriedMetricRules
{
    private static readonly Pattern Value = Alt(Ann<QuantityValue>("figure"), Ann<PercentValue>("figure", p => !p.IsPoints && !p.IsSigned), Ann<NumberValue>("figure"), Ann<MoneyValue>("figure", m => m.Per is null));

    private static readonly Pattern Holder = Alt(Ann<Mention>("who", m => FigureSubject.IsSubject(m.Kind)), Ann<Name>("name", n => n.Kind is not null && FigureSubject.IsSubject(n.Kind)));

    private static readonly Pattern Link = Seq(Opt(Lit("则", "也", "亦", "仅", "紧随其后", "次之", "is", "was", "now", "had", "has", "with", "at", ",")), Opt(Lit("以", "为", "降至", "升至", "增至", "跌至", "回升至", "回落至", "下滑至", "滑落至", "攀升至", "回落到", "升到", "降到", "slipped to", "rose to", "fell to", "达到", "达", "有", "是", "占", "突破", "超过", "about", "some")));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("metric/carried-holder", Seq(Holder, Link, Opt(Lit("(", "以", "为", "达")), Value), OfHolder),
        new("metric/carried-period", Seq(Ann<PeriodValue>("period"), Gap(8, "。;()"), Value), OfPeriod),
    ];

    // 较 3 月底的 45 万大增: what a figure is set against.
    private static readonly string[] Formers = ["较", "比", "从", "由", "自", "于", "from", "than", "versus", "vs", "vs.", "against", "with", "to"];

    private sealed record Carried(SentenceContext Context, Mention Mention, string Name, Figure Figure);

    private static IEnumerable<FactDraft> OfHolder(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var who = match.Find<Mention>("who") is { } mention ? Participant.Of(mention, sentence) : match.Find<Name>("name") is { } name ? new Participant(name.Kind!, name.Text, name.Candidates) : null;
        var start = match.Start;
        if (who is null || Figure.Of(match.Find<Annotation>("figure")) is not { } figure || Last(context, start, figure) is not { } carried || !IsAlone(context, start, figure))
            return [];
        return [Fact(context, carried, figure, who, start)];
    }

    private static IEnumerable<FactDraft> OfPeriod(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var period = match.Get<PeriodValue>("period");
        if (Figure.Of(match.Find<Annotation>("figure")) is not { } figure || Bridge.Weight(sentence, period.End, figure.Span.Start) > 1 || Last(context, period.Start, figure) is not { } carried || !IsAlone(context, period.Start, figure))
            return [];
        // A period that opens its sentence may be that of the first holder in it.
        return FigureSubject.Named(context, figure.Span.Start) is { } own && own.Span.Start >= period.Start || FigureSubject.Of(carried.Context, carried.Mention.Start) is not { } subject ? [] : [Fact(context, carried, figure, subject, period.Start)];
    }

    private static FactDraft Fact(SentenceContext context, Carried carried, Figure figure, Participant subject, int start)
    {
        var sentence = context.Sentence;
        var modifiers = FigureSurroundings.Modifiers(sentence, new Span(start, figure.Span.Start), figure.Span);
        var origin = carried.Context.Sentence;
        var unit = OperatingMetric.Unit(carried.Name, figure, origin, Math.Max(origin.Start, carried.Mention.Start - 6), Math.Min(origin.End, carried.Figure.Span.End + 10));
        return MetricRules.Fact(context, carried.Name, figure, unit, MetricRules.Owner(carried.Context, carried.Name, carried.Mention.Start, figure, subject) ?? subject, start, figure.Span.Start, modifiers.Select(m => m.End).Append(figure.Span.End).Max(), modifiers);
    }

    // The last metric that has a figure, in this sentence or the one before, where it is an operating one and its figure of the same kind.
    private static Carried? Last(SentenceContext context, int before, Figure figure)
    {
        foreach (var here in context.AndEarlier.Take(2))
        {
            var limit = here == context ? before : here.Sentence.End;
            if (here.Sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= limit) is not { } metric)
                continue;
            if (here != context && context.Sentence.All<Mention>().Any(m => m.Kind == "metric"))
                return null;
            var own = here.Sentence.Annotations.Where(a => a.Start >= metric.End && a.End <= limit).Select(Figure.Of).OfType<Figure>().LastOrDefault(f => f.IsFree(here.Sentence) && !here.Sentence.Annotations.Any(a => a is Growth { Basis: not GrowthBasis.Unstated } or Consensus or Previous && FigureSurroundings.Covers(a, f.Span)) && f.Span is not PercentValue { IsSigned: true });
            // 全球 HBM 营收市占,SK 海力士 57%、三星 24%: the first holder stands right behind the metric.
            if (own is null && here == context && before - metric.End is > 0 and <= 2 && MetricRules.Entry(here, metric) is "market-share" && OperatingMetric.Fits("market-share", figure))
                return new Carried(here, metric, "market-share", figure);
            return own is not null && own.Unit == figure.Unit && MetricRules.Entry(here, metric) is { } name && OperatingMetric.Fits(name, own) && OperatingMetric.Fits(name, figure) ? new Carried(here, metric, name, own) : null;
        }

        return null;
    }

    // Nobody else's figure: no metric right behind it, no growth, no word of money or shares between.
    private static bool IsAlone(SentenceContext context, int from, Figure figure)
    {
        var sentence = context.Sentence;
        return figure.IsFree(sentence) && !sentence.Annotations.Any(a => a is Growth or Consensus or Previous && FigureSurroundings.Covers(a, figure.Span))
            && !sentence.All<Mention>().Any(m => m.Kind == "metric" && m.Start >= from && m.Start <= figure.Span.End + 6 && !context.Report.Vocabulary.Entry(m.Id).MetricKinds.Contains("capability"))
            && sentence.Slice(Math.Max(sentence.Start, from - 6), from).TrimEnd() is var before && !Formers.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            && !(sentence.Find(["涨", "跌", "升", "降", "rose", "fell", "up", "down"], from, figure.Span.Start) is { } move && !sentence.Contains(["至", "到", "to"], move.End, figure.Span.Start));
    }
}
