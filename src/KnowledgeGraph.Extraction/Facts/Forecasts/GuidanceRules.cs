using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Expectations whose words differ from those of the accounts: a target for a figure just named, forward multiples, a promise to shareholders.</summary>
public static class GuidanceRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("forecast/target-amount", Seq(Lit("目标", "指引", "target", "targets", "goal", "guidance"), Gap(12, "。;,"), Ann<MoneyValue>("amount")), Target),
        new("forecast/forward-pe", Seq(Ann<Mention>("metric", m => m.Id == "metric/pe"), Gap(16, "。;"), Alt(Ann<MultipleValue>("times"), Ann<NumberValue>("times", n => n.Amount is > 0 and < 2000))), ForwardPe),
        new("en/forecast/forward-pe", Seq(Ann<MultipleValue>("times"), Opt(Lit("our", "its", "on", "forward")), Ann<PeriodValue>("period"), Opt(Lit("consensus")), Lit("EPS", "P/E", "PE", "earnings")), ForwardPe),
        new("zh/forecast/cash-to-return", Seq(Ann<Mention>("base", m => m.Id is "metric/free-cash-flow" or "metric/net-income"), Opt(Lit("的", "中的", "中")), Ann<PercentValue>("percent", p => !p.IsPoints), Gap(4, "。;,"), Lit("返还", "回报股东", "用于回报", "分配给股东")), Return),
        new("zh/forecast/return-of-cash", Seq(Ann<PercentValue>("percent", p => !p.IsPoints), Opt(Lit("的", "of")), Opt(Lit("its", "our")), Ann<Mention>("base", m => m.Id is "metric/free-cash-flow" or "metric/net-income"), Gap(8, "。;,"), Lit("返还", "回报", "用于回报", "分配给股东", "to shareholders")), Return),
    ];

    // 年化收入已近 70 亿美元，为 2026 年定的目标介于 200 亿至 260 亿美元: the metric is the one just named.
    private static IEnumerable<FactDraft> Target(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var amount = match.Get<MoneyValue>("amount");
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start);
        if (metric is null || sentence.Within<Mention>(match.Start, match.End).Any(m => m.Kind is "metric" or "rating-action") || sentence.All<Previous>().Any(p => FigureSurroundings.Covers(p, amount))
            || !context.Report.Vocabulary.Entry(metric.Id).MetricKinds.Any(kind => kind is "account" or "forecast") || Terms.IsRatio(Terms.Metric(metric)) || FigureSubject.Of(context, metric.Start, isOfCompany: true) is not { } subject)
            yield break;
        var period = sentence.All<PeriodValue>().LastOrDefault(p => p.End <= amount.Start && p.Start >= metric.End);
        if (period is null)
            yield break;
        yield return context.Draft("ForecastIssued", period.Start < match.Start ? period.Start : match.Start, match.End, [("issuer", Forecaster.Of(context, match.Start, subject)), ("subject", subject)],
            [
                ("metric", Terms.Metric(metric)), ("period", FigureSurroundings.Resolve(context.Report, subject, period).Label), (amount.High is null ? "amount" : "low", amount.Amount), ("high", Figure.Node(amount.High)),
                ("currency", amount.Currency), ("bound", amount.Bound.Word()),
            ]) with
        {
            Status = FactStatus.Forecast,
            Consumes = [context.Source(amount)],
        };
    }

    private static IEnumerable<FactDraft> ForwardPe(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var times = Figure.Of(match.Find<Annotation>("times"))!;
        var metric = match.Find<Mention>("metric");
        var period = match.Find<PeriodValue>("period") ?? sentence.All<PeriodValue>().LastOrDefault(p => p.End <= times.Span.Start && times.Span.Start - p.End <= 16);
        var isOther = !times.IsFree(sentence) || (metric is not null && (!Bridge.IsPlain(sentence, metric.End, times.Span.Start) || Listed.Last(sentence, times.Span, within: 1) != times.Span));
        if (isOther || period is null || period.LastDay < context.Report.ReportDate?.AddYears(-1) || period.Label.Contains('/', StringComparison.Ordinal) || context.Company(match.Start) is not { } company)
            yield break;
        yield return context.Draft("ForecastIssued", Math.Min(match.Start, period.Start), match.End, [("issuer", Forecaster.ThirdParty(context, match.Start, isPersonMeant: false) ?? context.Report.Publisher), ("subject", company)],
            [("metric", "pe"), ("period", FigureSurroundings.Resolve(context.Report, company, period).Label), ("amount", times.Amount), ("bound", times.Bound.Word())]) with
        {
            Status = FactStatus.Forecast,
            When = context.Report.Metadata.Date?.Text,
            Consumes = [context.Source(times.Span)],
        };
    }

    private static IEnumerable<FactDraft> Return(PatternMatch match, SentenceContext context)
    {
        var percent = match.Get<PercentValue>("percent");
        if (context.Company(match.Start) is not { } company)
            yield break;
        var status = context.Status(context.Sentence.Start, match.End, isFigure: false);
        var period = FigureSurroundings.Period(context, company, match.Start, match.End);
        var isPlan = status != FactStatus.Reported;
        yield return context.Draft(isPlan ? "ForecastIssued" : "EarningsReported", match.Start, match.End, isPlan ? [("issuer", company), ("subject", company)] : [("company", company)],
            [("metric", "shareholder-return"), ("period", period?.Label), ("percent", percent.Percent), ("bound", percent.Bound.Word())]) with
        {
            Status = status,
            Consumes = [context.Source(percent)],
        };
    }
}
