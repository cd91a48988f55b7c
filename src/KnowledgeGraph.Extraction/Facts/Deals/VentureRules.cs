using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>New companies of several owners, parts that leave a company, things built into each other, and terms told a sentence later.</summary>
public static class VentureRules
{
    private static readonly string[] Joint = ["合资", "共同成立", "共同设立", "共同出资", "联合成立", "联合设立", "共同组建", "合组", "joint venture", "jointly build", "would build", "will build", "to form", "plan to build", "will jointly"];

    private static readonly string[] Ventures = ["资料中心", "数据中心", "设厂", "建厂", "新公司", "合资", "子公司", "基地", "公司", "工厂", "企业", "厂", "venture", "plant", "plants", "company", "fab", "fabs", "data center", "data centre", "data centers", "data centres", "campus"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("deal/joint-venture", Lit(Joint).As("verb"), Found),
        new("deal/spin-off", Lit("分拆", "拆分", "carving out", "carves out", "carve out", "hiving off", "hives off", "demerging", "demerges", "spin off", "spins off", "spinning off", "spin out", "spin-off of", "spun off").As("verb"), SpinOff),
        new("zh/deal/integrate", Lit("接入", "深度整合", "深度集成", "内置", "整合", "打通").As("verb"), Integrate),
        new("deal/later-terms", Alt(Ann<MoneyValue>("amount", m => m.Per is null), Ann<QuantityValue>("amount", q => q.Unit is "MW" or "GW")), LaterTerms),
    ];

    private static IEnumerable<FactDraft> Found(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (!sentence.Contains(Ventures, verb.Start, sentence.End))
            return [];
        var owners = PartyLists.Subjects(context, verb.Start).Where(party => !party.IsThing).ToList();
        if (owners.Count < 2)
            owners = [.. owners, .. PartyLists.Behind(context, verb.End, reach: 10).Where(party => sentence.Contains(["with", "与", "和"], verb.Start, party.Start))];
        // 与三菱电机合资: who the text is about and the one it names.
        if (owners.Count < 2 && Partner(context, verb) is { } partner && PartyLists.Companies(context, partner.Start).LastOrDefault(party => !party.IsSame(partner)) is { } own)
            owners = [own, partner];
        if (owners.Count < 2)
            owners = [.. PartyNames.In(context, PartyLists.ClauseStart(sentence, verb.Start), verb.Start).Where(party => !party.IsThing && party.Who.Kind == EntityKind.Company)];
        if (owners.Count < 2)
            owners = OfOneClause(context, verb.Start);
        return owners.Count < 2 ? [] : new Deal("joint-venture", owners, Math.Min(owners[0].Start, verb.Start), Math.Max(verb.End, owners[^1].End))
        {
            Terms = DealTerms.In(sentence, owners[0].Start, sentence.End),
            Status = FactStatusOverride.NotYetDone,
        }.Draft(context);
    }

    private static Party? Partner(SentenceContext context, Span verb)
    {
        var clause = PartyLists.ClauseStart(context.Sentence, verb.Start);
        return context.Sentence.Find(["与", "和", "同", "跟", "携手", "联手"], clause, verb.Start) is { } marker && (PartyLists.Behind(context, marker.End, reach: 2, limit: verb.Start).FirstOrDefault(party => !party.IsThing) ?? PartyNames.Unknown(context.Sentence, marker.End, verb.Start)) is { } partner && (verb.Start - partner.End <= 3 || (verb.Start - partner.End <= 12 && context.Sentence.Passage.Text[partner.End] is '在' or '于' or '各'))
            ? partner : null;
    }

    // Google 和资产管理公司黑石 18 日宣布, 将合资…: the nearest clause before that names two.
    private static List<Party> OfOneClause(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        for (var end = at; end > sentence.Start; end = PartyLists.ClauseStart(sentence, end) - 1)
        {
            var found = PartyNames.In(context, PartyLists.ClauseStart(sentence, end), end).Where(party => !party.IsThing && party.Who.Kind == EntityKind.Company).ToList();
            if (found.Count >= 2)
                return found;
        }

        return [];
    }

    private static IEnumerable<FactDraft> SpinOff(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var parent = PartyLists.Companies(context, verb.Start).LastOrDefault();
        // spun off its flash unit as Sandisk
        var named = sentence.Find(["as", "为", "into", "成"], verb.End, PartyLists.ClauseEnd(sentence, verb.End));
        var part = (named is { } called ? PartyLists.Behind(context, called.End, reach: 4).FirstOrDefault() : null) ?? (named is { } mark ? Quoted(sentence, mark.End) : null) ?? PartyLists.Behind(context, verb.End, reach: 10).FirstOrDefault();
        // 可灵 AI 分拆预案: the part stands before the noun, the parent is who the text is about.
        if (part is null && PartyLists.Subjects(context, verb.Start).LastOrDefault() is { } before && verb.Start - before.End <= 4)
            (part, parent) = (before, context.CarriedCompany() is { } carried ? new Party(before.Start, before.Start, carried) : null);
        return part is null || parent is null ? [] : new Deal("spin-off", [parent, part], Math.Min(parent.Start, Math.Min(part.Start, verb.Start)), Math.Max(part.End, verb.End)).Draft(context);
    }

    // 分拆成“长电驭芯”
    private static Party? Quoted(Sentence sentence, int at) =>
        sentence.All<Name>().FirstOrDefault(name => name.Quoted && name.Start >= at && name.Start <= at + 2) is { } name ? new Party(name.Start, name.End, Participant.Unknown(EntityKind.Company, name.Text)) : null;

    // 千问接入淘宝: a thing of one house works inside another; a model inside a product is the model's availability or the product's lineage.
    private static IEnumerable<FactDraft> Integrate(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var left = PartyLists.Subjects(context, verb.Start).LastOrDefault();
        var right = PartyLists.Behind(context, verb.End, reach: 6).FirstOrDefault();
        if (right is null && sentence.Find(["将", "把"], sentence.Start, verb.Start) is { } moved)
        {
            var pair = PartyLists.Behind(context, moved.End, reach: 4, limit: verb.Start);
            (left, right) = (pair.FirstOrDefault(), pair.Skip(1).FirstOrDefault());
        }

        // X 被 P 接入: P takes X up, which is X's availability.
        var isModel = right is { Who.Kind: EntityKind.Model } || sentence.Contains(["被"], PartyLists.ClauseStart(sentence, verb.Start), verb.Start);
        return left is null || right is null || isModel ? [] : new Deal("integration", [left, right], Math.Min(left.Start, verb.Start), Math.Max(right.End, verb.End)).Draft(context);
    }

    /// <summary>The sum or capacity that a sentence behind the deal's adds (黑石出资 50 亿美元; the contract is worth $3bn): the deal again, with its terms.</summary>
    private static IEnumerable<FactDraft> LaterTerms(PatternMatch match, SentenceContext context)
    {
        if (context.Previous is not { } before || !IsOfTheDeal(context, match.Get<Annotation>("amount")))
            return [];
        var deals = DealRules.DealsOf(before).ToList();
        var terms = DealTerms.In(context.Sentence, context.Sentence.Start, context.Sentence.End);
        if (deals.Count == 0 || deals.Exists(deal => deal.Values["kind"]!.GetValue<string>() is "spin-off" or "integration") || deals.Exists(deal => deal.Values.ContainsKey("amount")) || (terms.Amount is null && terms.Capacity is null))
            return [];
        var (start, end) = context.Source(match.Get<Annotation>("amount"));
        return deals.Select(deal => deal with
        {
            Values = deal.Values.Concat(terms.Values.Where(value => value.Item2 is not null).Select(value => KeyValuePair.Create(value.Item1, value.Item2)))
                .DistinctBy(value => value.Key).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal),
            Start = start,
            End = end,
            Consumes = terms.Amount is { } amount ? [context.Source(amount)] : [],
        });
    }

    private static bool IsOfTheDeal(SentenceContext context, Annotation amount)
    {
        var sentence = context.Sentence;
        var isArrow = context.Previous!.Sentence.Contains(["⇄", "↔", "<->"], context.Previous.Sentence.Start, context.Previous.Sentence.End);
        return isArrow || sentence.Contains(
            ["出资", "协议", "合同", "合约", "交易", "总额", "对价", "订单", "投入", "the deal", "contract", "agreement", "worth", "transaction", "Press estimates", "the bill", "terms"],
            sentence.Start, Math.Min(sentence.End, amount.End + 10));
    }
}
