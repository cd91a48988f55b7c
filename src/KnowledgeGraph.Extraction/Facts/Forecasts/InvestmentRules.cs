using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>What a company will spend on plants and machines of its own, without the word capex: 董事会决议斥资 578 亿元兴建新厂; will invest $20bn in a fab in Texas.</summary>
public static class InvestmentRules
{
    private static readonly Pattern Amount = Ann<MoneyValue>("amount", m => m.Per is null && m.Amount >= 1_000_000m);

    private static readonly string[] Building =
    [
        "兴建", "扩建", "新建", "建厂", "设厂", "扩厂", "扩产", "建设", "新厂", "厂房", "产线", "生产线", "晶圆厂", "封装厂", "工厂", "数据中心", "资料中心", "智算中心", "机房", "园区", "基础设施", "基建", "购置厂务",
        "fab", "fabs", "plant", "plants", "factory", "factories", "campus", "data center", "data centers", "data centre", "data centres", "infrastructure", "production line", "facility", "facilities",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("forecast/invests", Seq(Lit("斥资", "砸下", "砸", "豪掷", "投入", "投资", "追加", "加码", "invest", "invests", "investing", "spend", "spends", "pour", "pours", "commit", "commits", "committed"), Gap(14, "。;,"), Amount, Gap(26, "。;"), Lit(Building)), Build),
        new("forecast/plant-costs", Seq(Lit("fab", "plant", "factory", "campus", "data center", "data centre", "厂", "园区", "产线"), Gap(40, "。;"), Lit("cost", "costing", "price tag of", "worth", "耗资", "总投资", "投资额", "投资金额", "总额", "总金额", "预算"), Gap(8, "。;,"), Amount), Build),
        new("zh/forecast/spending-on", Seq(Lit("重申", "承诺", "宣布", "规划", "计划", "将"), Gap(12, "。;,"), Amount, Opt(Lit("的")), Gap(10, "。;,"), Lit("投入", "投资计划", "资本投入", "投资")), OnBuilding),
    ];

    // 重申三年 3,800 亿元的 AI 基础设施投入
    private static IEnumerable<FactDraft> OnBuilding(PatternMatch match, SentenceContext context) =>
        context.Sentence.Contains(Building, match.Get<MoneyValue>("amount").End, match.End) ? Build(match, context) : [];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var amount = match.Get<MoneyValue>("amount");
        var clause = sentence.Slice(Math.Max(sentence.Start, match.Start - 20), match.End);
        // Two companies make a deal; what was spent is an account; a government's programme is a policy.
        var isOther = sentence.Within<Mention>(match.Start, match.End).Any(m => m.Kind is EntityKind.Company or EntityKind.Publisher || (m.Kind == "metric" && Terms.IsAccount(context, m))) || Others.Any(word => clause.Contains(word, StringComparison.Ordinal))
            || sentence.Annotations.Any(a => a is Growth or Consensus or Previous && FigureSurroundings.Covers(a, amount));
        if (isOther || UnlistedCompany.Or(context, match.Start) is not { } spender)
            yield break;
        var (company, segment) = Segments.Whole(context, "capex", spender, new Segment(null, match.Start, null));
        var period = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= amount.Start && p.Label.Length == 4) is { } named ? FigureSurroundings.Resolve(context.Report, company, named) : null;
        var status = context.Status(sentence.Start, match.End, isFigure: false);
        if (status == FactStatus.Denied || (status == FactStatus.Reported && (sentence.Contains(Past, sentence.Start, match.End) || period?.LastDay <= context.Report.ReportDate)))
            yield break;
        yield return context.Draft("ForecastIssued", match.Start, match.End, [("issuer", company), ("subject", company)],
            [("metric", "capex"), ("segment", segment.Name), ("period", period?.Label), (amount.High is null ? "amount" : "low", amount.Amount), ("high", Figure.Node(amount.High)), ("currency", FigureSurroundings.Currency(sentence, amount)), ("bound", amount.Bound.Word())]) with
        {
            Status = status == FactStatus.Rumored ? FactStatus.Rumored : FactStatus.Announced,
            Consumes = [context.Source(amount)],
        };
    }

    private static readonly string[] Others = ["收购", "入股", "股权", "基金", "融资", "募", "政府", "国务院", "合资", "租", "采购", "stake", "acquire", "rent", "lease", "government", "fund", "joint venture"];

    private static readonly string[] Past = ["已投入", "累计", "去年", "投入了", "已投资", "invested", "spent", "has poured"];
}
