using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>A company's plan for a figure that the clause before it named, or for its revenue where it named none: management now plans on $75bn for FY27; it guides Q3 to $12.4-13.0bn.</summary>
public static class PlanRules
{
    private static readonly Pattern Amount = Ann<MoneyValue>("amount", m => m.Per is null && m.Amount >= Smallest);

    private static readonly Pattern For = Opt(Opt(Lit("for", "in")), Opt(Lit("the")), Ann<PeriodValue>("period"));

    // Guidance for less is not of revenue: a dividend, earnings by the share.
    private const decimal Smallest = 1_000_000m;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("en/forecast/plans-on", Seq(Lit("is guiding lower", "is guiding higher", "is guiding lower to", "is guiding higher to", "is guiding to", "sees", "now guides to", "management guides to", "plans on", "guides", "guided", "is guiding", "guides to", "guided to", "now expects", "now sees", "now looks for", "looks for", "now budgets", "now targets"), For, Opt(Lit("to", "for", "at", "of", ":")), Opt(Lit("spending", "about", "roughly", "some", "around", "nearly", "between")), Amount, For), Build),
        new("en/forecast/expects-in", Seq(Lit("expects", "expect", "sees", "targets", "forecasts"), Opt(Lit("about", "roughly", "some", "around", "nearly", "at least")), Amount, Lit("for", "in", "by"), Ann<PeriodValue>("period")), Build),
        new("en/forecast/seen-at", Seq(Ann<PeriodValue>("period"), Lit("seen at", "is seen at", "put at", "pegged at", "guided to", "guided at"), Amount), Build),
        new("en/forecast/guide-first", Seq(Lit("guide", "guidance", "outlook"), Opt(Lit("for", ":", "is")), Ann<PeriodValue>("period"), Opt(Lit(":", "at", "of", "is")), Amount), Build),
        new("en/forecast/period-guide", Seq(Ann<PeriodValue>("period"), Lit("guide", "guidance", "outlook"), Opt(Lit("is", "was", "of", "at", ":", "came in at", "now")), Opt(Lit("sales", "revenue", "rev")), Amount), Build),
    ];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var amount = match.Get<MoneyValue>("amount");
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start && Terms.IsAccount(context, m));
        // A metric that has its figure is done with; what is guided without one is the top line.
        var isDone = metric is not null && sentence.Annotations.Any(a => a is MoneyValue or PercentValue && a.Start >= metric.End && a.End <= match.Start);
        var name = metric is null || isDone ? "revenue" : Terms.Metric(metric);
        var isOther = Terms.IsRatio(name) || sentence.All<Mention>().Any(m => m.Kind == "metric" && (m.Start >= match.Start && m.End <= amount.Start || m.Start >= amount.End && m.Start <= amount.End + 6)) || sentence.Annotations.Any(a => a is Consensus or Previous && FigureSurroundings.Covers(a, amount));
        var period = match.Find<PeriodValue>("period") ?? (name == "revenue" ? sentence.All<PeriodValue>().LastOrDefault(p => p.End <= match.Start && match.Start - p.End <= 24 && p.LastDay is not { } end || p.End <= match.Start && match.Start - p.End <= 24 && p.LastDay > context.Report.ReportDate) : context.Period(match.Start, match.End));
        if (isOther || period is null || context.Company(match.Start) is not { } company)
            yield break;
        var previous = sentence.All<Previous>().FirstOrDefault(p => p.Start >= match.End && sentence.Slice(match.End, p.Start).IndexOfAny([';', '。']) < 0);
        var consensus = sentence.All<Consensus>().FirstOrDefault(c => c.Start >= match.End && sentence.Slice(match.End, c.Start).IndexOfAny([';', '。']) < 0);
        var around = amount.High is null ? Tolerances.Around(sentence, amount) : null;
        yield return context.Draft("ForecastIssued", match.Start, previous?.End ?? match.End, [("issuer", company), ("subject", company)],
            [
                ("metric", name), ("period", FigureSurroundings.Resolve(context.Report, company, period).Label), (amount.High is null ? "amount" : "low", amount.Amount), ("high", Figure.Node(amount.High)), (around is null ? "" : "low", Figure.Node(around?.Low)), (around is null ? "" : "high", Figure.Node(around?.High)),
                ("currency", amount.Currency), ("previous", Figure.Node(previous?.Amount)), ("consensus", Figure.Node(consensus?.Amount)), ("bound", amount.Bound.Word()),
            ]) with
        {
            Status = FactStatus.Forecast,
            Consumes = [context.Source(amount)],
        };
    }
}
