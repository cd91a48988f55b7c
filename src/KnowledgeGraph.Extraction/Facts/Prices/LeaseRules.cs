using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>Rents that a text goes on about without saying the word or the unit again: B200 则由 5.10 美元涨到 5.40 美元; A100 则报 1.05 美元.</summary>
public static class LeaseRules
{
    private static readonly string[] Kinds = ["现货", "按需", "竞价", "包月", "长租", "整机", "单卡", "租金", "方面"];

    private static readonly string[] Quoting = ["则报", "则为", "则在", "则约", "则降至", "则升至", "则涨至", "则跌至", "报", "为", "报价", "约", "收报", "在", "也报", "同样报", "则维持在", "维持", "则维持"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/price/lease-from-to", Seq(Ann<Mention>("chip", IsLeased), Gap(10, "。;,"), Lit("由", "从", "自"), Gap(8, "。;,"), Ann<MoneyValue>("from", IsRate), Gap(3, "。;,"), Lit(PriceListRules.Into), Ann<MoneyValue>("price", IsRate)), FromTo),
        new("zh/price/lease-next", Seq(Ann<Mention>("chip", IsLeased), Opt(Lit(Kinds)), Lit(Quoting), Opt(Lit("约", "在", "报")), Ann<MoneyValue>("price", m => IsRate(m) && m.Per is null)), Next),
    ];

    private static bool IsRate(MoneyValue money) => money is { High: null, Amount: < 1_000_000m };

    private static bool IsLeased(Mention mention) => mention.Kind == EntityKind.Chip;

    private static IEnumerable<FactDraft> FromTo(PatternMatch match, SentenceContext context)
    {
        var (chip, from, price) = (match.Get<Mention>("chip"), match.Get<MoneyValue>("from"), match.Get<MoneyValue>("price"));
        // Beside the word itself the price's own rule tells more.
        if (!IsOnRent(context, chip.Start) || from.Currency != price.Currency || context.Sentence.Contains(["租金", "价格", "月租", "时租"], chip.End, from.Start))
            yield break;
        var unit = price.Per ?? from.Per ?? Told(context, chip.Start)?.Per;
        var move = context.Sentence.All<Growth>().FirstOrDefault(g => g.Start >= price.End && g.Start - price.End <= 8 && g.Basis == GrowthBasis.Unstated)?.Percent;
        yield return Draft(context, chip, price, from, unit, move, match.End);
    }

    // …H200 每卡时 3.35 美元;B200 则报 5.10 美元: by the same hour.
    private static IEnumerable<FactDraft> Next(PatternMatch match, SentenceContext context)
    {
        var (chip, price) = (match.Get<Mention>("chip"), match.Get<MoneyValue>("price"));
        if (Told(context, chip.Start) is not { } told || told.Currency != price.Currency)
            yield break;
        yield return Draft(context, chip, price, null, told.Per, null, match.End);
    }

    private static FactDraft Draft(SentenceContext context, Mention chip, MoneyValue price, MoneyValue? from, string? unit, decimal? move, int end)
    {
        var sentence = context.Sentence;
        var (period, when) = PricePeriods.Of(context, chip.Start, end);
        var said = context.AndEarlier.Take(2).ToList();
        bool Says(params string[] words) => said.Exists(here => here.Sentence.Contains(words, here.Sentence.Start, here == context ? end : here.Sentence.End));
        return context.Draft("PriceChanged", chip.Start, end, [("subject", Participant.Of(chip, sentence))],
            [
                ("instrument", "rental"), ("period", PricePeriods.Week(context) ?? period), ("changePercent", move), ("price", price.Amount), ("previousPrice", from?.Amount), ("currency", price.Currency), ("unit", unit is "month" or "day" ? unit : "hour"),
                ("item", Says("现货", "竞价", "抢占") ? "spot" : Says("按需") ? "on-demand" : null), ("bound", price.Bound.Word()),
            ]) with
        {
            When = when ?? context.When(chip.Start, end),
            Consumes = [.. new[] { price, from }.OfType<MoneyValue>().Select(context.Source)],
        };
    }

    // The rate by the hour or the month that was told last, here or right before.
    private static MoneyValue? Told(SentenceContext context, int at) =>
        context.AndEarlier.Take(2).SelectMany(here => here.Sentence.All<MoneyValue>().Where(m => (here != context || m.End <= at) && (m.Per is "month" or "day" || m.Per?.Contains("hour", StringComparison.Ordinal) == true)).Reverse()).FirstOrDefault();

    private static bool IsOnRent(SentenceContext context, int at) =>
        Told(context, at) is not null || context.Sentence.Contains(PriceListRules.Leased, context.Sentence.Start, context.Sentence.End)
        || context.AndEarlier.Skip(1).Take(2).Any(here => here.Sentence.Contains(PriceListRules.Leased, here.Sentence.Start, here.Sentence.End))
        || new[] { context.Sentence.Block.Parent, context.Sentence.Block.Heading }.Any(over => over >= 0 && PriceListRules.Leased.Any(word => context.Report.Document.Blocks[over].Passage.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
