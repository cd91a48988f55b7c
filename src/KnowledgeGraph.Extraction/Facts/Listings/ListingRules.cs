using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Listings;

/// <summary>A company files for, plans or makes its way to an exchange, or leaves it.</summary>
public static class ListingRules
{
    private static readonly string[] Offer = ["首次公开募股", "首次公开招股", "首次公开发行", "IPO", "招股书", "招股说明书", "上市申请", "A1 表格", "A1表格", "S-1", "F-1", "initial public offering", "prospectus", "to go public", "listing application", "for a listing", "for a Hong Kong listing", "for a US listing", "confidential draft", "draft registration", "draft prospectus", "draft registration statement", "confidential filing", "上市文件", "A1文件", "A1 文件", "A1申请", "上市材料"];

    private static readonly string[] File = ["递交", "提交", "递表", "呈交", "递交了", "申请", "递呈", "报送", "披露", "通过聆讯", "获受理", "受理", "过会", "递件", "送件", "呈递", "交给", "交到", "交予", "送交", "送达", "挂出", "交了", "went in", "goes in", "lodged", "lodges", "sent", "审议通过", "获批", "核准", "注册生效", "同意注册", "予以注册", "注册批复", "提交注册", "聆讯", "submission", "submitting", "filed", "files", "file", "filing", "submitted", "submits", "submit"];

    private static readonly string[] List = ["上市", "首次公开募股", "首次公开招股", "首次公开发行", "IPO", "挂牌", "招股", "转上市", "登录兴柜", "登陆兴柜", "start trading", "starts trading", "begin trading", "begins trading", "began trading", "commence trading", "started trading", "go public", "going public", "went public", "goes public", "listing", "list", "lists", "listed", "initial public offering", "debut", "debuts", "debuted", "floating", "float", "floats", "floated", "flotation"];

    // Words that make of 上市 an event of this company; without one it may be a product's, or background.
    private static readonly string[] Cues =
    [
        "计划", "拟", "考虑", "准备", "寻求", "筹备", "有望", "最早", "最快", "赴港", "赴美", "登陆", "预计", "将于", "成功", "完成", "正式", "启动", "开始", "今起", "今日起", "首日", "秘密", "转", "made its", "priced", "prices", "began", "begins", "expects", "expects to", "打算", "目标", "推进", "分拆", "来港", "已", "plans", "planning", "considering", "aims", "targeting", "could", "as early as", "as soon as", "expected", "preparing", "weighing", "will", "to", "has", "completed",
    ];

    private static readonly string[] Listed = ["A股", "A 股", "H股", "H 股", "辅导", "IPO", "上市", "科创板", "创业板", "创新板", "北交所", "上柜", "挂牌", "港交所", "招股", "首次公开"];

    // Where a market is told by its place alone.
    private static readonly string[] Markets = ["港股", "A股", "A 股", "美股", "H股", "H 股", "香港", "Hong Kong", "New York", "Tokyo", "London", "Shanghai", "Shenzhen", "US", "U.S.", "Seoul", "Taipei", "Frankfurt", "Amsterdam"];

    private static readonly string[] NoEvent =
    [
        "上市公司", "上市审议", "上市审查", "上市委", "上市备案", "上市以来", "上市后", "上市首日", "上市规则", "上市前", "上市申请", "上市辅导", "上市条件", "上市销售", "上市企业", "上市时", "IPO 申请", "IPO申请", "IPO 文件", "IPO 招股", "IPO 相关", "IPO 市场", "IPO市场", "listed company", "listed companies", "price list", "list price", "Listing Rules", "IPO filing", "IPO market", "首次公开募股 (IPO) 申请", "首次公开募股(IPO)申请", "首次公开募股 (IPO) 相关", "首次公开招股 (IPO) 相关",
    ];

    private static readonly string[] Withdrawn = ["撤回", "撤销", "撤下", "主动撤回", "叫停", "pulled", "has pulled", "pulls", "withdrew", "withdraws", "has withdrawn", "shelved", "shelves", "has shelved", "scrapped"];

    private static readonly string[] Denied = ["不急于", "暂无", "没有上市", "无意", "尚无", "推迟", "搁置", "取消", "no plans", "not planning", "no immediate plans", "in no hurry"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/listing/step", Lit("过会", "上市辅导", "辅导备案", "受理", "审议通过", "注册申请", "注册生效", "递件", "上市委会议").As("offer"), Step),
        new("listing/filing", Lit(Offer).As("offer"), Filing),
        new("zh/listing/application", Seq(Lit("递表", "向"), Gap(16, ",。;"), Lit("提交申请", "提交上市申请", "递交申请", "港交所", "联交所").As("offer")), Filing),
        new("zh/listing/sends-in", Seq(Lit("送件", "送件申请", "申请").As("filed"), Opt(Lit(",")), Opt(Lit("申请")), Opt(Lit("创新板", "主板", "科创板", "创业板", "兴柜", "第一上市")), Lit("上市", "上柜", "上市柜", "登录创柜板", "登陆创柜板", "登录创柜", "登录战略新板", "登录创新板", "登录兴柜", "登陆兴柜", "挂牌").As("offer")), SendsIn),
        new("zh/listing/cleared", Seq(Lit("通过", "获得", "获").As("verb"), Gap(14, ",。;").As("venue"), Lit("聆讯", "上市审议", "上市审查", "上柜审议", "上市委会议", "上市委审议", "过会", "上市备案", "备案通知书").As("offer")), Cleared),
        new("zh/listing/lands", Lit("登陆", "挂牌", "敲钟").As("verb"), Lands),
        new("zh/listing/hands-in", Lit("递表", "交表", "递呈上市", "递交A1", "递交 A1").As("verb"), HandsIn),
        new("listing/withdraws", Seq(Lit(Withdrawn).As("verb"), Gap(16, ",。;."), Lit("IPO申请", "IPO 申请", "上市申请", "送件", "招股书", "招股说明书", "A1", "S-1", "F-1", "prospectus", "IPO", "filing", "上市辅导", "上市文件", "listing application").As("offer")), Withdraws),
        new("listing/denied", Lit("回应", "否认", "澄清", "辟谣", "denied", "denies", "dismissed").As("verb"), DeniedIpo),
        new("listing/goes-public", Lit(List).As("verb"), GoesPublic),
        new("listing/delists", Lit("退市", "除牌", "摘牌", "私有化", "delist", "delists", "delisted", "delisting", "taken private", "take private").As("verb"), Delists),
    ];

    private static IEnumerable<FactDraft> Filing(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var offer = match.Get<Span>("offer");
        var isForm = sentence.Slice(offer) is not ("IPO" or "首次公开募股" or "首次公开招股" or "首次公开发行" or "initial public offering");
        var filed = sentence.Find(File, Math.Max(sentence.Start, offer.Start - 28), Math.Min(sentence.End, offer.End + 16));
        if ((match.Start == offer.Start && filed is null) || sentence.Contains(Withdrawn, PartyLists.ClauseStart(sentence, offer.Start), offer.Start))
            return [];
        var isPaper = sentence.Contains(["文件", "申请", "招股书", "聆讯", "表格", "filing", "filed", "files", "file", "confidentially", "prospectus", "S-1", "F-1"], Math.Max(sentence.Start, offer.Start - 28), Math.Min(sentence.End, offer.End + 18));
        if (!isForm && !isPaper || sentence.Contains(Denied, sentence.Start, offer.Start) || filed is null && sentence.Contains(["起草", "协助", "draft"], Math.Max(sentence.Start, offer.Start - 14), offer.Start))
            return [];
        var verb = filed?.Start ?? match.Start;
        return Listing(context, Math.Min(verb, match.Start), Math.Max(filed?.End ?? match.End, match.End), "ipo-filing", isNeeded: false);
    }

    // 科创板 IPO 昨日过会: a step of the application, told by its own word where the sentence speaks of listing.
    private static IEnumerable<FactDraft> Step(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var isListing = sentence.Contains(Listed, sentence.Start, sentence.End) && !sentence.Contains(["未通过", "未获", "终止", "撤回"], sentence.Start, sentence.End);
        return isListing ? Listing(context, match.Start, match.End, "ipo-filing", isNeeded: false) : [];
    }

    // 向证交所送件, 申请创新板上市
    private static IEnumerable<FactDraft> SendsIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        return sentence.Find(File, sentence.Start, match.Start) is not null || sentence.Contains(Denied, sentence.Start, match.Start) ? [] : Listing(context, match.Start, match.End, "ipo-filing", isNeeded: false);
    }

    // 2 月末以保密方式交表
    private static IEnumerable<FactDraft> HandsIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var isOther = sentence.Contains(["未", "否认", "否认秘密", "尚未", "撤", "重启", "何时", "会否", "失效"], Math.Max(sentence.Start, verb.Start - 4), verb.Start) || sentence.Contains(["在即", "传闻", "进程", "节奏", "一事", "传言", "失效", "企业", "公司", "潮", "队列", "前", "数量"], verb.End, Math.Min(sentence.End, verb.End + 3)) || sentence.Find(["港交所", "联交所"], verb.End, Math.Min(sentence.End, verb.End + 14)) is not null;
        return isOther || sentence.Contains(Denied, sentence.Start, verb.Start) || sentence.Find(Offer, Math.Max(sentence.Start, verb.Start - 20), Math.Min(sentence.End, verb.End + 16)) is not null ? [] : Listing(context, verb.Start, verb.End, "ipo-filing", isNeeded: false);
    }

    // 撤回创新板送件, has pulled its S-1: what was filed no longer is.
    private static IEnumerable<FactDraft> Withdraws(PatternMatch match, SentenceContext context) =>
        context.Sentence.Contains(["曾", "此前", "once", "previously"], Math.Max(context.Sentence.Start, match.Start - 8), match.Start) ? []
        : Listing(context, match.Start, match.End, "ipo-filing", isNeeded: false).Select(draft => draft with { Status = FactStatus.Denied });

    // 通过港交所聆讯: a step of the application.
    private static IEnumerable<FactDraft> Cleared(PatternMatch match, SentenceContext context) =>
        Filing(context, match) ? [] : Listing(context, match.Start, match.End, "ipo-filing", isNeeded: false);

    // Where the sentence tells of papers handed in, that is the event.
    private static bool Filing(SentenceContext context, PatternMatch match) => context.Sentence.Find(["递交", "提交", "递表", "呈交", "送件"], context.Sentence.Start, context.Sentence.End) is not null || context.Sentence.Contains(["未通过", "尚未"], Math.Max(context.Sentence.Start, match.Start - 2), match.End);

    private static IEnumerable<FactDraft> Lands(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (new[] { "前", "后", "价", "以来", "首日", "公司" }.Any(word => sentence.Has(word, verb.End, out _)))
            return [];
        var venue = Venues.Near(context, Math.Max(sentence.Start, verb.Start - 20), Math.Min(sentence.End, verb.End + 10));
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var isListing = sentence.Slice(verb) == "挂牌" && sentence.Contains(["上市", "上柜", "兴柜"], clause, PartyLists.ClauseEnd(sentence, verb.End)) && sentence.Within<DateValue>(clause, verb.End).Any();
        return venue is null && !isListing ? [] : Listing(context, verb.Start, Math.Max(verb.End, venue?.End ?? 0), "ipo", isNeeded: true);
    }

    private static IEnumerable<FactDraft> GoesPublic(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var isNoun = sentence.Contains(NoEvent, Math.Max(sentence.Start, verb.Start - 8), Math.Min(sentence.End, verb.End + 10));
        var isPublic = sentence.Slice(verb).Contains("public", StringComparison.OrdinalIgnoreCase) || sentence.Slice(verb) is "IPO" or "首次公开募股" or "首次公开招股" or "首次公开发行";
        var venue = Venues.Near(context, clause, Math.Min(sentence.End, verb.End + 30)) ?? Venues.Board(sentence, clause, Math.Min(sentence.End, verb.End + 12));
        var isPlanned = sentence.Contains(Cues, clause, Math.Min(sentence.End, verb.End + 12));
        var isMarket = sentence.Contains(Markets, clause, Math.Min(sentence.End, verb.End + 24)) || sentence.Slice(verb).Contains("trading", StringComparison.OrdinalIgnoreCase);
        var isOffer = isPublic || venue is not null || isMarket || SpeaksOfOffer(context);
        var isDated = sentence.Within<DateValue>(clause, Math.Min(sentence.End, verb.End + 16)).Any();
        if (isNoun || !isOffer || !(isPlanned || (isDated && (venue is not null || isMarket))) || sentence.Contains(Denied, clause, verb.Start) || sentence.Contains(File, clause, PartyLists.ClauseEnd(sentence, verb.End)))
            return [];
        // 递交 A1 表格, 拟主板上市: without a date of its own the plan is the filing's.
        if (!isDated && sentence.Find(File, sentence.Start, clause) is not null && SpeaksOfOffer(context))
            return [];
        return Listing(context, verb.Start, verb.End, "ipo", isNeeded: !isPublic && venue is null && !isMarket && !SpeaksOfOffer(context));
    }

    // 针对赴美上市的传闻, X 回应称消息不实: whoever answers is who was said to go public.
    private static IEnumerable<FactDraft> DeniedIpo(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var isRumour = sentence.Contains(["传闻", "传言", "市场传", "网传", "说法", "reports", "rumours", "rumors"], sentence.Start, match.Start);
        if (!isRumour || sentence.Find(["上市", "IPO", "招股", "go public", "a listing"], sentence.Start, match.Start) is not { } offer || sentence.Contains(["上市公司", "上市以来", "上市后"], offer.Start, Math.Min(sentence.End, offer.End + 2)))
            return [];
        var company = PartyNames.In(context, PartyLists.ClauseStart(sentence, match.Start), match.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company);
        var draft = company is null ? null : context.Event("ListingChanged", Math.Min(company.Start, offer.Start), match.End, [("company", company.Who), ("venue", Venues.Near(context, sentence.Start, match.Start)?.Who)], [("kind", "ipo")]);
        return draft is { Status: FactStatus.Denied } ? [draft] : [];
    }

    private static IEnumerable<FactDraft> Delists(PatternMatch match, SentenceContext context) => Listing(context, match.Start, match.End, "delisting", isNeeded: true);

    // OpenAI 准备递交 IPO 申请, 计划最早 9 月上市: the offer may stand in a clause or sentence before.
    private static bool SpeaksOfOffer(SentenceContext context)
    {
        foreach (var here in context.AndEarlier)
        {
            if (here.Sentence.Contains(Offer, here.Sentence.Start, here.Sentence.End) || here.Sentence.Contains(["公开招股", "招股", "赴港", "赴美"], here.Sentence.Start, here.Sentence.End))
                return true;
        }

        return false;
    }

    private static IEnumerable<FactDraft> Listing(SentenceContext context, int verb, int end, string kind, bool isNeeded)
    {
        var sentence = context.Sentence;
        var companies = Companies(context, verb, isNeeded);
        // 《…上市指引》 is a title; who asks whether tells nothing.
        if (companies.Count == 0 || IsTitleOrQuestion(sentence, verb))
            yield break;
        var clause = PartyLists.ClauseStart(sentence, verb);
        var start = Math.Min(companies[0].Start, verb);
        var venue = Venues.Near(context, clause, Math.Min(sentence.End, end + 30)) ?? Venues.Near(context, start, Math.Min(sentence.End, end + 60)) ?? Venues.InHongKong(context, clause, Math.Min(sentence.End, end + 4)) ?? Venues.Board(sentence, clause, Math.Min(sentence.End, end + 12));
        foreach (var company in companies)
        {
            var draft = context.Event("ListingChanged", start, end, [("company", company.Who), ("venue", (venue ?? (kind == "ipo-filing" ? Venues.Near(context, sentence.Start, clause) : null) ?? Venues.InHongKong(context, sentence.Start, clause) ?? Venues.Over(context))?.Who)], [("kind", kind)]);
            var isHedged = sentence.Contains(["考虑", "最早", "最快", "或", "as early as", "could", "considering", "weighing"], clause, Math.Max(end, Math.Min(sentence.End, end + 24))) && draft.Status is not FactStatus.Denied;
            var status = isHedged ? FactStatus.Rumored : draft.Status;
            yield return draft with { When = Date(context, status, clause, verb, end) ?? draft.When, Status = status };
        }
    }

    private static bool IsTitleOrQuestion(Sentence sentence, int at)
    {
        var open = sentence.Passage.Text.LastIndexOf('《', at, at - sentence.Start + 1);
        return (open >= 0 && sentence.Passage.Text.LastIndexOf('》', at, at - sentence.Start + 1) < open) || sentence.Text.TrimEnd().EndsWith('?');
    }

    private static IReadOnlyList<Party> Companies(SentenceContext context, int at, bool isNeeded)
    {
        var subjects = PartyLists.Subjects(context, at).Where(party => !Venues.IsVenue(context, party)).ToList();
        // A model or chip that comes to market is no listing.
        if (subjects.Exists(party => party.IsThing))
            return context.Sentence.Contains(["分拆", "拆分", "spin off", "spinning off"], PartyLists.ClauseStart(context.Sentence, at), at) ? [subjects[^1]] : [];
        subjects = [.. subjects.Where(party => party.Who.Kind == EntityKind.Company)];
        if (subjects.Count > 0)
            return subjects;
        // 港交所信息显示, 其上周五通过聆讯: whom the text goes on about.
        if (context.Sentence.Has("其", context.Sentence.SkipSpace(PartyLists.ClauseStart(context.Sentence, at)), out _) && PartyLists.Carried(context, at) is { Who.Kind: EntityKind.Company } carried)
            return [carried];
        if (PartyNames.Unknown(context.Sentence, PartyLists.ClauseStart(context.Sentence, at), Opening(context.Sentence, at)) is { } unlisted && !context.Sentence.All<Mention>().Any(m => m.Kind == EntityKind.Organisation && m.Start < unlisted.End && unlisted.Start < m.End))
            return [unlisted];
        return !isNeeded || context.Topic.Company is not null || context.Report.MainCompany is not null ? PartyLists.Companies(context, at).Where(party => party.Who.Kind == EntityKind.Company && !Venues.IsVenue(context, party)).ToList() : [];
    }

    // Where the words behind the name that opens a clause begin: a date, a venue, an adverb.
    private static int Opening(Sentence sentence, int at)
    {
        var clause = PartyLists.ClauseStart(sentence, at);
        var dated = sentence.Within<DateValue>(clause, at).Select(date => date.Start).DefaultIfEmpty(at).Min();
        return sentence.Find(["科创板", "创业板", "港股", "创新板", "主板", "将", "拟", "已", "预计", "向", "在", "于", "获", "通过", "登录", "登陆", "完成", "启动", "赴", "今", "计划", "收到", "接获", "遭", "被", "或", "宣布", "卻", "却", "已", "同日", "撤回"], clause, dated)?.Start ?? dated;
    }

    // The date of the clause itself, before the word or behind it, goes before any other.
    private static string? Date(SentenceContext context, FactStatus status, int clause, int verb, int end)
    {
        var sentence = context.Sentence;
        var dates = sentence.Within<DateValue>(clause, Math.Min(sentence.End, end + 16)).Where(date => EventDraft.IsDate(sentence, date)).ToList();
        return (dates.LastOrDefault(date => date.End <= verb) ?? dates.FirstOrDefault(date => date.Start >= verb)) is { } date ? EventDraft.Text(context, date, status) : null;
    }
}
