using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Availability;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>Who supplies whom, where no word of a contract stands: into a supply chain, past a customer's test, made for somebody, capacity taken.</summary>
public static class SupplyChainRules
{
    private static readonly string[] Take = ["taken", "takes", "took", "has taken", "will take", "to take", "reserved", "reserves", "booked", "books", "contracted", "signed for", "signed up for", "committed to", "commits to", "locked in", "locks in", "leased", "leases", "will lease", "will rent", "rented", "rents"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/deal/supply-chain", Seq(Lit("打入", "切入", "进入", "挤进", "卡位", "跻身", "加入").As("verb"), Gap(4, ",。;"), Ann<Mention>("customer", m => m.Kind == Domain.Entities.EntityKind.Company), Gap(12, ",。;"), Lit("供应链", "供应体系", "供应商名单", "采购名单")), IntoChain),
        new("zh/deal/qualified", Seq(Lit("通过", "获得", "获", "拿下", "取得").As("verb"), Opt(Lit("了")), Ann<Mention>("customer", m => m.Kind == Domain.Entities.EntityKind.Company), Gap(10, ",。;"), Lit("验证", "认证", "测试", "资格").As("test")), Qualified),
        new("zh/deal/made-for", Seq(Lit("独家代工", "代工", "独家供应", "供货", "独供").As("verb"), Opt(Lit("给")), Ann<Mention>("customer", m => m.Kind == Domain.Entities.EntityKind.Company)), MadeFor),
        new("en/deal/capacity-taken", Seq(Lit(Take).As("verb"), Gap(24, "。;,"), Ann<QuantityValue>("capacity", q => q.Unit is "MW" or "GW")), CapacityTaken),
        new("en/deal/customer", Seq(Lit("secured", "secures", "landed", "lands", "won", "wins", "signed", "signs", "added", "adds", "named", "counts").As("verb"), Ann<Mention>("customer", m => m.Kind == Domain.Entities.EntityKind.Company), Lit("as a customer", "as its customer", "as customer", "as a client", "as an anchor tenant", "as anchor tenant", "as a tenant", "as a new customer", "as its first customer", "as its anchor customer")), MadeFor),
        new("en/deal/joined-programme", Seq(Lit("joined", "joins", "has joined", "is joining", "will join", "signed up to", "signs up to", "enrolled in", "became part of", "was admitted to").As("verb"), Gap(6, "。;,"), Ann<Name>("thing", n => n.Candidates.Count > 0), Gap(12, "。;,"), Lit("programme", "program", "ecosystem", "alliance", "initiative", "partner network", "partner programme", "consortium")), Joined),
        new("en/deal/picked", Seq(Lit("picked", "picks", "has picked", "chose", "chooses", "has chosen", "selected", "selects", "has selected", "tapped", "taps", "turned to", "turns to").As("verb"), Ann<Mention>("seller", m => m.Kind == Domain.Entities.EntityKind.Company), Lit("for", "as", "to").As("for")), Picked),
    ];

    private static IEnumerable<FactDraft> IntoChain(PatternMatch match, SentenceContext context) =>
        Supply(context, PartyLists.Companies(context, match.Start).LastOrDefault(), match.Get<Mention>("customer"), match);

    // 三星 HBM4 通过英伟达验证, 最快 5 月供货: the test alone sells nothing.
    private static IEnumerable<FactDraft> Qualified(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        if (!sentence.Contains(["供货", "出货", "供应", "订单", "量产交付", "交付"], match.End, sentence.End))
            return [];
        var isAhead = sentence.Contains(["最快", "最早", "有望", "预计", "可望"], match.End, sentence.End);
        var due = sentence.Within<DateValue>(match.End, sentence.End).FirstOrDefault(date => EventDraft.IsDate(sentence, date));
        return Supply(context, Seller(context, match.Start), match.Get<Mention>("customer"), match)
            .Select(draft => isAhead ? draft with { Status = draft.Status == FactStatus.Denied ? draft.Status : FactStatus.Rumored, When = due is null ? draft.When : EventDraft.Text(context, due, FactStatus.Rumored) } : draft);
    }

    private static IEnumerable<FactDraft> MadeFor(PatternMatch match, SentenceContext context) => Supply(context, Seller(context, match.Start), match.Get<Mention>("customer"), match);

    // has joined the NVLink Fusion programme: with whose it is.
    private static IEnumerable<FactDraft> Joined(PatternMatch match, SentenceContext context)
    {
        var thing = match.Get<Name>("thing");
        var member = PartyLists.Companies(context, match.Start).LastOrDefault();
        var house = context.Report.Vocabulary.Entry(thing.Candidates[0]).Maker is { } maker ? new Participant(Domain.Entities.EntityKind.Company, context.Report.Vocabulary.Entry(maker).Name, [maker]) : null;
        var other = house is null ? null : new Party(thing.Start, thing.End, house);
        return member is null || other is null || member.IsThing || member.IsSame(other) ? [] : new Deal("partnership", [member, other], Math.Min(member.Start, match.Start), match.End).Draft(context);
    }

    // Whoever acts, or who makes what does: 三星 HBM4.
    private static Party? Seller(SentenceContext context, int at) =>
        PartyNames.In(context, PartyLists.ClauseStart(context.Sentence, at), at).FirstOrDefault(party => !party.IsThing && !PartyLists.IsOblique(context.Sentence, party)) ?? PartyLists.Companies(context, at).LastOrDefault();

    private static IEnumerable<FactDraft> Supply(SentenceContext context, Party? supplier, Mention customer, PatternMatch match)
    {
        var buyer = new Party(customer.Start, customer.End, Participant.Of(customer, context.Sentence));
        if (supplier is null || supplier.IsThing || supplier.IsSame(buyer))
            return [];
        var kind = DealWords.Kind(context.Sentence, match.Start, context.Sentence.End) == "compute" && context.Sentence.Contains(["cloud", "compute", "算力", "云"], match.Start, context.Sentence.End) ? "compute" : "supply";
        return new Deal(kind, [supplier, buyer], Math.Min(supplier.Start, match.Start), match.End)
        { Supplier = supplier, Customer = buyer, Terms = DealTerms.In(context.Sentence, match.Start, context.Sentence.End) }.Draft(context);
    }

    // Mistral has taken 220MW for five years at CoreWeave; where the text goes on about the landlord, it need not be named again.
    private static IEnumerable<FactDraft> CapacityTaken(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, capacity) = (match.Get<Span>("verb"), match.Get<QuantityValue>("capacity"));
        var customer = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing);
        if (customer is null)
            return [];
        var from = sentence.Find(["at", "from", "with", "of"], capacity.End, sentence.End);
        var landlord = PartyNames.In(context, capacity.End, sentence.End).FirstOrDefault(party => !party.IsThing && !party.IsSame(customer) && from is { } marker && party.Start >= marker.End && party.Start - PartyBefore(sentence, party) <= 6)
            ?? (PartyLists.Carried(context, verb.Start) is { } carried && !carried.IsSame(customer) ? carried : null);
        return landlord is null ? [] : new Deal("compute", [customer, landlord], Math.Min(customer.Start, verb.Start), Math.Max(capacity.End, landlord.End))
        { Customer = customer, Supplier = landlord, Terms = DealTerms.In(sentence, verb.Start, sentence.End) }.Draft(context);
    }

    // Where the preposition before a name begins.
    private static int PartyBefore(Sentence sentence, Party party)
    {
        var before = -1;
        for (var at = sentence.Find(["at", "from", "with", "of"], sentence.Start, party.Start); at is { } found; at = sentence.Find(["at", "from", "with", "of"], found.End, party.Start))
            before = found.Start;
        return before;
    }

    // Meta has picked Google Cloud for a six-year deal worth more than $10bn
    private static IEnumerable<FactDraft> Picked(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, seller) = (match.Get<Span>("verb"), match.Get<Mention>("seller"));
        var (customer, supplier) = (PartyLists.Companies(context, verb.Start).LastOrDefault(), new Party(seller.Start, seller.End, Participant.Of(seller, sentence)));
        var terms = DealTerms.In(sentence, verb.Start, sentence.End);
        var kind = supplier.Who.Name.Contains('云', StringComparison.Ordinal) || supplier.Who.Name.Contains("Cloud", StringComparison.Ordinal) ? "compute" : DealWords.Kind(sentence, seller.Start, sentence.End);
        if (customer is null || customer.IsSame(supplier) || Things.In(context, seller.Start, seller.End).Count > 0 || (kind == "partnership" && terms.Amount is null && terms.Capacity is null))
            return [];
        return new Deal(kind is "partnership" ? "supply" : kind, [customer, supplier], Math.Min(customer.Start, verb.Start), Math.Max(match.End, supplier.End)) { Customer = customer, Supplier = supplier, Terms = terms }.Draft(context);
    }
}
