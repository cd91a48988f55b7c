using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>A company raises money from investors: the sum, the round, who leads, at what valuation.</summary>
public static class FundingRules
{
    private static readonly string[] Raise = ["融资", "募资", "筹资", "筹集", "募集", "集资", "募得", "筹得", "定增", "配售", "轮资金", "轮投资", "战略投资", "战略注资", "增资扩股", "股权投资"];

    // Words with the same characters that raise no money of this kind.
    private static readonly string[] NoRaise = ["融资融券", "融资余额", "融资租赁", "融资客", "募集资金用于", "募集资金投", "融资成本", "再融资渠道", "债务融资", "融资买入", "融资环境", "融资平台"];

    private static readonly string[] NoMoney = ["guidance", "target", "forecast", "price", "prices", "dividend", "capex", "estimate", "estimates", "outlook", "spending", "wages", "quarterly"];

    private static readonly string[] Corrected = ["实为", "应为", "更正为", "实际为", "应是", "正确为"];

    // What a raiser does, and what an investor does.
    private static readonly string[] Raising = ["完成", "获得", "获", "宣布", "启动", "寻求", "洽谈", "筹集", "筹", "募", "拟", "计划", "敲定", "达成", "斩获", "拿下", "官宣", "已", "正", "近日", "日前", "连续", "将", "才"];

    private static readonly string[] Callings = ["公司", "企业", "新创", "初创", "新秀", "独角兽", "厂商", "业者", "开发商", "服务商", "供应商", "运营商", "平台", "商"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/funding/raise", Lit(Raise).As("word"), Raised),
        new("zh/funding/investors-put-in", Seq(Lit("投资者", "投资人", "投资方").As("who"), Gap(8, ",。;"), Lit("投入", "认购", "出资", "投资"), Opt(Lit("了", "约", "逾", "近")), Ann<MoneyValue>("amount")), PutIn),
        new("en/funding/raises", Seq(Lit("raises", "raised", "raise", "to raise", "raising", "secures", "secured", "closes", "closed", "lands", "landed", "nets", "bags").As("verb"), Gap(24, "。;"), Ann<MoneyValue>("amount", m => m.Per is null)), Raises),
        new("en/funding/led-round", Seq(Lit("led", "leads", "to lead", "will lead", "leading", "co-led", "co-leads", "co-leading", "joined", "backed", "anchored").As("verb"), Lit("a", "the", "its", "an"), Gap(12, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null), Gap(24, "。;,"), Lit("round", "Series A", "Series B", "Series C", "Series D", "financing", "raise", "investment", "seed").As("word"), Gap(10, "。;"), Lit("in", "for", "of", "by", "at").As("of")), LedRound),
        new("en/funding/round", Seq(Ann<MoneyValue>("amount", m => m.Per is null), Gap(14, "。;,"), Lit("round", "funding round", "Series A", "Series B", "Series C", "Series D", "Series E", "Series F", "Series G", "Series H", "seed round", "seed", "first close", "final close", "funding", "equity raise").As("word")), Round),
        new("en/funding/at-valuation", Seq(Lit(","), Ann<MoneyValue>("amount", m => m.Per is null), Lit("at"), Ann<MoneyValue>("valuation")), Terse),
    ];

    /// <summary>Whether a round tells this figure: a valuation inside a round is the round's, not a fact of its own.</summary>
    internal static bool Uses(SentenceContext context, MoneyValue money) =>
        All.SelectMany(rule => rule.Pattern.In(context.Sentence).SelectMany(match => rule.Build(match, context))).Any(draft => draft.Consumes.Contains(context.Source(money)));

    private static IEnumerable<FactDraft> Raised(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        if (sentence.Contains(NoRaise, Math.Max(sentence.Start, word.Start - 4), Math.Min(sentence.End, word.End + 6)))
            return [];
        var segment = Segment.Of(sentence, word);
        // 称 X 完成 A 轮融资有误, 实为 B 轮: what is put right counts.
        var right = sentence.Find(Corrected, word.End, segment.End);
        var money = right is { } at ? FundingTerms.In(sentence, segment with { Start = at.End }, at.End) : FundingTerms.In(sentence, segment, word.Start);
        // 完成数亿元 A+ 轮融资: a round that is done is told even where its sum is not.
        if (money is { Amount: null, Valuation: null, Round: not null } && sentence.Contains(["完成", "获得", "宣布"], PartyLists.ClauseStart(sentence, word.Start), word.Start) && PartyNames.In(context, PartyLists.ClauseStart(sentence, word.Start), word.Start).FirstOrDefault(party => party.Who.Kind == EntityKind.Company) is { } named)
            return Draft(context, named, money, word);
        return money.Amount is null && money.Valuation is null ? [] : Draft(context, Company(context, money.Amount is { } amount ? Math.Min(amount.Start, word.Start) : word.Start), money, word);
    }

    private static IEnumerable<FactDraft> PutIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (who, amount) = (match.Get<Span>("who"), match.Get<MoneyValue>("amount"));
        if (!context.AndEarlier.Select(here => here.Sentence).Any(here => here.Contains(Raise, here.Start, here.End)))
            return [];
        // 15 名额外投资者: the phrase names them.
        var start = who.Start;
        while (start > sentence.Start && char.IsLetterOrDigit(sentence.Passage.Text[start - 1]) | sentence.Passage.Text[start - 1] == ' ' && who.End - start < 12)
            start--;
        var words = sentence.Slice(start, who.End).Trim();
        foreach (var lead in new[] { "另有", "其中", "由", "已有", "包括" })
            words = words.StartsWith(lead, StringComparison.Ordinal) ? words[lead.Length..].Trim() : words;
        var company = Raiser(context, start);
        if (company is null)
            return [];
        var draft = context.Event(
            "FundingRaised", start, amount.End, [("company", company.Who), ("investors", Participant.Unknown(EntityKind.Organisation, words))],
            [("amount", JsonValue.Create(amount.Amount)), ("currency", amount.Currency), ("bound", amount.Bound.Word())]);
        return [draft with { Consumes = [context.Source(amount)] }];
    }

    private static IEnumerable<FactDraft> Raises(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"));
        if (sentence.Contains(NoMoney, verb.Start, amount.Start) || sentence.Contains(NoMoney, amount.End, Math.Min(sentence.End, amount.End + 12)) || sentence.Contains(["deal", "acquisition", "takeover", "at", "licence", "license", "contract", "order"], verb.End, Math.Min(sentence.End, amount.End + 14)) && !sentence.Contains(["round", "Series", "funding", "valuation", "led by"], sentence.Start, sentence.End))
            return [];
        var isRaise = sentence.Slice(verb).Contains("rais", StringComparison.OrdinalIgnoreCase);
        var terms = FundingTerms.In(sentence, Segment.Of(sentence, verb), verb.Start);
        var company = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing && party.Who.Kind == EntityKind.Company) ?? Company(context, verb.Start);
        return (isRaise || terms.Round is not null) && company is not null ? Draft(context, company, terms with { Amount = terms.Amount ?? amount }, verb) : [];
    }

    private static IEnumerable<FactDraft> Round(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (amount, word) = (match.Get<MoneyValue>("amount"), match.Get<Span>("word"));
        // Whoever leads a round is not who raises it.
        if (sentence.Contains(["led", "leads", "leading", "co-led", "to lead"], Math.Max(sentence.Start, amount.Start - 20), amount.Start))
            return [];
        var segment = Segment.Of(sentence, amount);
        var company = PartyNames.In(context, segment.Start, amount.Start).LastOrDefault(party => !party.IsThing && IsBefore(sentence, party, amount))
            ?? PartyLists.Subjects(context, amount.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company);
        return company is null ? [] : Draft(context, company, FundingTerms.In(sentence, segment, amount.Start) with { Amount = amount }, word);
    }

    // Sequoia and Thrive led a $200m round in Brume Labs: who leads invests.
    private static IEnumerable<FactDraft> LedRound(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount, word) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"), match.Get<Span>("word"));
        var company = PartyLists.Behind(context, match.Get<Span>("of").End, reach: 40).FirstOrDefault(party => party.Who.Kind == EntityKind.Company);
        var investors = PartyLists.Subjects(context, verb.Start).Where(party => !party.IsThing && company?.IsSame(party) == false).ToList();
        if (company is null || investors.Count == 0)
            return [];
        return Draft(context, company, FundingTerms.In(sentence, Segment.Of(sentence, verb), amount.Start) with { Amount = amount }, word)
            .Select(draft => draft with { Roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal) { ["investors"] = [.. investors.Select(party => party.Who)] } });
    }

    // Sunday, $165M at $1.15bn: the shorthand of a list of rounds.
    private static IEnumerable<FactDraft> Terse(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (amount, valuation) = (match.Get<MoneyValue>("amount"), match.Get<MoneyValue>("valuation"));
        var segment = Segment.Of(sentence, amount);
        var start = segment.Start;
        var company = PartyNames.In(context, start, match.Start).LastOrDefault(party => !party.IsThing && party.End == match.Start);
        if (company is null && sentence.All<Name>().FirstOrDefault(name => name.End == match.Start && name.Start >= start) is { } name)
            company = new Party(name.Start, name.End, Participant.Unknown(EntityKind.Company, name.Text));
        if (company is null && WordBefore(sentence, start, match.Start) is { } word)
            company = word;
        var terms = FundingTerms.In(sentence, segment, amount.Start) with { Amount = amount, Valuation = valuation };
        return company is null || valuation.Amount <= amount.Amount ? [] : Draft(context, company, terms, new Span(amount.Start, valuation.End));
    }

    // A weekday or another everyday word that here stands alone as a name (Sunday).
    private static Party? WordBefore(Sentence sentence, int from, int to)
    {
        var text = sentence.Slice(from, to).Trim();
        return text.Length is > 2 and < 24 && char.IsAsciiLetterUpper(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ') ? new Party(to - text.Length, to, Participant.Unknown(EntityKind.Company, text)) : null;
    }

    private static bool IsBefore(Sentence sentence, Party party, Annotation amount) => sentence.Slice(party.End, amount.Start).Trim() is "" or "," or "'s" or "’s" or "," or "-" or ":" or "(" or "announced a" or "has announced a";

    // Who raises: the subject before, a product that is a company by itself included (可灵首轮融资).
    private static Party? Company(SentenceContext context, int at)
    {
        // 快手披露可灵首轮融资, 募资上限为…: whose round it is stands at the first word of it.
        if (context.Sentence.Find(Raise, context.Sentence.Start, at) is { } first)
            at = first.Start;
        if (Invested(context, at) is { } target)
            return target;
        var beside = PartyNames.In(context, Math.Max(context.Sentence.Start, at - 20), at).LastOrDefault();
        if (beside is { Who.Candidates.Count: > 0 } && at - beside.End <= 6 && !context.Sentence.Contains(["领投", "参投", "跟投"], beside.End, Math.Min(context.Sentence.End, beside.End + 6)) && !PartyLists.IsOblique(context.Sentence, beside))
            return beside;
        if (Opening(context, at) is { } opening)
            return opening;
        var subjects = PartyLists.Subjects(context, at).Where(party => party.Who.Kind is EntityKind.Company or EntityKind.Product).ToList();
        if (subjects.Count > 0)
            return subjects[^1];
        return PartyLists.Carried(context, at);
    }

    // A 联合投资 B, 本轮融资…: B raises.
    private static Party? Invested(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, at);
        return clause > sentence.Start && sentence.Find(["投资", "入股", "注资", "领投", "押注"], sentence.Start, clause) is { } verb && PartyLists.Behind(context, verb.End, reach: 1, limit: clause).FirstOrDefault() is { IsThing: false } target
            ? target : null;
    }

    /// <summary>
    /// Who opens the clause of a round, before 完成, 获 or an adverb, where the name has no ending of a company's: 法国语音初创公司深言完成…; and the
    /// short form of a company that the text named in full (禾聚 after 禾聚微电子).
    /// </summary>
    private static Party? Opening(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, at);
        if (sentence.Find(Raising, clause, at) is not { } verb)
            return null;
        var end = sentence.All<DateValue>().FirstOrDefault(date => date.Start >= clause && date.Start < verb.Start)?.Start ?? verb.Start;
        var start = clause;
        for (var calling = sentence.Find(Callings, clause, end); calling is { } word; calling = sentence.Find(Callings, word.End, end))
            start = word.End < end ? word.End : start;
        if (PartyNames.In(context, clause, end).Count > 0 || PartyNames.Unknown(sentence, start, end) is not { } unknown || unknown.Who.Name.Length > 6)
            return null;
        return Full(context, unknown) ?? (start > clause || unknown.Start == sentence.Start ? unknown : null);
    }

    private static Party? Full(SentenceContext context, Party brief)
    {
        foreach (var here in context.AndEarlier)
        {
            if (PartyNames.In(here, here.Sentence.Start, here.Sentence.End).LastOrDefault(party => (here != context || party.Start < brief.Start) && party.Who.Name.Length > brief.Who.Name.Length && party.Who.Name.StartsWith(brief.Who.Name, StringComparison.Ordinal)) is { } full)
                return full with { Start = brief.Start, End = brief.End };
        }

        return null;
    }

    // Whose round the sentences before told of.
    private static Party? Raiser(SentenceContext context, int at)
    {
        if (PartyLists.Subjects(context, at) is { Count: > 0 } subjects)
            return subjects[^1];
        foreach (var before in context.Earlier)
        {
            if (before.Sentence.Find(Raise, before.Sentence.Start, before.Sentence.End) is { } told)
                return Company(before, told.Start) is { } company ? company with { Start = at, End = at } : null;
        }

        return Company(context, at);
    }

    internal static IEnumerable<FactDraft> Draft(SentenceContext context, Party? company, FundingTerms terms, Annotation word)
    {
        if (company is null)
            yield break;
        var start = new[] { company.Start, word.Start, terms.Amount?.Start ?? word.Start }.Min();
        var end = new[] { word.End, terms.Amount?.End ?? 0, terms.Valuation?.End ?? 0, company.End }.Max();
        var investors = FundingTerms.Investors(context, word, company);
        var draft = context.Event("FundingRaised", start, end, [("company", company.Who)], terms.Values);
        var roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal);
        if (investors.Count > 0)
            roles["investors"] = [.. investors.Select(investor => investor.Who)];
        yield return draft with
        {
            Roles = roles,
            When = terms.Date?.Date.Text ?? draft.When,
            // 公司另拟定增募资: the plan's word stands before the first that tells of money.
            Status = context.Status(Math.Min(start, PartyLists.ClauseStart(context.Sentence, word.Start)), end, isFigure: false),
            Consumes = [.. new[] { terms.Amount, terms.Valuation }.OfType<MoneyValue>().Select(context.Source)],
        };
    }
}
