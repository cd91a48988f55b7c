using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>
/// Figures of a company's accounts. A metric and its figure make the fact; growth, consensus and the figure before stand around them.
/// What is expected instead of measured becomes a <c>ForecastIssued</c> of the same shape.
/// </summary>
public static class EarningsRules
{
    private static readonly Pattern Metric = Ann<Mention>("metric", m => m.Kind == "metric");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("earnings/metric-amount", Seq(Metric, Gap(40, "。;"), Ann<MoneyValue>("amount")), MetricFigure),
        new("earnings/metric-percent", Seq(Metric, Gap(12, "。;,"), Ann<PercentValue>("percent", p => !p.IsPoints)), MetricPercent),
        new("en/earnings/margin-moved-to", Seq(Ann<Mention>("metric", m => m.Kind == "metric" && m.Id.EndsWith("-margin", StringComparison.Ordinal)), Gap(8, "。;,"), Lit("slipped", "fell", "rose", "dropped", "widened", "narrowed", "expanded", "contracted", "improved", "climbed", "eased", "declined", "ticked up", "ticked down", "edged up", "edged down", "gained", "lost", "shed", "added", "jumped", "increased", "decreased", "was up", "was down", "moved up", "moved down", "compressed", "recovered", "retreated", "slid"), Gap(44, "。;"), Lit("to", "at"), Opt(Lit("about", "around", "roughly")), Ann<PercentValue>("percent", p => !p.IsPoints)), MarginMoved),
        new("earnings/metric-growth", Seq(Metric, Gap(10, "。;"), Ann<Growth>("growth")), GrowthOnly),
        new("zh/earnings/share-of-revenue", Seq(Lit("占"), Gap(12, "。;,"), Ann<Mention>("metric", m => m.Id == "metric/revenue"), Opt(Lit("的")), Lit("比例", "比重", "份额", "占比").As("share"), Gap(14, "。;"), Ann<PercentValue>("percent", p => !p.IsPoints)), ShareOfRevenue),
        new("earnings/percent-metric", Seq(Ann<PercentValue>("percent", p => !p.IsPoints && !p.IsSigned), Opt(Lit("的")), Opt(Lit("non-GAAP", "GAAP", "adjusted")), Ann<Mention>("metric", m => m.Kind == "metric" && m.Id.EndsWith("-margin", StringComparison.Ordinal))), MetricPercent),
        new("earnings/amount-metric", Seq(Ann<MoneyValue>("amount"), Opt(Lit("的", "of", "in", "的股票", "in total")), Gap(28, "。;,、("), Metric), AmountFirst),
    ];

    private static IEnumerable<FactDraft> MetricFigure(PatternMatch match, SentenceContext context)
    {
        var metric = match.Get<Mention>("metric");
        var amount = Reached(context.Sentence, match.Get<MoneyValue>("amount"));
        // 营益率 15.8%，每股赚 15.4 元: a ratio is no money.
        return Terms.IsRatio(Terms.Metric(metric)) ? [] : Build(context, metric, amount, amount.Amount, amount.High, FigureSurroundings.Currency(context.Sentence, amount), percent: null, amount.Bound);
    }

    // 首度突破百亿元，达 102.7 亿元: the figure is what the mark was passed with.
    // 误植为 31.5 亿元,正确应为 35.1 亿元: it is what it should have read.
    private static MoneyValue Reached(Sentence sentence, MoneyValue mark) =>
        sentence.Contains(Misprinted, sentence.Start, sentence.End) && sentence.Find(["应为", "应是", "更正为", "should read", "should have read", "should have been", "should be"], mark.End, sentence.End) is { } correction && sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= correction.End && m.Start <= correction.End + 4) is { } right ? right
        : mark.Bound == Bound.Min && sentence.Find(["达", "达到", "为", "至", "录得", "at"], mark.End, mark.End + 6) is { } verb && sentence.All<MoneyValue>().FirstOrDefault(m => m.Start >= verb.End && m.Start <= verb.End + 1) is { } exact ? exact : mark;

    // 1 万亿美元 Blackwell 与 Rubin 收入: only names may stand between, and they are the part that the figure is of.
    private static IEnumerable<FactDraft> AmountFirst(PatternMatch match, SentenceContext context)
    {
        var (amount, metric) = (match.Get<MoneyValue>("amount"), match.Get<Mention>("metric"));
        // lost $0.42 a share on revenue of $1.98bn: the metric has a figure of its own, or counts by the share.
        if (amount.Per is not null || context.Sentence.All<MoneyValue>().Any(m => m.Start >= metric.End && m.Start <= metric.End + 4))
            return [];
        var isNamed = context.Sentence.Annotations.Any(a => a is Name or Mention { Kind: "company" or "product" or "model" or "chip" or "segment" } && a.Start >= amount.End && a.End <= metric.Start);
        // $16.2-16.4bn and adjusted EPS of…: what is joined to it has a figure of its own; added $15bn to the buyback.
        var between = context.Sentence.Slice(amount.End, metric.Start).Trim();
        if (between is "and" or "while" or "with")
            return [];
        return metric.Start - amount.End <= 3 || metric.Id == "metric/share-buyback" && !between.StartsWith("into", StringComparison.OrdinalIgnoreCase) && metric.Start - amount.End <= 20 && Bridge.Weight(context.Sentence, amount.End, metric.Start) <= 8 || Bridge.Weight(context.Sentence, amount.End, metric.Start) <= 2 && metric.Start - amount.End <= 7 || isNamed && Bridge.Weight(context.Sentence, amount.End, metric.Start, areNamesBlank: true) <= 2 ? MetricFigure(match, context) : [];
    }

    private static IEnumerable<FactDraft> MetricPercent(PatternMatch match, SentenceContext context)
    {
        var metric = match.Get<Mention>("metric");
        var percent = match.Get<PercentValue>("percent");
        return Terms.IsRatio(Terms.Metric(metric)) ? Build(context, metric, percent, null, percent.High, null, percent.Percent, percent.Bound) : [];
    }

    // Gross margin slipped 40bp sequentially to 74.6%: by how much stands between.
    private static IEnumerable<FactDraft> MarginMoved(PatternMatch match, SentenceContext context)
    {
        var (metric, percent) = (match.Get<Mention>("metric"), match.Get<PercentValue>("percent"));
        return context.Sentence.Within<PercentValue>(metric.End, percent.Start).Any(p => !p.IsPoints) || context.Sentence.Annotations.Any(a => a is MoneyValue && a.Start >= metric.End && a.End <= percent.Start) ? []
            : Build(context, metric, percent, null, percent.High, null, percent.Percent, percent.Bound);
    }

    // 核心业务收入 136 亿元，占总收入的比例达到 52%: the share is of the part that the sentence just spoke of.
    private static IEnumerable<FactDraft> ShareOfRevenue(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        // 首次超过一半，达到 52%: the last of them is the figure.
        var percent = Listed.Last(sentence, match.Get<PercentValue>("percent"), within: 10);
        var part = sentence.All<Mention>().LastOrDefault(m => m.Id == "metric/revenue" && m.End <= match.Start);
        var segment = part is null ? null : Segments.Before(context, part);
        if (segment?.Name is null || (segment.Owner ?? context.Company(match.Start)) is not { } company)
            yield break;
        var period = FigureSurroundings.Period(context, company, match.Start, match.End);
        yield return context.Draft("EarningsReported", match.Start, percent.End, [("company", company)],
            [("metric", "revenue-share"), ("segment", segment.Name), ("period", period?.Label), ("calendarPeriod", period?.CalendarLabel), ("percent", percent.Percent), ("bound", percent.Bound.Word())]) with
        {
            Status = context.Status(match.Start, match.End, isFigure: true),
            Consumes = [context.Source(percent)],
        };
    }

    private static IEnumerable<FactDraft> GrowthOnly(PatternMatch match, SentenceContext context)
    {
        var metric = match.Get<Mention>("metric");
        var growth = match.Get<Growth>("growth");
        var sentence = context.Sentence;
        // 收入 88 亿元，同比增长 79%: the growth belongs to the amount between them or right behind (收入增长 13% 至 1,952 亿元).
        if (sentence.Within<MoneyValue>(metric.End, growth.Start).Any() || sentence.All<MoneyValue>().Any(m => m.Start >= growth.End && m.Start <= growth.End + 6))
            return [];
        // Without a word of what it is measured against, the growth stands right behind its metric, and nobody only supposes it.
        var isLoose = growth is { Basis: GrowthBasis.Unstated, Percent: not 0 } && (Bridge.Weight(sentence, metric.End, growth.Start) > 0 || growth.Start - metric.End > 6 || sentence.Contains(Supposed, sentence.Start, growth.Start) || sentence.Contains(Levels, growth.Start, growth.End));
        return isLoose || Terms.IsRatio(Terms.Metric(metric)) ? [] : Build(context, metric, growth, null, null, null, null, growth.Bound);
    }

    private static IEnumerable<FactDraft> Build(
        SentenceContext context, Mention metric, Annotation figure, decimal? amount, decimal? high, string? currency, decimal? percent, Bound? bound)
    {
        var sentence = context.Sentence;
        var name = figure is MoneyValue { Per: "share" } && Terms.Metric(metric, sentence) is "net-income" or "adjusted-net-income" ? Terms.PerShare(Terms.Metric(metric, sentence)) : Terms.Metric(metric, sentence);
        var (from, to) = (Math.Min(metric.Start, figure.Start), Math.Max(metric.End, figure.End));
        // Another metric between the two owns the figure; so does a consensus or a figure of the year before.
        // Figures told off in turn are of several years, companies or metrics: other rules deal them out.
        if (!Terms.IsAccount(context, metric) || Terms.IsOfIndustry(name) || IsFormer(sentence, figure) || sentence.Contains(["分别", "依次"], metric.End, figure.Start) || !IsPlain(sentence, metric, figure)
            || sentence.Within<Mention>(from, to).Any(m => m.Kind == "metric" && m != metric && m.Start >= metric.End && m.End <= figure.Start)
            || sentence.Annotations.Any(a => a is Consensus or OwnEstimate && FigureSurroundings.Covers(a, figure)) || sentence.All<Previous>().Any(p => FigureSurroundings.Covers(p, figure))
            || (figure is not Growth && !sentence.Contains(Misprinted, sentence.Start, sentence.End) && sentence.Within<MoneyValue>(metric.End, figure.Start).Any(m => m != figure && !sentence.All<Previous>().Any(p => FigureSurroundings.Covers(p, m)))))
            yield break;

        var segment = name == "revenue-share" ? PartOf(context, metric) : Terms.HasSegments(name) ? Segments.Before(context, metric) : new Segment(null, metric.Start, null);
        if ((name == "revenue-share" && segment.Name is null) || (name == "capex" && IndustryRules.IsGroup(segment.Name)))
            yield break;
        if (segment.Name is null && name.EndsWith("-margin", StringComparison.Ordinal) && figure.Start >= metric.End)
            segment = OfPart(context, metric) ?? segment;
        var opening = UnlistedCompany.Opening(context, metric.Start);
        if (opening is not null && segment.Name is not null && opening.Name.Contains(segment.Name, StringComparison.Ordinal))
            segment = new Segment(null, metric.Start, null);
        var owner = opening ?? segment.Owner ?? context.Company(metric.Start) ?? (context.CompanyMention(figure.Start) is { } inside ? Participant.Of(inside, sentence) : null);
        if (owner is null)
            yield break;
        // Before the period is read: of a part (Azure, AWS) the owner's fiscal year counts.
        (var company, segment) = Segments.Whole(context, name, owner, segment);
        var modifiers = FigureSurroundings.Modifiers(sentence, metric, figure);
        var end = modifiers.Count == 0 ? to : Math.Max(to, modifiers.Max(m => m.End));
        var start = segment.Start < metric.Start ? segment.Start : from;
        var isNegative = Terms.IsLoss(sentence.Slice(metric)) || IsMinus(sentence, figure);
        var isAuthorised = (name is "share-buyback" or "dividend-per-share" || sentence.Slice(metric) is var word && (word.EndsWith("总额", StringComparison.Ordinal) || word.EndsWith("预算", StringComparison.Ordinal))) && sentence.Contains(Authorised, sentence.Start, Math.Min(sentence.End, to + 6));
        // 首季每股配发现金 6.5 元: the quarter that it is paid for stands right before it.
        var paidFor = isAuthorised && name == "dividend-per-share" ? sentence.All<PeriodValue>().LastOrDefault(p => p.End <= metric.Start && metric.Start - p.End <= 2) : null;
        var isOwnPeriod = name is "share-buyback" or "dividend-per-share" && !sentence.All<PeriodValue>().Any();
        var period = paidFor is not null ? FigureSurroundings.Resolve(context.Report, company, paidFor) : isAuthorised || isOwnPeriod ? null : FigureSurroundings.Period(context, company, metric.Start, end);
        var status = isAuthorised ? FactStatus.Announced : FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, Math.Min(metric.Start, figure.Start)), to, period);
        var value = isNegative && amount is { } loss ? -Math.Abs(loss) : amount;
        // 亏损 233 亿至 243 亿元: the greater loss is the lower figure.
        if (isNegative && high is { } greater && value is { } lesser)
            (value, high) = (-Math.Abs(greater), lesser);

        // 核准 228 亿美元的资本预算: what is to be spent, by who will.
        var isBudget = isAuthorised && name == "capex";
        var draft = AccountFigure.Draft(context, new AccountFigure(company, name, segment.Name, figure, start, end)
        {
            Amount = value,
            High = high,
            Percent = percent,
            Currency = currency,
            Bound = bound,
            Period = period,
            Status = isBudget ? FactStatus.Forecast : status,
            Modifiers = modifiers,
            ForecastFrom = metric.Start,
        });
        yield return isBudget ? draft with { Status = FactStatus.Announced } : draft;
    }

    // 云业务收入 218 亿美元,增速达 60%,经营利润率 34.1%: the margin is of the part whose revenue it stands behind.
    private static Segment? OfPart(SentenceContext context, Mention metric)
    {
        var sentence = context.Sentence;
        if (sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= metric.Start) is not { Id: "metric/revenue" } revenue || sentence.Slice(revenue.End, metric.End) is var between && (between.IndexOfAny([';', '(']) >= 0 || Whole.Any(word => between.Contains(word, StringComparison.Ordinal)))
            || sentence.Slice(Clauses.Start(sentence, metric.Start), metric.Start).Trim() is not ("" or "其" or "该业务" or "业务" or "板块" or "分部") || sentence.Within<Mention>(revenue.End, metric.Start).Any(m => m.Kind == EntityKind.Company))
            return null;
        return Segments.Before(context, revenue) is { Name: not null } part && PartNouns.Any(noun => part.Name.EndsWith(noun, StringComparison.OrdinalIgnoreCase)) ? part : null;
    }

    private static readonly string[] Whole = ["公司", "集团", "整体", "综合", "合并", "总", "核心", "company", "group", "overall", "total"];

    // What has costs of its own, and not only a revenue.
    private static readonly string[] PartNouns = ["业务", "板块", "分部", "部门", "事业", "事业群", "事业部", "云", "segment", "division", "business"];

    // 云业务占总收入的 16%; 云业务收入 186 亿元，占总收入的 16%: the part stands before it, or is what the sentence just gave the revenue of.
    private static Segment PartOf(SentenceContext context, Mention metric)
    {
        var own = Segments.Before(context, metric);
        var revenue = own.Name is null ? context.Sentence.All<Mention>().LastOrDefault(m => m.Id == "metric/revenue" && m.End <= metric.Start) : null;
        return revenue is null ? own : Segments.Before(context, revenue);
    }

    private static readonly string[] Misprinted = ["误植", "误载", "误写", "误刊", "误作", "误记", "更正", "勘误", "correction", "misstated", "incorrectly", "wrongly"];

    // 由此前的 118.9 亿元: what is replaced is no figure of its own.
    private static bool IsFormer(Sentence sentence, Annotation figure) =>
        sentence.Slice(Math.Max(sentence.Start, figure.Start - 5), figure.Start).Trim() is var before && new[] { "由", "从", "此前的", "原来的", "先前的", "原先的", "之前的", "前次的" }.Any(word => before.EndsWith(word, StringComparison.Ordinal));

    private static readonly string[] Authorised = ["授权", "批准", "宣布", "新增", "提高至", "上调至", "计划", "拟", "派发", "宣派", "拍板", "配发", "决议", "通过", "核准", "核定", "signed off", "cleared", "added", "authorized", "authorised", "authorization", "approved", "declared", "raised", "announced", "plans", "topped up", "upsized", "boosted", "expanded", "enlarged", "increased", "extended", "sanctioned", "waved through", "signed off on", "new", "fresh", "further", "additional"];

    private static readonly string[] Supposed = ["如果", "若", "假设", "假如", "每", "if", "assuming", "every", "were"];

    private static readonly string[] Levels = ["至", "到", "to"];

    private static readonly string[] Differences = ["高出", "多出", "低于", "少于", "高于", "超出", "相差", "增加了", "减少了", "增加", "减少", "higher by", "lower by", "more than rival", "increased by"];

    // came out at minus $18.6bn; 为负 12 亿元
    private static bool IsMinus(Sentence sentence, Annotation figure) =>
        sentence.Slice(Math.Max(sentence.Start, figure.Start - 9), figure.Start).TrimEnd() is var before && (before.EndsWith("minus", StringComparison.OrdinalIgnoreCase) || before.EndsWith("negative", StringComparison.OrdinalIgnoreCase) || before.EndsWith('负'));

    // Brackets closed in between, or a difference to something else (高出近 10 亿美元): the figure is not the metric's own.
    private static bool IsPlain(Sentence sentence, Mention metric, Annotation figure)
    {
        if (figure.Start < metric.End)
            return true;
        var between = sentence.Slice(metric.End, figure.Start);
        return between.Count(c => c == ')') == between.Count(c => c == '(') && !(figure is MoneyValue && sentence.Contains(Differences, metric.End, figure.Start) && !between.Contains('至', StringComparison.Ordinal));
    }
}
