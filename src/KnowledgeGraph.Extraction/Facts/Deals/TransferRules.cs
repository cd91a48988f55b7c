using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>What passes from one to the other, told from its own side: space let, a company folded into another, a share handed over, money let in.</summary>
public static class TransferRules
{
    private static readonly string[] Into = ["并入", "将并入", "整体并入", "划入", "归入", "注入", "was folded into", "is folded into", "folded into", "absorbed into", "absorbed by", "rolled into", "merged into", "was merged into", "swallowed by", "folds into"];

    private static readonly string[] OnePiece = ["并为一家", "合为一家", "并成一家", "合二为一", "合而为一", "合体", "并为一体"];

    private static readonly string[] Contracts = ["订单", "大单", "协议", "合同", "合约", "定点", "框架", "长约", "采购单", "标案"];

    private static readonly string[] Round = ["轮", "领投", "跟投", "融资", "募资", "定增", "基石"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/deal/let-to", Seq(Lit("将", "把").As("of"), Gap(40, "。;"), Lit("转租给", "出租给", "租给", "租予", "出租予", "长租给", "整租给", "转租予").As("verb")), LetTo),
        new("zh/deal/order-moved", Seq(Lit("由", "从", "自").As("from"), Gap(12, ",。;"), Lit("转给", "转交给", "转予", "移转给", "转移给", "转单给", "改交给", "改下给", "移给", "改由").As("verb")), OrderMoved),
        new("deal/folded-into", Lit(Into).As("verb"), FoldedInto),
        new("zh/deal/one-piece", Lit(OnePiece).As("verb"), OnePieceOf),
        new("zh/deal/share-handed", Seq(Ann<Mention>("target", m => m.Kind == EntityKind.Company), Opt(Lit("的")), Ann<PercentValue>("stake", p => !p.IsPoints), Opt(Lit("的")), Lit("股权", "股份", "权益"), Gap(6, ",。;"), Lit("转让给", "协议转让给", "卖给", "出售给", "让给", "售予", "转手给", "转予").As("verb")), ShareHanded),
        new("zh/deal/let-in", Seq(Lit("引入", "引进", "迎来", "获").As("verb"), Gap(16, ",。;"), Ann<MoneyValue>("amount", m => m.Per is null)), LetIn),
        new("zh/deal/won-of", Seq(Lit("从", "自").As("marker"), Gap(16, ",。;"), Lit("拿到", "获得", "接到", "拿下", "争取到", "赢得", "签下", "揽到", "收到", "斩获", "抢下").As("verb"), Gap(24, ",。;"), Lit(Contracts).As("paper")), WonOf),
        new("zh/deal/buys-its", Seq(Lit("集采", "采购", "订购", "下单", "包下", "选用", "签下").As("verb"), Opt(Lit("了")), Lit("其", "该公司", "公司").As("its")), BuysIts),
        new("en/deal/pay-for", Seq(Lit("pay", "pays", "paid", "paying", "hand over", "shell out", "shelled out", "spend", "spending").As("verb"), Gap(16, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null), Opt(Lit("in cash and stock", "in cash", "in stock", "in shares", "in an all-cash deal", "all told", "upfront")), Lit("for").As("for")), PayFor),
        new("zh/deal/stake-in-own", Seq(Lit("入股", "参股", "战略入股", "注资", "增资").As("verb"), Gap(8, "。;,"), Ann<PercentValue>("stake", p => !p.IsPoints)), StakeInOwn),
    ];

    // 把 300MW 转租给 Meta, 将三期出租给腾讯
    private static IEnumerable<FactDraft> LetTo(PatternMatch match, SentenceContext context)
    {
        var (of, verb) = (match.Get<Span>("of"), match.Get<Span>("verb"));
        var tenant = PartyLists.Behind(context, verb.End, reach: 4).FirstOrDefault(party => !party.IsThing);
        var landlord = PartyLists.Companies(context, of.Start).LastOrDefault();
        return tenant is null || landlord is null || tenant.IsSame(landlord) ? [] : new Deal("compute", [landlord, tenant], Math.Min(landlord.Start, of.Start), tenant.End)
        { Customer = tenant, Supplier = landlord, Terms = DealTerms.In(context.Sentence, of.Start, Stretch(context.Sentence, tenant.End)) }.Draft(context);
    }

    // Meta 有意把部分订单由广达转给纬颖: whose order it is buys from whoever gets it.
    private static IEnumerable<FactDraft> OrderMoved(PatternMatch match, SentenceContext context)
    {
        var (from, verb) = (match.Get<Span>("from"), match.Get<Span>("verb"));
        var winner = PartyLists.Behind(context, verb.End, reach: 3).FirstOrDefault(party => !party.IsThing);
        var buyer = PartyNames.In(context, context.Sentence.Start, from.Start).LastOrDefault(party => !party.IsThing && party.Who.Kind == EntityKind.Company);
        var isOrder = context.Sentence.Contains(Contracts, context.Sentence.Start, from.Start) || context.Sentence.Contains(["订单", "代工", "大单", "产能", "专案"], verb.End, context.Sentence.End);
        return winner is null || buyer is null || winner.IsSame(buyer) || !isOrder ? [] : new Deal("supply", [buyer, winner], buyer.Start, winner.End) { Customer = buyer, Supplier = winner, Terms = DealTerms.None }.Draft(context);
    }

    // 传被闻泰整体并入, Unbabel was folded into TransPerfect
    private static IEnumerable<FactDraft> FoldedInto(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var by = sentence.Find(["被", "遭"], clause, verb.Start);
        var buyer = by is { } marker ? PartyLists.Behind(context, marker.End, reach: 2, limit: verb.Start).FirstOrDefault() : PartyLists.Behind(context, verb.End, reach: 2).FirstOrDefault();
        var from = by?.Start ?? sentence.Find(["将其", "把其", "将", "把"], clause, verb.Start)?.Start ?? verb.Start;
        var target = from < verb.Start && by is null ? null : PartyLists.Companies(context, from).LastOrDefault(party => buyer?.IsSame(party) == false);
        return buyer is null || buyer.IsThing || target is null ? [] : TakeoverRules.Change(context, buyer, target, verb, Math.Max(buyer.End, verb.End), "acquisition");
    }

    // A、B 传出将并为一家
    private static IEnumerable<FactDraft> OnePieceOf(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(context.Sentence, verb.Start);
        var end = context.Sentence.Find(["传", "将", "拟", "要", "欲", "或", "有望", "正", "宣布"], clause, verb.Start)?.Start ?? verb.Start;
        return PartyLists.Listed(context, clause, end) is [{ IsThing: false } left, { IsThing: false } right] && !left.IsSame(right)
            ? new Deal("acquisition", [left, right], left.Start, verb.End) { Terms = DealTerms.In(context.Sentence, verb.Start, context.Sentence.End), Status = FactStatusOverride.NotYetDone }.Draft(context) : [];
    }

    // 拓荆科技 3.2% 股权协议转让给大基金
    private static IEnumerable<FactDraft> ShareHanded(PatternMatch match, SentenceContext context)
    {
        var (mention, stake, verb) = (match.Get<Mention>("target"), match.Get<PercentValue>("stake"), match.Get<Span>("verb"));
        var target = new Party(mention.Start, mention.End, Participant.Of(mention, context.Sentence));
        var buyer = PartyLists.Behind(context, verb.End, reach: 2).FirstOrDefault(party => !party.IsThing);
        return buyer is null || buyer.IsSame(target) ? [] : new Deal(stake.Percent > 50 ? "acquisition" : "investment", [buyer, target], target.Start, buyer.End)
        { Investor = buyer, Target = target, Terms = DealTerms.In(context.Sentence, target.Start, context.Sentence.End) with { Stake = stake } }.Draft(context);
    }

    // 引入国投创业 3 亿元: one house that puts money in, and no round.
    private static IEnumerable<FactDraft> LetIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"));
        var investors = PartyLists.Listed(context, verb.End, amount.Start);
        var target = PartyLists.Companies(context, verb.Start).LastOrDefault();
        var isPlain = sentence.Slice(verb) == "获" && !sentence.Contains(["入股", "注资", "投资", "增资", "战略投资"], amount.End, Math.Min(sentence.End, amount.End + 6));
        if (isPlain || investors is not [{ IsThing: false } investor] || target is null || target.IsSame(investor) || sentence.Contains(Round, verb.Start, sentence.End) || sentence.Contains(["分拆", "拆分"], sentence.Start, verb.Start) || sentence.Contains(["订单", "贷款", "授信", "补助", "补贴", "合同", "营收", "奖励"], amount.End, Math.Min(sentence.End, amount.End + 8)))
            return [];
        return new Deal("investment", [investor, target], Math.Min(target.Start, verb.Start), amount.End) { Investor = investor, Target = target, Terms = DealTerms.In(sentence, verb.Start, sentence.End) with { Amount = amount } }.Draft(context);
    }

    // 从蚂蚁集团拿到为期三年的框架协议
    private static IEnumerable<FactDraft> WonOf(PatternMatch match, SentenceContext context)
    {
        var (marker, verb, paper) = (match.Get<Span>("marker"), match.Get<Span>("verb"), match.Get<Span>("paper"));
        var customer = PartyLists.Behind(context, marker.End, reach: 3, limit: verb.Start).FirstOrDefault(party => !party.IsThing);
        return customer is null ? [] : Supply(context, PartyLists.Companies(context, marker.Start).LastOrDefault(), customer, marker.Start, paper.End);
    }

    // 天翼云集采其 BR166 共 1.2 万张: whose item it is sells.
    private static IEnumerable<FactDraft> BuysIts(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var customer = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing);
        var told = (context.Topic.Company ?? context.CarriedCompany()) is { } company ? new Party(verb.Start, verb.Start, company) : null;
        return customer is null ? [] : Supply(context, told, customer, customer.Start, match.Get<Span>("its").End);
    }

    private static IEnumerable<FactDraft> Supply(SentenceContext context, Party? supplier, Party customer, int start, int end) =>
        supplier is null || supplier.IsThing || supplier.IsSame(customer) ? [] : new Deal("supply", [supplier, customer], Math.Min(start, supplier.Start), end)
        { Customer = customer, Supplier = supplier, Terms = DealTerms.In(context.Sentence, start, Stretch(context.Sentence, end)) }.Draft(context);

    // said it would pay $3.4bn in cash and stock for Cobalt Ridge
    private static IEnumerable<FactDraft> PayFor(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount, marker) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"), match.Get<Span>("for"));
        var buyer = PartyLists.Companies(context, verb.Start).LastOrDefault();
        var target = PartyLists.Behind(context, marker.End, reach: 1).FirstOrDefault(party => !party.IsThing && party.Who.Kind == EntityKind.Company);
        // Chips, licences and years are paid for as well: what is bought here is a company and nothing of it.
        var at = target is null ? 0 : sentence.SkipSpace(target.End);
        var isWhole = target is not null && (at >= sentence.End || sentence.Passage.Text[at] is ',' or '.' or ';' or '。' or ')') && !sentence.Contains(["licence", "license", "content", "chips", "GPUs", "capacity", "compute"], marker.End, Math.Min(sentence.End, at + 8));
        return buyer is null || !isWhole || target!.IsSame(buyer) ? []
            : TakeoverRules.Change(context, buyer, target, verb, target.End, "acquisition").Select(draft => draft.Values.ContainsKey("amount") ? draft : draft with { Values = With(draft, amount) });
    }

    private static Dictionary<string, System.Text.Json.Nodes.JsonNode?> With(FactDraft draft, MoneyValue amount) =>
        new(draft.Values, StringComparer.Ordinal) { ["amount"] = System.Text.Json.Nodes.JsonValue.Create(amount.Amount), ["currency"] = amount.Currency };

    // 比亚迪以 4.2 亿元战略入股 9%: of the one that the text is on.
    private static IEnumerable<FactDraft> StakeInOwn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, stake) = (match.Get<Span>("verb"), match.Get<PercentValue>("stake"));
        var investor = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing);
        var target = (context.Topic.Company ?? context.Report.MainCompany) is { } told ? new Party(verb.Start, verb.Start, told) : null;
        if (investor is null || target is null || investor.IsSame(target) || PartyNames.In(context, verb.End, stake.Start).Count > 0)
            return [];
        return new Deal("investment", [investor, target], Math.Min(investor.Start, verb.Start), stake.End)
        { Investor = investor, Target = target, Terms = DealTerms.In(sentence, PartyLists.ClauseStart(sentence, verb.Start), sentence.End) with { Stake = stake } }.Draft(context);
    }

    // To the end of the item of a list: ②….
    private static int Stretch(Sentence sentence, int from) => sentence.Passage.Text.IndexOf(';', from, sentence.End - from) is >= 0 and var stop ? stop : sentence.End;
}
