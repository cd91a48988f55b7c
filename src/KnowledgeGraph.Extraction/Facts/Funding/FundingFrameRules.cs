using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>
/// A sum of money beside a word that only raising money has: a round by its name, new shares placed, bonds sold. Whose it is stands before, or
/// behind a preposition. Speaks only where the exact rules are silent.
/// </summary>
public static class FundingFrameRules
{
    private static readonly string[] Rounds =
    [
        "天使轮", "种子轮", "轮融资", "轮募资", "战略轮", "A 轮", "B 轮", "C 轮", "D 轮", "E 轮", "F 轮", "A轮", "B轮", "C轮", "D轮", "E轮", "F轮", "A+轮", "B+轮", "C+轮", "A+ 轮", "B+ 轮", "Pre-A", "Pre-IPO", "首轮", "新一轮", "配股", "配售", "增发", "供股", "可转债", "可转换公司债", "可换股债", "可换股债券", "转债", "公司债", "海外可转债", "发债", "票据", "定增", "现金增资", "现增", "募资", "融资", "集资", "筹资", "挹注",
        "Series A", "Series B", "Series C", "Series D", "Series E", "Series F", "Series G", "seed", "seed round", "seed funding", "funding round", "round", "funding", "fresh capital", "new capital", "fresh funds", "equity", "convertible notes", "convertible bonds", "convertibles", "bonds", "notes", "senior notes", "share sale", "placement", "venture money", "committed capital", "capital raise", "fundraising", "in new money", "from investors",
    ];

    // Said of one who takes money from many.
    private static readonly string[] Taking = ["bagged", "bags", "pulled in", "pulls in", "secures", "secured", "lands", "landed", "scooped up", "banked", "raked in", "拿到", "拿下", "获得", "获", "斩获"];

    private static readonly string[] Giving = ["领投", "联合领投", "投资了", "投资", "注资", "押注", "投向", "put", "invested in", "backed", "led", "co-led", "lead", "into"];

    // Money of another kind.
    private static readonly string[] Other = ["营收", "收入", "利润", "净利", "销售额", "市值", "订单", "合同", "成交额", "目标价", "股息", "回购", "余额", "融资余额", "融资买入", "融资融券", "融资租赁", "revenue", "profit", "sales", "orders", "contract", "acquire", "acquisition", "buyback", "dividend", "market cap", "margin", "guidance", "capex", "order", "price target", "earnings", "quarter", "holders", "yield", "yields", "Treasury"];

    public static IReadOnlyList<Rule> All { get; } = [new("funding/frame", Ann<MoneyValue>("amount", m => m.Per is null && m.Amount >= 1_000_000), Raised)];

    private static IEnumerable<FactDraft> Raised(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var amount = match.Get<MoneyValue>("amount");
        var segment = Segment.Of(sentence, amount);
        var (from, to) = (Math.Max(segment.Start, amount.Start - 26), Math.Min(segment.End, amount.End + 26));
        var word = Nearest(sentence, amount, from, to);
        var taking = sentence.Find(Taking, from, amount.Start);
        if (word is null && !(taking is { } took && IsFrom(context, amount, to) && amount.Start - took.End <= 12))
            return [];
        if (sentence.Contains(Other, Math.Max(segment.Start, amount.Start - 14), Math.Min(segment.End, amount.End + 14)) || IsTold(context))
            return [];
        var terms = FundingTerms.In(sentence, segment, amount.Start) with { Amount = amount };
        if (terms.Valuation == amount || FundingTerms.In(sentence, segment, amount.Start).Amount != amount)
            return [];
        var at = word ?? new Span(taking!.Value.Start, taking.Value.End);
        return Company(context, amount, at) is { } company ? FundingRules.Draft(context, company, terms, at) : [];
    }

    private static Span? Nearest(Sentence sentence, MoneyValue amount, int from, int to)
    {
        Span? best = null;
        for (var at = sentence.Find(Rounds, from, to); at is { } found; at = sentence.Find(Rounds, found.End, to))
        {
            var isCut = sentence.Slice(Math.Min(found.End, amount.End), Math.Max(found.Start, amount.Start)).Any(c => c is ',' or '。' or ';') && found.Start > amount.End;
            if (!isCut && (best is null || Math.Abs(found.Start - amount.Start) < Math.Abs(best.Start - amount.Start)))
                best = new Span(found.Start, found.End);
        }

        return best;
    }

    private static bool IsFrom(SentenceContext context, MoneyValue amount, int to) =>
        context.Sentence.Find(["from", "led by", "领投", "跟投", "参投"], amount.End, Math.Min(context.Sentence.End, to + 20)) is not null || context.Sentence.Contains(["valuation", "估值", "投后", "leads", "led"], amount.End, Math.Min(context.Sentence.End, to + 30));

    // A $600m round for Helsing, 领投某某 4.55 亿美元; else who stands before.
    private static Party? Company(SentenceContext context, MoneyValue amount, Span word)
    {
        var sentence = context.Sentence;
        var last = Math.Max(word.End, amount.End);
        if (sentence.Find(["for", "in", "into", "给", "of", "by"], last, Math.Min(sentence.End, last + 6)) is { } of && PartyLists.Behind(context, of.End, reach: 4).FirstOrDefault(IsCompany) is { } behind && !sentence.Has("by", of.Start, out _))
            return behind;
        var clause = PartyLists.ClauseStart(sentence, Math.Min(amount.Start, word.Start));
        if (sentence.Find(Giving, clause, Math.Min(amount.Start, word.Start)) is { } given && PartyLists.Behind(context, given.End, reach: 4).FirstOrDefault(IsCompany) is { } target && target.Start < last)
            return target;
        var subject = PartyLists.Subjects(context, Math.Min(amount.Start, word.Start)).LastOrDefault(IsCompany);
        if (subject is not null && !sentence.Contains(["领投", "参投", "跟投", "led", "leads", "invested", "投资了"], subject.End, Math.Min(sentence.End, subject.End + 8)))
            return subject;
        return subject is null ? PartyLists.Carried(context, amount.Start) : null;
    }

    private static bool IsCompany(Party party) => party.Who.Kind == EntityKind.Company;

    private static bool IsTold(SentenceContext context) => FundingRules.All.Any(rule => rule.Pattern.In(context.Sentence).Any(match => rule.Build(match, context).Any()));
}
