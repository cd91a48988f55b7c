using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>The ontology's metrics, as mentions of the vocabulary name them (<c>metric/revenue</c> -> <c>revenue</c>).</summary>
public static class Terms
{
    public static string Metric(Mention mention) => mention.Id[(mention.Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static bool IsAccount(SentenceContext context, Mention mention) => context.Report.Vocabulary.Entry(mention.Id).MetricKinds.Contains("account");

    private static readonly string[] Adjusters = ["非公认会计准则", "非公认会计原则", "Non-GAAP", "非GAAP", "非 GAAP", "经调整", "调整后", "非国际财务报告准则", "Non-IFRS", "扣非", "adjusted"];

    /// <summary>The metric of a mention, adjusted where its clause says so some words earlier (非公认会计准则下归属公司净利润).</summary>
    public static string Metric(Mention mention, Sentence sentence)
    {
        var metric = Metric(mention);
        var clause = sentence.Passage.Text.LastIndexOfAny([',', ';', ':', '。', '、'], Math.Max(0, mention.Start - 1)) + 1;
        return metric is "net-income" or "eps" or "gross-margin" && sentence.Contains(Adjusters, Math.Max(clause, Math.Max(sentence.Start, mention.Start - 24)), mention.End) ? "adjusted-" + metric : metric;
    }

    /// <summary>The adjusted sibling of a metric, where the contract has one.</summary>
    public static string Adjusted(string metric) => metric is "net-income" or "eps" or "gross-margin" ? "adjusted-" + metric : metric;

    /// <summary>每股税后纯益 15.36 元: income by the share is another metric.</summary>
    public static string PerShare(string metric) => metric == "adjusted-net-income" ? "adjusted-eps" : "eps";

    /// <summary>Whether parts of a company have such a figure of their own.</summary>
    public static bool HasSegments(string metric) => metric is "revenue" or "operating-income" or "operating-margin" or "gross-margin" or "adjusted-gross-margin" or "revenue-share" or "capex" or "other" or "orders" or "capacity";

    /// <summary>What is spent or sold by an industry is no figure of one company's accounts.</summary>
    public static bool IsOfIndustry(string metric) => metric is "industry-spend" or "market-size" or "value-of-deal";

    /// <summary>Metrics that are a share of something and come in percent.</summary>
    public static bool IsRatio(string metric) => metric.EndsWith("-margin", StringComparison.Ordinal) || metric is "revenue-share" or "market-share" or "percentile";

    public static bool IsLoss(string surface) => surface.Contains("亏损", StringComparison.Ordinal) || surface.Contains("loss", StringComparison.OrdinalIgnoreCase);
}
