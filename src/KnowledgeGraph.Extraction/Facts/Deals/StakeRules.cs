using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>Shares and units of companies change hands without a word of buying one: a share taken, a unit sold, an approach, a customer's test passed.</summary>
public static class StakeRules
{
    private static readonly string[] Approach = ["takeover", "merger", "acquisition", "buyout", "bid", "offer", "deal", "combination", "tie-up"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/deal/stake-taken", Seq(Lit("取得", "拿下", "受让", "购入", "买入", "买进", "吃下", "收购", "并购", "买下", "入主", "认购", "增持", "换来", "换取", "换得", "接过", "接手", "收下", "拿到").As("verb"), Gap(30, "。;"), Ann<PercentValue>("stake", p => !p.IsPoints), Opt(Lit("的")), Lit("股权", "股份", "持股", "权益")), Taken),
        new("zh/deal/sold-to", Seq(Lit("将", "把", "向").As("of"), Gap(40, "。;"), Lit("出售给", "卖给", "转让给", "售予", "转手给", "让售给", "脱手给", "出让给", "卖给了", "甩给", "转卖给", "让给", "剥离给", "打包卖给", "出售给了", "甩卖给", "抛给", "出售", "转让", "剥离", "让售").As("verb")), SoldTo),
        new("en/deal/unit-sale", Seq(Lit("sell", "sells", "sold", "selling", "to sell", "a sale of", "the sale of", "sale of", "divest", "divests", "divesting", "offload", "carve out").As("verb"), Lit("its", "the", "most of its", "part of its", "a majority of its", "control of its", "control of", "all of its", "his"), Gap(60, "。;").As("unit"), Lit("unit", "arm", "business", "division", "subsidiary", "operations", "stake", "assets").As("noun")), UnitSale),
        new("en/deal/sale-of", Seq(Lit("a sale of", "the sale of", "a spin-off of", "a spin-out of", "a divestiture of").As("verb"), Opt(Lit("its")), Gap(2)), SaleOf),
        new("en/deal/approached", Seq(Lit("approached by", "courted by", "an approach from", "approach from", "a bid from", "an offer from", "being pursued by", "wooed by", "interest from", "overtures from").As("verb")), Approached),
    ];

    // 以 48 亿元取得边缘 AI 软体商拓奕 70% 股权
    private static IEnumerable<FactDraft> Taken(PatternMatch match, SentenceContext context)
    {
        var (verb, stake) = (match.Get<Span>("verb"), match.Get<PercentValue>("stake"));
        var buyer = PartyLists.Companies(context, verb.Start).LastOrDefault();
        var target = PartyNames.In(context, verb.End, stake.Start).LastOrDefault(party => !party.IsThing) ?? PartyNames.Slot(context.Sentence, verb.End, stake.Start);
        if (buyer is null || target is null || stake.Start - target.End > 8)
            return [];
        var isControl = stake.Percent > 50 || context.Sentence.Slice(verb) is "收购" or "并购" or "买下" or "入主";
        return TakeoverRules.Change(context, buyer, target, verb, stake.End, isControl ? "acquisition" : "investment");
    }

    // AMD 将制造业务出售给 Sanmina: who buys stands behind the verb.
    private static IEnumerable<FactDraft> SoldTo(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (of, verb) = (match.Get<Span>("of"), match.Get<Span>("verb"));
        var isTo = sentence.Slice(of) == "向";
        var buyer = isTo ? PartyLists.Behind(context, of.End, reach: 3, limit: verb.Start).FirstOrDefault() : PartyLists.Behind(context, verb.End, reach: 2).FirstOrDefault();
        var seller = PartyLists.Companies(context, of.Start).LastOrDefault();
        // Goods are sold in trade; what is sold here is a part or share of a company.
        var isPart = sentence.Contains(["业务", "部门", "子公司", "股权", "股份", "资产", "事业", "产线", "生产线", "专利", "平台", "团队", "单元", "园区", "厂区", "厂房"], of.End, Math.Min(sentence.End, verb.End + 24)) || sentence.Slice(of.End, verb.Start).TrimEnd() is [.., '厂'];
        return buyer is null || seller is null || !isPart || buyer.IsThing ? [] : TakeoverRules.Change(context, buyer, seller, verb, buyer.End, "acquisition");
    }

    // Intel is in talks to sell its networking arm to Ericsson; Oracle was sounding out banks about selling its Cerner health unit.
    private static IEnumerable<FactDraft> UnitSale(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, unit, noun) = (match.Get<Span>("verb"), match.Get<Span>("unit"), match.Get<Span>("noun"));
        var seller = PartyLists.Companies(context, verb.Start).LastOrDefault(party => !party.IsThing);
        if (seller is null)
            return [];
        var at = sentence.SkipSpace(noun.End);
        if (sentence.Has("to", at, out var to) && PartyLists.Behind(context, to, reach: 4).FirstOrDefault(party => !party.IsThing) is { } buyer)
            return TakeoverRules.Change(context, buyer, seller, verb, buyer.End, sentence.Slice(noun) == "stake" ? "investment" : "acquisition");
        return PartyNames.In(context, unit.Start, noun.Start).FirstOrDefault(party => !party.IsSame(seller)) is { } part ? SpinOff(context, seller, part, verb, noun.End) : [];
    }

    private static IEnumerable<FactDraft> SaleOf(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var seller = PartyLists.Companies(context, verb.Start).LastOrDefault(party => !party.IsThing);
        var part = PartyLists.Behind(context, verb.End, reach: 5).FirstOrDefault();
        return seller is null || part is null || part.IsSame(seller) ? [] : SpinOff(context, seller, part, verb, part.End);
    }

    private static IEnumerable<FactDraft> SpinOff(SentenceContext context, Party seller, Party part, Span verb, int end) =>
        new Deal("spin-off", [seller, part], Math.Min(seller.Start, verb.Start), end) { Target = part, Terms = DealTerms.In(context.Sentence, verb.Start, context.Sentence.End) }.Draft(context);

    // Halden has been approached by Coherent about a takeover: an approach is no more than talk.
    private static IEnumerable<FactDraft> Approached(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var target = PartyLists.Companies(context, verb.Start).LastOrDefault(party => !party.IsThing);
        var buyer = PartyLists.Behind(context, verb.End, reach: 4).FirstOrDefault(party => !party.IsThing);
        return target is null || buyer is null || buyer.IsSame(target) || !sentence.Contains(Approach, sentence.Start, sentence.End) ? []
            : TakeoverRules.Change(context, buyer, target, verb, buyer.End, "acquisition").Select(draft => draft.Status == Domain.Facts.FactStatus.Denied ? draft : draft with { Status = Domain.Facts.FactStatus.Rumored });
    }
}
