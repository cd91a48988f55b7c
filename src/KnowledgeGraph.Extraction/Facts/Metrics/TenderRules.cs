using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>What a tender gave to whom, and how much was bought in it: 甲中标份额 31%; 本次集采规模约 7,200 台.</summary>
public static class TenderRules
{
    private static readonly string[] Sizes = ["集采规模", "采购规模", "招标规模", "集采总量", "采购总量", "集采数量", "采购数量", "招标数量", "招标总量", "采购量", "集采量"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/metric/tender-share", Seq(Lit("中标份额", "中标占比", "中标比例", "得标比重", "得标份额", "中选份额", "中标量占比").As("won"), Gap(6, "。;,"), Ann<PercentValue>("share", p => !p.IsPoints && p.Percent is > 0 and <= 100)), Won),
        new("zh/metric/tender-size", Seq(Lit(Sizes).As("size"), Gap(5, "。;,"), Ann<QuantityValue>("count", q => q.High is null && q.Unit is "servers" or "units" or "pieces" or "racks" or "devices" or "GPUs" or "chips" or "count")), Size),
    ];

    private static IEnumerable<FactDraft> Won(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (won, share) = (match.Get<Span>("won"), match.Get<PercentValue>("share"));
        var clause = PartyLists.ClauseStart(sentence, won.Start);
        var winner = PartyNames.In(context, clause, won.Start).LastOrDefault() ?? PartyNames.Unknown(sentence, clause, won.Start);
        if (winner is not null)
            yield return Draft(context, winner.Who, "market-share", share, share.Percent, "percent", share.Bound, winner.Start, match.End);
    }

    private static IEnumerable<FactDraft> Size(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var count = match.Get<QuantityValue>("count");
        // Who buys was named first; those named since have won.
        var buyer = sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.End <= match.Start);
        if ((buyer is null ? context.CarriedCompany() : Participant.Of(buyer, sentence)) is { } who)
            yield return Draft(context, who, "orders", count, count.Amount, count.Unit, count.Bound, match.Start, match.End);
    }

    private static FactDraft Draft(SentenceContext context, Participant who, string metric, Annotation figure, decimal amount, string unit, Bound? bound, int start, int end)
    {
        var year = context.Sentence.All<PeriodValue>().FirstOrDefault(period => period.End <= start);
        return context.Draft("MetricReported", start, end, [("subject", who)], [("metric", metric), ("value", amount), ("unit", unit), ("period", year?.Label), ("bound", bound.Word())]) with
        {
            Status = FactStatus.Reported,
            Consumes = [context.Source(figure)],
        };
    }
}
