using System.Globalization;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>What a part costs and how that moved: DDR5 16Gb 固定交易价落在 28.4 美元，月增 11.8%; 64GB RDIMM 单条叫价 690 美元.</summary>
public static class GoodsPriceRules
{
    private static readonly string[] Goods = ["DRAM", "NAND", "HBM3E", "HBM4E", "HBM4", "HBM3", "HBM", "LPDDR5X", "LPDDR5", "LPDDR4X", "GDDR7", "GDDR6", "DDR5", "DDR4", "DDR3", "RDIMM", "MRDIMM", "SODIMM", "eSSD", "SSD", "闪存", "记忆体模组", "内存条", "wafer", "MLCC", "CCL"];

    private static readonly string[] Tails = ["颗粒", "闪存", "模组", "晶圆", "内存条", "wafer"];

    private static readonly string[] Quotes = ["落在", "来到", "回到", "报到", "报在", "报价", "叫价", "要价", "均价", "固定交易价", "合约价", "现货价", "成交价", "报", "升至", "涨至", "涨到", "降至", "跌至", "跌到", "回落至", "站上", "突破", "at", "to", "averaged", "fetches", "fetched", "costs", "quoted at"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("price/goods-quote", Seq(Lit(Quotes).As("word"), Opt(Lit("约", "为", "达", "在", "每颗", "每条", "单颗", "单条", "about", "roughly", "around", "some")), Opt(Lit("约", "为")), Ann<MoneyValue>("price", m => m is { High: null, Amount: < 100_000m })), Build),
    ];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        if (Named(sentence, match.Start) is not { } name || sentence.All<Previous>().Any(p => p.Start <= price.Start && price.End <= p.End) || IsOthers(sentence, name, price))
            yield break;
        var move = sentence.All<Growth>().FirstOrDefault(g => g.Start >= price.End && g.Start - price.End <= 8 && sentence.Slice(price.End, g.Start).IndexOfAny([';', '。']) < 0)
            ?? sentence.All<Growth>().LastOrDefault(g => g.Start >= name.End && g.End <= price.Start);
        var rate = move is null ? sentence.All<PercentValue>().FirstOrDefault(p => !p.IsPoints && p.Start >= price.End && p.Start - price.End <= 6 && sentence.Contains(["涨幅", "增幅", "跌幅", "降幅"], price.End, p.Start)) : null;
        var change = move?.Percent ?? (rate is null ? null : sentence.Contains(["跌幅", "降幅"], price.End, rate.Start) ? -rate.Percent : rate.Percent);
        var status = context.Status(Clauses.Start(sentence, match.Start), match.End, isFigure: true);
        if (status is FactStatus.Forecast)
            yield break;
        var end = Math.Max(price.End, Math.Max(move?.End ?? 0, rate?.End ?? 0));
        var figure = move is null ? (Annotation?)rate : sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move;
        // 9 月固定交易价: the month, or the quarter, that the sentence names before.
        var period = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= price.Start && (p.Label.Length == 7 || p.Label.Contains('Q', StringComparison.Ordinal))) ?? (sentence.Contains(["同月", "当月", "同季"], sentence.Start, price.Start) ? context.Earlier.SelectMany(here => here.Sentence.All<PeriodValue>().Reverse()).FirstOrDefault(p => p.Label.Length == 7) : null);
        yield return context.Draft("PriceChanged", name.Start, end, [("subject", Participant.Unknown(EntityKind.Product, sentence.Slice(name).Trim()))],
            [
                ("instrument", "device"), ("period", period?.Label), ("changePercent", Figure.Node(change)), ("price", price.Amount), ("currency", price.Currency),
                ("item", sentence.Contains(["现货", "spot"], Clauses.Start(sentence, match.Start), match.End) ? "spot" : null), ("bound", price.Bound.Word()),
            ]) with
        {
            When = context.When(name.Start, end) ?? period?.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IsWhenInferred = true,
            Consumes = figure is null ? [context.Source(price)] : [context.Source(price), context.Source(figure)],
        };
    }

    // Revenue, orders and the money of other things are no price of a part.
    private static bool IsOthers(Sentence sentence, Span name, MoneyValue price) =>
        sentence.Within<Mention>(name.End, price.Start).Any(m => m.Kind is EntityKind.Company or EntityKind.Chip || (m.Kind == "metric" && m.Id != "metric/average-price"))
            || sentence.All<MoneyValue>().Any(m => m.Start >= name.End && m.End <= price.Start)
            || sentence.Contains(["收入", "营收", "市场", "产值", "规模", "投资", "资本", "订单", "股价", "目标价", "revenue", "market", "capex"], Math.Max(sentence.Start, name.Start - 8), price.Start);

    // The nearest goods before a position with what stands joined to them: 128Gb MLC 闪存, DDR5 16Gb.
    private static Span? Named(Sentence sentence, int at)
    {
        var from = Math.Max(sentence.Start, at - 48);
        (int Start, int End)? last = null;
        for (var found = sentence.Find(Goods, from, at); found is { } good; found = sentence.Find(Goods, good.End, at))
            last = found;
        if (last is not var (start, end))
            return null;
        var text = sentence.Passage.Text;
        bool IsPart(int index) => char.IsAsciiLetterOrDigit(text[index]) || text[index] is '-' or '.' || (text[index] == ' ' && index > sentence.Start && index + 1 < at && char.IsAsciiLetterOrDigit(text[index - 1]) && (char.IsAsciiLetterOrDigit(text[index + 1]) || Tails.Any(tail => sentence.Has(tail, index + 1, out _))));
        while (start > sentence.Start && IsPart(start - 1) && !(text[start - 1] == ' ' && text[start - 2] >= '\u4e00'))
            start--;
        while (end < at && IsPart(end))
            end++;
        foreach (var tail in Tails)
            end = sentence.Has(tail, end, out var behind) ? behind : end;
        return new Span(start, end);
    }
}
