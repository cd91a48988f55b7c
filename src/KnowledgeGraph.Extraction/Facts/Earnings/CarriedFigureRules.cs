using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>
/// A figure whose metric was said with the figure before it: 去年为 1,313 亿美元; 前五月合计 1.32 兆元; 2027 年达 121 亿元; 企业服务录得 555 亿元. The clause names the
/// period or the part that is new, everything else is carried.
/// </summary>
public static class CarriedFigureRules
{
    private static readonly Pattern Figure = Alt(Ann<MoneyValue>("figure", m => m.Per is null or "share"), Ann<PercentValue>("figure", p => !p.IsPoints));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("earnings/period-figure", Seq(Ann<PeriodValue>("period"), Gap(26, "。;()"), Figure), OfPeriod),
        new("earnings/listed-figure", Seq(Ann<Mention>("who", m => m.Kind == EntityKind.Company), Gap(24, "。;"), Ann<MoneyValue>("figure", m => m.Per is null)), OfListed),
        new("zh/earnings/took-in", Seq(Ann<Mention>("who", m => m.Kind == EntityKind.Company), Gap(16, "。;,"), Lit("进账", "进帐", "入账", "入帐", "缴出", "交出", "业绩", "业绩为", "业绩达").As("verb"), Opt(Lit("了", "约", "近", "逾")), Ann<MoneyValue>("figure", m => m.Per is null && m.Amount >= Smallest)), TookIn),
        new("earnings/part-growth", Seq(Alt(Ann<Mention>("part", m => m.Kind == "segment"), Ann<Mention>("part", m => m.Kind == EntityKind.Company)), Gap(26, "。;,"), Alt(Ann<Growth>("growth", g => g.Basis is GrowthBasis.Year or GrowthBasis.Unstated), Ann<PercentValue>("signed", p => p.IsSigned && !p.IsPoints))), GrowthOfPart),
        new("earnings/part-figure", Seq(Lit("上看", "则上看", "落在", "可达", "有望达", "卖了", "卖出", "贡献了", "做到", "做了", "录得", "入账", "贡献", "缴出", "进账", "实现", "达到", "达", "约为", "则为", "为", "is", "was", "came in at", "brought in", "contributed", "added", "delivered", "posted", "reached").As("verb"), Opt(Lit("约", "近", "逾", "了", "about", "roughly", "some")), Ann<MoneyValue>("figure", m => m.Per is null)), OfPart),
    ];

    // Below a million the amount behind a company's name is a price of its share.
    private const decimal Smallest = 1_000_000m;

    /// <summary>A metric that was said with its figure, and where.</summary>
    private sealed record Carried(SentenceContext Context, Mention Mention, Annotation Figure);

    private static IEnumerable<FactDraft> OfPeriod(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (period, figure) = (match.Get<PeriodValue>("period"), match.Find<Annotation>("figure")!);
        // 2026 年口径由 1,350 亿改为 1,450 亿美元: only the figure that is replaced may stand so far between.
        var isFar = figure.Start - period.End > 14 && !sentence.Within<Previous>(period.End, figure.Start).Any();
        if (isFar || !IsAlone(sentence, period.End, figure) || Bridge.Weight(sentence, period.End, figure.Start) > 1 || Last(context, period.Start, figure) is not { } carried)
            yield break;
        var metric = Terms.Metric(carried.Mention, carried.Context.Sentence);
        var segment = Terms.HasSegments(metric) ? Segments.Before(carried.Context, carried.Mention) : new Segment(null, 0, null);
        var named = sentence.Within<Mention>(carried.Context == context ? carried.Mention.End : sentence.Start, figure.Start).LastOrDefault(m => m.Kind == EntityKind.Company && !context.IsOblique(m));
        var company = named is not null ? Participant.Of(named, sentence) : segment.Owner ?? UnlistedCompany.Or(carried.Context, carried.Mention.Start);
        if (company is not null)
            yield return Draft(context, company, metric, named is null ? segment : new Segment(null, 0, null), figure, match.Start, FigureSurroundings.Resolve(context.Report, company, Behind(sentence, figure) ?? period));
    }

    // Rmb30.85 for 2026E and Rmb34.60 for 2027E: English names the period behind its figure.
    private static PeriodValue? Behind(Sentence sentence, Annotation figure) =>
        sentence.All<PeriodValue>().FirstOrDefault(p => p.Start > figure.End && p.Start <= figure.End + 5 && sentence.Slice(figure.End, p.Start).Trim() is "for" or "in");

    // 7 月营收: 广达（2382）：1,736 亿元，月减 4.8%: the heading names the metric, each item a company.
    private static IEnumerable<FactDraft> OfListed(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (who, figure) = (match.Get<Mention>("who"), match.Get<MoneyValue>("figure"));
        if ((context.Topic.Metric ?? Last(context, who.Start, figure)?.Mention) is not { } metric || !context.Report.Vocabulary.Entry(metric.Id).MetricKinds.Contains("account") || Terms.IsRatio(Terms.Metric(metric)) || sentence.Within<Mention>(context.Topic.Metric is null ? who.End : sentence.Start, figure.Start).Any(m => m.Kind is "metric" or EntityKind.Company && m.Start >= who.End && sentence.Passage.Text[m.Start - 1] != '(')
            || figure.Amount < Smallest || sentence.Slice(Math.Max(sentence.Start, who.Start - 1), who.Start) == "(" || !IsAlone(sentence, who.End, figure) || Bridge.Weight(sentence, who.End, figure.Start) > 1)
            yield break;
        var company = Participant.Of(who, sentence);
        yield return Draft(context, company, Terms.Metric(metric), new Segment(null, 0, null), figure, match.Start, FigureSurroundings.Period(context, company, who.Start, figure.End));
    }

    // 纬创(3231)7 月进帐 1,985 亿元: what a company took in over a period is its revenue.
    private static IEnumerable<FactDraft> TookIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (who, figure) = (match.Get<Mention>("who"), match.Get<MoneyValue>("figure"));
        var isOfPeriod = sentence.Within<PeriodValue>(who.End, figure.Start).Any() || sentence.Contains(["同月", "同期", "同季", "单月", "单季"], who.End, figure.Start);
        if (!isOfPeriod || sentence.Within<Mention>(who.End, figure.Start).Any(m => m.Kind is "metric" or "segment" or EntityKind.Company or EntityKind.Product) || sentence.Has("的", figure.End, out _))
            yield break;
        var company = Participant.Of(who, sentence);
        yield return Draft(context, company, "revenue", new Segment(null, 0, null), figure, match.Start, FigureSurroundings.Period(context, company, figure.Start, figure.End));
    }

    // Azure: +38% in constant currency; 云业务增长 48%: growth of a part, without the word, is of its revenue.
    private static IEnumerable<FactDraft> GrowthOfPart(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var part = match.Get<Mention>("part");
        var isOwned = part.Kind == EntityKind.Company && context.Report.Vocabulary.Entry(part.Id).Maker is not null;
        Annotation figure = match.Find<Growth>("growth") ?? (Annotation)match.Get<PercentValue>("signed");
        var rate = figure is Growth growth ? growth : new Growth(figure.Start, figure.End, GrowthBasis.Unstated, ((PercentValue)figure).Percent, ((PercentValue)figure).Bound);
        var isOther = IsInside(sentence, part) || rate.Basis == GrowthBasis.Unstated && sentence.Contains(["至", "到"], rate.Start, rate.End) || (part.Kind == EntityKind.Company && !isOwned) || rate.Percent == 0 || Bridge.Weight(sentence, part.End, figure.Start) > (sentence.Slice(part.End, figure.Start).Any(c => c >= '\u4e00') ? 4 : 24)
            || sentence.Contains(NotGrown, part.Start, Math.Min(sentence.End, figure.End + 8)) || sentence.Within<Mention>(part.End, Math.Min(sentence.End, figure.End + 6)).Any(m => m.Kind is "metric" or EntityKind.Company or EntityKind.Index)
            || sentence.Annotations.Any(a => a is MoneyValue or QuantityValue && a.Start >= part.End && a.Start <= figure.End + 12) || context.Topic.Metric is not null && !isOwned && context.Topic.Metric.Id != "metric/revenue";
        if (isOther || (isOwned ? Participant.Of(part, sentence) : context.Company(part.Start)) is not { } company)
            yield break;
        var segment = isOwned ? new Segment(null, part.Start, null) : new Segment(sentence.Slice(part), part.Start, null);
        (company, segment) = Segments.Whole(context, "revenue", company, segment);
        var period = FigureSurroundings.Period(context, company, part.Start, figure.End);
        yield return AccountFigure.Draft(context, new AccountFigure(company, "revenue", segment.Name, rate, part.Start, figure.End)
        {
            Bound = rate.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, part.Start), figure.End, period),
            Modifiers = [rate],
            ForecastFrom = part.Start,
        });
    }

    // GPU hours consumed on OCI were twice…: what is counted there is no revenue.
    private static bool IsInside(Sentence sentence, Mention part) =>
        sentence.Slice(Math.Max(sentence.Start, part.Start - 8), part.Start).TrimEnd() is var before && new[] { " on", " in", " of", " via", " through" }.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] NotGrown = ["股", "涨", "跌", "指数", "板块", "概念", "价格", "租金", "用户", "份额", "市场", "投入", "成本", "shares", "stock", "price", "index", "users", "market", "costs"];

    // 增值服务收入 914 亿元…，企业服务录得 555 亿元: in a list of parts each is given by its revenue.
    private static IEnumerable<FactDraft> OfPart(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, figure) = (match.Get<Span>("verb"), match.Get<MoneyValue>("figure"));
        // 分业务看，光互连板块入账 8.33 亿元: what the parts bring in is revenue, whatever figure was told last.
        var isCarried = Last(context, verb.Start, figure) is { Mention.Id: "metric/revenue" };
        var isEarned = figure.Amount >= Smallest && Earning.Contains(sentence.Slice(verb), StringComparer.OrdinalIgnoreCase);
        if (!IsAlone(sentence, verb.Start, figure) || !(isCarried || isEarned))
            yield break;
        var part = Segments.Before(context, new Mention(verb.Start, verb.End, "metric", ["metric/revenue"]));
        var isListed = isEarned && sentence.Contains(Breakdowns, sentence.Start, verb.Start) && part.Name?.Length <= 10;
        // 推理卡录得 13.7 亿元，同比增长 62%: in a text of a company's revenue, with its growth.
        isListed |= isEarned && part.Name?.Length <= 12 && context.AndEarlier.Take(4).Any(here => here.Sentence.All<Mention>().Any(m => m.Id == "metric/revenue" && (here != context || m.End <= verb.Start))) && !sentence.Within<Mention>(part.Start, verb.Start).Any(m => m.Kind is EntityKind.Company or EntityKind.Publisher);
        if (part.Name is null || !(isListed || IsPart(sentence, part, verb.Start)) || UnlistedCompany.Or(context, part.Start) is not { } company)
            yield break;
        yield return Draft(context, company, "revenue", part, figure, part.Start, FigureSurroundings.Period(context, company, part.Start, match.End));
    }

    private static readonly string[] Earning = ["录得", "入账", "贡献", "贡献了", "缴出", "进账", "卖了", "卖出", "做到", "做了", "contributed", "brought in", "delivered", "came in at"];

    private static readonly string[] Breakdowns = ["分业务", "分产品", "分板块", "按业务", "按产品", "业务结构", "收入结构", "分部来看", "by segment", "by business"];

    private static readonly string[] Units = ["业务", "服务", "板块", "分部", "部门", "产品", "云", "广告", "商务", "平台", "business", "segment", "services", "division", "unit"];

    // What can have a revenue of its own: a known part, or a phrase that ends like one.
    private static bool IsPart(Sentence sentence, Segment part, int end) =>
        sentence.Within<Mention>(part.Start, end).Any(m => m.Kind == "segment") || Units.Any(unit => part.Name!.EndsWith(unit, StringComparison.OrdinalIgnoreCase));

    // Nothing else claims the figure: no metric before it in its clause or right behind it, no growth, no expectation that it is set against.
    private static bool IsAlone(Sentence sentence, int from, Annotation figure) =>
        !sentence.All<Mention>().Any(m => m.Kind == "metric" && m.Start >= from && m.Start <= figure.End + 8 && (m.End <= figure.Start || sentence.Slice(figure.End, m.Start).IndexOfAny([',', ';', '。', '、', '(']) < 0))
        && !sentence.Annotations.Any(a => a is Growth or Consensus or Previous && FigureSurroundings.Covers(a, figure))
        && !sentence.Has("的", figure.End, out _);

    // The last metric of the accounts that has a figure of the same kind, in this sentence or the one before.
    private static Carried? Last(SentenceContext context, int before, Annotation figure)
    {
        foreach (var here in context.AndEarlier.Take(2))
        {
            var limit = here == context ? before : here.Sentence.End;
            if (here.Sentence.All<Mention>().LastOrDefault(m => m.Kind is "metric" or "rating" && m.End <= limit) is not { } metric)
                continue;
            if (metric.Kind != "metric" || !Terms.IsAccount(here, metric) || Terms.IsOfIndustry(Terms.Metric(metric)) || Terms.IsRatio(Terms.Metric(metric)) != figure is PercentValue)
                return null;
            var own = here.Sentence.Annotations.LastOrDefault(a => a.GetType() == figure.GetType() && a.Start >= metric.End && a.End <= limit);
            var isOfOther = here != context && context.Sentence.All<Mention>().Any(m => m.Kind == "metric" && m.End <= before);
            return own is null || isOfOther ? null : new Carried(here, metric, own);
        }

        return null;
    }

    private static FactDraft Draft(SentenceContext context, Participant company, string metric, Segment segment, Annotation figure, int start, ResolvedPeriod? period)
    {
        var sentence = context.Sentence;
        (company, segment) = Segments.Whole(context, metric, company, segment);
        var modifiers = FigureSurroundings.Modifiers(sentence, new Span(start, figure.Start), figure);
        var money = figure as MoneyValue;
        var percent = figure as PercentValue;
        return AccountFigure.Draft(context, new AccountFigure(company, metric, segment.Name, figure, start, modifiers.Select(m => m.End).Append(figure.End).Max())
        {
            Amount = money?.Amount,
            High = money?.High ?? percent?.High,
            Percent = percent?.Percent,
            Currency = money is null ? null : FigureSurroundings.Currency(sentence, money),
            Bound = money?.Bound ?? percent?.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, start), figure.End, period),
            Modifiers = modifiers,
            ForecastFrom = start,
        });
    }
}
