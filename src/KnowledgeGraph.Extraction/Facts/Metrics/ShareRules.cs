using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>Shares of a market in running text and in lists: A holds 80 percent, B about 14, C less than 1.</summary>
public static class ShareRules
{
    // The sentence must speak of a market; 占 and share alone are said of revenue, of parameters, of anything.
    private static readonly string[] Markets = ["份额", "市场", "市占", "占有率", "全球总量", "全球", "全平台", "全网", "量中", "额中", "行业", "流量", "market", "share of", "shipped", "dollars", "spend", "spending", "traffic", "globally", "worldwide"];

    private static readonly string[] NotMarkets = ["收入", "营收", "利润", "成本", "股权", "股份", "总股本", "股本", "持股", "revenue", "sales", "income", "stake", "equity", "cost", "profit"];

    private static readonly Pattern Share = Ann<PercentValue>("share", p => !p.IsPoints && !p.IsSigned && p.Percent is > 0 and <= 100);

    private static readonly Pattern Sold = Lit("revenue", "revenues", "shipments", "sales", "spending", "spend", "usage", "volume", "units", "market", "traffic");

    private static readonly string[] Own = ["its", "their", "our", "total", "group", "company", "overall", "net"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("metric/holds-share", Seq(Lit("占据", "占有", "占到", "占比", "占了", "占", "拿下", "拿走", "拿到", "抢下", "夺得", "握有", "accounts for", "accounted for", "account for", "holds", "held", "controls", "commands", "captured", "keep", "keeps", "kept", "takes", "taking", "owns", "吃下", "吃掉", "包下", "has", "had"), Gap(18, "。;,"), Share), Holds),
        new("zh/metric/with-share", Seq(Lit("以", "凭", "凭借"), Opt(Lit("约", "近", "逾", "超过")), Share, Opt(Lit("的")), Lit("份额", "市占率", "市占", "占有率", "市场份额", "市场占有率")), Holds),
        new("en/metric/share-of-market", Seq(Share, Gap(3, "。;,"), Opt(Lit("market")), Lit("share", "of the market"), Opt(Lit("of", "in"))), Holds),
        new("en/metric/took-share", Seq(Lit("took", "takes", "grabbed", "grabs", "won", "accounted for", "accounts for"), Opt(Lit("about", "some", "roughly", "nearly")), Share, Lit("of"), Gap(44, "。;,."), Sold), Took),
        new("en/metric/share-of-named-market", Seq(Lit("share of"), Opt(Lit("the", "global", "worldwide")), Gap(40, "。;,"), Lit("market", "shipments", "sales", "spending"), Gap(6, "。;,"), Lit("was", "is", "stood at", "slipped to", "fell to", "dropped to", "rose to", "climbed to", "grew to", "reached", "hit", "at", "to", "of"), Opt(Lit("about", "roughly", "some", "nearly", "over")), Share), OfMarket),
        new("en/metric/put-at-share", Seq(Ann<Mention>("holder", m => m.Kind == EntityKind.Company), Opt(Lit("at", "with", "on")), Share), PutAt),
    ];

    // 41.5% of server CPU revenue: a market has a name; "of revenue" and "of its sales" are parts of an account.
    private static IEnumerable<FactDraft> Took(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var share = match.Get<PercentValue>("share");
        var market = sentence.Slice(share.End, match.End).Trim();
        var isAccount = market.Count(c => c == ' ') < 2 || sentence.Contains(Own, share.End, match.End);
        if (!isAccount && FigureSubject.Named(context, match.Start) is { } holder && Bridge.Weight(sentence, holder.Span.End, match.Start) == 0)
            yield return Draft(context, holder.Who, share, holder.Span.Start, match.End);
    }

    // Nvidia's share of the accelerator market slipped to 78% in Q2
    private static IEnumerable<FactDraft> OfMarket(PatternMatch match, SentenceContext context)
    {
        if (FigureSubject.Named(context, match.Start) is { } holder && match.Start - holder.Span.End <= 14)
            yield return Draft(context, holder.Who, match.Get<PercentValue>("share"), holder.Span.Start, match.End);
    }

    // A survey puts A at 42% of enterprise spending and B at 24%: the market is named once.
    private static IEnumerable<FactDraft> PutAt(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (holder, share) = (match.Get<Mention>("holder"), match.Get<PercentValue>("share"));
        var isPut = sentence.Contains(["gives", "gave", "credits", "puts", "put", "places", "placed", "shows", "showed", "ranks", "had", "has"], sentence.Start, holder.Start) && Sold.In(sentence).Any(sold => sentence.Within<PercentValue>(sentence.Start, sold.Start).Any() && sentence.Contains(["of"], sentence.Start, sold.Start) && !sentence.Contains(Own, sentence.Start, sold.Start));
        if (isPut && !sentence.All<Growth>().Any(g => g.Start <= share.Start && share.End <= g.End))
            yield return Draft(context, Participant.Of(holder, sentence), share, match.Start, match.End);
    }

    private static FactDraft Draft(SentenceContext context, Participant holder, PercentValue share, int start, int end)
    {
        var period = context.Sentence.All<PeriodValue>().FirstOrDefault();
        return context.Draft("MetricReported", start, end, [("subject", holder)],
            [("metric", "market-share"), ("value", share.Percent), ("high", Figure.Node(share.High)), ("unit", "percent"), ("period", period is null ? null : FigureSurroundings.Resolve(context.Report, holder, period).Label), ("bound", share.Bound.Word())]) with
        {
            Status = context.Status(start, end, isFigure: true),
            Consumes = [context.Source(share)],
        };
    }

    // 国产品牌拿走 43.7% 的份额: a kind of makers, by the clause that it opens.
    private static (Participant Who, Annotation Span)? Phrase(SentenceContext context, int at) =>
        context.Sentence.Contains(["份额", "市占", "market share"], at, context.Sentence.End) && FigureSubject.Goods(context, at) is { } goods && context.Sentence.Find([goods.Name], context.Sentence.Start, at) is var (start, end) ? (goods, new Span(start, end)) : null;

    private static IEnumerable<FactDraft> Holds(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var share = match.Get<PercentValue>("share");
        var isMarket = sentence.Contains(Markets, sentence.Start, sentence.End) && !sentence.Contains(NotMarkets, Math.Max(sentence.Start, match.Start - 12), Math.Min(sentence.End, match.End + 12));
        // The holder stands right before the verb: what lies between would be its part (OpenAI 使用的算力约占 10%).
        if (!isMarket || (FigureSubject.Named(context, match.Start) ?? Phrase(context, match.Start)) is not { } holder || match.Start - holder.Span.End > 14
            || sentence.Slice(holder.Span.End, match.Start).IndexOfAny([';', '。']) >= 0
            || sentence.All<Growth>().Any(g => g.Start <= share.Start && share.End <= g.End && g.Basis != GrowthBasis.Unstated))
            yield break;
        yield return context.Draft("MetricReported", holder.Span.Start, match.End, [("subject", holder.Who)],
            [("metric", "market-share"), ("value", share.Percent), ("high", Figure.Node(share.High)), ("unit", "percent"), ("bound", share.Bound.Word())]) with
        {
            Status = context.Status(match.Start, match.End, isFigure: true),
            Consumes = [context.Source(share)],
        };
    }
}
