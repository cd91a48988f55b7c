using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>Shares of a market in running text and in lists: A holds 80 percent, B about 14, C less than 1.</summary>
public static class ShareRules
{
    // The sentence must speak of a market; 占 and share alone are said of revenue, of parameters, of anything.
    private static readonly string[] Markets = ["份额", "市场", "市占", "占有率", "全球总量", "全球", "行业", "流量", "market", "share of", "traffic", "globally", "worldwide"];

    private static readonly string[] NotMarkets = ["收入", "营收", "利润", "成本", "股权", "股份", "总股本", "股本", "持股", "revenue", "sales", "income", "stake", "equity", "cost", "profit"];

    private static readonly Pattern Share = Ann<PercentValue>("share", p => !p.IsPoints && !p.IsSigned && p.Percent is > 0 and <= 100);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("metric/holds-share", Seq(Lit("占据", "占有", "占到", "占比", "占了", "占", "拿下", "握有", "accounts for", "accounted for", "account for", "holds", "held", "controls", "commands", "captured", "has", "had"), Gap(18, "。;,"), Share), Holds),
        new("en/metric/share-of-market", Seq(Share, Gap(3, "。;,"), Opt(Lit("market")), Lit("share", "of the market"), Opt(Lit("of", "in"))), Holds),
    ];

    private static IEnumerable<FactDraft> Holds(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var share = match.Get<PercentValue>("share");
        var isMarket = sentence.Contains(Markets, sentence.Start, sentence.End) && !sentence.Contains(NotMarkets, Math.Max(sentence.Start, match.Start - 12), Math.Min(sentence.End, match.End + 12));
        // The holder stands right before the verb: what lies between would be its part (OpenAI 使用的算力约占 10%).
        if (!isMarket || FigureSubject.Named(context, match.Start) is not { } holder || match.Start - holder.Span.End > 14
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
