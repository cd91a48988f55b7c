using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>
/// Revenue of a company's parts where the word itself stands only once, or not at all: Q1 revenue $10.4bn, Data Center $5.8bn (+57%); cloud brought in
/// $5.2bn; revenue of $22.4bn, of which $12.9bn from AI chips.
/// </summary>
public static class PartRules
{
    private static readonly Pattern Part = Ann<Mention>("part", m => m.Kind == "segment");

    private static readonly Pattern Amount = Ann<MoneyValue>("amount", m => m.Per is null);

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("earnings/part-amount", Seq(Part, Amount), Beside),
        new("en/earnings/part-brought-in", Seq(Part, Opt(Lit("infrastructure", "business", "unit", "segment", "division")), Lit("brought in", "generated", "contributed", "delivered", "chipped in", "added"), Amount), Build),
        new("en/earnings/of-which-from", Seq(Lit("of which", "including", "with"), Amount, Lit("from", "in", "coming from"), Opt(Lit("the")), Part), Beside),
    ];

    // Without a verb the figure is revenue only where the clause before it gave the revenue of the whole.
    private static IEnumerable<FactDraft> Beside(PatternMatch match, SentenceContext context) =>
        context.Sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start) is { Id: "metric/revenue" } whole && context.Sentence.Within<MoneyValue>(whole.End, match.Start).Any() ? Build(match, context) : [];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (part, amount) = (match.Get<Mention>("part"), match.Get<MoneyValue>("amount"));
        var isTaken = sentence.Annotations.Any(a => a is Consensus or Previous && FigureSurroundings.Covers(a, amount)) || context.Company(match.Start) is null;
        if (isTaken || context.Company(match.Start) is not { } company)
            yield break;
        var modifiers = FigureSurroundings.Modifiers(sentence, new Span(match.Start, Math.Min(match.End, amount.Start)), amount);
        var end = modifiers.Select(m => m.End).Append(match.End).Max();
        var period = FigureSurroundings.Period(context, company, match.Start, end);
        var status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, match.Start), match.End, period);
        var name = sentence.Passage.Text[part.Start..Math.Max(part.End, part.Start < amount.Start ? NounEnd(sentence, part, amount) : part.End)];
        yield return AccountFigure.Draft(context, new AccountFigure(company, "revenue", name, amount, match.Start, end)
        {
            Amount = amount.Amount,
            Currency = FigureSurroundings.Currency(sentence, amount),
            Bound = amount.Bound,
            Period = period,
            Status = status,
            Modifiers = modifiers,
            ForecastFrom = match.Start,
        });
    }

    // Cloud infrastructure brought in…: a noun behind the part's word belongs to its name.
    private static int NounEnd(Sentence sentence, Mention part, MoneyValue amount) =>
        sentence.Find(["infrastructure"], part.End, Math.Min(amount.Start, part.End + 16)) is { } noun && noun.Start <= part.End + 1 ? noun.End : part.End;
}
