using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.People;

/// <summary>Who takes a post, comes or goes.</summary>
public static class PersonRules
{
    private static readonly string[] Appointed = ["出任", "担任", "就任", "接任", "升任", "兼任", "获任命为", "被任命为", "获委任为", "履新", "执掌", "转任", "改任", "接替", "接棒", "接掌", "继任", "兼掌", "晋升为", "擢升为", "升为", "当选", "走马上任", "暂代", "获聘为", "获聘", "出掌", "掌舵", "接班", "扶正", "主掌", "获升", "被擢升为", "晋升", "被提拔为", "上任", "履任", "代理", "高升", "荣升", "升格为", "跃升", "调任", "调升", "晋任", "获委", "获任", "获选为", "受聘", "受命", "挂帅", "接印", "掌印", "接下", "补位", "当上", "坐上", "履新为", "获聘任", "获推举为", "获推选为", "被推举为", "出线"];

    private static readonly string[] Joined = ["加入", "加盟", "入职", "跳槽至", "跳槽到", "跳槽", "投效", "改投", "转投", "转战", "加盟到", "投奔", "重返", "回归", "入主", "空降", "转赴", "投靠", "转会", "跳到", "转至", "已赴", "改赴", "远赴", "过档", "下一站系", "下一站是", "下一站为", "落脚", "投身", "转入", "奔赴", "跳去", "加盟了", "去了", "倒戈", "效力", "过档至", "改投向", "报到"];

    private static readonly string[] Left = ["离职", "离任", "离开", "辞职", "辞任", "辞去", "卸任", "退休", "请辞", "出走", "去职", "离开公司", "被免职", "被解聘", "下台", "挂冠", "被辞退", "被解雇", "被开除", "遭解雇", "被撤职", "被停职", "挥别", "淡出", "离岗", "辞呈", "卸下", "不再担任", "荣退", "荣休", "退任", "引退", "下课", "离队", "免去", "被免去", "另有任用", "另有安排", "调离", "被撤换", "交棒", "退位", "让位", "退居", "辞掉", "走人", "自立门户", "单飞", "离巢", "出局", "被免", "遭免职", "遭撤换", "递交辞呈", "递辞呈", "辞官", "辞工", "离场", "任满", "另谋高就", "另起炉灶", "劈炮"];

    private static readonly string[] Stays = ["留任", "连任", "续任", "续聘"];

    private static readonly string[] EnglishAppointed =
    [
        "is named", "was named", "has been named", "was appointed", "is appointed", "has been appointed", "becomes", "became", "was elected", "has been elected", "is elected", "was re-elected", "has been made", "was made", "to be named", "will be named", "has taken over as", "is taking over as", "replacing him", "replacing her", "is to succeed", "is to become", "has become", "will become", "to become", "takes over as", "took over as", "will take over as", "was promoted to", "steps up as", "arrives as", "arrived as", "will serve as", "succeeds", "will succeed", "succeeded", "to succeed", "takes the helm as", "assumes the role of", "elevated to", "has been promoted to", "is promoted to", "will be promoted to", "will replace", "to replace", "replaces", "starts as", "steps in as", "stepped in as", "will head", "to head", "will lead", "will run", "to run", "will oversee", "was tapped as", "was tapped to", "has been tapped", "was picked as", "comes in as", "moves up to", "is the new", "rises to",
    ];

    private static readonly string[] EnglishJoined = ["joins", "joined", "is joining", "will join", "has joined", "to join", "moves to", "moved to", "defects to", "defected to", "heads to", "is heading to", "is moving to", "jumps to", "jumped to", "are joining", "returns to", "returned to", "turned up at", "turns up at", "has turned up at", "resurfaced at", "resurfaces at", "has resurfaced at", "lands at", "landed at", "has landed at", "surfaced at", "switches to", "switched to", "signed on with", "has gone to", "has moved to", "has defected to", "crossed over to", "crosses over to", "has decamped to", "pitched up at", "jumped ship to", "jumps ship to", "went over to", "is bound for", "starts at", "started at", "is off to", "decamps to", "decamped to"];

    private static readonly string[] EnglishLeft =
    [
        "quit", "quits", "leaves", "is leaving", "will leave", "has left", "departs", "departed", "stepped down", "steps down", "step down", "leave", "resign", "depart", "is stepping down", "resigned", "resigns", "gives up", "gave up", "exits", "retires", "left", "is out", "is leaving", "to leave", "to depart", "will depart", "has departed", "has resigned", "has quit", "retire", "will retire", "is retiring", "was ousted", "was fired", "was dismissed", "stands down", "will stand down", "exited", "is departing", "retired", "to step down", "bows out", "are leaving", "are stepping down", "have left", "was let go", "has exited", "moves on", "is to leave", "is to step down", "will step aside", "stepped aside", "steps aside", "step aside", "was pushed out", "on her way out", "on his way out", "on the way out", "is quitting", "are quitting", "has departed", "calls it quits", "called it quits", "parted ways", "has parted ways", "will step down", "is stepping back", "hands over", "handed over", "has gone", "bowed out", "called time", "calls time", "has stepped down", "has stepped aside", "has retired", "hangs up", "packed it in", "was shown the door", "was sacked", "was removed", "has been fired", "has been ousted", "has been dismissed", "will exit", "is exiting", "to exit", "walked away", "walks away", "walked out", "heads for the exit", "is heading out", "resigning", "relinquishes", "relinquished", "vacates", "vacated",
    ];

    private static readonly string[] EnglishPosts = ["CEO", "CFO", "CTO", "COO", "CRO", "CPO", "president", "chairman", "chair", "chief", "chief executive", "head", "head of", "director", "managing director", "vice president", "general manager", "general counsel", "senior vice president", "executive vice president", "co-CEO"];

    private static readonly string[] Elisions = ["将", "已", "据悉", "据了解", "据了解将", "据传", "传", "随后", "之后", "并", "转而", "现", "则", "目前", "现已", "拟", "即将", "并将", "其", "后", "而后", "正式", "已经", "日前", "近日", "外传", "市场传出", "he", "she", "and", "then", "and will", "will", "and is", "to", "has", "later", "据传将", "预计", "预计将", "有望", "也将", "再"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/person/appointed", Lit(Appointed).As("verb"), (match, context) => Move(match, context, "appointed")),
        new("zh/person/joined", Lit(Joined).As("verb"), (match, context) => Move(match, context, "joined")),
        new("zh/person/left", Lit(Left).As("verb"), (match, context) => Move(match, context, "left")),
        new("zh/person/appoints", Seq(Lit("任命", "委任", "聘请", "聘任", "延揽", "挖角", "挖来", "提名", "擢升", "推举", "选举", "聘", "请来", "起用", "指派", "改派", "拔擢", "晋升", "推选", "礼聘", "网罗", "揽入", "招揽", "任用", "选任", "派任").As("verb"), Gap(30, ",。;"), Lit("为", "出任", "担任", "接任", "接替", "接棒", "继任", "升任", "任").As("as")), Appoints),
        new("zh/person/hires", Lit("挖来", "挖角", "挖走", "延揽", "招入", "招揽", "聘请", "请来", "招募", "引入", "迎来", "挖到", "聘来", "网罗").As("verb"), Hires),
        new("zh/person/dismissed", Seq(Lit("被", "遭").As("by"), Ann<Mention>("company", m => m.Kind == EntityKind.Company), Lit("辞退", "解雇", "解聘", "开除", "免职", "撤职", "停职").As("verb")), Dismissed),
        new("en/person/hires", Seq(Lit("hires", "hired", "has hired", "poached", "poaches", "has poached", "lured", "lures", "recruited", "recruits", "brought in", "brings in", "snagged", "nabbed", "snared", "has recruited", "hired away", "has hired away", "is courting", "courting", "is wooing", "wooing", "has lured", "brought over", "has brought in", "wants to hire", "has snagged").As("verb"), Gap(40, "。;,"), Ann<Name>("person", name => name.Text.Contains(' ', StringComparison.Ordinal))), EnglishHires),
        new("en/person/new-post", Seq(Lit("is"), Ann<Mention>("company", m => m.Kind == EntityKind.Company), Lit("'s new", "’s new", "'s", "’s").As("verb")), NewPost),
        new("en/person/appointed", Lit(EnglishAppointed).As("verb"), (match, context) => Move(match, context, "appointed")),
        new("en/person/joined", Lit(EnglishJoined).As("verb"), (match, context) => Move(match, context, "joined")),
        new("en/person/left", Lit(EnglishLeft).As("verb"), (match, context) => Move(match, context, "left")),
        new("en/person/appoints", Seq(Lit("appoints", "appointed", "names", "named", "promotes", "promoted", "taps", "tapped", "installs", "installed", "elects", "elected", "nominated", "nominates").As("verb"), Gap(60, "。;"), Lit("as", "to").As("as")), Appoints),
        new("en/person/names-post", Seq(Lit("appoints", "appointed", "names", "named", "has named", "has appointed", "promotes", "promoted").As("verb"), Opt(Gap(24, "。;,.")), Ann<Name>("person", name => name.Text.Contains(' ', StringComparison.Ordinal)), Opt(Lit(",")), Opt(Lit("its", "the", "new", "its new", "group", "deputy", "interim", "as")), Lit(EnglishPosts).As("post")), NamesPost),
        new("en/person/arrives", Seq(Lit("arrives", "arrived", "will arrive", "comes", "came", "comes over", "came over", "moves over", "moved over", "transfers", "is poached", "was poached", "was hired", "is hired", "is hired away", "was hired away").As("verb"), Lit("from"), Gap(40, "。;"), Lit("as", "to be", "to run", "to lead", "to head", "to become").As("as")), Arrives),
    ];

    private static IEnumerable<FactDraft> Move(PatternMatch match, SentenceContext context, string kind)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (IsOther(sentence, verb))
            return [];
        var person = PersonNames.Before(sentence, verb.Start);
        // A 将接替 B 担任 CEO: B only makes room.
        if (kind == "appointed" && person is not null && sentence.Find(["接替", "取代", "接棒", "succeeding", "replacing"], Math.Max(sentence.Start, person.Start - 12), person.Start) is { } room && sentence.SkipSpace(room.End) == person.Start)
            person = PersonNames.Before(sentence, room.Start);
        var elided = person is null ? Elided(sentence, verb.Start) : null;
        person ??= elided;
        // Joins X, as CTO: the post behind is of the same move.
        if (person is null || (elided is not null && kind == "appointed" && !HasLeft(sentence, verb.Start)))
            return [];
        var places = Places(context, person, verb, kind);
        var (from, to) = places;
        // To come or go without saying where from or to is no move that a reader could place.
        if ((kind == "joined" && to is null) || (from is null && to is null && !person.IsCertain) || (kind == "left" && !person.IsCertain && from is null))
            return [];
        var post = Posts.After(sentence, verb.End, kind == "appointed") ?? (kind == "joined" ? LaterPost(sentence, verb.End) : null) ?? (kind == "left" ? person.Title : null)
            ?? (kind == "appointed" ? VacantPost(sentence, verb.Start) : null);
        return Draft(context, person, kind == "left" && to is not null ? "joined" : kind, from, to, post, Math.Min(person.Start, verb.Start), verb.End);
    }

    // 上月底离职, 下周一起出任 X 执行长: who has left takes a new post; who joins takes the post of that very move.
    private static bool HasLeft(Sentence sentence, int at) =>
        (sentence.Find(Left, sentence.Start, at) ?? sentence.Find(EnglishLeft, sentence.Start, at)) is not null && sentence.Find(Joined, sentence.Start, at) is null && sentence.Find(EnglishJoined, sentence.Start, at) is null;

    // Where from and where to, as far as the sentence says or what it goes on about.
    private static (Participant? From, Participant? To) Places(SentenceContext context, PersonName person, Span verb, string kind)
    {
        var sentence = context.Sentence;
        var isEnglish = char.IsAsciiLetter(sentence.Passage.Text[verb.Start]);
        var behind = PartyLists.Behind(context, verb.End, reach: kind == "joined" ? 8 : 20).FirstOrDefault(party => party.Who.Kind is EntityKind.Company || kind != "appointed");
        var employer = PartyNames.In(context, PartyLists.ClauseStart(sentence, person.Start), person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)
            ?? PartyNames.In(context, person.End, verb.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company);
        var carried = Told(context, person.Start);
        // 欧盟委员会宣布, P 将出任…: an authority appoints as well.
        carried ??= kind == "appointed" && employer is null ? PartyNames.In(context, sentence.Start, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Organisation && sentence.Contains(["宣布", "公布", "任命", "announced", "said"], party.End, Math.Min(sentence.End, party.End + 12)))?.Who : null;
        // … left on 31 July for Cerebras
        if (kind == "left" && isEnglish && behind is not null && Next(context, verb, behind) is { } next)
            return (behind.IsSame(next) ? employer?.Who ?? carried : behind.Who, next.Who);
        return kind switch
        {
            // Hands over to whom: who stands behind comes from elsewhere.
            "left" => (employer?.Who ?? (sentence.Slice(verb).StartsWith("hand", StringComparison.OrdinalIgnoreCase) ? null : behind?.Who) ?? carried, null),
            "joined" => (employer?.Who, behind?.Who ?? PartyNames.Unknown(sentence, verb.End, PartyLists.ClauseEnd(sentence, verb.End))?.Who),
            _ => (behind is null ? Other(employer?.Who, carried) is not null ? employer?.Who : null : employer?.Who, behind?.Who ?? Other(employer?.Who, carried) ?? employer?.Who),
        };
    }

    // quit A for B, left on 31 July for B: where to.
    private static Party? Next(SentenceContext context, Span verb, Party behind)
    {
        foreach (var to in new[] { behind, PartyNames.In(context, behind.End, PartyLists.ClauseEnd(context.Sentence, behind.End)).FirstOrDefault() })
        {
            var between = to is null ? "" : context.Sentence.Slice(to == behind ? verb.End : behind.End, to.Start).TrimEnd();
            if (to?.Who.Kind == EntityKind.Company && (between.EndsWith("for", StringComparison.Ordinal) || between.EndsWith("to join", StringComparison.Ordinal)))
                return to;
        }

        return null;
    }

    // The company named last before the person in the sentence, else the one that the text is about.
    private static Participant? Told(SentenceContext context, int at) =>
        PartyNames.In(context, context.Sentence.Start, at).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? PartyLists.Carried(context, at)?.Who;

    // 上任, 离任审计, 加入门槛: the characters say something else.
    private static bool IsOther(Sentence sentence, Span verb) =>
        sentence.Contains(["多年", "期间", "至今", "以来", "时期", "多年来"], verb.End, PartyLists.ClauseEnd(sentence, verb.End))
        || sentence.Contains(["的是", "者", "人", "梯队", "问题", "安排", "拜访", "考察", "参观", "访问", "审计", "战局", "代理", "模型", "智能体", "竞争", "行列", "阵营", "生态", "队伍", "门槛", "群聊", "计划"], verb.End, Math.Min(sentence.End, verb.End + 4))
        || (sentence.Slice(verb) is "left" or "leave" or "leaves" or "retire" or "retires" or "retired" && sentence.Contains(["us", "room", "behind", "little", "the door", "open", "unchanged", "wanting"], verb.End, Math.Min(sentence.End, verb.End + 12)));

    // DeepSeek 研究员郭见深已离职, 将加入字节跳动: nothing but adverbs before the verb, so that the person before acts on.
    private static PersonName? Elided(Sentence sentence, int verb)
    {
        var clause = PartyLists.ClauseStart(sentence, verb);
        var dated = sentence.Within<DateValue>(clause, verb).LastOrDefault();
        var lead = dated is null ? sentence.Slice(clause, verb).Trim() : (sentence.Slice(clause, dated.Start) + sentence.Slice(dated.End, verb)).Trim(' ', '起', '自', '从', '于');
        if (clause == sentence.Start || (lead.Length > 0 && !Elisions.Contains(lead, StringComparer.OrdinalIgnoreCase)))
            return null;
        PersonName? last = null;
        foreach (var words in new[] { Left, Stays, Appointed, Joined, EnglishLeft, EnglishJoined, EnglishAppointed })
        {
            for (var at = sentence.Find(words, sentence.Start, clause); at is { } found; at = sentence.Find(words, found.End, clause))
                last = PersonNames.Before(sentence, found.Start) is { } person && (last is null || person.Start > last.Start) ? person : last;
        }

        return last is null ? null : last with { IsCertain = true };
    }

    // 加盟 X, 出任 CTO
    private static string? LaterPost(Sentence sentence, int from)
    {
        var word = sentence.Find(["出任", "担任", "任", "兼任", "将任", "并任", "负责", "as"], from, Math.Min(sentence.End, from + 60));
        return word is null || sentence.Slice(from, word.Value.Start).Contains(';', StringComparison.Ordinal) ? null : Posts.After(sentence, word.Value.End, isNeeded: true);
    }

    // CFO A 将卸任, 由 B 接替: B takes A's post.
    internal static string? VacantPost(Sentence sentence, int at)
    {
        var left = sentence.Find(Left, sentence.Start, at) ?? sentence.Find(EnglishLeft, sentence.Start, at);
        return left is null ? null : PersonNames.Before(sentence, left.Value.Start)?.Title ?? Posts.After(sentence, left.Value.End, isNeeded: false);
    }

    // A 获委任为独立非执董, 接替任满的 B: both hold one post.
    internal static string? PostBefore(Sentence sentence, int at) =>
        sentence.Find(Appointed, sentence.Start, at) is { } verb ? Posts.After(sentence, verb.End, isNeeded: true) : null;

    private static IEnumerable<FactDraft> Appoints(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, at) = (match.Get<Span>("verb"), match.Get<Span>("as"));
        if (PersonNames.Within(sentence, verb.End, at.Start) is not { } person)
            return [];
        // 委任 A 接替 B 出任 CFO: the post stands behind the second verb, or where B's going is told.
        var isReplacing = sentence.Slice(at) is "接替" or "接棒" or "继任";
        var post = isReplacing ? LaterPost(sentence, at.End) ?? VacantPost(sentence, verb.Start) ?? Posts.After(sentence, at.End, isNeeded: true) : Posts.After(sentence, at.End, isNeeded: true);
        var company = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? Told(context, verb.Start);
        return company is null || post is null ? [] : Draft(context, person, "appointed", null, company, post, verb.Start, at.End);
    }

    // 月之暗面挖来前 DeepSeek 研究员罗可心, 负责…: the name ends the clause, or what he is to do follows.
    private static IEnumerable<FactDraft> Hires(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseEnd(sentence, verb.End);
        if (sentence.Find(["为", "出任", "担任", "接任"], verb.End, clause) is not null)
            return [];
        var end = sentence.Find(["负责", "掌管", "主管", "主导", "领导", "执掌", "加盟", "加入", "等"], verb.End, clause)?.Start ?? clause;
        var company = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? Told(context, verb.Start);
        if (PersonNames.Within(sentence, verb.End, end) is not { } person || company is null)
            return [];
        var from = PartyNames.In(context, verb.End, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        return Draft(context, person, "joined", from, company, person.Title, verb.Start, person.End);
    }

    // Intel has hired X from Qualcomm as …
    private static IEnumerable<FactDraft> EnglishHires(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, name) = (match.Get<Span>("verb"), match.Get<Name>("person"));
        var company = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who ?? Told(context, verb.Start);
        if (company is null || PersonNames.Within(sentence, verb.End, name.End) is not { } person || person.End != name.End)
            return [];
        var from = sentence.Find(["from", "ex-", "formerly of"], name.End, Math.Min(sentence.End, name.End + 40)) is { } marker ? PartyLists.Behind(context, marker.End, reach: 4).FirstOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who
            : Before(context, name.End) ?? PartyNames.In(context, verb.End, person.Start).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
        var post = sentence.Find(["as", "to be", "to become", "to lead", "to run", "to head"], name.End, Math.Min(sentence.End, name.End + 90)) is { } at ? Posts.After(sentence, at.End, isNeeded: true) : null;
        // From where is a move; a post alone is an appointment.
        return Draft(context, person, from is null && post is not null ? "appointed" : "joined", from, company, post, verb.Start, name.End);
    }

    // P, who ran packaging at Apple, : where an apposition says that the person was.
    private static Participant? Before(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var open = sentence.SkipSpace(at);
        if (open >= sentence.End || sentence.Passage.Text[open] != ',')
            return null;
        var close = PartyLists.ClauseEnd(sentence, open + 1);
        return sentence.Find(["at", "of", "from", "ex-", "'s", "’s"], open, close) is null ? null
            : PartyNames.In(context, open, close).LastOrDefault(party => party.Who.Kind == EntityKind.Company)?.Who;
    }

    // 王腾被小米辞退
    private static IEnumerable<FactDraft> Dismissed(PatternMatch match, SentenceContext context)
    {
        var company = match.Get<Mention>("company");
        return PersonNames.Before(context.Sentence, match.Start) is { } person
            ? Draft(context, person, "left", Participant.Of(company, context.Sentence), null, person.Title, person.Start, match.End) : [];
    }

    // Cerebras named Tomas Varga chief operating officer
    private static IEnumerable<FactDraft> NamesPost(PatternMatch match, SentenceContext context)
    {
        var (verb, name, post) = (match.Get<Span>("verb"), match.Get<Name>("person"), match.Get<Span>("post"));
        var company = PartyLists.Companies(context, verb.Start).LastOrDefault();
        return company is null || PersonNames.Within(context.Sentence, verb.End, name.End) is not { } person || person.End != name.End ? []
            : Draft(context, person, "appointed", null, company.Who, Posts.After(context.Sentence, post.Start, isNeeded: true), verb.Start, post.End);
    }

    // Priya Raman arrives from Marvell as chief financial officer
    private static IEnumerable<FactDraft> Arrives(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, at) = (match.Get<Span>("verb"), match.Get<Span>("as"));
        var from = PartyLists.Behind(context, verb.End, reach: 8, limit: at.Start).FirstOrDefault(party => party.Who.Kind == EntityKind.Company);
        if (PersonNames.Before(sentence, verb.Start) is not { } person || from is null || Posts.After(sentence, at.End, isNeeded: true) is not { } post)
            return [];
        return Draft(context, person, "appointed", from.Who, Told(context, person.Start), post, person.Start, at.End);
    }

    private static IEnumerable<FactDraft> NewPost(PatternMatch match, SentenceContext context)
    {
        var company = match.Get<Mention>("company");
        return PersonNames.Before(context.Sentence, match.Start) is { } person && Posts.After(context.Sentence, match.End, isNeeded: true) is { } post
            ? Draft(context, person, "appointed", null, Participant.Of(company, context.Sentence), post, person.Start, match.End) : [];
    }

    // The company that the text is about, where it is not the person's old one.
    private static Participant? Other(Participant? employer, Participant? carried) =>
        carried is null || employer?.MayBe(carried) == true ? null : carried;

    internal static IEnumerable<FactDraft> Draft(SentenceContext context, PersonName person, string kind, Participant? from, Participant? to, string? title, int start, int end)
    {
        var draft = context.Event("PersonMoved", start, end, [("person", person.Who), ("from", from), ("to", to)], [("kind", kind), ("title", title)]);
        if (context.Sentence.Within<DateValue>(start, end).LastOrDefault(date => EventDraft.IsDate(context.Sentence, date)) is { } own)
            draft = draft with { When = EventDraft.Text(context, own, draft.Status) };
        // Titles are long; the day may stand far behind them: … new EVP for Copilot, consumer and commercial combined (Tue).
        var stop = context.Sentence.Find(["."], end, context.Sentence.End)?.Start ?? context.Sentence.End;
        draft = draft.When is null ? draft with { When = context.Sentence.Within<DateValue>(end, stop).FirstOrDefault(date => EventDraft.IsDate(context.Sentence, date))?.Date.Text } : draft;
        yield return draft.Status == Domain.Facts.FactStatus.Reported && EventDraft.IsAhead(context, draft.When) ? draft with { Status = Domain.Facts.FactStatus.Announced } : draft;
    }
}
