using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>What components cost by contract or on the spot: 第二季服务器 DRAM 合约价较前季上涨近两成; what is expected of it is a forecast.</summary>
public static class ContractPriceRules
{
    private static readonly string[] Words = ["合约均价", "现货均价", "合约价格", "现货价格", "合约价", "现货价", "均价", "平均售价", "平均单价", "供货价", "供应价", "供货价格", "采购价", "批发价", "出厂价", "报价", "价格", "contract prices", "contract price", "spot prices", "spot price", "prices", "ASPs", "ASP"];

    private static readonly string[] Goods = ["DRAM", "NAND", "HBM", "DDR", "SSD", "闪存", "内存", "记忆体", "存储", "晶圆", "GPU", "面板", "光模块", "覆铜板", "CCL", "MLCC", "载板", "电容", "铜箔", "memory", "wafer", "server", "服务器"];

    // DDR4 8Gb 颗粒, 固定交易价, 同月 128Gb MLC NAND: how it is counted and traded, and when, is no part of its name.
    private static string Bare(string name)
    {
        foreach (var end in Ends)
            name = name.Length > end.Length + 1 && name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length].TrimEnd() : name;
        return Starts.FirstOrDefault(start => name.Length > start.Length + 1 && name.StartsWith(start, StringComparison.Ordinal)) is { } lead ? name[lead.Length..].TrimStart() : name;
    }

    private static readonly string[] Ends = ["固定交易", "大宗交易", "固定", "颗粒", "现货", "合约"];

    private static readonly string[] Starts = ["同月", "同期", "本月", "当月", "同周", "本周", "其中"];

    // 集邦指出 DDR5 …: who tells stands before the goods.
    private static readonly string[] Telling = ["指出", "显示", "表示", "报告", "统计", "数据", "称", "调查", "Spot ", "spot ", "Contract ", "contract "];

    public static IReadOnlyList<Rule> All { get; } = [new("price/contract-price", Seq(Lit(Words).As("word"), Gap(16, "。;"), Ann<Growth>("move", g => g.Percent != 0)), Build)];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (word, move) = (match.Get<Span>("word"), match.Get<Growth>("move"));
        var thing = Segments.Before(context, new Mention(word.Start, word.End, "metric", ["metric/average-price"]));
        // DDR5 16Gb 7 月合约均价: the goods stand before the month.
        if (thing.Name is null && context.Sentence.All<PeriodValue>().LastOrDefault(p => p.End <= word.Start && word.Start - p.End <= 1) is { } month)
            thing = Segments.Before(context, new Mention(month.Start, month.End, "metric", ["metric/average-price"]));
        if (thing.Name is null || !Goods.Any(good => thing.Name.Contains(good, StringComparison.OrdinalIgnoreCase)) || thing.Name.Contains('租', StringComparison.Ordinal) || sentence.Slice(Math.Max(sentence.Start, word.Start - 2), word.Start) is "合约" or "现货" or "供货" or "供应" or "采购" or "批发" or "出厂" or "平均" || sentence.Slice(Math.Max(sentence.Start, word.Start - 9), word.Start).TrimEnd() is var joined && (joined.EndsWith("contract", StringComparison.OrdinalIgnoreCase) || joined.EndsWith(" spot", StringComparison.OrdinalIgnoreCase))
            || sentence.Within<Mention>(word.End, move.Start).Any(m => m.Kind == "metric"))
            yield break;
        var lead = Telling.FirstOrDefault(telling => thing.Name.StartsWith(telling, StringComparison.Ordinal))?.Length ?? 0;
        var who = Participant.Unknown(EntityKind.Product, Bare(thing.Name[lead..].Trim()));
        // 单周下滑, on the week: days of the market, no quarter told before.
        var isWeek = sentence.Contains(["单周", "周环比", "本周", "当周", "一周", "周跌", "周涨", "on the week", "week on week", "last week", "this week"], word.End, match.End);
        var span = !isWeek ? null : context.Report.Metadata.Covers ?? (context.Report.ReportDate is { } today ? PricePeriods.WeekBefore(today) : null);
        var (week, day) = span is { } days ? (PricePeriods.Label(days), days.End.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) : (null, null);
        var period = isWeek ? null : context.Period(word.Start, match.End);
        var status = context.Status(FigureSurroundings.ClauseStart(sentence, thing.Start), match.End, isFigure: true);
        // A range of a quarter that still runs has not been measured, whoever puts it there.
        if (status == FactStatus.Reported && move.High is not null && period?.LastDay > context.Report.ReportDate)
            status = FactStatus.Forecast;
        var level = sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= word.End && m.Start <= match.End + 8 && m.Per is null);
        decimal? Of(GrowthBasis basis) => move.Basis == basis ? move.Percent : null;
        yield return status == FactStatus.Forecast
            ? context.Draft("ForecastIssued", thing.Start, match.End, [("issuer", Forecaster.ThirdParty(context, word.Start, isPersonMeant: false) ?? Forecaster.Earlier(context) ?? context.Report.Publisher), ("subject", who)],
                [
                    ("metric", "other"), ("period", period?.Label), (move.High is null ? "percent" : "low", move.Percent), ("high", Figure.Node(move.High)), ("yoyPercent", Figure.Node(Of(GrowthBasis.Year))), ("unit", move.High is null ? null : "percent"), ("qoqPercent", move.High is null ? Figure.Node(Of(GrowthBasis.Quarter)) : null), ("bound", move.Bound.Word()),
                ]) with
            { Status = status, Consumes = [context.Source(move)] }
            : context.Draft("PriceChanged", thing.Start, Math.Max(match.End, level?.End ?? 0), [("subject", who)],
                [("instrument", "device"), ("period", week ?? period?.Label), ("changePercent", move.Percent), ("price", Figure.Node(level?.Amount)), ("currency", level?.Currency), ("item", sentence.Contains(["现货", "spot"], Math.Max(sentence.Start, word.Start - 24), word.End) ? "spot" : null), ("bound", move.Bound.Word())]) with
            { When = day ?? context.When(thing.Start, match.End), Consumes = level is null ? [context.Source(move)] : [context.Source(move), context.Source(level)] };
    }
}
