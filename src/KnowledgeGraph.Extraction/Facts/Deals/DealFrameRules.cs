using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>
/// Deals that no pattern of words spells out: a word that means one (as verb or noun, in any order) and two companies beside it. Speaks only
/// where the rules that know who buys and who sells are silent.
/// </summary>
public static class DealFrameRules
{
    private static readonly (string Kind, string[] Words)[] Triggers =
    [
        ("acquisition", ["收购", "并购", "买下", "整并", "合并", "洽购", "购并", "吃下", "纳入麾下", "控股权", "acquire", "acquires", "acquired", "acquisition", "takeover", "buyout", "merger", "merge", "to buy", "buys", "bought", "buying", "take over", "snaps up", "snapped up", "swallow", "swallows"]),
        ("investment", ["入股", "参股", "股权", "战略投资", "认购", "注资", "领投", "持股", "stake", "invest", "invests", "invested", "investment in", "backs", "backed by"]),
        ("joint-venture", ["合资", "合营", "共同出资", "合组", "joint venture", "jointly own"]),
        ("licensing", ["授权", "许可", "交叉许可", "licensed", "licenses", "licence", "license", "licensing"]),
        ("supply", ["订单", "大单", "供应", "供货", "代工", "采购", "供应商", "代工商", "下单", "拉货", "出货给", "打入", "切入", "导入", "供应链", "中标", "得标", "独家供应", "order", "orders", "ordered", "supply", "supplies", "supplied", "supplier", "contract", "foundry", "manufacture", "makes for", "second source", "purchase", "purchases"]),
        ("compute", ["算力合同", "算力协议", "算力租赁", "租赁", "租用", "承租", "租下", "云服务协议", "compute deal", "compute agreement", "compute contract", "capacity", "rents", "leases", "hosting", "host"]),
        ("partnership", ["合作", "结盟", "联盟", "共建", "联合实验室", "携手", "联手", "牵手", "战略协议", "伙伴", "共同开发", "联合开发", "共同研发", "联合研发", "签约", "签署", "签订", "合作备忘录", "MOU", "partner", "partners", "partnership", "partnered", "alliance", "collaboration", "collaborate", "collaborates", "teamed up", "teams up", "team up", "joined forces", "tie-up", "memorandum", "co-develop", "co-developing", "jointly", "signed", "signs", "pact", "deploy"]),
    ];

    private static readonly string[] Every = [.. Triggers.SelectMany(trigger => trigger.Words)];

    private static readonly string[] Linking = ["与", "和", "同", "跟", "及", "携手", "联手", "联合", "牵手", "and", "with", "&", "以及"];

    // Here those that a conjunction links are the two sides; two who invest or order together are one.
    private static readonly string[] Mutual = ["整并", "合并", "换股", "merger", "merge"];

    private static readonly string[] Opening = ["否认", "宣布", "将", "拟", "正", "均", "双双", "传", "计划", "筹划", "考虑", "洽谈", "合并", "整并", "换股", "据", "确认", "公告", "昨", "今", "已"];

    private static readonly string[] Held = ["股权", "股份", "持股", "stake"];

    private static readonly string[] Ended = ["终止", "终止合作", "中止", "解除", "取消", "告吹", "破局", "ended", "terminated", "terminates", "called off", "scrapped"];

    // What makes of a word of buying or ordering no deal between the two.
    private static readonly string[] Background = ["竞争", "超过", "相比", "较", "不及", "评级", "目标价", "股价", "涨", "跌", "市占", "对手", "替代", "诉讼", "起诉", "受惠", "受益", "rival", "rivals", "competes", "versus", "sued", "lawsuit", "shares", "analysts", "price target", "executive", "as head of", "chief executive", "出任", "担任", "加盟", "离职", "任命", "跳槽"];

    public static IReadOnlyList<Rule> All { get; } = [new("deal/frame", Lit(Every).As("word"), Deals)];

    private static IEnumerable<FactDraft> Deals(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        if (sentence.Find(Every, sentence.Start, sentence.End) is { } first && first.Start != word.Start)
            return [];
        if (sentence.Contains(Background, sentence.Start, sentence.End) || sentence.Contains(Ended, sentence.Start, sentence.End) || DealRules.DealsOf(context).Any())
            return [];
        foreach (var (kind, words) in Triggers)
        {
            for (var at = sentence.Find(words, sentence.Start, sentence.End); at is { } found; at = sentence.Find(words, found.End, sentence.End))
            {
                if (Pair(context, new Span(found.Start, found.End), kind) is { } pair)
                    return Draft(context, kind, pair, new Span(found.Start, found.End));
            }
        }

        return [];
    }

    // Who acts before the word and who is named behind it, or two that a conjunction links before it.
    private static (Party Left, Party Right)? Pair(SentenceContext context, Span word, string kind)
    {
        var sentence = context.Sentence;
        var parties = PartyNames.In(context, sentence.Start, sentence.End).Where(party => party.Who.Kind == EntityKind.Company && IsKnown(party) && !IsVoice(context, party)).ToList();
        // 与 B 合作的 X: what is told is of X.
        if (kind == "partnership" && sentence.Has("的", word.End, out _))
            return null;
        var isMutual = kind is "partnership" or "joint-venture" || Mutual.Contains(sentence.Slice(word), StringComparer.OrdinalIgnoreCase);
        var before = parties.Where(party => party.End <= word.Start).ToList();
        var after = parties.FirstOrDefault(party => party.Start >= word.End && party.Start - word.End <= 40 && !sentence.Slice(word.End, party.Start).Any(c => c is ',' or ';' or ':'));
        for (var i = before.Count - 1; i > 0; i--)
        {
            var isNear = isMutual && word.Start - before[i].End <= 24 && (PartyLists.ClauseEnd(sentence, before[i].End) >= word.Start || kind == "joint-venture");
            if (isNear && Linking.Contains(sentence.Slice(before[i - 1].End, before[i].Start).Trim(), StringComparer.OrdinalIgnoreCase) && AreTwo(context, before[i], before[i - 1]))
                return (before[i - 1], before[i]);
        }

        if (Mutual.Contains(sentence.Slice(word), StringComparer.OrdinalIgnoreCase) && TwoOpening(context, word.Start) is { } two)
            return two;
        // 华硕获选为辉达合作伙伴, IREN will provide Microsoft with capacity
        var clause = before.LastOrDefault() is { } last && word.Start - last.End <= 20 && PartyLists.ClauseEnd(sentence, last.End) >= word.Start ? last : null;
        if (after is null && clause is not null && before.Count > 1 && (kind is not ("investment" or "acquisition") || Held.Contains(sentence.Slice(word))) && AreTwo(context, before[^2], clause) && !IsListed(sentence, before[^2], clause) && PartyLists.ClauseEnd(sentence, before[^2].End) >= clause.Start)
            return (before[^2], clause);
        var subject = PartyLists.Subjects(context, word.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company && party.Who.Candidates.Count > 0) ?? clause;
        return after is not null && subject is not null && AreTwo(context, subject, after) && word.Start - subject.End <= 40 ? (subject, after) : null;
    }

    // A、B 否认合并: the two names that open the clause are the two sides, whoever they are.
    private static (Party Left, Party Right)? TwoOpening(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        // 【16:55】A、B …: the mark that opens an item is none of its words.
        var mark = sentence.Passage.Text.LastIndexOf('】', Math.Max(at - 1, 0), Math.Max(at - 1, 0) - sentence.Start + 1);
        var clause = mark >= 0 ? mark + 1 : PartyLists.ClauseStart(sentence, at);
        var end = sentence.Find(Opening, clause, at)?.Start ?? at;
        return (mark >= 0 || clause == sentence.Start) && end < at && sentence.Contains(["、", "和", "与", "及"], clause, end) && PartyLists.Listed(context, clause, end) is [{ IsThing: false } left, { IsThing: false } right] && AreTwo(context, left, right) && IsNamed(left) && IsNamed(right) ? (left, right) : null;
    }

    private static bool IsNamed(Party party) => party.Who.Candidates.Count > 0 || party.Who.Name.All(c => c >= '\u4e00');

    // A、B 等供应商: two of a list are on one side.
    private static bool IsListed(Sentence sentence, Party left, Party right) => sentence.Slice(left.End, right.Start).Trim() is "、" or "," or "/" or "和" or "与" or "及" or "and";

    private static bool IsKnown(Party party) => party.Who.Candidates.Count > 0 || (party.Who.Name.Length >= 4 && party.Who.Name.All(c => c >= '\u4e00'));

    // A house and its own laboratory sign nothing.
    private static bool AreTwo(SentenceContext context, Party left, Party right) =>
        !left.IsSame(right) && (left.Who.Candidates.Count == 0 || right.Who.Candidates.Count == 0 || !Releases.Maker.AreOneHouse(context, left.Who.Candidates, right.Who.Candidates[0]));

    private static IEnumerable<FactDraft> Draft(SentenceContext context, string trigger, (Party Left, Party Right) pair, Span word)
    {
        var sentence = context.Sentence;
        var start = Math.Min(word.Start, pair.Left.Start);
        var kind = trigger is "supply" or "compute" or "partnership" && DealWords.Kind(sentence, start, sentence.End) is "compute" or "supply" ? DealWords.Kind(sentence, start, sentence.End) : trigger;
        // To work together on chips or clouds is no trade until somebody pays.
        var terms = DealTerms.In(sentence, start, sentence.End);
        if (trigger == "partnership" && terms.Amount is null && terms.Capacity is null)
            kind = trigger;
        var isTakeover = kind is "acquisition" or "investment";
        return new Deal(kind, [pair.Left, pair.Right], start, Math.Max(word.End, pair.Right.End))
        {
            Terms = terms,
            Investor = isTakeover ? pair.Left : null,
            Target = isTakeover ? pair.Right : null,
            Status = kind == "acquisition" ? FactStatusOverride.NotYetDone : FactStatusOverride.AsWorded,
        }.Draft(context);
    }

    // Who only tells of it.
    private static bool IsVoice(SentenceContext context, Party party) =>
        context.Sentence.All<Source>().Any(source => source.Start <= party.Start && party.End <= source.End);
}
