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
    private static readonly string[] Goods = ["DRAM", "NAND", "HBM3E", "HBM4E", "HBM4", "HBM3", "HBM", "LPDDR5X", "LPDDR5", "LPDDR4X", "GDDR7", "GDDR6", "DDR5", "DDR4", "DDR3", "RDIMM", "MRDIMM", "SODIMM", "eSSD", "SSD", "TLC", "QLC", "MLC", "闪存", "记忆体模组", "内存条", "wafer", "MLCC", "CCL"];

    private static readonly string[] Tails = ["颗粒", "闪存", "模组", "晶圆", "内存条", "产品", "wafer"];

    private static readonly string[] Quotes = ["落在", "来到", "回到", "报到", "报在", "报价", "叫价", "要价", "均价", "固定交易价", "合约价", "现货价", "成交价", "单颗", "单条", "每颗", "每条", "单片", "单价", "报", "升至", "涨至", "涨到", "降至", "跌至", "跌到", "回落至", "站上", "突破", "at", "to", "averaged", "fetches", "fetched", "costs", "quoted at"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/price/goods-rise", Seq(Lit("涨价", "提价", "加价", "降价", "调价", "调涨", "调降").As("verb"), Opt(Lit("幅度", "约", "近", "逾", "超过", "达", "了")), Opt(Lit("约", "近", "为", "达")), Ann<PercentValue>("percent", p => !p.IsPoints)), Rise),
        new("price/goods-quote", Seq(Lit(Quotes).As("word"), Opt(Lit("约", "为", "达", "在", "每颗", "每条", "单颗", "单条", "about", "roughly", "around", "some")), Opt(Lit("约", "为")), Ann<MoneyValue>("price", m => m is { High: null, Amount: < 100_000m })), Build),
    ];

    // 明年 HBM4 12 层产品将涨价近两成
    private static IEnumerable<FactDraft> Rise(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var percent = match.Get<PercentValue>("percent");
        if (Named(sentence, match.Start) is not { } name || match.Start - name.End > 12 || sentence.Slice(name.End, match.Start).IndexOfAny([',', ';']) >= 0 || sentence.Contains(["租", "概念", "股"], name.End, match.Start))
            yield break;
        var isDown = sentence.Contains(["降价", "调降"], match.Start, percent.Start);
        var period = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= name.Start);
        yield return context.Draft("PriceChanged", name.Start, match.End, [("subject", Participant.Unknown(EntityKind.Product, sentence.Slice(name).Trim()))],
            [("instrument", "device"), ("period", period?.Label), ("changePercent", isDown ? -Math.Abs(percent.Percent) : percent.Percent), ("bound", percent.Bound.Word())]) with
        {
            When = context.When(name.Start, match.End) ?? period?.Label,
            Consumes = [context.Source(percent)],
        };
    }

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var price = match.Get<MoneyValue>("price");
        if (Named(sentence, match.Start) is not { } name || sentence.All<Previous>().Any(p => p.Start <= price.Start && price.End <= p.End) || IsOthers(sentence, sentence.Find(Same, name.End, match.Start) is { } same ? new Span(name.Start, same.End) : name, price))
            yield break;
        var move = sentence.All<Growth>().FirstOrDefault(g => g.Start >= price.End && g.Start - price.End <= 8 && sentence.Slice(price.End, g.Start).IndexOfAny([';', '。']) < 0)
            ?? sentence.All<Growth>().LastOrDefault(g => g.Start >= (sentence.Find(Same, name.End, price.Start)?.End ?? name.End) && g.End <= price.Start);
        var rate = move is null ? sentence.All<PercentValue>().FirstOrDefault(p => !p.IsPoints && p.Start >= price.End && p.Start - price.End <= 10 && sentence.Contains(["涨幅", "增幅", "跌幅", "降幅"], price.End, p.Start)) : null;
        // 比前一天低 0.6%
        if (move is null && rate is null && sentence.Find(["比", "较"], price.End, Math.Min(sentence.End, price.End + 4)) is { } than && sentence.All<PercentValue>().FirstOrDefault(p => !p.IsPoints && p.Start >= than.End && p.Start - than.End <= 8) is { } distance && sentence.Contains(["低", "跌", "高", "贵", "涨", "便宜"], than.End, distance.Start))
            move = new Growth(distance.Start, distance.End, GrowthBasis.Unstated, sentence.Contains(["低", "跌", "便宜"], than.End, distance.Start) ? -distance.Percent : distance.Percent, null);
        var change = move?.Percent ?? (rate is null ? null : sentence.Contains(["跌幅", "降幅"], price.End, rate.Start) ? -rate.Percent : rate.Percent);
        var status = context.Status(Clauses.Start(sentence, match.Start), match.End, isFigure: true);
        if (status is FactStatus.Forecast)
            yield break;
        var end = Math.Max(price.End, Math.Max(move?.End ?? 0, rate?.End ?? 0));
        var figure = move is null ? (Annotation?)rate : sentence.Within<PercentValue>(move.Start, move.End).FirstOrDefault() ?? (Annotation)move;
        // 9 月固定交易价: the month, or the quarter, that the sentence names before.
        var period = sentence.All<DateValue>().LastOrDefault(d => d.Date.IsDay && d.End <= price.Start && d.Start >= name.End) is not null ? null : sentence.All<PeriodValue>().LastOrDefault(p => p.End <= price.Start && (p.Label.Length == 7 || p.Label.Contains('Q', StringComparison.Ordinal))) ?? (sentence.Contains(["同月", "当月", "同季"], sentence.Start, price.Start) ? context.Earlier.SelectMany(here => here.Sentence.All<PeriodValue>().Reverse()).FirstOrDefault(p => p.Label.Length == 7) : null);
        // What is quoted has been: a month without a year is the last one of its name.
        var label = period is { IsYearImplied: true, LastDay: { } last, Label: [_, _, _, _, '-', ..] } && last > context.Report.ReportDate?.AddDays(31) ? $"{last.Year - 1}{period.Label[4..]}" : period?.Label;
        yield return context.Draft("PriceChanged", name.Start, end, [("subject", Participant.Unknown(EntityKind.Product, sentence.Slice(name).Trim()))],
            [
                ("instrument", "device"), ("period", label), ("changePercent", Figure.Node(change)), ("price", price.Amount), ("currency", price.Currency),
                ("item", sentence.Contains(["现货", "spot"], Clauses.Start(sentence, match.Start), match.End) ? "spot" : null), ("bound", price.Bound.Word()),
            ]) with
        {
            When = context.When(name.Start, end) ?? period?.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IsWhenInferred = true,
            Consumes = [.. new[] { price, figure, move }.OfType<Annotation>().Select(context.Source).Distinct()],
        };
    }

    // Revenue, orders and the money of other things are no price of a part.
    private static bool IsOthers(Sentence sentence, Span name, MoneyValue price) =>
        sentence.Within<Mention>(name.End, price.Start).Any(m => m.Kind is EntityKind.Company or EntityKind.Chip || (m.Kind == "metric" && m.Id != "metric/average-price"))
            || sentence.All<MoneyValue>().Any(m => m.Start >= name.End && m.End <= price.Start)
            || sentence.Contains(["收入", "营收", "市场", "产值", "规模", "投资", "资本", "订单", "股价", "目标价", "revenue", "market", "capex"], Math.Max(sentence.Start, name.Start - 8), price.Start);

    private static readonly string[] Same = ["该规格", "同规格", "该产品", "同款产品", "该颗粒", "该型号", "同型号"];

    // The nearest goods before a position with what stands joined to them: 128Gb MLC 闪存, DDR5 16Gb.
    private static Span? Named(Sentence sentence, int at)
    {
        var from = Math.Max(sentence.Start, at - 48);
        (int Start, int End)? last = null;
        for (var found = sentence.Find(Goods, from, at); found is { } good; found = sentence.Find(Goods, good.End, at))
            last = found;
        // 6 月 30 日该规格的现货均价为…: what the sentence has told of before.
        if (sentence.Find(Same, last?.End ?? from, at) is { } same && from > sentence.Start)
            return Named(sentence, same.Start);
        if (last is not var (start, end))
            return null;
        // 64GB DDR5 RDIMMs: words with a digit or a capital behind their first letter belong to it, a month does not.
        var text = sentence.Passage.Text;
        bool IsWord(int head, int tail) => tail > head && text.AsSpan(head, tail - head) is var word && word.IndexOfAnyExceptInRange('!', '~') < 0 && word.IndexOfAny(",;:()") < 0 && (word.IndexOfAnyInRange('0', '9') >= 0 || word[1..].IndexOfAnyInRange('A', 'Z') >= 0)
            && !sentence.Annotations.Any(a => a is PeriodValue or DateValue or PercentValue or Growth or MoneyValue && a.Start < tail && head < a.End);
        while (start > sentence.Start && text[start - 1] is > ' ' and <= '~' and not (',' or ';' or '(' or ':'))
            start--;
        while (start - 2 > sentence.Start && text[start - 1] == ' ')
        {
            var word = start - 1;
            while (word > sentence.Start && text[word - 1] is > ' ' and <= '~' and not (',' or ';' or '(' or ':'))
                word--;
            if (!IsWord(word, start - 1))
                break;
            start = word;
        }

        while (end < at && char.IsAsciiLetterOrDigit(text[end]))
            end++;
        for (var to = end; end + 1 < at && text[end] == ' ';)
        {
            to = end + 1;
            while (to < at && text[to] is > ' ' and <= '~')
                to++;
            if (!IsWord(end + 1, to))
                break;
            end = to;
        }

        // HBM4 12 层
        if (char.IsAsciiDigit(text[end - 1]) && sentence.Has("层", sentence.SkipSpace(end), out var layers) && layers <= at)
            end = layers;
        foreach (var tail in Tails)
            end = sentence.Has(tail, sentence.SkipSpace(end), out var behind) ? behind : end;
        return new Span(start, end);
    }
}
