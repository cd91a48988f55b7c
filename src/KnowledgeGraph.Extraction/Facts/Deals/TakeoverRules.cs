using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>One company buys another, or puts money into it.</summary>
public static class TakeoverRules
{
    private static readonly string[] Acquire =
    [
        "收购", "并购", "买下", "吞并", "吸收合并", "洽购", "竞购", "抢购", "要约收购", "迎娶", "拿下", "吃下", "吞下", "鲸吞", "收编", "控股了", "揽入麾下", "收归旗下", "全资收购", "接盘", "承接", "swallows", "swallowed", "gobbles up", "gobbled up", "scoops up", "scooped up", "picks up", "has bought", "has snapped up", "is taking over", "would take over", "would acquire", "will acquire", "acquire", "to take over", "takes over", "took over", "bidding for", "bid for", "bids for", "offer for", "snaps up", "snapped up", "has acquired", "would buy", "will buy", "to merge with", "merge with", "merger with", "buyout of", "to buy", "buys", "bought", "to acquire", "acquires", "acquired", "acquiring", "is buying", "acquisition of", "takeover of", "purchase of", "agreed to buy", "agrees to buy", "agrees to acquire",
    ];

    private static readonly string[] Invest =
    [
        "认购", "追投", "战略入股", "入股", "参股", "注资", "增资", "投资", "invest", "invests", "invested", "investing", "investment in", "stake in", "injects", "injected",
    ];

    private static readonly string[] Done = ["完成", "已经", "已以", "已收购", "交割", "completed", "completes", "closed", "closes", "has acquired", "had acquired", "bought"];

    private static readonly string[] Failed = ["voted down", "called off", "abandoned", "collapsed", "fell through", "告吹", "破局", "已终止", "终止了", "终止对", "取消收购", "取消了", "pulled the plug", "dropped out", "walked away from", "terminated", "has terminated", "终止收购", "终止筹划", "放弃收购", "流产"];

    // What is bought here is no company: shares of one's own, goods, a house's wording.
    private static readonly string[] Goods = ["芯片", "GPU", "服务器", "算力", "电力", "设备", "股票", "股份回购", "chips", "GPUs", "capacity", "servers", "power", "shares", "back"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("deal/acquire", Lit(Acquire).As("verb"), Buy),
        new("deal/acquired-by", Seq(Alt(Lit("acquired by", "bought by", "sold to"), Seq(Lit("被", "获", "遭"), Ann<Mention>("buyer", m => m.Kind == Domain.Entities.EntityKind.Company), Gap(8, ",。;"), Lit("收购", "并购", "买下", "入股", "私有化", "收编", "吃下", "吞并", "控股"))).As("verb")), Bought),
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
        target = target is null ? null : Head(context, target);
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

    // the Pune agent-builder Vaachak Labs: of names that only plain words part the last is the company's.
    private static Party Head(SentenceContext context, Party target)
    {
        var sentence = context.Sentence;
        var next = target.Who.Candidates.Count > 0 || target.Who.Name.Contains(' ', StringComparison.Ordinal) ? null : PartyNames.In(context, target.End, Math.Min(sentence.End, target.End + 50)).FirstOrDefault(party => party.Start > target.End);
        var between = next is null ? "" : sentence.Slice(target.End, next.Start).Trim();
        return next is not null && between.Length is > 2 and < 30 && between.All(c => char.IsAsciiLetterLower(c) || c is ' ' or '-') && !between.Split(' ').Any(word => word is "and" or "or" or "to" or "for" or "from" or "by" or "in" or "of" or "with" or "at" or "as" or "on" or "will" or "is" or "was" or "has") ? next : target;
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
        // 对 A 兄弟公司 B 的收购: the nearest is meant.
        target = target is null ? null : PartyNames.In(context, marker.End, verb.Start).LastOrDefault(party => !party.IsThing) ?? target;
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
        var isPlain = sentence.Slice(verb) is "投资" or "认购" or "invest" or "invests" or "invested" or "investing" or "增资";
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
        // A plant or a unit is bought of somebody: 买下旧车厂, 卖方为 X.
        var seller = IsPart(target) && sentence.Find(["卖方为", "卖方是", "卖家为", "卖家是", "交易对方为", "出让方为", "交易对手为", "seller is", "seller was"], target.End, sentence.End) is { } of ? PartyLists.Behind(context, of.End, reach: 3).FirstOrDefault(party => !party.IsThing) : null;
        return new Deal("acquisition", [buyer, seller ?? target], start, Math.Max(verb.End, target.End))
        {
            Investor = buyer,
            Target = target,
            Terms = DealTerms.In(sentence, Math.Min(start, PartyLists.ClauseStart(sentence, verb.Start)), sentence.End),
            Status = isDone ? FactStatusOverride.AsWorded : FactStatusOverride.NotYetDone,
        }.Draft(context);
    }

    private static bool IsPart(Party target) => target.Who.Candidates.Count == 0 && new[] { "厂", "园区", "大楼", "厂房", "资产", "产线", "业务", "部门", "总部", "土地" }.Any(word => target.Who.Name.EndsWith(word, StringComparison.Ordinal));

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
