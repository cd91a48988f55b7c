using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Listings;

/// <summary>Words that only going to or from an exchange has, in any order with company and venue. Speaks only where the exact rules are silent.</summary>
public static class ListingFrameRules
{
    private static readonly (string Kind, string[] Words)[] Steps =
    [
        ("ipo-filing",
        [
            "IPO 注册", "IPO注册", "注册生效", "首发申请", "首发过会", "上市申请", "IPO 申请", "IPO申请", "过会", "上市辅导", "辅导备案", "送件", "递件", "聆讯", "上柜审议", "上市审议", "上柜申请", "招股书", "招股说明书", "提交注册", "同意注册", "IPO 获受理", "IPO获受理", "公开说明书", "A1 表格", "登录兴柜", "登陆兴柜",
            "S-1", "F-1", "prospectus", "filed for an IPO", "filed to go public", "filed to list", "filed confidentially", "draft registration",
        ]),
        ("delisting", ["终止上市", "终止上柜", "摘牌", "退市", "下市", "下柜", "撤销上市地位", "delisted", "delisting", "delist"]),
        ("ipo",
        [
            "挂牌上市", "挂牌", "上柜", "挂牌交易", "敲钟", "正式上市", "敲锣", "开始买卖", "开始交易", "上市首日",
            "began trading", "begin trading", "begins trading", "start trading", "starts trading", "started trading", "made its debut", "makes its debut", "debuts", "debuted", "debut", "a listing", "its listing", "an IPO", "its IPO", "list its shares", "go public", "public offering",
        ]),
    ];

    private static readonly string[] Every = [.. Steps.SelectMany(step => step.Words)];

    private static readonly string[] NoEvent = ["上市公司", "挂牌价", "挂牌机构", "已上市", "上市以来", "挂牌督导", "挂牌交易所", "挂牌转让", "listed company", "IPO 市场", "IPO市场", "IPO market", "新股市场", "since its IPO", "since the IPO", "post-IPO", "未过会", "未通过", "解禁", "撤回", "lock-up", "no plans", "无意", "暂无", "否认"];

    public static IReadOnlyList<Rule> All { get; } = [new("listing/frame", Lit(Every).As("word"), Listed)];

    private static IEnumerable<FactDraft> Listed(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        if ((sentence.Find(Every, sentence.Start, word.Start) is not null && !IsNext(sentence, word)) || sentence.Contains(NoEvent, Segment(sentence, word.Start), sentence.End is var stop && sentence.Passage.Text.IndexOf(';', word.End, stop - word.End) is >= 0 and var cut ? cut : stop))
            return [];
        var kind = Steps.First(step => step.Words.Contains(sentence.Slice(word), StringComparer.OrdinalIgnoreCase)).Kind;
        // 终止上柜 is read from its first character.
        if (kind == "ipo" && sentence.Contains(Steps[1].Words, sentence.Start, sentence.End))
            return [];
        var venue = Venues.Near(context, sentence.Start, sentence.End);
        // A model or product that debuts comes to no exchange.
        var isOffer = kind != "ipo" || sentence.Slice(word)[0] >= '\u4e00' || venue is not null || sentence.Contains(["IPO", "ticker", "shares", "ADRs", "ADR", "listing", "public"], sentence.Start, sentence.End);
        var company = Company(context, word);
        if (company is null || !isOffer || IsTold(context))
            return [];
        var start = Math.Min(company.Start, word.Start);
        var draft = context.Event("ListingChanged", start, Math.Max(word.End, venue is not null && venue.End - word.End < 30 ? venue.End : 0), [("company", company.Who), ("venue", venue?.Who ?? Board(context, word))], [("kind", kind)]);
        var isWeighed = sentence.Contains(["weighing", "considering", "as early as", "考虑", "最早", "最快"], sentence.Start, word.End);
        return [isWeighed ? draft with { Status = Domain.Facts.FactStatus.Rumored } : draft];
    }

    // 已过会, 最快 7 月敲钟: a second step has words or a day of its own.
    private static bool IsNext(Sentence sentence, Span word)
    {
        var clause = PartyLists.ClauseStart(sentence, word.Start);
        return clause > sentence.Start && sentence.Find(Every, clause, word.Start) is null && (sentence.Contains(["最快", "最早", "预计", "料", "有望", "拟", "expected", "as early as"], clause, word.Start) || sentence.Within<DateValue>(clause, word.Start).Any());
    }

    private static int Segment(Sentence sentence, int at) => Math.Max(sentence.Start, sentence.Passage.Text.LastIndexOf(';', at, at - sentence.Start + 1) + 1);

    // Who acts before the word, or the shares of whom.
    private static Party? Company(SentenceContext context, Span word)
    {
        var subject = PartyLists.Subjects(context, word.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company && !Venues.IsVenue(context, party) && party.Who.Name is not ("ADRs" or "ADR"));
        return subject ?? PartyNames.In(context, context.Sentence.Start, word.Start).FirstOrDefault(party => party.Who.Kind == EntityKind.Company && !Venues.IsVenue(context, party) && context.Sentence.Slice(context.Sentence.Start, party.Start).Trim() is "" or "Shares of" or "Shares in" or "Stock of" or "新股");
    }

    // 上柜 names its venue by itself.
    private static Participant? Board(SentenceContext context, Span word)
    {
        var id = context.Sentence.Slice(word).Contains("柜", StringComparison.Ordinal) ? "organisation/tpex" : null;
        return id is not null && context.Report.Vocabulary.Find(id) is { } entry ? new Participant(entry.Kind, entry.Name, [id]) : null;
    }

    private static bool IsTold(SentenceContext context) => ListingRules.All.Concat(InclusionRules.All).Any(rule => rule.Pattern.In(context.Sentence).Any(match => rule.Build(match, context).Any()));
}
