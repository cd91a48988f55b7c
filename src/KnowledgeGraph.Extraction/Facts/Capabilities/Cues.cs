using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Words that tell which capability a percentage or a multiple is of, and words that tell that it is none.</summary>
public static class Cues
{
    private static readonly (string Metric, string[] Words)[] Metrics =
    [
        ("training-cost", ["训练成本", "预训练成本", "训练费用", "训练开销", "training cost", "training costs", "cost of training"]),
        ("cost", ["成本", "推理成本", "使用成本", "便宜", "cost", "costs", "cheaper", "inference cost"]),
        ("memory", ["显存", "内存占用", "显存占用", "内存", "memory footprint", "memory use", "VRAM", "memory"]),
        ("latency", ["延迟", "时延", "响应时间", "首字", "latency", "response time"]),
        ("speed-up", ["速度", "吞吐", "吞吐量", "加速", "提速", "更快", "快", "性能", "算力", "推理", "效能", "表现", "跑分", "效率", "能效", "throughput", "speed", "speed-up", "speedup", "faster", "performance", "efficiency", "efficient", "quicker", "perf"]),
        ("other", ["训练任务规模", "训练规模", "效果", "质量", "功耗", "能耗", "错误率", "幻觉率", "幻觉", "token消耗", "Token 消耗", "Token消耗", "压缩率", "准确性", "hallucinations", "hallucination rate", "errors", "power consumption", "quality", "训练数据", "带宽", "bandwidth", "density"]),
    ];

    // Figures of the business, of shares and of markets: other types of fact.
    private static readonly string[] Business =
    [
        "收入", "营收", "利润", "净利", "毛利", "用户", "销量", "销售", "订单", "股价", "市值", "估值", "价格", "定价", "售价", "加价", "降价", "涨价", "费用", "产能", "出货", "调用量", "消耗量", "使用量", "市场", "份额", "占比", "涨幅", "跌幅", "涨", "跌", "开支", "投资", "融资", "需求", "客户", "下载", "活跃", "流量", "员工", "团队规模",
        "营业成本", "采购成本", "收盘", "股", "同比", "环比", "按年", "按季", "指数", "GMV", "ARR", "权重", "回报", "资本", "人数", "合同", "订阅", "广告", "税",
        "revenue", "profit", "users", "sales", "shares", "stock", "price", "prices", "priced", "demand", "capacity", "orders", "market", "customers", "spending", "capex", "growth", "year over year", "quarter", "valuation", "downloads", "margin", "usage", "subscribers", "premium", "discount",
    ];

    /// <summary>The capability whose word stands nearest to a value in its sentence; null where a word of business stands nearer or none stands near.</summary>
    public static string? MetricOf(Sentence sentence, Annotation value)
    {
        var best = Metrics.SelectMany(metric => metric.Words.Select(word => (metric.Metric, Distance: Distance(sentence, word, value), word.Length)))
            .Where(found => found.Distance is not null).OrderBy(found => found.Distance).ThenByDescending(found => found.Length).FirstOrDefault();
        if (best.Metric is null)
            return null;
        var business = Business.Select(word => Distance(sentence, word, value)).OfType<int>().DefaultIfEmpty(int.MaxValue).Min();
        return best.Distance < business ? best.Metric : null;
    }

    // Characters between word and value; a comma between them counts as eight, standing behind the value as four. The smaller, the nearer.
    private static int? Distance(Sentence sentence, string word, Annotation value)
    {
        int? nearest = null;
        var from = Math.Max(sentence.Start, value.Start - 60);
        for (var at = sentence.Find([word], from, value.Start); at is { } found; at = sentence.Find([word], found.Start + 1, value.Start))
            nearest = value.Start - found.End + (8 * Commas(sentence.Slice(found.End, value.Start)));
        var after = sentence.Find([word], value.End, Math.Min(sentence.End, value.End + 18));
        if (after is { } behind && Commas(sentence.Slice(value.End, behind.Start)) == 0)
            nearest = Math.Min(nearest ?? int.MaxValue, behind.Start - value.End + 4);
        return nearest is <= 60 ? nearest : null;
    }

    private static int Commas(string text) => text.Count(c => c is ',' or '，' or ';' or '；');
}
