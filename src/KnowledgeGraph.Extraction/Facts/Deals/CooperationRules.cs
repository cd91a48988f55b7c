using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>A and B work together, sign, negotiate: the words beside it tell what about. Each counterparty is a deal of its own.</summary>
public static class CooperationRules
{
    private static readonly string[] Verbs = ["合作", "签署", "签订", "签约", "签下", "达成", "结盟", "洽谈", "商讨", "谈判", "磋商", "协商", "讨论", "订立", "联盟", "建立伙伴", "续签", "续约", "签定", "签妥", "敲定", "缔结", "共建", "合建", "携手", "联手", "签", "签立", "结成", "共同打造", "联合打造", "联合开发", "共同开发", "换股", "结伴", "共组", "锁定", "谈定", "谈妥", "商定", "签好", "签约", "谈长约", "组建合资", "延长", "谈拢", "续约", "合组"];

    private static readonly string[] Strong = ["与", "同", "跟", "携手", "联合", "联手", "牵手"];

    private static readonly string[] Together = ["携手", "联手", "牵手"];

    private static readonly string[] With =
    [
        "partners with", "partnered with", "partner with", "partnering with", "partnership with", "teams up with", "teamed up with", "teaming up with", "team up with", "ties up with", "tie-up with", "deal with", "deals with",
        "agreement with", "pact with", "contract with", "collaborates with", "collaboration with", "collaborating with", "signed with", "signs with", "alliance with", "in talks with", "joined forces with", "joins forces with", "works with", "working with", "signs up", "signed up", "cooperation with", "cooperate with", "venture with", "order from", "arrangement with", "accord with", "tied up with", "struck a deal with", "inked a deal with", "lease with", "alliance with",
    ];

    private static readonly string[] Signed = ["signed", "signs", "sign", "signing", "inked", "inks", "struck", "strikes", "strike", "sealed", "seals", "announced", "announces", "unveiled", "agreed", "agrees", "negotiating", "negotiated", "reached", "reaches", "has", "entered", "enters", "won", "clinched", "closed", "finalised", "finalized", "finalising", "finalizing", "extended", "renewed", "expanded", "discussing"];

    private static readonly string[] Papers = ["deal", "agreement", "contract", "lease", "pact", "accord", "partnership", "alliance", "memorandum", "MOU", "tie-up", "joint venture", "letter of intent", "arrangement"];

    private static readonly string[] Broken = ["终止合作", "结束合作", "停止合作", "取消合作", "合作伙伴大会", "合作社", "没有合作", "未合作"];

    // 未与 B 签署任何协议: what is told is that there is no deal.
    private static readonly string[] Negations = ["未", "并未", "从未", "没有", "不存在", "尚未", "未曾", "无"];

    // Whoever says so in answer to a report denies it.
    private static readonly string[] Answers = ["澄清", "回应", "否认", "表示", "强调", "称", "声明", "回复", "答复"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/deal/with-verb", Lit(Verbs).As("verb"), Cooperate),
        new("zh/deal/both-sides", Seq(Lit("双方", "两家公司", "两公司").As("both"), Gap(10, ",。;"), Lit(Verbs).As("verb")), BothSides),
        new("zh/deal/both-enlarge", Seq(Lit("双方", "两家公司", "两公司", "两家", "两者", "双边").As("both"), Gap(24, ",。;"), Lit("扩容", "扩大", "扩围", "加码", "追加", "续约", "续签", "延长", "上调", "翻倍", "升级", "展期").As("verb")), BothSides),
        new("zh/deal/together", Lit(Together).As("verb"), Join),
        new("en/deal/with", Lit(With).As("verb"), Join),
        new("en/deal/paper-with", Seq(Lit(Signed), Gap(60, "。;"), Lit(Papers), Gap(50, "。;"), Lit("with").As("verb")), Join),
        new("deal/both-announce", Lit("宣布", "共同", "announced", "announce", "jointly").As("verb"), BothAnnounce),
        new("en/deal/signed-up", Lit("has signed up as", "signed up as", "joined as", "signs on as", "signed on as").As("verb"), SignUp),
        new("en/deal/both-expand", Seq(Lit("expanded", "expand", "extended", "extend", "deepened", "deepen", "formed", "form", "struck", "strike", "signed", "sign", "announced", "announce", "unveiled", "agreed", "have formed", "have agreed", "entered", "sealed", "reached", "inked", "finalised", "finalized").As("verb"), Gap(40, "。;,"), Lit([.. Papers, "collaboration", "strategic agreement", "strategic cooperation"]).As("what")), BothExpand),
        new("deal/arrow", Seq(Ann<Mention>("left", m => m.Kind == Domain.Entities.EntityKind.Company), Lit("⇄", "↔", "<->", "⇌", "<>").As("verb")), Arrow),
    ];

    private static IEnumerable<FactDraft> Cooperate(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (sentence.Contains(Broken, Math.Max(sentence.Start, verb.Start - 4), Math.Min(sentence.End, verb.End + 4)) || sentence.Contains(["终止", "解除", "取消", "结束"], Math.Max(sentence.Start, verb.Start - 3), verb.Start))
            yield break;
        // 与 B 合作的 X 已出货: what they did together some time is told of X.
        if (sentence.Has("的", verb.End, out var of) && sentence.Slice(verb) is "合作" or "共同开发" or "联合开发" && !sentence.Contains(["协议", "合同", "合约", "备忘录", "订单", "框架", "意向", "项目", "传闻", "消息", "说法", "可能"], of, Math.Min(sentence.End, of + 12)))
            yield break;
        foreach (var marker in MarkersBefore(sentence, verb.Start))
        {
            var others = PartyLists.Behind(context, marker.End, reach: 14, limit: verb.Start).Where(party => !party.IsThing).ToList();
            var isWeak = sentence.Slice(marker) is "和" or "及";
            if (isWeak && others.Count > 0 && sentence.Has("就", others[^1].End, out _))
                isWeak = false;
            if (isWeak && (sentence.Has("合作伙伴", verb.Start, out _) || others.Count == 0 || verb.Start - others[^1].End > 8))
                continue;
            if (others.Count == 0 && Unknown(sentence, marker.End, verb.Start) is { } unknown)
                others.Add(unknown);
            var isDenied = Negations.Any(word => marker.Start - word.Length >= sentence.Start && sentence.Has(word, marker.Start - word.Length, out _));
            if (isDenied && !sentence.Contains(Answers, sentence.Start, marker.Start))
                yield break;
            if (others.Count == 0 || !IsOneClause(sentence, others[^1].End, verb.Start))
                continue;
            // 联钧与 Marvell…: a name nobody knows that opens the clause goes before one of a clause before.
            var own = OpensClause(sentence, marker.Start) && PartyNames.In(context, PartyLists.ClauseStart(sentence, marker.Start), marker.Start).Count == 0 ? PartyNames.Unknown(sentence, PartyLists.ClauseStart(sentence, marker.Start), marker.Start) : null;
            IReadOnlyList<Party> subjects = own is null ? PartyLists.Companies(context, marker.Start) : [own];
            if (sentence.Contains(["贷款", "授信", "信贷", "银团"], verb.End, Math.Min(sentence.End, verb.End + 14)))
                yield break;
            if (subjects.Count == 0 && PartyNames.Unknown(sentence, PartyLists.ClauseStart(sentence, marker.Start), marker.Start) is { } unlisted)
                subjects = [unlisted];
            if (subjects.Count == 0 && sentence.Find(Answers, sentence.Start, marker.Start) is { } said && PartyNames.Unknown(sentence, sentence.Start, said.Start) is { } speaker)
                subjects = [speaker];
            foreach (var draft in Deals(context, subjects, others, verb))
                yield return isDenied ? draft with { Status = Domain.Facts.FactStatus.Denied } : draft;
            yield break;
        }
    }

    private static bool OpensClause(Sentence sentence, int marker) =>
        marker - PartyLists.ClauseStart(sentence, marker) is >= 2 and <= 4 && !NoSubject.Any(word => sentence.Slice(PartyLists.ClauseStart(sentence, marker), marker).Contains(word, StringComparison.Ordinal));

    private static readonly string[] NoSubject = ["此前", "之前", "稍早", "随后", "其后", "后者", "前者", "同时", "同日", "当日", "近日", "日前", "目前", "近期", "早前", "分别", "已", "并", "还", "也", "又", "另", "先后", "曾", "仍", "再", "即", "后", "该", "本", "司", "管理", "董事", "并未", "一度", "传", "拟", "欲", "今", "昨", "明", "未", "无", "没", "可", "能", "要", "想", "打算", "准备", "有意", "主动", "成功", "顺利", "刚", "才", "去", "来", "手", "内部", "外界", "市场", "继续", "连续", "尤其", "包括", "例如", "比如", "特别", "主要", "全面", "深化", "加强", "持续", "首度", "首次", "再度"];

    private static readonly string[] SignedPapers = ["供货协议", "采购协议", "供应协议", "长期协议", "长约", "供货合同", "采购合同", "供应合同", "算力协议", "云服务协议", "授权协议", "许可协议", "代工协议"];

    // 双方续签…: the two whom the text named last.
    private static IEnumerable<FactDraft> BothSides(PatternMatch match, SentenceContext context)
    {
        var (both, verb) = (match.Get<Span>("both"), match.Get<Span>("verb"));
        var told = PartyNames.In(context, context.Sentence.Start, both.Start).Where(party => !party.IsThing).ToList();
        if (told.Count == 0 && context.Previous is { } before)
            told = [.. PartyNames.In(before, before.Sentence.Start, before.Sentence.End).Where(party => !party.IsThing).Select(party => party with { Start = both.Start, End = both.End })];
        told = [.. told.Where((party, at) => !told.Take(at).Any(party.IsSame))];
        var kind = DealWords.Kind(context.Sentence, both.Start, context.Sentence.End);
        var terms = DealTerms.In(context.Sentence, both.Start, context.Sentence.End);
        if (told.Count > 2)
            told = [.. told.Where(party => party.Who.Candidates.Count > 0)];
        return told.Count != 2 || (terms.Amount is null && terms.Capacity is null && terms.Term is null && !context.Sentence.Contains(SignedPapers, verb.End, context.Sentence.End)) ? [] : new Deal(kind, told, Math.Min(told[0].Start, both.Start), verb.End) { Terms = terms }.Draft(context).Select(draft => draft.When is { Length: 4 } ? draft with { When = null } : draft);
    }

    // 与英维克等企业洽谈: a name nobody knows ends where the list or the verb begins.
    private static Party? Unknown(Sentence sentence, int from, int to)
    {
        var end = sentence.Find(["等", "就", "进行", "(", "正", "换股", "共同", "共建", "结盟", "签", "合资", "展开", "达成", "深化", "扩大", "正式", "联合"], from, to)?.Start ?? to;
        return end - from > 9 ? null : PartyNames.Unknown(sentence, from, end) ?? PartyNames.Anonymous(sentence, from, end);
    }

    private static IEnumerable<FactDraft> Join(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        // 携手 B 合作 is the other rule's.
        var others = PartyLists.Behind(context, verb.End, reach: 18).Where(party => !party.IsThing).ToList();
        return Deals(context, PartyLists.Companies(context, verb.Start), others, verb);
    }

    private static IEnumerable<FactDraft> BothAnnounce(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var subjects = PartyLists.Subjects(context, verb.Start).Where(party => !party.IsThing).ToList();
        if (subjects.Count < 2)
            return [];
        var terms = DealTerms.In(sentence, verb.End, sentence.End);
        var kind = DealWords.Kind(sentence, verb.Start, sentence.End);
        return terms.Capacity is null || kind == "partnership" ? [] : new Deal(kind, subjects, subjects[0].Start, verb.End) { Terms = terms }.Draft(context);
    }

    // AMD and OpenAI expanded their partnership
    private static IEnumerable<FactDraft> BothExpand(PatternMatch match, SentenceContext context)
    {
        var (verb, what) = (match.Get<Span>("verb"), match.Get<Span>("what"));
        var subjects = PartyLists.Subjects(context, verb.Start).Where(party => !party.IsThing).ToList();
        return subjects.Count != 2 || context.Sentence.Has("with", context.Sentence.SkipSpace(what.End), out _) ? []
            : new Deal(DealWords.Kind(context.Sentence, verb.Start, context.Sentence.End), subjects, subjects[0].Start, what.End) { Terms = DealTerms.In(context.Sentence, verb.Start, context.Sentence.End) }.Draft(context);
    }

    private static IEnumerable<FactDraft> SignUp(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        var partner = PartyLists.Subjects(context, verb.Start).LastOrDefault();
        var host = partner is null ? null : Host(context, partner);
        return partner is null || host is null ? [] : new Deal("partnership", [host, partner], partner.Start, verb.End).Draft(context);
    }

    // With whom one signs up: whoever the sentence or the text before speaks of, or the maker of the product that it does.
    private static Party? Host(SentenceContext context, Party partner)
    {
        var before = PartyNames.In(context, context.Sentence.Start, partner.Start).LastOrDefault(party => party.Who.Candidates.Count > 0 && !party.IsSame(partner));
        if (before is { IsThing: true } && before.Who.Candidates.Count > 0 && context.Report.Vocabulary.Entry(before.Who.Candidates[0]).Maker is { } maker)
            return new Party(before.Start, before.End, new Participant(Domain.Entities.EntityKind.Company, context.Report.Vocabulary.Entry(maker).Name, [maker]));
        return before ?? (context.CarriedCompany() is { } carried ? new Party(partner.Start, partner.Start, carried) : null);
    }

    private static IEnumerable<FactDraft> Arrow(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var left = match.Get<Mention>("left");
        var others = PartyLists.Behind(context, match.End, reach: 3);
        var text = sentence.Passage.Text;
        // The item goes on behind its heading: its words say of what kind the deal is.
        var whole = new Sentence(sentence.Block, sentence.Passage, 0, text.Length, []);
        var kind = DealWords.Kind(whole, 0, text.Length);
        return others.SelectMany(other => new Deal(kind, [new Party(left.Start, left.End, Participant.Of(left, sentence)), other], left.Start, other.End)
        { Terms = DealTerms.In(sentence, other.End, sentence.End) }.Draft(context));
    }

    private static IEnumerable<FactDraft> Deals(SentenceContext context, IReadOnlyList<Party> subjects, IReadOnlyList<Party> others, Span verb)
    {
        var sentence = context.Sentence;
        if (subjects.Count == 0)
            yield break;
        var start = Math.Min(subjects[0].Start, others.Count > 0 ? others[0].Start : verb.Start);
        var terms = DealTerms.In(sentence, start, sentence.End);
        // A strategic partnership is one, whatever the two will make of it; what is bought or hosted stands in its own clause or has a price.
        var isBroad = terms.Amount is null && terms.Capacity is null && sentence.Contains(["战略合作", "战略协议", "战略伙伴", "合作框架", "结盟", "联盟", "合作伙伴", "联合实验室", "备忘录", "意向书", "谅解", "MOU", "memorandum", "letter of intent", "strategic partnership", "alliance"], start, PartyLists.ClauseEnd(sentence, verb.End));
        isBroad = isBroad ? DealWords.Kind(sentence, start, PartyLists.ClauseEnd(sentence, verb.End)) == "partnership" : terms.Amount is null && terms.Capacity is null && !DealWords.IsTrade(sentence, start, sentence.End);
        var told = DealWords.Kind(sentence, start, sentence.End);
        var kind = isBroad && told is "supply" or "compute" ? "partnership" : told;
        // 合作供应 does not say which way; who buys does.
        var sells = kind is "supply" or "compute" && DealWords.SubjectSells(sentence, verb.Start, sentence.End) == false ? false
            // Who announces an order has it to fill.
            : kind == "supply" && sentence.Contains(["订单", "大单", "销售合同", "供货合同", "供货合约", "供货协议", "销售协议", "supply agreement", "supply contract", "supply deal"], verb.Start, Math.Min(sentence.End, verb.End + 30)) ? true : (bool?)null;
        foreach (var other in others)
        {
            foreach (var draft in new Deal(kind, [.. subjects, other], start, Math.Max(verb.End, other.End))
            {
                Terms = terms,
                Customer = sells switch { false => subjects[0], true => other, null => null },
                Supplier = sells switch { true => subjects[0], false => other, null => null },
                Status = kind == "acquisition" ? FactStatusOverride.NotYetDone : FactStatusOverride.AsWorded,
            }.Draft(context))
                yield return draft;
        }
    }

    private static IEnumerable<Span> MarkersBefore(Sentence sentence, int verb)
    {
        var strong = Markers(sentence, Strong, verb).Reverse();
        return strong.Concat(Markers(sentence, ["和", "及"], verb));
    }

    private static IEnumerable<Span> Markers(Sentence sentence, string[] words, int to)
    {
        for (var at = sentence.Find(words, sentence.Start, to); at is { } found; at = sentence.Find(words, found.End, to))
            yield return new Span(found.Start, found.End);
    }

    private static bool IsOneClause(Sentence sentence, int from, int to) => PartyLists.ClauseEnd(sentence, from) >= to || sentence.Slice(from, to).StartsWith(" (", StringComparison.Ordinal);
}
