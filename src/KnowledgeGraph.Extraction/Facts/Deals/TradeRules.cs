using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>Chips, servers, computing power and licences change hands: who buys of whom, who supplies whom.</summary>
public static class TradeRules
{
    private static readonly string[] BuyVerbs = ["采购", "购买", "订购", "租用", "租赁", "租下", "获取", "支付", "下单", "购入", "买入", "租借", "预订", "包下", "洽购", "抢购"];

    private static readonly string[] SellVerbs = ["供应", "供货", "提供", "出售", "交付", "出租", "代工", "生产", "制造", "销售", "设计"];

    private static readonly string[] Goods =
    [
        "芯片", "晶片", "GPU", "GPUs", "TPU", "TPUs", "CPU", "HBM", "算力", "计算资源", "计算能力", "云", "服务器", "伺服器", "记忆体", "机柜", "光模块", "内存", "存储", "液冷", "元件", "数据中心", "机器人", "电力", "晶圆", "加速器", "超节点",
        "chips", "chip", "compute", "computing", "capacity", "cloud", "servers", "memory", "accelerators", "power", "racks", "wafers", "data center", "data centre", "systems", "retimers", "switches", "optics", "optical modules", "transceivers", "NICs", "lasers", "cables", "connectors", "substrates", "circuit boards", "cooling", "transformers", "turbines", "lithography", "networking gear", "components", "modules",
    ];

    // What one house sells another; what it only may use (models, apps) is no trade.
    private static readonly string[] Own = ["TPUs", "TPU", "GPUs", "chips", "chip", "accelerators", "processors", "servers", "racks", "compute", "capacity", "cloud", "data centers", "data centres", "memory", "HBM4", "HBM", "foundry"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/deal/buy-from", Seq(Lit("向", "从", "自").As("marker"), Gap(24, ",。;"), Lit(BuyVerbs).As("verb")), Buy),
        new("zh/deal/sell-to", Seq(Lit("向", "为", "给", "替").As("marker"), Gap(24, ",。;"), Lit(SellVerbs).As("verb")), Sell),
        new("zh/deal/buy-goods", Lit(BuyVerbs).As("verb"), BuyGoods),
        new("en/deal/buy-from", Seq(Lit("buys", "to buy", "bought", "orders", "ordered", "leases", "leased", "to lease", "rents", "rented", "to rent", "leasing", "renting", "purchases", "to purchase", "purchased", "secured", "secures", "takes", "buying", "rent", "lease", "signed for", "has signed for", "signed up for", "signs for", "contracted for", "contracts for", "committed to buy", "agreed to take", "booked", "books", "procures", "procured", "sources", "sourced").As("verb"), Gap(70, "。;"), Lit("from").As("marker")), Buy),
        new("en/deal/buy-of", Seq(Lit("buy", "buys", "bought", "buying", "order", "orders", "ordered", "rent", "rents", "rented", "renting", "lease", "leases", "leased", "leasing", "purchase", "purchases", "purchased", "use", "uses", "using", "adopt", "deploy", "deploys", "deploying").As("verb"), Gap(34, "。;,"), Ann<Mention>("seller", m => m.Kind == EntityKind.Company), Lit("'s", "’s", "'", "’").As("of"), Gap(24, "。;,"), Lit(Own).As("goods")), BuyOf),
        new("en/deal/sell-to", Seq(Lit("supplies", "to supply", "will supply", "supplied", "provides", "will provide", "to provide", "sells", "to sell", "will sell", "sold", "delivers", "to deliver", "supplying", "leases", "to lease").As("verb"), Gap(70, "。;"), Lit("to", "for", "with").As("marker")), SellTo),
        new("en/deal/supply-object", Lit("supplies", "to supply", "will supply", "supplied", "supplying").As("verb"), SupplyObject),
        new("en/deal/goods-into", Seq(Ann<QuantityValue>("goods", q => q.Unit is "GPUs" or "TPUs" or "chips" or "servers"), Gap(20), Lit("to go into", "go into", "will go into", "going into", "to be deployed in", "will be deployed in", "for").As("verb")), IntoPlace),
        new("zh/deal/license-to", Seq(Lit("向", "给").As("marker"), Gap(16, ",。;"), Lit("授权", "许可", "开放授权").As("verb")), LicenseTo),
        new("en/deal/license-to", Seq(Lit("licensed", "licenses", "licences", "license", "is licensing", "will license").As("verb"), Gap(40, "。;,"), Lit("to").As("marker")), LicenseTo),
        new("deal/license", Lit("授权给", "许可给", "授权协议", "许可协议", "licence with", "license with", "licensing deal with", "licensing agreement with", "licenses to", "licences to").As("verb"), License),
    ];

    private static IEnumerable<FactDraft> Buy(PatternMatch match, SentenceContext context)
    {
        var marker = match.Get<Span>("marker");
        var verb = match.Get<Span>("verb");
        var isPaid = context.Sentence.Slice(verb) == "支付";
        var sellers = PartyLists.Behind(context, marker.End, reach: 14, limit: verb.Start > marker.End ? verb.Start : int.MaxValue);
        var buyer = PartyLists.Companies(context, Math.Min(marker.Start, verb.Start)).LastOrDefault();
        return sellers.Where(seller => !seller.IsThing).SelectMany(seller => Trade(context, buyer, seller, verb, isPaid));
    }

    // is in talks to rent Google's TPUs
    private static IEnumerable<FactDraft> BuyOf(PatternMatch match, SentenceContext context)
    {
        var (verb, mention) = (match.Get<Span>("verb"), match.Get<Mention>("seller"));
        var seller = new Party(mention.Start, mention.End, Participant.Of(mention, context.Sentence));
        var buyer = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing);
        // An order to make B's chips, a lease of B's: the noun is written like the verb.
        var word = context.Sentence.Slice(verb);
        var isNoun = word is "order" or "orders" or "rent" or "rents" or "lease" or "leases" or "use" or "uses" or "purchase" or "purchases" or "buy" && !Before.Any(lead => context.Sentence.Slice(Math.Max(context.Sentence.Start, verb.Start - 7), verb.Start).TrimEnd().EndsWith(lead, StringComparison.OrdinalIgnoreCase)) && context.Sentence.Contains(["a", "an", "the"], Math.Max(context.Sentence.Start, verb.Start - 20), verb.Start);
        return isNoun || buyer is null || buyer.IsSame(seller) || (context.Sentence.Slice(verb).StartsWith("us", StringComparison.OrdinalIgnoreCase) && !context.Sentence.Contains(["talks", "deal", "agreed", "agreement", "contract", "will"], buyer.End, verb.Start))
            ? [] : Trade(context, buyer, seller, verb, isAlways: false);
    }

    private static readonly string[] Before = [" to", " will", " would", " could", " may", " can", " and"];

    private static IEnumerable<FactDraft> Sell(PatternMatch match, SentenceContext context)
    {
        var marker = match.Get<Span>("marker");
        var verb = match.Get<Span>("verb");
        var buyers = PartyLists.Behind(context, marker.End, reach: 8, limit: verb.Start);
        var seller = PartyLists.Companies(context, marker.Start).LastOrDefault();
        return buyers.Where(buyer => !buyer.IsThing).SelectMany(buyer => seller is null ? [] : Trade(context, buyer, seller, verb, isAlways: false));
    }

    // A 采购 B 的 GPU · A 租用 B 算力
    private static IEnumerable<FactDraft> BuyGoods(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        if (sentence.Find(["向", "从", "自", "为", "供"], clause, verb.Start) is not null)
            return [];
        var buyer = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return PartyLists.Behind(context, verb.End, reach: 12).Where(seller => !seller.IsThing).SelectMany(seller => Trade(context, buyer, seller, verb, isAlways: false));
    }

    private static IEnumerable<FactDraft> SellTo(PatternMatch match, SentenceContext context)
    {
        var (verb, marker) = (match.Get<Span>("verb"), match.Get<Span>("marker"));
        // supplies Microsoft with X: who gets it stands before the word.
        if (context.Sentence.Has("with", marker.Start, out _) && PartyNames.In(context, verb.End, marker.Start).Any(party => !party.IsThing))
            return [];
        var buyer = PartyLists.Behind(context, marker.End, reach: 8).FirstOrDefault(party => !party.IsThing);
        var seller = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return seller is null || buyer is null ? [] : Trade(context, buyer, seller, verb, isAlways: false);
    }

    // supplies Meta with TPUs
    private static IEnumerable<FactDraft> SupplyObject(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var buyer = PartyLists.Behind(context, verb.End, reach: 3).FirstOrDefault(party => !party.IsThing);
        var seller = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return seller is null || buyer is null || !context.Sentence.Contains(["with"], buyer.End, Math.Min(context.Sentence.End, buyer.End + 8)) ? [] : Trade(context, buyer, seller, verb, isAlways: false);
    }

    private static IEnumerable<FactDraft> IntoPlace(PatternMatch match, SentenceContext context)
    {
        var goods = match.Get<QuantityValue>("goods");
        var verb = match.Get<Span>("verb");
        var seller = PartyNames.In(context, Math.Max(context.Sentence.Start, goods.Start - 2), verb.Start).FirstOrDefault(party => !party.IsThing);
        var buyer = PartyLists.Behind(context, verb.End, reach: 6).FirstOrDefault(party => !party.IsThing);
        return seller is null || buyer is null ? [] : Trade(context, buyer, seller, verb, isAlways: false)
            .Select(draft => context.Sentence.Slice(verb).StartsWith("to ", StringComparison.Ordinal) && draft.Status == Domain.Facts.FactStatus.Reported ? draft with { Status = Domain.Facts.FactStatus.Announced } : draft);
    }

    // 迪士尼向 OpenAI 授权角色; Disney licensed 200 characters to OpenAI
    private static IEnumerable<FactDraft> LicenseTo(PatternMatch match, SentenceContext context)
    {
        var (verb, marker) = (match.Get<Span>("verb"), match.Get<Span>("marker"));
        var other = PartyLists.Behind(context, marker.End, reach: 4).FirstOrDefault(party => !party.IsThing);
        var owner = PartyLists.Companies(context, Math.Min(verb.Start, marker.Start)).LastOrDefault();
        // Licences for sales to a country are an authority's.
        return other is null || owner is null || owner.Who.Kind == EntityKind.Organisation || other.IsSame(owner) || (verb.Start > marker.Start && other.End > verb.Start) ? []
            : new Deal("licensing", [owner, other], Math.Min(owner.Start, verb.Start), Math.Max(verb.End, other.End)) { Terms = DealTerms.In(context.Sentence, verb.Start, PartyLists.ClauseEnd(context.Sentence, verb.End)) }.Draft(context);
    }

    private static IEnumerable<FactDraft> License(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var other = PartyLists.Behind(context, verb.End, reach: 6).FirstOrDefault(party => !party.IsThing);
        var subject = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing && other?.IsSame(party) == false)
            ?? (context.CarriedCompany() is { } carried ? new Party(verb.Start, verb.Start, carried) : null);
        if (other is null || subject is null)
            return [];
        var from = Math.Max(sentence.Start, verb.Start - 40);
        return new Deal("licensing", [subject, other], Math.Min(subject.Start, verb.Start), other.End) { Terms = DealTerms.In(sentence, from, sentence.End) }.Draft(context);
    }

    private static IEnumerable<FactDraft> Trade(SentenceContext context, Party? buyer, Party seller, Span verb, bool isAlways)
    {
        if (buyer is null)
            return [];
        var sentence = context.Sentence;
        var start = Math.Min(verb.Start, Math.Min(buyer.Start, seller.Start));
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var terms = DealTerms.In(sentence, clause, sentence.End);
        var kind = DealWords.Kind(sentence, clause, sentence.End);
        // What a payment is for may stand in another sentence.
        if (isAlways && kind is not ("compute" or "supply"))
            kind = DealWords.Kind(new Sentence(sentence.Block, sentence.Passage, 0, sentence.Passage.Text.Length, []), 0, sentence.Passage.Text.Length);
        if (isAlways && kind is not ("compute" or "supply"))
            return [];
        if (!isAlways && terms.Capacity is null && !sentence.Contains(Goods, start, Math.Min(sentence.End, Math.Max(verb.End, Math.Max(buyer.End, seller.End)) + 40))
            && !Availability.Things.In(context, start, Math.Max(verb.End, Math.Max(buyer.End, seller.End))).Any(thing => thing.Who.Kind == Domain.Entities.EntityKind.Chip))
            return [];
        // Whoever designs or makes chips for another supplies it, though the chips are for computing.
        var isMade = sentence.Slice(verb) is "代工" or "生产" or "制造" or "设计" && terms.Capacity is null;
        return new Deal(kind is "compute" && !isMade ? "compute" : "supply", [buyer, seller], start, Math.Max(verb.End, Math.Max(buyer.End, seller.End))) { Customer = buyer, Supplier = seller, Terms = terms }.Draft(context);
    }
}
