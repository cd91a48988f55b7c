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
        new("earnings/part-amount", Seq(Part, Opt(Lit(":", "收入")), Amount), Beside),
        new("earnings/part-brought-in", Seq(Part, Noun, Lit(Earning), About, Amount), Build),
        new("earnings/part-was", Seq(Part, Noun, Lit(Being), About, Amount), OfAccounts),
        new("earnings/part-moved-to", Seq(Part, Noun, Gap(12, "。;,"), Ann<Growth>("growth"), Opt(Lit(",")), Lit("to", "at", "至", "到", "达", "为"), About, Amount), Build),
        new("en/earnings/part-at", Seq(Part, Noun, Lit("remained", "stayed", "came", "was", "finished", "ended", "landed", "printed"), Gap(30, "。;,()"), Lit("at"), About, Amount), OfAccounts),
        new("earnings/listed-part", Seq(Lit(":").As("colon"), Opt(Lit("flat at", "up to", "down to", "收入", "营收")), Amount), InList),
        new("en/earnings/of-which-from", Seq(Lit("of which", "including", "with"), Amount, Lit("from", "in", "coming from"), Opt(Lit("the")), Part), Beside),
    ];

    // Without a verb the figure is revenue only where the revenue of the whole, or of another part, stands before it.
    private static IEnumerable<FactDraft> Beside(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var metric = sentence.All<Mention>().LastOrDefault(m => m.Kind == "metric" && m.End <= match.Start);
        var isOfWhole = metric is { Id: "metric/revenue" } && sentence.Within<MoneyValue>(metric.End, match.Start).Any();
        // 营销服务 391 亿元，+22.7%: in a note on one company's quarter, with its growth.
        var isInNote = metric is null && context.Report is { MainCompany: not null, MainPeriod: not null } && Grows(sentence, match.Get<MoneyValue>("amount"));
        var isNextPart = metric is null && sentence.All<Mention>().FirstOrDefault(m => IsPart(context, m) && m.End <= match.Start) is { } other && sentence.Within<MoneyValue>(other.End, match.Start).Any();
        return isOfWhole || isNextPart || isInNote ? Build(match, context) : [];
    }

    // By line of business: Marketing Services: Rmb37.8bn, +18.5% YoY: what opens an item of such a list is a part.
    private static IEnumerable<FactDraft> InList(PatternMatch match, SentenceContext context)
    {
        var (sentence, amount) = (context.Sentence, match.Get<MoneyValue>("amount"));
        var name = sentence.Slice(sentence.Start, match.Start).Trim();
        var isListed = context.Previous is null && IsListOfParts(context);
        var isInNote = context.Report is { MainCompany: not null, MainPeriod: not null } && name.Length <= 24 && Grows(sentence, amount) && !sentence.Contains(NoParts, sentence.Start, match.Start);
        if (name.Length > 40 || name.IndexOfAny([':', ',', ';', '。']) >= 0 || !name.Any(char.IsLetter) || sentence.Within<Mention>(sentence.Start, match.Start).Any(m => m.Kind is "metric" or EntityKind.Company)
            || !(isListed || isInNote) || context.Company(match.Start) is not { } company)
            yield break;
        // 其他(含可灵): what the rest holds is no part of its name.
        var bracket = name.IndexOf("(含", StringComparison.Ordinal) is > 0 and var han ? han : name.IndexOf("(incl", StringComparison.OrdinalIgnoreCase);
        (company, var segment) = Segments.Whole(context, "revenue", company, new Segment(bracket > 0 ? name[..bracket].Trim() : name, sentence.Start, null));
        yield return Draft(context, company, segment, amount, match.End, new Span(sentence.Start, match.Start));
    }

    private static readonly string[] NoParts = ["debt", "tax", "charge", "target", "Street", "total", "cost", "spend", "order", "deal", "round", "fair value", "cash", "合计", "总", "投资", "订单", "目标", "成本", "费用", "融资", "估值", "预期", "市场", "现金"];

    private static bool Grows(Sentence sentence, MoneyValue amount) =>
        FigureSurroundings.Modifiers(sentence, new Span(amount.Start, amount.Start), amount).OfType<Growth>().Any();

    private static bool IsListOfParts(SentenceContext context)
    {
        var blocks = context.Report.Document.Blocks;
        return new[] { context.Sentence.Block.Parent, context.Sentence.Block.Heading }.Any(over => over >= 0 && blocks[over].Passage.Text is { Length: <= 60 } title && (Divisions.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)) || (title.Length <= 12 && ShortDivisions.Any(word => title.Contains(word, StringComparison.OrdinalIgnoreCase)))));
    }

    // A title of little else.
    private static readonly string[] ShortDivisions = ["分部", "分业务", "各业务", "业务板块", "业务拆解", "业务线", "segments", "divisions", "segment", "breakdown"];

    private static readonly string[] Divisions = ["by line of business", "by segment", "by business", "by division", "by product", "segment revenue", "revenue by", "sales by", "revenue mix", "分业务", "分部收入", "分板块", "分产品", "按业务", "按产品", "各业务", "收入构成", "营收结构", "收入结构", "收入拆分"];

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
        yield return Draft(context, company, segment, amount, match.End, new Span(match.Start, Math.Min(part.End, amount.Start)));
    }

    private static FactDraft Draft(SentenceContext context, Participant company, Segment segment, MoneyValue amount, int matched, Span part)
    {
        var sentence = context.Sentence;
        var modifiers = FigureSurroundings.Modifiers(sentence, part, amount);
        var end = modifiers.Select(m => m.End).Append(matched).Max();
        var period = FigureSurroundings.Period(context, company, part.Start, end);
        return AccountFigure.Draft(context, new AccountFigure(company, "revenue", segment.Name, amount, part.Start, end)
        {
            Amount = amount.Amount,
            High = amount.High,
            Currency = FigureSurroundings.Currency(sentence, amount),
            Bound = amount.Bound,
            Period = period,
            Status = FigureSurroundings.Status(context, FigureSurroundings.ClauseStart(sentence, part.Start), matched, period),
            Modifiers = modifiers,
            ForecastFrom = part.Start,
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
