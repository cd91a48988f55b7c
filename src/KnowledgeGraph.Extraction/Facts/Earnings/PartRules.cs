using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>
/// Revenue of a company's parts where the word itself stands only once, or not at all: Data Center came in at $5.8bn, +57%; 加速卡贡献 19.75 亿元; licensing
/// slipped 4% to $410m; revenue of $22.4bn, of which $12.9bn from AI chips.
/// </summary>
public static class PartRules
{
    // A part by a name of the vocabulary, also one that is known as a company too (AWS, 谷歌云).
    private static readonly Pattern Part = Alt(Ann<Mention>("part", m => m.Kind == "segment"), Ann<Mention>("part", m => m.Kind == EntityKind.Company));

    private static readonly Pattern Amount = Ann<MoneyValue>("amount", m => m is { Per: null, Amount: >= Smallest });

    private static readonly Pattern Noun = Opt(Lit("infrastructure", "business", "unit", "segment", "division", "line", "arm", "sales", "业务", "板块", "分部", "部门", "产品"));

    // Said of a part, these tell its revenue.
    private static readonly string[] Earning = ["brought in", "generated", "contributed", "delivered", "chipped in", "added", "came in at", "came to", "posted", "did", "turned in", "booked", "贡献", "贡献了", "入账", "录得", "缴出", "进账"];

    // These too, where the text is of accounts.
    private static readonly string[] Being = ["was", "were", "is", "stood at", "hit", "reached", "totalled", "totaled", "made", "at", "为", "则为", "约为", "达", "达到", "实现", "收", "有"];

    private static readonly Pattern About = Opt(Lit("about", "roughly", "some", "just over", "nearly", "around", "约", "近", "逾"));

    // Below a million the amount behind a part's name is a price.
    private const decimal Smallest = 1_000_000m;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("earnings/part-amount", Seq(Part, Opt(Lit(":")), Amount), Beside),
        new("earnings/part-brought-in", Seq(Part, Noun, Lit(Earning), About, Amount), Build),
        new("earnings/part-was", Seq(Part, Noun, Lit(Being), About, Amount), OfAccounts),
        new("earnings/part-moved-to", Seq(Part, Noun, Gap(12, "。;,"), Ann<Growth>("growth"), Opt(Lit(",")), Lit("to", "at", "至", "到", "达", "为"), About, Amount), Build),
        new("en/earnings/of-which-from", Seq(Lit("of which", "including", "with"), Amount, Lit("from", "in", "coming from"), Opt(Lit("the")), Part), Beside),
    ];

    // Without a verb the figure is revenue only where the revenue of the whole, or of another part, stands before it.
    private static IEnumerable<FactDraft> Beside(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start);
        var isOfWhole = metric is { Id: "metric/revenue" } && sentence.Within<MoneyValue>(metric.End, match.Start).Any();
        var isNextPart = metric is null && sentence.All<Mention>().FirstOrDefault(m => IsPart(context, m) && m.End <= match.Start) is { } other && sentence.Within<MoneyValue>(other.End, match.Start).Any();
        return isOfWhole || isNextPart ? Build(match, context) : [];
    }

    private static IEnumerable<FactDraft> OfAccounts(PatternMatch match, SentenceContext context)
    {
        var isOfAccounts = context.Report.MainCompany is not null || FigureSurroundings.Modifiers(context.Sentence, new Span(match.Start, match.End), match.Get<MoneyValue>("amount")).Count > 0
            || context.AndEarlier.Take(2).Any(here => here.Sentence.All<Mention>().Any(m => m.Kind == "metric" && Terms.IsAccount(here, m)));
        return isOfAccounts ? Build(match, context) : [];
    }

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (part, amount) = (match.Get<Mention>("part"), match.Get<MoneyValue>("amount"));
        var isOwned = part.Kind == EntityKind.Company;
        if (!IsPart(context, part) || IsOther(context, match, amount) || (isOwned ? Participant.Of(part, sentence) : UnlistedCompany.Or(context, match.Start)) is not { } company)
            yield break;
        var name = isOwned ? null : sentence.Passage.Text[part.Start..Math.Max(part.End, part.Start < amount.Start ? NounEnd(sentence, part, amount) : part.End)];
        (company, var segment) = Segments.Whole(context, "revenue", company, new Segment(name, part.Start, null));
        var modifiers = FigureSurroundings.Modifiers(sentence, new Span(match.Start, Math.Min(part.End, amount.Start)), amount);
        var end = modifiers.Select(m => m.End).Append(match.End).Max();
        var period = FigureSurroundings.Period(context, company, match.Start, end);
        yield return AccountFigure.Draft(context, new AccountFigure(company, "revenue", segment.Name, amount, match.Start, end)
        {
            Amount = amount.Amount,
            High = amount.High,
            Currency = FigureSurroundings.Currency(sentence, amount),
            Bound = amount.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, match.Start), match.End, period),
            Modifiers = modifiers,
            ForecastFrom = match.Start,
        });
    }

    private static bool IsPart(SentenceContext context, Mention mention) =>
        mention.Kind == "segment" || (mention.Kind == EntityKind.Company && context.Report.Vocabulary.Entry(mention.Id).Maker is not null);

    // What is spent on a part, expected of its market or told by another metric is not its revenue.
    private static bool IsOther(SentenceContext context, PatternMatch match, MoneyValue amount)
    {
        var sentence = context.Sentence;
        return sentence.Annotations.Any(a => a is Consensus or Previous && FigureSurroundings.Covers(a, amount))
            || sentence.Within<Mention>(match.Get<Mention>("part").End, match.End).Any(m => m.Kind == "metric" && m.Id != "metric/revenue")
            || sentence.All<Mention>().Any(m => m.Kind == "metric" && m.Id != "metric/revenue" && m.Start >= amount.End && m.Start <= amount.End + 3)
            || sentence.Contains(Others, Math.Max(sentence.Start, match.Start - 6), Math.Min(sentence.End, amount.End + 12));
    }

    private static readonly string[] Others = ["投资", "投入", "补贴", "亏损", "成本", "市场", "订单", "采购", "融资", "股权", "估值", "spending", "invest", "investment", "market", "order", "contract", "deal", "valuation", "stake", "loss", "cost", "costs", "acquisition", "charge", "fine", "debt"];

    // Cloud infrastructure brought in…: a noun behind the part's word belongs to its name.
    private static int NounEnd(Sentence sentence, Mention part, MoneyValue amount) =>
        sentence.Find(["infrastructure"], part.End, Math.Min(amount.Start, part.End + 16)) is { } noun && noun.Start <= part.End + 1 ? noun.End : part.End;
}
