using System.Globalization;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>A metric over several years in one breath: 预计公司 2026-2028 年归母净利润分别为 12/15/20 亿元，对应 PE 分别为 35/28/21 倍.</summary>
public static class YearListRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("forecast/by-year-first", Seq(Ann<MultipleValue>("first"), Gap(36, "。;"), Ann<Mention>("metric", m => m.Id == "metric/pe")), MultiplesFirst),
        new("forecast/by-year", Seq(
            Ann<Mention>("metric", m => m.Kind == "metric"), Gap(30, "。;"),
            Alt(Ann<MoneyValue>("first"), Ann<MultipleValue>("first"), Ann<PercentValue>("first", p => !p.IsPoints), Ann<NumberValue>("first"))), ByYear),
        new("zh/forecast/by-year-revised", Seq(
            Ann<Mention>("metric", m => m.Kind == "metric"), Gap(30, "。;"), Lit("由", "从", "自"), Gap(6, "。;"), Ann<MoneyValue>("former"), Gap(40, "。;"),
            Lit("分别调至", "分别上调至", "分别下调至", "分别调整至", "分别上修至", "分别下修至", "分别调高至", "分别调低至", "分别提升至", "分别调升至", "分别调降至", "分别调至约", "分别为", "调高至", "调低至", "调高到", "调低到", "提高至", "提高到", "提升至", "上调到", "下调到", "上修到", "下修到", "调整为", "上调为", "下调为", "调高为", "调低为", "改为", "调至", "修正至", "修正为", "上调至", "下调至", "调整至", "上修至", "下修至", "调升至", "调降至"), Opt(Lit("约")), Ann<MoneyValue>("first")), Revised),
    ];

    private static IEnumerable<FactDraft> ByYear(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = match.Get<Mention>("metric");
        var figures = Run(sentence, match.Find<Annotation>("first")!);
        var kinds = context.Report.Vocabulary.Entry(metric.Id).MetricKinds;
        // 由 12.1/15.6 亿元调高至 13.8/18.2 亿元: the first are those that the second replace.
        if (sentence.Slice(metric.End, match.Find<Annotation>("first")!.Start).TrimEnd() is [.., '由' or '从' or '自'])
            yield break;
        if (figures.Count < 2 || !kinds.Any(kind => kind is "account" or "forecast") || sentence.Within<Mention>(metric.End, figures[0].Span.Start).Any(m => m.Kind == "metric"))
            yield break;
        foreach (var fact in OfYears(context, metric, figures, match.Start))
            yield return fact;
    }

    /// <summary>Figures in the order of the years that stand before their metric: one fact for each; none where there are more or fewer years.</summary>
    internal static IEnumerable<FactDraft> OfYears(SentenceContext context, Mention metric, List<Figure> figures, int start)
    {
        var periods = Periods(context, metric.Start);
        if (periods.Count != figures.Count || !Fits(Terms.Metric(metric), figures[0]) || context.Company(metric.Start) is not { } company)
            yield break;
        var segment = Terms.HasSegments(Terms.Metric(metric)) ? Segments.Before(context, metric).Name : null;
        var rates = Rates(context.Sentence, figures[^1].Span.End, figures.Count);
        for (var i = 0; i < figures.Count; i++)
            yield return Draft(context, metric, segment, company, FigureSurroundings.Resolve(context.Report, company, periods[i]), figures[i], rates is null ? null : rates[i], start, figures[^1].Span.End);
    }

    // 现价对应 41/31/25 倍市盈率: the multiples of the years that the sentence, or the one before, has just gone through.
    private static IEnumerable<FactDraft> MultiplesFirst(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (metric, figures) = (match.Get<Mention>("metric"), Run(sentence, match.Find<Annotation>("first")!));
        var isWhole = figures.Count > 1 && metric.Start - figures[^1].Span.End <= 4 && metric.Start >= figures[^1].Span.End && Listed.To(sentence, (MultipleValue)figures[0].Span).Count == 1;
        var periods = isWhole ? Periods(context, match.Start) : [];
        if (!isWhole || periods.Count != figures.Count || context.Company(match.Start) is not { } company)
            yield break;
        for (var i = 0; i < figures.Count; i++)
            yield return Draft(context, metric, null, company, FigureSurroundings.Resolve(context.Report, company, periods[i]), figures[i], null, match.Start, match.End);
    }

    // 2026、2027 年由此前的 118.9 亿元、142.6 亿元分别调至 126.4 亿元、155.8 亿元
    private static IEnumerable<FactDraft> Revised(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = match.Get<Mention>("metric");
        var (formers, figures) = (Run(sentence, match.Get<MoneyValue>("former")), Run(sentence, match.Get<MoneyValue>("first")));
        var periods = figures.Count < 2 || formers.Count != figures.Count ? [] : Periods(context, match.Get<MoneyValue>("former").Start);
        if (periods.Count == 0 || periods.Count != figures.Count || sentence.Within<Mention>(metric.End, figures[0].Span.Start).Any(m => m.Kind == "metric") || !Fits(Terms.Metric(metric), figures[0]) || context.Company(metric.Start) is not { } company)
            yield break;
        var segment = Terms.HasSegments(Terms.Metric(metric)) ? Segments.Before(context, metric).Name : null;
        for (var i = 0; i < figures.Count; i++)
        {
            var draft = Draft(context, metric, segment, company, FigureSurroundings.Resolve(context.Report, company, periods[i]), figures[i], null, match.Start, figures[^1].Span.End);
            yield return draft with { Values = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(draft.Values, StringComparer.Ordinal) { ["previous"] = Figure.Node(formers[i].Amount) } };
        }
    }

    private static FactDraft Draft(SentenceContext context, Mention metric, string? segment, Participant company, ResolvedPeriod period, Figure figure, decimal? rate, int start, int end)
    {
        var name = Terms.Metric(metric, context.Sentence);
        var isForecast = name == "pe" || (period.LastDay is { } last && context.Report.ReportDate is { } today ? last > today : context.Status(context.Sentence.Start, end, isFigure: true) == FactStatus.Forecast);
        var currency = figure.Span is MoneyValue money ? FigureSurroundings.Currency(context.Sentence, money) : null;
        var isLoss = Terms.IsLoss(context.Sentence.Slice(metric));
        return context.Draft(isForecast ? "ForecastIssued" : "EarningsReported", start, end,
            isForecast ? [("issuer", Issuer(context, metric.Start, company)), ("subject", company)] : [("company", company)],
            [
                ("metric", name), ("segment", segment), ("period", period.Label), ("calendarPeriod", period.CalendarLabel),
                (figure.IsPercent ? "percent" : "amount", isLoss ? -Math.Abs(figure.Amount) : figure.Amount), ("currency", currency), ("yoyPercent", Figure.Node(rate)), ("bound", figure.Bound.Word()),
            ]) with
        {
            Status = isForecast ? FactStatus.Forecast : FactStatus.Reported,
            When = isForecast ? context.Report.Metadata.Date?.Text : period.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IsWhenInferred = !isForecast,
            Consumes = [context.Source(figure.Span)],
        };
    }

    // A string of years is a house's model, whoever else the sentence names, unless a third party or the company itself is said to expect it.
    private static Participant Issuer(SentenceContext context, int at, Participant company) =>
        Forecaster.Of(context, at, company) is var issuer && issuer == company && !context.Sentence.Contains(["公司预计", "管理层", "指引", "业绩承诺", "考核目标", "guides", "guidance", "management"], context.Sentence.Start, at)
            ? context.Report.Publisher ?? company : issuer;

    internal static bool Fits(string metric, Figure figure) => Terms.IsRatio(metric) ? figure.IsPercent : metric == "pe" ? figure.Unit is "x" or null : figure.IsMoney || (figure.Unit is null && metric.EndsWith("eps", StringComparison.Ordinal));

    internal static List<Figure> Run(Sentence sentence, Annotation first)
    {
        IReadOnlyList<Annotation> run = first switch
        {
            MoneyValue money => Listed.From(sentence, money),
            MultipleValue times => Listed.From(sentence, times),
            PercentValue percent => Listed.From(sentence, percent),
            NumberValue number => Listed.From(sentence, number),
            _ => [],
        };
        return [.. run.Select(Figure.Of).OfType<Figure>().Where(figure => figure.IsFree(sentence))];
    }

    // 同比增长 20%/25%/30% right behind the amounts: one rate for each.
    private static List<decimal>? Rates(Sentence sentence, int end, int count)
    {
        if (sentence.Find(["同比", "增速", "增长", "YoY", "y/y", "growth"], end, Math.Min(sentence.End, end + 8)) is not { } cue
            || sentence.All<PercentValue>().FirstOrDefault(p => p.Start >= cue.End && p.Start <= cue.End + 12 && !p.IsPoints) is not { } first)
            return null;
        var run = Listed.From(sentence, first);
        return run.Count == count ? [.. run.Select(p => p.Percent)] : null;
    }

    /// <summary>The years that stand before a metric, one period each: 2026-2028 年, 2026/27/28 年, FY26-28E.</summary>
    private static IReadOnlyList<PeriodValue> Periods(SentenceContext context, int at)
    {
        var before = context.Sentence.All<PeriodValue>().Where(p => p.End <= at).ToList();
        var last = before.Count > 0 ? before[^1] : context.CarriedPeriod();
        if (last is null)
            return [];
        if (Span(last) is { Count: > 1 } years)
            return years;
        var run = new List<PeriodValue> { last };
        for (var i = before.Count - 2; i >= 0 && run[0].Start - before[i].End <= 2; i--)
            run.Insert(0, before[i]);
        return run;
    }

    // 2026/2028 as a label is the span of three years.
    private static List<PeriodValue> Span(PeriodValue period)
    {
        var label = period.Label;
        var fiscal = label.StartsWith("FY", StringComparison.Ordinal) ? "FY" : "";
        var parts = label[fiscal.Length..].Split('/');
        if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var from) || !int.TryParse(parts[1].TrimStart('F', 'Y'), CultureInfo.InvariantCulture, out var to) || to <= from || to - from > 9)
            return [];
        return [.. Enumerable.Range(from, to - from + 1).Select(year => period with { Label = $"{fiscal}{year}", LastDay = fiscal.Length > 0 ? null : new DateOnly(year, 12, 31) })];
    }
}
