using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>What a plan cost and costs now: Pro 档 8 月 1 日起由每月 149 元调整为 179 元; 个人版下月起从 49 元/月变更为 59 元/月.</summary>
public static class PlanChangeRules
{
    private static readonly string[] Rates = ["每人每月", "每席位每月", "每月", "每年", "月费", "年费", "包月", "包年"];

    private static readonly string[] Yearly = ["每年", "年费", "包年", "/年", "一年"];

    private static readonly string[] Paid = [.. Rates, "/月", "/年", "订阅", "会员", "套餐", "资费", "一个月", "一年"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/price/plan-from-to", Seq(Lit("由", "从", "自", "原价", "原来的", "原先的", "原本"), Opt(Lit("原来的", "原先的", "目前的", "此前的", "现行的")), Opt(Lit(Rates)), Ann<MoneyValue>("from", m => m.High is null), Gap(6, "。;"), Lit(PriceListRules.Into), Opt(Lit(Rates)), Opt(Lit("约")), Ann<MoneyValue>("price", m => m.High is null)), FromTo),
    ];

    private static IEnumerable<FactDraft> FromTo(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (from, price) = (match.Get<MoneyValue>("from"), match.Get<MoneyValue>("price"));
        var clause = Clauses.Start(sentence, match.Start);
        var tier = PlanTiers.Of(context, match.Start);
        var isPaid = sentence.Contains(Paid, tier is null ? clause : sentence.Start, Math.Min(sentence.End, price.End + 2)) || price.Per is "month" or "year";
        if (!isPaid || from.Amount <= 0 || price.Amount >= 100_000m || from.Currency != price.Currency || (tier ?? PriceListRules.Plan(context, match.Start)) is not { } plan)
            yield break;
        var unit = price.Per ?? from.Per ?? (sentence.Contains(Yearly, tier is null ? clause : sentence.Start, price.End) ? "year" : "month");
        if (unit is not ("month" or "year"))
            yield break;
        yield return context.Draft("PriceChanged", Math.Min(plan.Start, match.Start), match.End, [("subject", plan.Who)],
            [("instrument", "subscription"), ("price", price.Amount), ("previousPrice", from.Amount), ("currency", price.Currency), ("unit", unit)]) with
        {
            Consumes = [context.Source(price), context.Source(from)],
        };
    }
}
