using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>
/// Operating figures, which stand in no account: users, tokens, shares of a market, run rates, orders, capacity. What is expected instead of
/// measured becomes a <c>ForecastIssued</c>.
/// </summary>
public static class MetricRules
{
    private static readonly Pattern Metric = Ann<Mention>("metric", m => m.Kind == "metric");

    private static readonly Pattern Value = Alt(
        Ann<MoneyValue>("figure"), Ann<QuantityValue>("figure"), Ann<PercentValue>("figure", p => !p.IsPoints), Ann<MultipleValue>("figure"), Ann<NumberValue>("figure"));

    // What makes a number beside a noun a holding: has 900 million users, 服务 100 万家客户; without it the users are whom something is for.
    private static readonly string[] Holding =
    [
        "有", "拥有", "达", "达到", "突破", "超过", "超", "逾", "破", "覆盖", "服务", "吸引", "积累", "累计", "获得", "斩获", "收获", "签下", "斩获", "手握", "接入", "服务于", "带来", "贡献", "录得", "坐拥", "共有", "收获", "增至", "升至", "为", "部署",
        "has", "have", "had", "reached", "reaches", "surpassed", "topped", "tops", "passed", "serves", "serving", "with", "hit", "counts", "boasts", "now", "crossed", "won", "secured", "booked", "exceeds", "exceeded", "holds", "runs", "operates", "claims", "commands", "attracted", "added", "to", "averaged", "averages", "averaging", "drew", "draws", "placed", "took", "taken", "received", "logged", "racked up", "pulled in", "handed over", "brought online", "energized", "energised", "switched on", "turned on",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("metric/metric-value", Seq(Metric, Gap(36, "。;"), Value), (match, context) => Build(match, context, isPlain: true)),
        new("metric/value-metric", Seq(Value, Opt(Lit("的", "of", "in")), Gap(32, "。;,、("), Metric), ValueFirst),
        new("metric/metric-growth", Seq(Metric, Gap(10, "。;"), Ann<Growth>("growth", g => g.Percent != 0)), GrowthOnly),
        new("metric/tokens-handled", Seq(Lit("处理", "调用", "消耗", "生成", "processes", "processed", "processing", "handles", "serves", "serving", "consumes", "generates"), Gap(20, "。;,"), Alt(Ann<QuantityValue>("figure", q => q.Unit is "tokens" or "count" || q.Unit.StartsWith("tokens/", StringComparison.Ordinal)), Ann<NumberValue>("figure"))), TokensHandled),
        new("metric/tokens-flow", Ann<QuantityValue>("figure", q => q.Amount >= 1_000_000_000m && q.Unit.StartsWith("tokens/", StringComparison.Ordinal)), TokensHandled),
        new("en/metric/people-use", Seq(Ann<QuantityValue>("figure", q => q.Unit.Split('/')[0] is "users" or "people" or "developers" or "customers" or "companies"), Gap(10, "。;,"), Lit("use", "using", "used")), PeopleUse),
        new("en/metric/used-by", Seq(Lit("used by"), Opt(Lit("about", "roughly", "some", "more than", "over", "nearly")), Ann<QuantityValue>("figure", q => q.Unit.Split('/')[0] is "users" or "people" or "developers" or "customers" or "companies")), UsedBy),
        new("metric/handled", Seq(Lit("handled", "handles", "answered", "answers", "served", "serves", "processed", "processes", "fielded", "logged", "ran", "runs", "drew", "处理", "回答", "应答", "响应", "完成"), Opt(Lit("了", "about", "some", "roughly", "more than", "over", "nearly", "约", "逾", "超过")), Ann<QuantityValue>("figure", q => q.Amount >= 1_000_000m && q.Unit.Split('/')[0] is "queries" or "prompts" or "messages" or "calls")), Handled),
        new("en/metric/running-at", Seq(Lit("running at", "runs at", "annualises at", "annualizes at", "annualising at", "annualizing at"), Opt(Lit("about", "some", "roughly", "more than", "over", "nearly", "just over")), Ann<MoneyValue>("figure", m => m.Per is null or "year" && m.Amount >= 1_000_000m)), RunningAt),
        new("metric/delivered", Seq(Lit("交付", "出货", "交货", "售出", "卖出", "出了", "出了约", "出了逾", "shipped", "delivered", "sold", "deployed"), Gap(14, "。;,"), Ann<QuantityValue>("figure", q => OperatingMetric.IsGoods(q.Unit))), Delivered),
        new("metric/makers", Seq(Lit("开发者", "创作者", "developers", "creators").As("noun"), Gap(14, "。;,"), Alt(Ann<QuantityValue>("figure", q => q.Unit == "people" && q.Amount >= 1000), Ann<NumberValue>("figure", n => n.Amount >= 1000))), Makers),
        new("metric/counted", Seq(Lit("拥有", "已有", "现有", "超过", "突破", "达到", "达", "逾", "覆盖", "服务", "has", "serves", "reached", "surpassed", "topped", "more than", "over"), Gap(4, "。;,"), Ann<QuantityValue>("figure", q => q.Unit is "users" or "customers" or "developers" or "creators" && q.Amount >= 10_000m)), Counted),
        new("metric/chips-held", Seq(Lit("runs", "operates", "has deployed", "已部署", "拥有", "已建成", "已投产", "在运", "持有"), Gap(8, "。;,"), Ann<QuantityValue>("figure", q => q.Unit is "GPUs" or "TPUs" or "chips" or "MW" or "GW")), ChipsHeld),
        new("zh/metric/orders-won", Seq(Lit("中标", "新签", "斩获订单"), Gap(6, "。;,"), Ann<MoneyValue>("figure")), OrdersWon),
    ];

    private static IEnumerable<FactDraft> ValueFirst(PatternMatch match, SentenceContext context)
    {
        var figure = match.Find<Annotation>("figure")!;
        var sentence = context.Sentence;
        var before = FigureSubject.Named(context, figure.Start)?.Span.End ?? sentence.Start;
        var clause = Math.Max(before, figure.Start - 24);
        // negotiating with Google for 2GW of TPU capacity: what a deal is about.
        if (match.Get<Mention>("metric").Id == "metric/capacity" && sentence.Contains(["negotiating", "negotiations", "in talks", "talks with", "deal", "agreement", "contract", "signed", "agreed"], sentence.Start, sentence.End))
            return [];
        // 48m monthly actives: the noun says all by itself.
        var isSure = match.Get<Mention>("metric") is { Id: "metric/mau" or "metric/dau" or "metric/wau" } metric && Bridge.Weight(sentence, figure.End, metric.Start) == 0 && figure is QuantityValue or NumberValue && FigureSubject.Named(context, figure.Start) is not null;
        return isSure || sentence.Contains(Holding, clause, figure.Start) || (figure is QuantityValue or NumberValue && Bounded(figure) && clause == before) ? Build(match, context, isPlain: false) : [];
    }

    // What is won in a named buyer's tender is a deal with that buyer.
    private static IEnumerable<FactDraft> OrdersWon(PatternMatch match, SentenceContext context)
    {
        string[] tenders = ["集采", "采购", "招标", "标包", "中标候选"];
        var isTender = context.Sentence.Contains(tenders, context.Sentence.Start, context.Sentence.End) || (context.Previous is { } before && before.Sentence.Contains(tenders, before.Sentence.Start, before.Sentence.End));
        return isTender ? [] : Draft(context, "orders", Figure.Of(match.Find<Annotation>("figure"))!, match.Start, match.Start, match.End, isWon: true);
    }

    // ChatGPT is used by 1.1bn people a week
    private static IEnumerable<FactDraft> UsedBy(PatternMatch match, SentenceContext context) =>
        FigureSubject.Named(context, match.Start) is null ? [] : Draft(context, "users", Figure.Of(match.Find<Annotation>("figure"))!, match.Start, match.Start, match.End);

    // Perplexity handled 1.6bn queries in May
    private static IEnumerable<FactDraft> Handled(PatternMatch match, SentenceContext context) =>
        FigureSubject.Named(context, match.Start) is { } named && Bridge.Weight(context.Sentence, named.Span.End, match.Start) <= 4 ? Draft(context, "activity", Figure.Of(match.Find<Annotation>("figure"))!, match.Start, match.Start, match.End) : [];

    // it is running at €1.1bn a year
    private static IEnumerable<FactDraft> RunningAt(PatternMatch match, SentenceContext context) =>
        context.Sentence.Contains(["capex", "spending", "losses", "costs", "burn"], context.Sentence.Start, match.Start) ? [] : Draft(context, "run-rate-revenue", Figure.Of(match.Find<Annotation>("figure"))!, match.Start, match.Start, match.End);

    // 3 月交付机器人 412 台，全年累计 2,180 台: what goes to a named buyer is a deal with him.
    private static IEnumerable<FactDraft> Delivered(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        var clause = Clauses.Start(sentence, match.Start);
        var isDeal = sentence.Contains(["向", "给", "for", "to"], clause, Math.Min(sentence.End, match.End + 6)) || sentence.Within<Mention>(match.Start, match.End).Any(m => m.Kind is "metric" or EntityKind.Company);
        if (isDeal || IsTaken(sentence, figure.Span) || FigureSubject.Of(context, match.Start) is not { } subject)
            yield break;
        yield return Fact(context, "shipments", figure, figure.Unit, subject, match.Start, match.Start, match.End, FigureSurroundings.Modifiers(sentence, new Span(match.Start, match.Start), figure.Span));
        if (sentence.All<QuantityValue>().FirstOrDefault(q => q.Start >= match.End && q.Start <= match.End + 16) is { } total && total.Unit == figure.Unit && sentence.Contains(["累计", "总计", "共", "total"], match.End, total.Start) && !IsTaken(sentence, total))
            yield return Fact(context, "shipments", Figure.Of(total), total.Unit, subject, match.End + 1, total.Start, total.End, []);
    }

    private static bool Bounded(Annotation figure) => Figure.Of(figure)?.Bound is Bound.Min;

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context, bool isPlain)
    {
        var sentence = context.Sentence;
        var metric = match.Get<Mention>("metric");
        var figure = Figure.Of(match.Find<Annotation>("figure"));
        if (figure is null || Entry(context, metric) is not { } name || !OperatingMetric.Fits(name, figure) || !figure.IsFree(sentence) || IsTaken(sentence, figure.Span))
            return [];
        var (from, to) = (Math.Min(metric.Start, figure.Span.Start), Math.Max(metric.End, figure.Span.End));
        // 从 30 个增至 200 个: the first is where it came from.
        var isHan = !isPlain && sentence.Slice(figure.Span.End, metric.Start).Any(c => c >= '\u4e00');
        if (!isPlain && Bridge.Weight(sentence, figure.Span.End, metric.Start, areNamesBlank: true) > (isHan ? 2 : 8))
            return [];
        if (isPlain && (!Bridge.IsPlain(sentence, metric.End, figure.Span.Start) || sentence.Slice(metric.End, figure.Span.Start).TrimEnd() is [.., '从' or '由']))
            return [];
        // 份额依次为 35% 和 21%: the first of several is not that of the nearest.
        if (isPlain && sentence.Contains(["分别", "依次"], metric.End, figure.Span.Start))
            return [];
        // MAU and DAU, 月活和日活: what joins two metrics leaves the figure to neither.
        if (isPlain && sentence.Contains(["和", "及", "以及", "、", "and"], metric.End, figure.Span.Start))
            return [];
        // Another metric or name between the two owns the figure.
        if (sentence.Within<Mention>(metric.End, figure.Span.Start).Any(m => !IsBracketed(sentence, metric.End, m) && (m.Kind == "metric" || FigureSubject.IsSubject(m.Kind))))
            return [];
        return Draft(context, name, figure, from, metric.Start, to);
    }

    // 年化收入（过去一个月的营收乘以 12）已逼近 450 亿美元: what brackets explain is not spoken of.
    private static bool IsBracketed(Sentence sentence, int from, Annotation inside) =>
        sentence.Slice(from, inside.Start).LastIndexOf('(') > sentence.Slice(from, inside.Start).LastIndexOf(')');

    private static IEnumerable<FactDraft> GrowthOnly(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (metric, growth) = (match.Get<Mention>("metric"), match.Get<Growth>("growth"));
        var isOfFigure = sentence.Annotations.Any(a => a is MoneyValue or QuantityValue or NumberValue && ((a.Start >= metric.End && a.End <= growth.Start) || (a.Start >= growth.End && a.Start <= growth.End + 6)));
        // Without a word of what it is measured against, only right behind the metric and where it is expected.
        isOfFigure |= growth.Basis == GrowthBasis.Unstated && (Bridge.Weight(sentence, metric.End, growth.Start) > 0 || context.Status(sentence.Start, match.End, isFigure: true) != FactStatus.Forecast);
        if (isOfFigure || Entry(context, metric) is not { } name || name == "market-share" || SubjectOf(context, name, metric.Start, metric.Start) is not { } subject)
            yield break;
        var rate = growth.Basis == GrowthBasis.Unstated ? growth with { Basis = GrowthBasis.Year } : growth;
        var fact = Fact(context, name, null, null, subject, match.Start, metric.Start, match.End, [rate]);
        if (rate == growth || fact.Type == "ForecastIssued")
            yield return fact with { Consumes = [context.Source(growth)] };
    }

    private static IEnumerable<FactDraft> TokensHandled(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        var (from, to) = (Math.Max(sentence.Start, match.Start - 8), Math.Min(sentence.End, match.End + 12));
        var isTokens = figure.BaseUnit == "tokens" || sentence.Contains(["token", "tokens", "词元"], match.Start, to);
        // A quota of millions is what one user may use.
        return isTokens && figure.Amount >= 1_000_000_000m && OperatingMetric.Fits("tokens-processed", figure) && figure.IsFree(sentence) && (figure.IsFlow || figure.Amount >= 1_000_000_000_000m || OperatingMetric.IsFlow(sentence, from, to))
            ? Draft(context, "tokens-processed", figure, match.Start, match.Start, match.End).Select(draft => OfAll(context, match.Start, draft)) : [];
    }

    // Gemini App 月活已过 10 亿,各产品线月处理 token 达…: all that a house has is the house's.
    private static FactDraft OfAll(SentenceContext context, int at, FactDraft draft)
    {
        var clause = Clauses.Start(context.Sentence, at);
        return context.Sentence.Contains(["各产品", "全线产品", "旗下产品", "旗下各", "所有产品", "全公司", "全平台", "各业务"], clause, at) && (context.CompanyMention(at) is { } own ? Participant.Of(own, context.Sentence) : context.CarriedCompany()) is { } house
            ? draft with { Roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal) { ["subject"] = [house] } } : draft;
    }

    private static IEnumerable<FactDraft> Makers(PatternMatch match, SentenceContext context)
    {
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        var noun = match.Get<Span>("noun");
        var unit = context.Sentence.Slice(noun) is "开发者" or "developers" ? "developers" : "creators";
        var isFree = figure.IsFree(context.Sentence) && !IsTaken(context.Sentence, figure.Span) && Bridge.IsPlain(context.Sentence, noun.End, figure.Span.Start);
        return isFree ? Draft(context, "users", figure with { Unit = unit }, match.Start, figure.Span.Start, match.End) : [];
    }

    // 超过 100 万家企业客户: the unit itself says what is counted.
    private static IEnumerable<FactDraft> Counted(PatternMatch match, SentenceContext context)
    {
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        var isNamed = FigureSubject.Named(context, match.Start) is { } named && Bridge.Weight(context.Sentence, named.Span.End, match.Start) <= 4;
        return isNamed && !IsTaken(context.Sentence, figure.Span) ? Draft(context, figure.Unit == "customers" ? "customers" : "users", figure, match.Start, match.Start, match.End) : [];
    }

    // What a company runs is its capacity; what it will buy is a deal.
    private static IEnumerable<FactDraft> ChipsHeld(PatternMatch match, SentenceContext context)
    {
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        return context.Status(context.Sentence.Start, match.End, isFigure: false) == FactStatus.Reported ? Draft(context, "capacity", figure, match.Start, match.Start, match.End) : [];
    }

    // 900M people use ChatGPT weekly: who is used stands behind.
    private static IEnumerable<FactDraft> PeopleUse(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var figure = Figure.Of(match.Find<Annotation>("figure"))!;
        var behind = sentence.All<Name>().Where(name => name.Start >= match.End && name.Start <= match.End + 14 && name.Kind is not null)
            .Select(name => new Participant(name.Kind!, name.Text, name.Candidates)).FirstOrDefault()
            ?? sentence.All<Mention>().Where(m => m.Start >= match.End && m.Start <= match.End + 14 && m.Kind is "company" or "product").Select(m => Participant.Of(m, sentence)).FirstOrDefault();
        if (behind is not null)
            yield return Fact(context, "users", figure, OperatingMetric.Unit("users", figure, sentence, match.Start, Math.Min(sentence.End, match.End + 40)), behind, match.Start, match.Start, match.End, []);
    }

    private static IEnumerable<FactDraft> Draft(SentenceContext context, string metric, Figure figure, int from, int at, int to, bool isWon = false)
    {
        if (SubjectOf(context, metric, from, at) is not { } named || Owner(context, metric, from, figure, named) is not { } subject)
            yield break;
        var sentence = context.Sentence;
        var modifiers = FigureSurroundings.Modifiers(sentence, new Span(at, Math.Min(to, figure.Span.Start)), figure.Span);
        var end = modifiers.Count == 0 ? to : Math.Max(to, modifiers.Max(m => m.End));
        var unit = OperatingMetric.Unit(metric, figure, sentence, Math.Max(sentence.Start, from - 6), Math.Min(sentence.End, to + 10));
        yield return Fact(context, metric, figure, unit, subject, from, at, end, modifiers, isWon);
    }

    // 中国加速卡出货约 412 万张, 国产 AI 芯片在国内市场的份额: goods that nobody in the sentence sells are what the figure is of.
    private static Participant? SubjectOf(SentenceContext context, string metric, int from, int at)
    {
        var isOfGoods = metric is "shipments" or "market-share" && from == at;
        return isOfGoods && FigureSubject.Named(context, at) is null && FigureSubject.Goods(context, at) is { } goods ? goods : FigureSubject.Of(context, from, metric is "run-rate-revenue" or "orders" or "customers");
    }

    // Orders and revenue are of a company; so is the capacity for a technology that it is named beside (台积电 CoWoS 月产能).
    internal static Participant? Owner(SentenceContext context, string metric, int at, Figure figure, Participant named) => metric switch
    {
        "orders" when figure.IsMoney => FigureSubject.Company(context, named),
        // What a product next to the word earns is its own; one that the sentence named earlier stands for its maker.
        "run-rate-revenue" when FigureSubject.Named(context, at) is not { } found || at - found.Span.End > 4 => named.Kind == EntityKind.Company ? named : context.CompanyMention(at) is { } company ? Participant.Of(company, context.Sentence) : FigureSubject.Company(context, named) ?? named,
        "capacity" when named.Kind == EntityKind.Product => context.CompanyMention(at) is { } mention ? Participant.Of(mention, context.Sentence) : FigureSubject.Company(context, named) ?? (named.Candidates.Count == 0 ? context.CarriedCompany() : null) ?? named,
        _ => named,
    };

    internal static FactDraft Fact(
        SentenceContext context, string metric, Figure? figure, string? unit, Participant subject, int from, int at, int end, IReadOnlyList<Annotation> modifiers, bool isWon = false)
    {
        var period = Period(context, subject, at, end);
        var status = Status(context, from, end, period);
        // An order won is won, whatever the years in which it will be delivered.
        if (isWon && period?.LastDay is { } last && context.Report.ReportDate is { } today && last > today)
            (period, status) = (null, context.Status(from, end, isFigure: true));
        // A party's own plan to build is announced, whatever the year in which it comes to pass.
        if (metric == "capacity" && status == FactStatus.Forecast && !Qualifiers.IsExpected(context.Sentence, FigureSurroundings.ClauseStart(context.Sentence, from), end) && IsPlan(context, from, end))
            status = FactStatus.Announced;
        var isForecast = status == FactStatus.Forecast;
        var when = When(context, from, end, period);
        decimal? Rate(GrowthBasis basis) => modifiers.OfType<Growth>().FirstOrDefault(g => g.Basis == basis)?.Percent;
        var isRange = figure?.High is not null;
        var isRatio = figure is { IsPercent: true } && isForecast;
        return context.Draft(isForecast ? "ForecastIssued" : "MetricReported", from, end,
            isForecast ? [("issuer", Forecaster.Of(context, at, FigureSubject.Company(context, subject) ?? subject)), ("subject", subject)] : [("subject", subject)],
            [
                // Who pays is told apart in forecasts alone.
                ("metric", metric == "paying-users" && !isForecast ? "users" : metric), (isRange ? "low" : isRatio ? "percent" : isForecast ? "amount" : "value", Figure.Node(figure?.Amount)), ("high", Figure.Node(figure?.High)),
                ("unit", isRatio || (isForecast && figure is { IsMoney: true }) ? null : unit), ("currency", figure is { IsMoney: true } ? figure.Unit : null), ("period", period?.Label),
                ("yoyPercent", Figure.Node(Rate(GrowthBasis.Year))), ("qoqPercent", Figure.Node(Rate(GrowthBasis.Quarter))), ("bound", figure?.Bound.Word()),
            ]) with
        {
            Status = status,
            When = when ?? (isForecast ? null : period?.LastDay?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            IsWhenInferred = when is null,
            Consumes = figure is null ? [] : [context.Source(figure.Span)],
        };
    }

    private static bool IsPlan(SentenceContext context, int from, int end) =>
        FigureSurroundings.ClauseStart(context.Sentence, from) is var clause && (context.Sentence.Contains(["规划", "planned"], clause, end) || context.Status(clause, end, isFigure: false) == FactStatus.Announced);

    // What another party plans in the clause before makes no forecast of this figure; what is expected may reach over a comma.
    private static FactStatus Status(SentenceContext context, int from, int end, ResolvedPeriod? period)
    {
        var sentence = context.Sentence;
        var start = FigureSurroundings.ClauseStart(sentence, from);
        var comma = from == sentence.Start ? -1 : sentence.Passage.Text.LastIndexOfAny([',', ';', ':'], from - 1, from - sentence.Start);
        var isOthersPlan = comma > start && !Qualifiers.IsExpected(sentence, start, end) && FigureSubject.Named(context, from) is { } named && named.Span.Start > comma;
        return FigureSurroundings.Status(context, isOthersPlan ? comma + 1 : start, end, period);
    }

    // A month in which it was measured dates a figure where the sentence gives no day.
    private static string? When(SentenceContext context, int from, int end, ResolvedPeriod? period)
    {
        var isMonth = period?.Label is [_, _, _, _, '-', >= '0' and <= '1', _];
        return isMonth && !context.Sentence.All<DateValue>().Any(date => date.Date.IsDay && SentenceContext.IsHappening(context.Sentence, date)) ? period!.Label : context.When(from, end);
    }

    // Only a period that the sentence itself names: how many users there are is measured on a day, and the last quarter named need not be it.
    private static ResolvedPeriod? Period(SentenceContext context, Participant subject, int at, int end)
    {
        var sentence = context.Sentence;
        // 够排到明年一季度;月产能爬到 1,400 套: what is to come in the clause before is not the period of this one.
        var named = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= at && !(p.LastDay > context.Report.ReportDate && sentence.Slice(p.End, at).Contains(';', StringComparison.Ordinal))) ?? sentence.All<PeriodValue>().FirstOrDefault(p => p.Start >= at && p.Start <= end + 12 && sentence.Slice(Math.Min(end, p.Start), p.Start).IndexOfAny([',', ';', '、']) < 0 && !sentence.All<Previous>().Any(v => v.End <= p.Start && p.Start - v.End <= 5));
        var period = named is null ? null : FigureSurroundings.Resolve(context.Report, subject, named);
        // 四季度量产，现售款累计出货逾 3 万张: what has been counted so far is not of a quarter to come.
        var isAhead = period?.LastDay is { } last && context.Report.ReportDate is { } today && last > today.AddDays(31) && named!.End <= at && sentence.Contains(["累计", "目前", "迄今", "至今", "已经", "so far", "to date", "already"], named.End, end);
        return isAhead ? null : period;
    }

    /// <summary>The metric's word in a fact, or null where it is none that is reported outside the accounts.</summary>
    internal static string? Entry(SentenceContext context, Mention metric) => OperatingMetric.Of(context.Report.Vocabulary.Entry(metric.Id));

    private static bool IsTaken(Sentence sentence, Annotation figure) =>
        sentence.Annotations.Any(a => a is Growth or Consensus or Previous && FigureSurroundings.Covers(a, figure) && !(a is Growth { Basis: GrowthBasis.Unstated } && figure is MultipleValue or PercentValue));
}
