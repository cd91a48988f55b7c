using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Policies;

/// <summary>An authority issues a document under a title: 《…》 in Chinese, a run of capitalised words in English.</summary>
public static class PolicyRules
{
    private static readonly string[] Issue =
    [
        "印发", "发布", "出台", "下发", "公布", "通过", "施行", "实施", "颁布", "签署", "推出", "编制", "制定", "发表", "审议通过", "批准", "提出", "起草", "形成", "拍板", "核定", "核备", "三读通过", "定案", "拟定", "预告", "敲定", "公告", "表决通过", "修订", "修正", "修改", "废止", "预告修正", "审议", "部署", "下达", "签批", "订定", "公告修正", "研拟", "推动", "启动", "签订", "签署发布", "核定通过", "审定", "预告订定", "提请审议", "宣布", "更新", "刊发", "刊宪", "端出", "发出", "签了", "签下", "颁行", "颁发", "公开", "公示", "定稿", "祭出", "核准", "核批", "送审", "表决通过了", "抛出", "亮出", "释出", "推行", "增订", "刊登", "印制", "发文",
    ];

    private static readonly string[] InForce = ["公开征集意见", "征集意见", "出炉", "获通过", "获批", "过关", "上路", "正式实施", "施行", "印发", "发布", "生效", "出台", "通过", "落地", "实施", "公布", "公开征求意见", "征求意见"];

    private static readonly string[] Changed = ["推迟", "延后", "延期", "修订", "修改", "修正", "废止", "生效", "施行", "实施", "公开征求意见", "征求意见", "简化", "暂缓", "提前", "公开征集意见", "征集意见", "公开咨询", "展开咨询", "咨询公众", "听取意见", "预告", "公开征询", "向社会公开", "二审", "三审", "押后", "纳入"];

    private static readonly string[] EnglishIssue =
    [
        "publishes", "published", "publish", "issues", "issued", "releases", "released", "unveils", "unveiled", "adopts", "adopted", "passes", "passed", "signs", "signed", "enacts", "enacted", "proposes", "proposed",
        "rescinds", "rescinded", "advanced", "advances", "notified", "tabled", "ratified", "amended", "promulgated", "endorsed", "repealed", "took effect", "takes effect", "came into force", "comes into force", "entered into force", "delayed", "postponed", "adopting", "introduces", "introduced", "approves", "approved", "draft", "finalises", "finalised", "finalizes", "finalized", "announced", "announces", "laid", "lays", "tables", "circulated", "gazetted", "gazettes", "consultation on", "consulting on", "consults on", "opened consultation", "circular", "filed", "files", "brought forward", "reached", "reaches", "cleared", "clears", "promulgates", "ratifies", "amends", "repeals", "enforces", "now in force", "in force", "sent", "submitted", "notice", "overhauled", "revised", "revises", "put out", "puts out", "handed down", "decree", "okayed", "green-lit", "voted through", "vetoed", "enacting", "set out", "sets out", "rolled out", "launched", "launches",
    ];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/policy/issuer-title", Seq(Lit(Issue).As("verb"), Opt(Lit("了")), Gap(8, ",。;《"), Lit("《").As("open")), IssuerThenTitle),
        new("zh/policy/marked-title", Seq(Lit(Issue).As("verb"), Opt(Lit("了")), Gap(8, ",。;《"), Lit("「", "『", "“").As("open")), MarkedTitle),
        new("zh/policy/title-in-force", Seq(Lit("》").As("close"), Gap(10, ",。;《"), Lit(InForce).As("verb")), TitleInForce),
        new("zh/policy/amended", Seq(Lit("将", "把", "就", "对", "令").As("verb"), Gap(2, ",。;《"), Lit("《").As("open")), Amended),
        new("zh/policy/on", Seq(Lit("关于").As("on"), Gap(44, ",。;《"), Lit("的实施意见", "的指导意见", "的若干措施", "的若干意见", "的意见", "的通知", "的决定", "的公告", "行动计划", "实施方案").As("genre")), On),
        new("zh/policy/decree", Seq(Lit("签署", "签发"), Gap(8, "。;"), Lit("行政令", "行政命令", "总统令", "法案", "备忘录"), Gap(12, "。;"), Ann<Name>("title", name => name.Quoted)), Decree),
        new("en/policy/quoted", Seq(Lit("executive order", "order", "rule", "final rule", "interim final rule", "guidance", "memorandum", "bill", "law", "plan", "framework", "strategy", "circular", "consultation", "consultation paper", "notice", "directive", "decree", "regulation", "regulations", "rules", "policy", "code", "draft", "white paper", "guidelines", "action plan").As("noun"), Gap(28, ".;"), Lit("“", "\"").As("open")), EnglishQuoted),
        new("zh/policy/paper", Seq(Lit("发文", "下文", "发函", "行文", "颁文").As("verb"), Gap(16, "。;《"), Lit("「", "『", "“").As("open")), MarkedTitle),
        new("zh/policy/plain-title", Seq(Lit("表决通过", "审议通过", "三读通过", "二读通过", "通过", "颁布", "签署", "批准", "公布", "实施").As("verb"), Opt(Lit("了")), Gap(16, ",。;《「“、(").As("stem"), Lit("法案", "基本法", "修正案", "条例", "管理办法", "行政令", "行政命令").As("genre")), PlainTitle),
        new("policy/numbered", Lit("SB", "AB", "HB", "HR", "H.R.", "S.B.", "A.B.", "Rule", "Order", "Directive").As("noun"), Numbered),
        new("en/policy/title", Lit(PolicyTitles.Nouns).As("noun"), EnglishTitle),
    ];

    private static IEnumerable<FactDraft> IssuerThenTitle(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (PolicyTitles.Quoted(sentence, match.Get<Span>("open").Start) is not { } title)
            return [];
        var issuers = Authorities.Before(context, verb.Start);
        // 成都抢了头名: 2 月 3 日即公布《成都市…条例》
        if (issuers.Count == 0 && Authorities.OfTitle(sentence, title) is { } place)
            issuers = [place];
        return issuers.Count == 0 ? [] : Draft(context, issuers, title, Math.Min(verb.Start, issuers[0].Start), title.End);
    }

    // 签署了一项行政命令: a document that is counted is not named.
    private static readonly string[] Unnamed = ["一项", "一份", "一部", "一个", "一道", "两项", "三项", "多项", "该", "这", "相关", "新的"];

    // 众院表决通过国家 AI 法第二修正案: a title without marks, between its verb and what it calls itself.
    private static IEnumerable<FactDraft> PlainTitle(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, genre) = (match.Get<Span>("verb"), match.Get<Span>("genre"));
        var start = sentence.Has("了", verb.End, out var behind) ? behind : verb.End;
        var isOver = genre.End >= sentence.End || sentence.Passage.Text[genre.End] is < '\u4e00' or > '\u9fff' || sentence.Contains(["草案", "并", "将", "自"], genre.End, Math.Min(sentence.End, genre.End + 2));
        var title = sentence.Slice(start, genre.End).Trim();
        var issuers = Authorities.Near(context, verb.Start);
        return issuers.Count == 0 || !isOver || title.Length < 5 || Unnamed.Any(word => title.StartsWith(word, StringComparison.Ordinal)) ? [] : Draft(context, issuers, new PolicyTitle(start, genre.End, title), issuers[0].Start, genre.End);
    }

    // 州长签了 SB 912, Nasdaq filed Rule 5760: a number for a title.
    private static IEnumerable<FactDraft> Numbered(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var noun = match.Get<Span>("noun");
        if (PolicyTitles.Numbered(sentence, noun) is not { } title || sentence.Has("《", sentence.SkipSpace(title.End), out _))
            return [];
        var before = sentence.Find(Issue, sentence.Start, noun.Start);
        var isIssued = before is not null || sentence.Contains(EnglishIssue, sentence.Start, sentence.End);
        var issuers = before is { } verb ? Authorities.Near(context, verb.Start) : [];
        issuers = issuers.Count > 0 ? issuers : Authorities.Before(context, noun.Start);
        if (issuers.Count == 0 && Authorities.Exchange(context, noun.Start) is { } exchange)
            issuers = [exchange];
        return issuers.Count == 0 || !isIssued ? [] : Draft(context, issuers, title, Math.Min(noun.Start, issuers[0].Start), title.End);
    }

    private static IEnumerable<FactDraft> MarkedTitle(PatternMatch match, SentenceContext context)
    {
        var verb = match.Get<Span>("verb");
        if (PolicyTitles.Marked(context.Sentence, match.Get<Span>("open").Start, isSure: context.Sentence.Slice(verb) is "预告修正" or "公告修正" or "预告订定" or "订定" or "修正") is not { } title)
            return [];
        var issuers = Authorities.Near(context, verb.Start);
        return issuers.Count == 0 ? [] : Draft(context, issuers, title, Math.Min(verb.Start, issuers[0].Start), title.End);
    }

    private static IEnumerable<FactDraft> TitleInForce(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var close = match.Get<Span>("close");
        var open = sentence.Passage.Text.LastIndexOf('《', close.Start, close.Start - sentence.Start + 1);
        if (open < 0 || PolicyTitles.Quoted(sentence, open) is not { } title || sentence.Contains(Issue, Math.Max(sentence.Start, open - 12), open))
            return [];
        var issuers = Authorities.Before(context, open);
        if (issuers.Count == 0 && Authorities.OfTitle(sentence, title) is { } place)
            issuers = [place];
        return issuers.Count == 0 ? [] : Draft(context, issuers, title, open, match.End);
    }

    // 欧盟委员会决定将《…》的适用时间推迟: a document changed is issued anew.
    private static IEnumerable<FactDraft> Amended(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (PolicyTitles.Quoted(sentence, match.Get<Span>("open").Start) is not { } title || !sentence.Contains(Changed, title.End, sentence.End))
            return [];
        var issuers = Authorities.Before(context, verb.Start);
        return issuers.Count == 0 ? [] : Draft(context, issuers, title, Math.Min(verb.Start, issuers[0].Start), title.End);
    }

    // 国务院关于…的意见发布: a title without marks, whose issuer stands right before it.
    private static IEnumerable<FactDraft> On(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (on, genre) = (match.Get<Span>("on"), match.Get<Span>("genre"));
        var issuers = Authorities.Near(context, on.Start);
        var isInForce = sentence.Contains(InForce, genre.End, Math.Min(sentence.End, genre.End + 12)) || sentence.Contains(Issue, Math.Max(sentence.Start, on.Start - 8), on.Start);
        return issuers.Count == 0 || !isInForce ? [] : Draft(context, issuers, new PolicyTitle(on.Start, genre.End, sentence.Slice(on.Start, genre.End)), issuers[0].Start, genre.End);
    }

    private static IEnumerable<FactDraft> Decree(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("title");
        var issuers = Authorities.Before(context, match.Start);
        return issuers.Count == 0 ? [] : Draft(context, issuers, new PolicyTitle(name.Start, name.End, name.Text), issuers[0].Start, match.End);
    }

    // signed an executive order titled “…”, published an interim final rule, the “…”
    private static IEnumerable<FactDraft> EnglishQuoted(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var open = match.Get<Span>("open");
        var close = sentence.Passage.Text.IndexOfAny(['”', '"'], open.End, sentence.End - open.End);
        var title = close < 0 ? "" : sentence.Slice(open.End, close).TrimEnd(',', '.');
        var issuers = Authorities.Before(context, match.Start);
        var isTitle = title.Contains(' ', StringComparison.Ordinal) && title.Length <= 120 && char.IsAsciiLetterUpper(title[0]);
        return !isTitle || issuers.Count == 0 || !sentence.Contains(EnglishIssue, sentence.Start, open.Start) ? [] : Draft(context, issuers, new PolicyTitle(open.Start, close + 1, title), issuers[0].Start, close + 1);
    }

    private static IEnumerable<FactDraft> EnglishTitle(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        if (PolicyTitles.English(sentence, match.Get<Span>("noun")) is not { } title)
            return [];
        var issuers = Authorities.Before(context, title.Start);
        if (issuers.Count == 0 && Authorities.Owner(sentence, title) is { } owner)
            issuers = [owner];
        var isIssued = sentence.Contains(EnglishIssue, sentence.Start, sentence.End) || (issuers.Count > 0 && sentence.Slice(issuers[^1].End, title.Start).Contains(':', StringComparison.Ordinal));
        return issuers.Count == 0 || !isIssued ? [] : Draft(context, issuers, title, issuers[0].Start, title.End);
    }

    private static IEnumerable<FactDraft> Draft(SentenceContext context, IReadOnlyList<Authority> issuers, PolicyTitle title, int start, int end)
    {
        var draft = context.Event("PolicyIssued", start, end, [], [("title", title.Text), ("jurisdiction", Authorities.Jurisdiction(context.Report, issuers[0].Who))]);
        // 《…计划》 is a plan's title, no plan of what is told.
        yield return draft with { Status = context.Status(start, Math.Max(start + 1, title.Start), isFigure: false), Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["issuer"] = [.. issuers.Select(issuer => issuer.Who)] } };
    }
}
