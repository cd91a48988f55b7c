using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>A company's plan for a figure that the clause before it named: Capex was the topic: management now plans on $75bn for FY27.</summary>
public static class PlanRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("en/forecast/plans-on", Seq(Lit("now plans on", "plans on", "now guides to", "guides to", "guided to", "now expects", "now sees", "now looks for", "now budgets", "now targets"), Opt(Lit("spending", "about", "roughly", "some", "around", "nearly")), Ann<MoneyValue>("amount"), Opt(Lit("for", "in")), Ann<PeriodValue>("period")), Build),
    ];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (amount, period) = (match.Get<MoneyValue>("amount"), match.Get<PeriodValue>("period"));
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start && Terms.IsAccount(context, m));
        var isOther = metric is null || sentence.Annotations.Any(a => a is MoneyValue or PercentValue && a.Start >= metric.End && a.End <= match.Start) || Terms.IsRatio(Terms.Metric(metric));
        if (isOther || context.Company(match.Start) is not { } company)
            yield break;
        var previous = sentence.All<Previous>().FirstOrDefault(p => p.Start >= match.End && sentence.Slice(match.End, p.Start).IndexOfAny([';', '。']) < 0);
        yield return context.Draft("ForecastIssued", match.Start, previous?.End ?? match.End, [("issuer", company), ("subject", company)],
            [
                ("metric", Terms.Metric(metric!)), ("period", FigureSurroundings.Resolve(context.Report, company, period).Label), (amount.High is null ? "amount" : "low", amount.Amount), ("high", Figure.Node(amount.High)),
                ("currency", amount.Currency), ("previous", Figure.Node(previous?.Amount)), ("bound", amount.Bound.Word()),
            ]) with
        {
            Status = FactStatus.Forecast,
            Consumes = [context.Source(amount)],
        };
    }
}
