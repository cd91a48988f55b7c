using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>One company buys another, or puts money into it.</summary>
public static class TakeoverRules
{
    private static readonly string[] Acquire =
    [
        "收购", "并购", "买下", "吞并", "吸收合并", "洽购", "竞购", "抢购", "要约收购", "迎娶", "拿下", "would acquire", "will acquire", "acquire", "to take over", "takes over", "took over", "bidding for", "bid for", "bids for", "offer for", "snaps up", "snapped up", "has acquired", "would buy", "will buy", "to merge with", "merge with", "merger with", "buyout of", "to buy", "buys", "bought", "to acquire", "acquires", "acquired", "acquiring", "is buying", "acquisition of", "takeover of", "purchase of", "agreed to buy", "agrees to buy", "agrees to acquire",
    ];

    private static readonly string[] Invest =
    [
        "入股", "参股", "注资", "增资", "投资", "invest", "invests", "invested", "investing", "investment in", "stake in", "injects", "injected",
    ];

    private static readonly string[] Done = ["完成", "已经", "已以", "已收购", "交割", "completed", "completes", "closed", "closes", "has acquired", "had acquired", "bought"];

    private static readonly string[] Failed = ["voted down", "called off", "abandoned", "collapsed", "fell through", "告吹", "破局", "已终止", "终止收购", "终止筹划", "放弃收购", "流产"];

    // What is bought here is no company: shares of one's own, goods, a house's wording.
    private static readonly string[] Goods = ["芯片", "GPU", "服务器", "算力", "电力", "设备", "股票", "股份回购", "chips", "GPUs", "capacity", "servers", "power", "shares", "back"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("deal/acquire", Lit(Acquire).As("verb"), Buy),
        new("deal/acquired-by", Seq(Alt(Lit("acquired by", "bought by", "sold to"), Seq(Lit("被", "获", "遭"), Ann<Mention>("buyer", m => m.Kind == Domain.Entities.EntityKind.Company), Gap(8, ",。;"), Lit("收购", "并购", "买下", "入股"))).As("verb")), Bought),
        new("zh/deal/acquisition-of", Seq(Lit("对").As("marker"), Gap(24, ",。;"), Lit("的收购", "的并购", "收购", "并购").As("verb")), BuyOf),
        new("deal/invest", Lit(Invest).As("verb"), PutIn),
        new("en/deal/money-into", Seq(Lit("puts", "put", "is putting", "will put", "to put", "putting", "to pour", "to plough", "ploughing", "plowed", "plows", "to plow", "plowing", "to sink", "to inject", "to commit", "pours", "poured", "is pouring", "will pour", "ploughs", "ploughed", "invests", "invested", "is investing", "will invest", "to invest", "investing", "invest", "injects", "injected", "will inject", "injecting", "sinks", "sank", "committed", "commits", "will commit").As("verb"), Gap(14, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null), Gap(30, "。;,"), Lit("in", "into", "to").As("into")), MoneyInto),
    ];

    private static IEnumerable<FactDraft> Buy(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (sentence.Has("by", sentence.SkipSpace(verb.End), out _))
            return [];
        var target = PartyLists.Behind(context, verb.End, reach: 24).FirstOrDefault() ?? UnknownTarget(sentence, verb.End);
        // 拿下 B 的订单: what is won of B is no part of it.
        if (sentence.Slice(verb) is "拿下" or "买下" or "抢购" && sentence.Contains(["订单", "大单", "合同", "合约", "项目", "标案", "份额", "产能", "认证", "单"], verb.End, PartyLists.ClauseEnd(sentence, verb.End)))
            return [];
        // 向 B 洽购 X: goods of B.
        if (sentence.Slice(verb) is "洽购" or "抢购" && sentence.Contains(["向"], PartyLists.ClauseStart(sentence, verb.Start), verb.Start))
            return [];
        if (target is null || sentence.Contains(Goods, verb.End, Math.Min(sentence.End, target.End + 10)) || IsTrade(sentence, verb))
            return [];
        return Takeover(context, PartyLists.Companies(context, verb.Start).LastOrDefault(), target, verb);
    }

    private static IEnumerable<FactDraft> Bought(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var buyer = match.Find<Mention>("buyer") is { } mention
            ? new Party(mention.Start, mention.End, Participant.Of(mention, context.Sentence)) : PartyLists.Behind(context, verb.End, reach: 8).FirstOrDefault();
        var target = PartyLists.Subjects(context, verb.Start).LastOrDefault();
        var isStake = context.Sentence.Slice(verb).Contains("入股", StringComparison.Ordinal);
        return buyer is null || target is null ? [] : isStake ? Investment(context, buyer, target, verb) : Takeover(context, buyer, target, verb);
    }

    private static IEnumerable<FactDraft> BuyOf(PatternMatch match, SentenceContext context)
    {
        var (marker, verb) = (match.Get<Span>("marker"), match.Get<Span>("verb"));
        var target = PartyLists.Behind(context, marker.End, reach: 4, limit: verb.Start).FirstOrDefault();
        return target is null || Between(context.Sentence, target.End, verb.Start) > 2 ? [] : Takeover(context, PartyLists.Companies(context, marker.Start).LastOrDefault(), target, verb);
    }

    // 对 Ampere 的 65 亿美元收购: the sum between counts nothing.
    private static int Between(Sentence sentence, int from, int to) => to - from - sentence.Within<MoneyValue>(from, to).Sum(money => money.Length);

    /// <summary>One company becomes another's, in whole (acquisition) or in part (investment).</summary>
    internal static IEnumerable<FactDraft> Change(SentenceContext context, Party buyer, Party target, Span verb, int end, string kind) =>
        (kind == "acquisition" ? Takeover(context, buyer, target, verb) : Investment(context, buyer, target, verb)).Take(buyer.IsSame(target) || end < verb.Start ? 0 : 1);

    private static IEnumerable<FactDraft> PutIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        // 投资者, 投资建议, 投资评级, 领投 and 轮 are not this verb; a round is the company's funding.
        var next = verb.End < sentence.End ? sentence.Passage.Text[verb.End] : ' ';
        var around = sentence.Slice(Math.Max(sentence.Start, verb.Start - 1), verb.Start);
        if (next is '者' or '人' or '建' or '评' or '组' or '策' or '银' or '价' or '机' or '回' or '收' or '的' or '公' || around is "领" or "跟" or "参")
            return [];
        var investor = PartyLists.Companies(context, verb.Start).LastOrDefault();
        var target = Addressed(context, verb) ?? PartyLists.Behind(context, verb.End, reach: 20).FirstOrDefault();
        var terms = DealTerms.In(sentence, PartyLists.ClauseStart(sentence, verb.Start), sentence.End);
        var isPlain = sentence.Slice(verb) is "投资" or "invest" or "invests" or "invested" or "investing" or "增资";
        return investor is null || target is null || target.IsThing || (isPlain && terms.Amount is null && terms.Stake is null) ? [] : Investment(context, investor, target, verb);
    }

    // is also putting $150m of its own money into Tessera
    private static IEnumerable<FactDraft> MoneyInto(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var target = PartyLists.Behind(context, match.Get<Span>("into").End, reach: 4).FirstOrDefault(party => party.Who.Kind == Domain.Entities.EntityKind.Company);
        var investor = PartyLists.Companies(context, verb.Start).LastOrDefault();
        if (target is not null && Full(context, target) is { } full)
            target = full;
        if (investor is null || target is null || !IsCompanyName(context.Sentence, target))
            return [];
        // is putting: the money goes there now, is not there yet.
        var isUnderWay = context.Sentence.Slice(verb).StartsWith("is ", StringComparison.OrdinalIgnoreCase);
        return Investment(context, investor, target, verb).Select(draft => isUnderWay && draft.Status == Domain.Facts.FactStatus.Reported ? draft with { Status = Domain.Facts.FactStatus.Announced } : draft);
    }

    // Tessera after Tessera Cloud: the text has named it in full.
    private static Party? Full(SentenceContext context, Party brief)
    {
        for (var here = context; here is not null && brief.Who.Candidates.Count == 0; here = here.Previous)
        {
            if (PartyNames.In(here, here.Sentence.Start, here == context ? brief.Start : here.Sentence.End).FirstOrDefault(party => party.Who.Name.StartsWith(brief.Who.Name + " ", StringComparison.Ordinal)) is { } full)
                return full with { Start = brief.Start, End = brief.End };
        }

        return null;
    }

    // Into AI, into Texas, into R&D: one unknown word is as likely a field or a place as a company.
    private static bool IsCompanyName(Sentence sentence, Party party) => party.Who.Candidates.Count > 0 || party.Who.Name.Contains(' ', StringComparison.Ordinal) || party.Who.Name.Length > 4 && sentence.All<Name>().Any(name => name.Start == party.Start && name.Text.Skip(1).Any(char.IsAsciiLetterUpper));

    // 向/对 B 投资 X
    private static Party? Addressed(SentenceContext context, Span verb)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        return sentence.Find(["向", "对", "给"], clause, verb.Start) is { } marker ? PartyLists.Behind(context, marker.End, reach: 6, limit: verb.Start).FirstOrDefault() : null;
    }

    private static IEnumerable<FactDraft> Takeover(SentenceContext context, Party? buyer, Party target, Span verb)
    {
        var sentence = context.Sentence;
        if (buyer is null || sentence.Contains(Failed, sentence.Start, sentence.End))
            return [];
        // bought 49% of X
        if (sentence.Within<PercentValue>(verb.End, target.Start).FirstOrDefault() is { Percent: < 50 } part && sentence.Slice(part.End, target.Start).Trim() is "of" or "stake in" or "interest in")
            return Investment(context, buyer, target, verb);
        var start = Math.Min(buyer.Start, Math.Min(verb.Start, target.Start));
        var isDone = sentence.Contains(Done, start, Math.Min(sentence.End, target.End + 6));
        return new Deal("acquisition", [buyer, target], start, Math.Max(verb.End, target.End))
        {
            Investor = buyer,
            Target = target,
            Terms = DealTerms.In(sentence, Math.Min(start, PartyLists.ClauseStart(sentence, verb.Start)), sentence.End),
            Status = isDone ? FactStatusOverride.AsWorded : FactStatusOverride.NotYetDone,
        }.Draft(context);
    }

    private static IEnumerable<FactDraft> Investment(SentenceContext context, Party investor, Party target, Span verb)
    {
        var start = Math.Min(investor.Start, Math.Min(verb.Start, target.Start));
        return new Deal("investment", [investor, target], start, Math.Max(verb.End, target.End))
        {
            Investor = investor,
            Target = target,
            Terms = DealTerms.In(context.Sentence, PartyLists.ClauseStart(context.Sentence, verb.Start), context.Sentence.End),
        }.Draft(context);
    }

    // 收购中芯北方49%股权: the name ends where the share begins.
    private static Party? UnknownTarget(Sentence sentence, int from)
    {
        var end = sentence.All<PercentValue>().FirstOrDefault(percent => percent.Start >= from && percent.Start <= from + 12)?.Start ?? PartyLists.ClauseEnd(sentence, from);
        var of = sentence.Find(["的", "全部", "剩余", "股权", "100%"], from, end);
        return PartyNames.Slot(sentence, from, of?.Start ?? end);
    }

    // buys X from B, buys 10,000 GPUs: goods.
    private static bool IsTrade(Sentence sentence, Span verb) =>
        sentence.Within<QuantityValue>(verb.End, Math.Min(sentence.End, verb.End + 30)).Any() || sentence.Has("from", sentence.SkipSpace(verb.End), out _);
}
