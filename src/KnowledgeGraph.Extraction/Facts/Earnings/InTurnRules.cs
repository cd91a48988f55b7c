using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>Figures of the accounts told off in turn: 营收和净利润分别为 12 亿元和 3 亿元; 甲与乙 2026 年 PE 依次为 118.5 倍和 74.2 倍; 毛利率、净利率各为 58% 和 20%.</summary>
public static class InTurnRules
{
    private static readonly Pattern Value = Alt(Ann<MoneyValue>("first"), Ann<PercentValue>("first", p => !p.IsPoints), Ann<MultipleValue>("first"), Ann<NumberValue>("first"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/earnings/in-turn-first", Seq(Lit("分别", "依次", "先后"), Opt(Lit("录得", "实现", "取得", "达成", "产生", "为", "有")), Ann<Mention>("metric", m => m.Kind == "metric"), Opt(Lit("为", "约", "约为", "达")), Value), Yearly),
        new("earnings/in-turn", Seq(Ann<Mention>("metric", m => m.Kind == "metric"), Gap(8, "。;,"), Lit("分别为", "分别达到", "分别达", "分别录得", "分别实现", "分别是", "分别约为", "分别", "依次为", "依次是", "依次达", "各为", "were").As("turn"), Opt(Lit("约", "近", "增长", "增加", "respectively")), Value), Told),
    ];

    private static IEnumerable<FactDraft> Told(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = match.Get<Mention>("metric");
        var figures = YearListRules.Run(sentence, match.Find<Annotation>("first")!);
        var end = figures.Count == 0 ? match.End : figures[^1].Span.End;
        if (figures.Count < 2 || (sentence.Slice(match.Get<Span>("turn")) == "were" && !sentence.Contains(["respectively"], end, sentence.End)))
            yield break;
        var metrics = Before(sentence, metric, m => m.Kind == "metric");
        var holders = sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.End <= metric.Start) is { } last ? Before(sentence, last, m => m.Kind == EntityKind.Company) : [];
        var isByMetric = metrics.Count == figures.Count;
        if (!isByMetric && holders.Count != figures.Count)
            yield break;
        for (var i = 0; i < figures.Count; i++)
        {
            var (named, company) = isByMetric ? (metrics[i], UnlistedCompany.Or(context, metrics[0].Start)) : (metric, Participant.Of(holders[i], sentence));
            if (company is not null && Draft(context, named, company, figures[i], sentence.Slice(match.Get<Span>("turn").End, figures[0].Span.Start), match.Start, end) is { } draft)
                yield return draft;
        }
    }

    // 2023 至 2025 年依次录得收入 0.4 亿、1.4 亿和 5.9 亿元: one for each year of the span.
    private static IEnumerable<FactDraft> Yearly(PatternMatch match, SentenceContext context)
    {
        var metric = match.Get<Mention>("metric");
        var figures = YearListRules.Run(context.Sentence, match.Find<Annotation>("first")!);
        return figures.Count < 2 ? [] : YearListRules.OfYears(context, metric, figures, match.Start);
    }

    private static FactDraft? Draft(SentenceContext context, Mention metric, Participant company, Figure figure, string between, int start, int end)
    {
        var sentence = context.Sentence;
        var kinds = context.Report.Vocabulary.Entry(metric.Id).MetricKinds;
        var name = Terms.Metric(metric, sentence);
        var isGrowth = figure.IsPercent && !Terms.IsRatio(name) && (between.Contains('增', StringComparison.Ordinal) || sentence.Contains(["同比"], metric.End, figure.Span.Start));
        if (!kinds.Any(kind => kind is "account" or "forecast") || !(isGrowth || YearListRules.Fits(name, figure)) || FigureSurroundings.Period(context, company, metric.Start, end) is not { } period)
            return null;
        var isForecast = name == "pe" || FigureSurroundings.Status(context, sentence.Start, end, period) == FactStatus.Forecast;
        return context.Draft(isForecast ? "ForecastIssued" : "EarningsReported", start, end,
            isForecast ? [("issuer", name == "pe" ? Forecaster.ThirdParty(context, metric.Start, isPersonMeant: false) ?? context.Report.Publisher : Forecaster.Of(context, metric.Start, company)), ("subject", company)] : [("company", company)],
            [
                ("metric", name), ("period", period.Label), ("calendarPeriod", period.CalendarLabel), (isGrowth ? "yoyPercent" : figure.IsPercent ? "percent" : "amount", figure.Amount),
                ("currency", figure.Span is MoneyValue money ? FigureSurroundings.Currency(sentence, money) : null), ("bound", figure.Bound.Word()),
            ]) with
        {
            Status = isForecast ? FactStatus.Forecast : FactStatus.Reported,
            When = isForecast ? context.Report.Metadata.Date?.Text : context.When(start, end) ?? period.LastDay?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            IsWhenInferred = !isForecast && context.When(start, end) is null,
            Consumes = [context.Source(figure.Span)],
        };
    }

    private static List<Mention> Before(Sentence sentence, Mention last, Func<Mention, bool> isLike)
    {
        var run = new List<Mention> { last };
        while (sentence.All<Mention>().LastOrDefault(m => isLike(m) && m.End <= run[0].Start) is { } before && Listed.IsJoined(sentence, before, run[0]))
            run.Insert(0, before);
        return run;
    }
}
