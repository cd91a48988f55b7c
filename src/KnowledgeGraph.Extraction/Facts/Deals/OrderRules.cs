using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Availability;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>Orders and tenders: who wins them, from whom; who orders whose goods.</summary>
public static class OrderRules
{
    private static readonly string[] Win = ["接获", "斩获", "拿下", "获得", "获", "接到", "收到", "赢得", "签下", "拿到", "承接", "揽获", "夺下", "抢下", "取得"];

    private static readonly string[] Tenders = ["集采", "招标", "采购", "开标", "中标", "标案", "项目"];

    private static readonly string[] Goods = ["racks", "rack", "systems", "servers", "chips", "GPUs", "accelerators", "units", "boards", "cards", "clusters", "capacity"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/deal/order-won", Seq(Lit(Win).As("verb"), Gap(34, ",。;").As("of"), Lit("订单", "大单", "采购合同", "采购订单").As("order")), Won),
        new("zh/deal/tender", Lit("中标", "得标", "中选").As("verb"), Tender),
        new("en/deal/order-won", Seq(Lit("won", "wins", "win", "secured", "secures", "landed", "lands", "received", "receives", "booked", "books", "bagged", "bags", "picked up").As("verb"), Gap(50, "。;"), Lit("order", "orders", "contract", "contracts").As("order"), Gap(30, "。;"), Lit("from", "with", "to make", "to build", "to supply", "to produce", "for").As("from")), WonFrom),
        new("en/deal/order-value", Seq(Lit("ordered", "has ordered", "orders", "is ordering", "will order", "to order", "bought", "is buying", "to buy", "will buy", "buys", "agreed to buy", "committed to buy", "purchased", "purchases", "leased", "leases").As("verb"), Gap(16, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null), Lit("of", "worth of").As("of")), OrderedGoods),
    ];

    // A 接获 B 逾 20 亿美元服务器订单
    private static IEnumerable<FactDraft> Won(PatternMatch match, SentenceContext context)
    {
        var (verb, order) = (match.Get<Span>("verb"), match.Get<Span>("order"));
        var customer = PartyNames.In(context, verb.End, order.Start).FirstOrDefault(party => !party.IsThing) ?? Owner(context, verb.End, order.Start);
        var supplier = PartyLists.Companies(context, verb.Start).LastOrDefault(party => customer?.IsSame(party) == false);
        return customer is null || supplier is null || customer.Start - verb.End > 10 ? []
            : Order(context, supplier, customer, verb.Start, order.End, order.Start).Select(draft => IsRefuted(context.Sentence) ? draft with { Status = Domain.Facts.FactStatus.Denied } : draft);
    }

    // 华为升腾服务器: whose goods they are orders them.
    private static Party? Owner(SentenceContext context, int from, int to) =>
        context.Sentence.Within<Mention>(from, to).FirstOrDefault(m => m.Kind == EntityKind.Company) is { } owner ? new Party(owner.Start, owner.End, Participant.Of(owner, context.Sentence)) : null;

    // 针对…的传闻, 公司称并未与…签署: the answer to a rumour stands in the same sentence.
    private static bool IsRefuted(Sentence sentence) =>
        sentence.Contains(["传闻", "传言", "市场传"], sentence.Start, sentence.End) && sentence.Contains(["并未", "未与", "并无", "不存在", "未签署", "未获得"], sentence.Start, sentence.End);

    // 中国电信服务器集采开标, A 中标 28.4 亿元, B 中标 19.7 亿元 · A 中标 B 服务器项目
    private static IEnumerable<FactDraft> Tender(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var suppliers = PartyNames.In(context, clause, verb.Start).Where(party => !party.IsThing).ToList();
        var supplier = suppliers.LastOrDefault() ?? PartyNames.Unknown(sentence, clause, verb.Start) ?? (sentence.Slice(clause, verb.Start).Contains("公司", StringComparison.Ordinal) ? PartyLists.Companies(context, verb.Start).LastOrDefault() : null);
        var named = PartyLists.Behind(context, verb.End, reach: 3).FirstOrDefault(party => !party.IsThing) ?? Institution(sentence, verb.End);
        var customer = named ?? Buyer(context, clause);
        if (supplier is null || customer is null || supplier.IsSame(customer))
            return [];
        // Each winner has its own sum, in its own clause; the sum of the only winner may stand in the next.
        var end = PartyLists.ClauseEnd(sentence, verb.End);
        var isOnly = sentence.Find(["中标", "得标", "中选"], verb.End, sentence.End) is null && named is not null;
        return Order(context, supplier, customer, Math.Min(supplier.Start, verb.Start), Math.Max(verb.End, named?.End ?? 0), clause, isOnly ? sentence.End : end);
    }

    // 中标国家超算中心 12 亿元智算项目: the name ends where the sum begins.
    private static Party? Institution(Sentence sentence, int from) =>
        sentence.All<MoneyValue>().FirstOrDefault(money => money.Start >= from && money.Start <= from + 14) is { } sum ? PartyNames.Unknown(sentence, from, sum.Start) : sentence.Find(["二期", "一期", "三期", "项目", "算力", "智算", "服务器", "标段", "集采"], from, PartyLists.ClauseEnd(sentence, from)) is { } what ? PartyNames.Unknown(sentence, from, what.Start) : null;

    // Whose tender it is: the first company of a clause before that speaks of buying, else of the sentence before.
    private static Party? Buyer(SentenceContext context, int clause)
    {
        foreach (var (here, to) in new[] { (context, clause), (context.Previous, context.Previous?.Sentence.End ?? 0) })
        {
            if (here is null || !here.Sentence.Contains(Tenders, here.Sentence.Start, to))
                continue;
            var tender = here.Sentence.Find(Tenders, here.Sentence.Start, to)!.Value;
            if (PartyNames.In(here, here.Sentence.Start, tender.Start).FirstOrDefault(party => !party.IsThing) is { } buyer)
                return here == context ? buyer : buyer with { Start = clause, End = clause };
        }

        return null;
    }

    // Broadcom won a $3bn order from ByteDance
    private static IEnumerable<FactDraft> WonFrom(PatternMatch match, SentenceContext context)
    {
        var (verb, from) = (match.Get<Span>("verb"), match.Get<Span>("from"));
        var customer = PartyLists.Behind(context, from.End, reach: 6).FirstOrDefault(party => !party.IsThing);
        var supplier = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return customer is null || supplier is null || supplier.IsSame(customer) ? [] : Order(context, supplier, customer, verb.Start, customer.End, verb.Start);
    }

    // Tessera Cloud ordered $2.4bn of MI455X racks: whose goods they are says who sells.
    private static IEnumerable<FactDraft> OrderedGoods(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, of) = (match.Get<Span>("verb"), match.Get<Span>("of"));
        var clause = PartyLists.ClauseEnd(sentence, of.End);
        var thing = Things.In(context, of.End, clause).FirstOrDefault();
        var seller = sentence.Contains(["from"], of.End, clause) ? null : thing is not null ? Of(context, thing) : OwnGoods(context, of.End, clause);
        var customer = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return seller is null || customer is null || seller.IsSame(customer) ? [] : Order(context, seller, customer, verb.Start, Math.Max(seller.End, of.End), verb.Start);
    }

    private static Party? Of(SentenceContext context, Party thing) => Things.Maker(context, thing) is { } maker ? new Party(thing.Start, thing.End, maker) : null;

    // $2bn of AMD chips
    private static Party? OwnGoods(SentenceContext context, int from, int to) =>
        PartyLists.Behind(context, from, reach: 3, limit: to).FirstOrDefault() is { Who.Kind: EntityKind.Company } maker && context.Sentence.Contains(Goods, maker.End, Math.Min(to, maker.End + 24)) ? maker : null;

    private static IEnumerable<FactDraft> Order(SentenceContext context, Party supplier, Party customer, int start, int end, int from, int? to = null)
    {
        var sentence = context.Sentence;
        var limit = to ?? sentence.End;
        var kind = DealWords.Kind(sentence, Math.Min(from, start), limit);
        return new Deal(kind == "compute" ? kind : "supply", [supplier, customer], Math.Min(start, Math.Min(supplier.Start, customer.Start)), end)
        {
            Customer = customer,
            Supplier = supplier,
            Terms = DealTerms.In(sentence, Math.Min(from, start), limit),
        }.Draft(context);
    }
}
