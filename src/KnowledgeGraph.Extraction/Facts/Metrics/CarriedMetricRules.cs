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

    private static readonly Pattern Link = Seq(Opt(Lit("第二", "第三", "第四", "居次", "其次", "居首", "排第二", "排第三", "则", "也", "亦", "仅", "紧随其后", "次之", "is", "was", "now", "had", "has", "with", "at", ",")), Opt(Lit(",")), Opt(Lit("掉到", "掉至", "滑到", "缩到", "缩至", "落到", "落至", "冲上", "冲到", "升上", "涨到", "摸到", "退到", "退至", "以", "为", "降至", "升至", "增至", "跌至", "回升至", "回落至", "下滑至", "滑落至", "攀升至", "回落到", "升到", "降到", "slipped to", "rose to", "fell to", "达到", "达", "有", "是", "占", "突破", "超过", "about", "some")));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("metric/carried-holder", Seq(Holder, Link, Opt(Lit("(", "以", "为", "达")), Value), OfHolder),
        new("metric/carried-pair", Seq(Lit("前者", "后者", "the former", "the latter").As("which"), Link, Value), OfPair),
        new("metric/carried-moved", Seq(Lit("降到", "降至", "跌到", "跌至", "升到", "升至", "增至", "增到", "涨到", "涨至", "滑落至", "回升至", "回落至", "攀升至", "掉到", "fell to", "slipped to", "rose to", "climbed to", "grew to", "sank to", "dropped to").As("verb"), Opt(Lit("约", "近", "逾", "about", "some", "nearly")), Value), OfMoved),
        new("metric/carried-period", Seq(Ann<PeriodValue>("period"), Gap(8, "。;()"), Value), OfPeriod),
    ];

    // 较 3 月底的 45 万大增: what a figure is set against.
    private static readonly string[] Formers = ["较", "比", "从", "由", "自", "于", "from", "than", "versus", "vs", "vs.", "against", "with", "to"];

    private static readonly string[] Heads = ["这一栏", "一栏", "方面", "这一项", "一项", "上", "榜", "排行", "来看", "看"];

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

    // 元宝被千问反超,前者 6,120 万,后者 9,480 万: the two that the sentence named last.
    private static IEnumerable<FactDraft> OfPair(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var isFormer = sentence.Slice(match.Get<Span>("which")) is "前者" or "the former" or "The former";
        var named = sentence.All<Mention>().Where(m => FigureSubject.IsSubject(m.Kind) && m.End <= match.Start).Select(m => (Span: (Annotation)m, Who: Participant.Of(m, sentence)))
            .Concat(sentence.All<Name>().Where(n => n.Kind is not null && FigureSubject.IsSubject(n.Kind) && n.End <= match.Start).Select(n => (Span: (Annotation)n, Who: new Participant(n.Kind!, n.Text, n.Candidates))))
            .OrderBy(pair => pair.Span.Start).ThenByDescending(pair => pair.Span.Length).ToList();
        // 腾讯元宝 is one name, the company in it no second.
        named = [.. named.Where((pair, i) => !named.Take(i).Any(outer => FigureSurroundings.Covers(outer.Span, pair.Span))).TakeLast(2)];
        if (named.Count < 2 || Figure.Of(match.Find<Annotation>("figure")) is not { } figure || Last(context, match.Start, figure) is not { } carried || !IsAlone(context, match.Start, figure))
            return [];
        return [Fact(context, carried, figure, isFormer ? named[0].Who : named[1].Who, match.Start)];
    }

    // DeepSeek 则连续第五个月失血,降到 5,570 万: a new holder some clauses before.
    private static IEnumerable<FactDraft> OfMoved(PatternMatch match, SentenceContext context)
    {
        if (Figure.Of(match.Find<Annotation>("figure")) is not { } figure || Last(context, match.Start, figure) is not { } carried || !IsAlone(context, match.Start, figure) || FigureSubject.Named(context, match.Start) is not { } holder)
            return [];
        var isNew = carried.Context != context || holder.Span.Start >= carried.Figure.Span.End;
        return isNew && match.Start - holder.Span.End <= 24 ? [Fact(context, carried, figure, holder.Who, match.Start)] : [];
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
            // 日活这一栏,豆包 7,900 万
            var isRightBehind = own is null && here == context && before > metric.End && (before - metric.End <= 2 || (before - metric.End <= 8 && here.Sentence.Contains(Heads, metric.End, before)));
            if (isRightBehind && MetricRules.Entry(here, metric) is "market-share" or "mau" or "dau" or "users" or "downloads" && MetricRules.Entry(here, metric) is { } of && OperatingMetric.Fits(of, figure))
                return new Carried(here, metric, of, figure);
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
