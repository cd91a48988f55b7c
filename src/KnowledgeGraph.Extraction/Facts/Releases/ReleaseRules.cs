using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>
/// Something appears under a name: models, products and chips share the sentences in which they do (某公司发布 X, X 开源, Acme launched X), so
/// the same rules find all three and <see cref="ReleasedThing"/> tells from the name and the nouns beside it which one it is.
/// </summary>
public static class ReleaseRules
{
    private static readonly string[] Verbs =
    [
        "发布", "推出", "开源", "上线", "宣布推出", "发表", "揭晓", "带来", "首发", "公布", "亮相", "开放", "更新", "升级", "升级为", "升级成", "开售", "放出", "上架", "开源了", "发布了", "推出了", "上线了",
        "再推", "端出", "上新", "祭出", "释出", "释放", "官宣", "亮出", "秀出", "公开", "更新了", "放出了", "带来了", "公布了", "披露", "开卖", "主推", "对外公布", "新推", "发售", "开测", "内测", "公测", "灰测", "启动内测", "启动公测", "开启内测", "开启公测", "试水", "上马", "加推", "续推", "推送",
        "拿出", "拿出了", "交出", "甩出", "掏出", "抛出", "晒出", "摆出", "搬出", "派发", "换上", "换上了", "预告", "预告了", "展示", "展示了", "展出", "演示了", "首秀", "上架了", "发售了", "开源出", "推到线上",
        "launched", "launches", "released", "releases", "unveiled", "unveils", "introduced", "introduces", "introducing", "announced", "announces", "debuted", "debuts", "open-sourced", "open-sources", "open sourced",
        "rolled out", "rolls out", "shipped", "ships", "published", "to launch", "to release", "to unveil", "will launch", "will release", "will unveil", "will introduce", "will ship", "to ship", "launching", "releasing", "unveiling",
        "will open-source", "to open-source", "open-sourcing", "put out", "brought out", "will debut", "to roll out", "will roll out",
        "dropped", "drops", "put out", "puts out", "has put out", "took the wraps off", "takes the wraps off", "taking the wraps off", "lifted the lid on", "is out with", "was out with", "came out with", "comes out with", "showed off", "shows off", "previewed", "previews", "teased", "began testing", "begun testing", "is testing", "began selling", "begin selling", "will begin selling", "started selling", "starts selling", "to start selling", "will start selling", "opened up", "pushed out", "pushes out", "showcased", "open-source", "brings out", "debuting", "is launching", "is releasing", "is rolling out", "began rolling out", "begun rolling out", "starts rolling out", "started rolling out", "will release", "set to release", "set to launch", "has built", "presented", "presents", "unboxed", "followed with", "answered with", "is previewing", "put a preview of", "added", "adds",
        "demoed", "demos", "demonstrated", "began serving", "begun serving", "started serving", "starts serving", "made available", "makes available", "lifted the curtain on", "pulled back the curtain on", "pulled the wraps off", "whipped the covers off", "trotted out", "served up", "declared", "showed", "posted", "uploaded", "has open-sourced", "open-weighted", "brought to market", "is bringing out", "tips", "debuted its", "is selling", "gave a first look at", "gave a preview of",
    ];

    private static readonly string[] Ordinals = [.. Enumerable.Range(1, 31).Select(day => day + (day is 11 or 12 or 13 ? "th" : (day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" }))];

    // Said of much else as well: what they name must be known or described, and its maker stand in the sentence.
    private static readonly string[] Weak = ["带来", "公布", "亮相", "开放", "更新", "升级", "升级为", "升级成", "放出", "上架", "announced", "announces", "published", "ships", "put out", "brought out",
        "再推", "端出", "上新", "祭出", "释出", "释放", "官宣", "亮出", "秀出", "公开", "更新了", "放出了", "带来了", "公布了", "披露", "主推", "对外公布", "内测", "公测", "灰测", "试水", "上马", "推送", "dropped", "drops", "puts out", "has put out", "showed off", "shows off", "previewed", "previews", "teased", "began testing", "begun testing", "is testing", "opened up", "pushed out", "pushes out", "showcased", "presented", "presents", "has built", "followed with", "answered with", "added", "adds",
        "拿出", "拿出了", "交出", "甩出", "掏出", "抛出", "晒出", "摆出", "搬出", "派发", "换上", "换上了", "预告", "预告了", "展示", "展示了", "展出", "演示了", "demoed", "demos", "demonstrated", "made available", "makes available", "declared", "showed", "posted", "uploaded", "trotted out", "served up", "tips", "is selling",
    ];

    private static readonly string[] FinalVerbs =
    [
        "开源", "上线", "发布", "推出", "亮相", "问世", "面世", "首发", "公测", "内测", "私测", "更新", "升级", "试用", "上市", "开售", "发售", "商用", "开放下载", "可下载", "开启公测", "进入公测", "开启内测", "开启邀测", "启动邀测", "开放邀测", "进入邀测", "邀测", "开启封测", "进入封测", "开启灰度测试", "启动灰度测试", "展开测试", "小范围测试", "开启预览", "开放预览", "限量试用", "开放试用", "正式可用", "launched", "launches", "debuted", "debuts", "released", "unveiled", "introduced", "open-sourced", "is out", "went live", "goes live",
        "is now available", "is now generally available", "became generally available", "is generally available", "rolls out", "rolled out",
        "揭开面纱", "揭晓", "推送", "全面推送", "开放下载", "开放权重", "放出", "释出", "现身", "出炉", "上新", "发表", "开卖", "开跑", "转正", "露面", "同台露面", "面市", "见光", "上柜", "首秀", "推到线上", "推上线", "挂上 Hugging Face", "挂到 Hugging Face", "登上 Hugging Face", "上传 Hugging Face", "尚处内测", "仍处内测", "仍在内测", "正在内测", "处于内测", "尚在内测", "正在公测", "开放公测", "正在灰度", "开始灰度", "开启灰度", "灰度", "小范围灰度", "灰度测试", "转为正式版", "转正式版", "结束公测", "结束内测", "释出权重", "放出权重", "上架", "landed", "lands", "dropped", "drops", "is in beta", "is now in beta", "now in beta", "went into general availability", "entered general availability", "hit general availability", "hits general availability", "out of preview", "moved out of preview", "went up on Hugging Face", "landed on Hugging Face", "lands on Hugging Face", "appeared on Hugging Face", "appears on Hugging Face", "landed on GitHub", "landed on ModelScope", "来了", "终于来了", "正式登场", "will be released", "will be launched", "will be unveiled", "will arrive", "will be out", "to be released", "is being released", "has been launched", "is up on Hugging Face", "went up on GitHub", "shipped", "is shipping", "made its debut", "makes its debut", "has been released", "was released", "has launched", "opened to the public", "was unveiled", "was launched", "was open-sourced", "are out", "is here", "has arrived", "rolled out",
        "arrived", "arrives", "is available", "is live", "goes on sale", "went on sale", "generally available", "out in beta", "enters beta", "entered beta", "enters public beta", "entered public beta", "moves into beta", "went into beta", "went online", "came online", "goes online", "goes live", "hit the API", "hits shelves", "hit shelves", "is on shelves", "is now on shelves", "reached shelves", "left beta", "leaves beta", "exited beta", "exits beta", "went GA", "goes GA", "is GA", "reached GA", "hit GA", "graduated from beta", "graduated from preview", "went straight to Hugging Face", "in private beta", "in closed beta", "in limited preview", "was posted to Hugging Face", "was uploaded to Hugging Face", "in open beta", "in public beta", "comes out", "came out", "went out",
    ];

    // Said of people, prices and storms as well.
    private static readonly string[] WeakFinal = ["arrived", "arrives", "landed", "lands", "dropped", "drops", "has arrived", "is here", "are out", "is out", "went out", "came out", "comes out", "is live", "放出", "释出", "推送", "全面推送", "现身", "出炉", "上新", "来了", "正式登场", "露面", "转正", "上架", "结束公测", "结束内测", "in private beta", "in closed beta", "in limited preview"];

    // When, how and by whose word; longest first where one holds another.
    private static readonly string[] Fillers =
    [
        "联合多所高校", "在会上", "会上", "大会上", "本周", "近日", "日前", "当天", "当日", "今日", "同日", "同期", "今天", "昨日", "此前", "随后", "后续", "未来", "宣布", "正式", "全新", "同步", "率先", "首次", "全面", "陆续", "最新", "公司", "官宣", "计划", "即将", "将于", "将会", "还将", "还会", "之后", "以及", "同时", "并且", "已经", "近期",
        "面向企业", "面向全球", "面向", "向全球用户", "定向", "重磅", "刚刚", "其", "将", "已", "并", "还", "又", "也", "会", "则", "再", "于", "新", "均", "拟", "it", "also", "will", "has", "had", "plans", "to", "just", "officially", "and", "then", "today", "The", "lab", "company", "the",
    ];

    private static readonly string[] Never = ["未", "不", "尚未", "暂未", "没有", "并未", "推迟", "延期", "取消", "暂停", "停止", "禁止", "not", "delays", "delayed", "postponed"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("release/verb-name", Lit(Verbs).As("verb"), VerbThenName),
        new("release/name-verb", Seq(Ann<Name>("name", IsThing), Opt(Lit(",")), Gap(22, "。；;，,、"), Lit(FinalVerbs).As("verb")), NameThenVerb),
        new("release/put-into", Seq(Lit("put", "puts", "putting", "has put", "brought", "brings", "took", "takes", "moved", "moves", "pushed", "pushes", "posted", "posts", "uploaded", "dropped").As("verb"), Gap(6, ".;,"), Ann<Name>("name", IsThing), Gap(60, ".;"), Lit("on Hugging Face", "onto Hugging Face", "to Hugging Face", "up on Hugging Face", "to GitHub", "to ModelScope", "on its site", "on its website", "online", "on sale", "on shelves", "on GitHub", "on ModelScope", "into the API", "in the API", "on its API", "into its API", "into general availability", "to general availability", "into beta", "out of beta", "into public beta", "into preview", "into public preview", "out of preview", "into production", "to market", "into customers' hands", "live")), VerbThenName),
        new("zh/release/put-out", Seq(Lit("将", "把", "让").As("verb"), Gap(6, "。；;，,"), Ann<Name>("name", IsThing), Gap(20, "。；;，,"), Lit("公开", "开源", "放出", "释出", "开放", "推到线上", "上架 API", "上架API", "上架", "上线", "登陆 API", "接上 API", "送上 API", "送上API", "登场", "亮相", "推上线", "推到台前", "推上台", "搬上台面", "摆上台面", "搬上台", "搬上舞台", "摆上货架", "推向市场", "推给用户", "推送给", "挂上", "挂到", "上架", "上传", "带到台前", "亮了出来", "拿了出来", "放了出来", "端了出来").As("out")), PutOut),
        new("en/release/apposed", Seq(Ann<Name>("name", IsThing), Lit(",", "("), Gap(56, ".;"), Lit("out", "released", "launched", "unveiled", "introduced", "announced", "open-sourced", "published", "shipped", "shown").As("verb"), Opt(Lit("on", "in", "since", "late", "early", "last", "this", "the", "as", "of")), Alt(Ann<DateValue>("date"), Ann<PeriodValue>("period"), Lit(Ordinals).As("day"))), Apposed),
        new("en/release/which", Seq(Ann<Name>("name", IsThing), Lit(","), Lit("which", "that"), Opt(Lit("the", "its maker")), Ann<Mention>("company", m => m.Kind == EntityKind.Company), Opt(Lit("quietly", "also", "just", "finally", "only", "first", "has", "had", "will")), Lit(Verbs).As("verb")), Which),
        new("release/name-apposed-verb", Seq(Ann<Name>("name", IsThing), Lit(",", "("), Gap(70, ".;"), Lit(",", ")"), Lit(FinalVerbs).As("verb")), NameApposedVerb),
        new("zh/release/scheduled", Seq(Ann<Name>("name", IsThing), Opt(Lit("系列", "家族", "的发布", "发布时间", "的上线时间", "的亮相")), Opt(Lit("则", "将", "也", "被")), Lit("定档", "定在", "放在", "排在", "排到", "安排在", "排期", "定于", "留到", "留待").As("verb"), Alt(Ann<DateValue>("date"), Ann<PeriodValue>("period"))), Scheduled),
        new("release/models-colon", Seq(Lit("models", "chips", "products", "agents", "releases", "launches", "模型", "新模型", "芯片", "新品"), Gap(40, "。；;:"), Lit(":").As("verb"), Gap(20, "。；;"), Ann<Name>("name", IsThing)), AfterColon),
        new("release/name-is-by", Seq(Ann<Name>("name", IsThing), Lit("是", "为", "is"), Gap(24, "。；;，,"), Lit("推出的", "发布的", "开源的", "研发的", "开发的").As("verb")), NameIsBy),
        new("release/arrow", Seq(Ann<Mention>("company", m => m.Kind == EntityKind.Company), Lit("→", "->", "⟶", "=>").As("verb"), Ann<Name>("name")), AfterArrow),
        new("release/bracket", Seq(Ann<Name>("name", IsThing), Lit("(", "（"), Gap(40, "。；"), Ann<DateValue>("date"), Lit("发布", "推出", "开源", "上线", "release", "released", "launch").As("verb")), InBracket),
        new("release/series-member", Seq(Lit("其中", "包括", "包含", "分为", "including", "namely"), Gap(6, "。；;"), Ann<Name>("name", IsThing)), SeriesMember),
        new("release/told-later", Seq(Lit("后者", "前者", "the latter", "the former").As("told"), Gap(24, "。；;,，"), Lit([.. FinalVerbs, "开源", "launched", "released", "shipped"]).As("verb")), ToldLater),
        new("release/out", Seq(Lit("Out", "New", "Also out", "Available", "Now available", "Just out"), Gap(24, ".;"), Lit(":", "—", "–"), Gap(40, ".;"), Ann<Name>("name", name => IsThing(name) && !name.Quoted)), OutNow),
        new("release/item", Seq(Ann<Name>("name", IsThing), Lit("("), Opt(Lit("previewed", "released", "launched", "out")), Ann<DateValue>("date")), Item),
        new("zh/release/unnamed-set", Seq(Lit("发布", "推出", "开源", "发布了", "推出了", "开源了").As("verb"), Seq(Lit("一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "2", "3", "4", "5", "6", "7", "8"), Lit("款", "个"), Gap(12, "。；，、,"), Lit("模型")).As("set")), UnnamedSet),
    ];

    // 在台上线: a market, and no platform of another.
    private static readonly string[] Regions = ["台", "国内", "中国", "全球", "海外", "大陆", "日本", "韩国", "美国", "欧洲", "欧盟", "香港", "港澳", "线上"];

    // Tests with few users are announced of features under names that nobody knows.
    private static readonly string[] Tests = ["内测", "公测", "灰测", "启动内测", "启动公测", "开启内测", "开启公测", "开测"];

    private static bool IsThing(Name name) => name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip;

    private static IEnumerable<FactDraft> VerbThenName(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        if (IsNoVerb(sentence, verb) || sentence.Has("后", verb.End, out _) || new[] { "到", "至", "于" }.Any(word => sentence.Has(word, verb.End, out _)))
            return [];
        // 向全部用户开放 X: what some had is had by all, which is its availability.
        if (sentence.Slice(verb) == "开放" && sentence.Contains(["向全部", "向所有", "向全体"], Math.Max(sentence.Start, verb.Start - 12), verb.Start))
            return [];
        var (maker, isUnlisted) = Who(context, verb);
        if (maker is null && HasOwnSubject(sentence, verb))
            return [];
        var isRelative = verb.End < sentence.End && sentence.Passage.Text[verb.End] == '的';
        if (isRelative && (maker is null ? !IsToldNew(sentence, verb) : verb.Start - maker.Start > 16))
            return [];
        var isWeak = Weak.Contains(sentence.Slice(verb), StringComparer.OrdinalIgnoreCase);
        if (isWeak && maker is null && !isRelative)
            return [];
        // To give to all what some tried before is no launch: 向全部用户开放 X.
        if (sentence.Slice(verb) is "开放" && sentence.Contains(["全部用户", "所有用户", "全体用户", "全量", "所有开发者"], Clauses.Start(sentence, verb.Start), verb.Start))
            return [];
        var place = Placed(context, verb);
        return NamedThings.After(context, verb.End, maker?.Company)
            .Where(thing => !IsInTitle(sentence, thing.Start) && !(sentence.Slice(verb) is "上线" or "登陆" && IsUnknown(context, thing) && thing.Kind == EntityKind.Product) && !(place && (thing.Candidates.Count > 0 || IsUnknown(context, thing))) && !(isWeak && IsUnknown(context, thing) && !(Tests.Contains(sentence.Slice(verb)) && thing.Start - verb.End <= 1)) && !(isUnlisted && (thing.MakerId is not null || IsUnknown(context, thing) && thing.Kind == EntityKind.Product)))
            .Select(thing => thing.Draft(context, verb, maker)).OfType<FactDraft>();
    }

    // 同批亮相的, 5 月发布的: what is told by the way of a thing is news where it says when.
    private static bool IsToldNew(Sentence sentence, Span verb) =>
        sentence.Slice(Math.Max(Clauses.Start(sentence, verb.Start), verb.Start - 3), verb.Start) is var before && new[] { "同批", "同场", "同期", "同步", "同台", "同日", "一并", "一同", "刚刚", "新近", "最新" }.Any(word => before.Contains(word, StringComparison.Ordinal))
        || sentence.All<DateValue>().Any(date => date.End <= verb.Start && verb.Start - date.End <= 4);

    // Who opens the verb's clause comes before a known company of an earlier clause, or one that only takes part (X 联合华为发布).
    private static (Maker? Maker, bool IsUnlisted) Who(SentenceContext context, Span verb)
    {
        var known = Maker.Before(context, verb.Start);
        // A developer stands near its verb: a longer clause is no sentence of a release.
        var near = Math.Max(context.Sentence.Start, verb.Start - 60);
        var clause = near + context.Sentence.Slice(near, verb.Start).LastIndexOfAny([',', ';', ':', '(', ')', '。', '!', '?']) + 1;
        var isPartner = known is not null && context.Sentence.Contains(["联合", "携手", "与"], Math.Max(clause, known.Start - 3), known.Start);
        if ((known is not null && known.Start >= clause && !isPartner) || (clause == near && near > context.Sentence.Start))
            return (known, false);
        return UnlistedMaker.Before(context, verb) is { } unlisted && HasOwnSubject(context.Sentence, verb) ? (unlisted, true) : (known, false);
    }

    // 发布会, 发布次日, 上线后: no verb of this clause.
    private static bool IsNoVerb(Sentence sentence, Span verb)
    {
        var next = sentence.SkipSpace(verb.End);
        var isNoun = next < sentence.End && "会次前日至者商方量时以".Contains(sentence.Passage.Text[next], StringComparison.Ordinal) && !sentence.StartingAt(next).Any(a => a is Name);
        var before = sentence.Slice(Math.Max(sentence.Start, verb.Start - 8), verb.Start).TrimEnd();
        return isNoun || Never.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase)) || before.EndsWith('的');
    }

    // Somebody unknown releases: what stands before the verb in its clause, the words of when and how taken away, is a subject that no company's mention covers.
    private static bool HasOwnSubject(Sentence sentence, Span verb)
    {
        // Nothing but words of when and how fills no clause as long as this.
        const int Longest = 100;
        if (verb.Start - sentence.Start > Longest && sentence.Slice(verb.Start - Longest, verb.Start).IndexOfAny([',', ';', ':', '(', ')', '。', '!', '?']) < 0)
            return true;
        var from = Clauses.Start(sentence, verb.Start);
        var text = sentence.Slice(from, verb.Start);
        foreach (var date in sentence.All<DateValue>().Where(date => date.Start >= from && date.End <= verb.Start).OrderByDescending(date => date.Start))
            text = text.Remove(date.Start - from, Math.Min(date.Length, text.Length - (date.Start - from)));
        foreach (var word in Fillers)
            text = text.Replace(word, "", StringComparison.Ordinal);
        return text.Count(char.IsLetter) >= 2;
    }

    // X 即将上线 Y: Y is the place, where X stands right before the verb.
    private static bool Placed(SentenceContext context, Span verb) =>
        context.Sentence.Slice(verb) is "上线" or "登陆" && context.Sentence.All<Name>().Any(name => name.End <= verb.Start && verb.Start - name.End <= 12 && name.Kind is EntityKind.Model or EntityKind.Product
            && !context.Sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start == name.Start && m.End == name.End) && !context.Sentence.Slice(name.End, verb.Start).Any(c => c is ',' or '，' or '、'));

    // 《关于“数据要素×”…的意见》: inside a title nothing appears.
    private static bool IsInTitle(Sentence sentence, int at) => at > sentence.Start && sentence.Slice(sentence.Start, at) is var before && before.LastIndexOf('《') > before.LastIndexOf('》');

    // 放出面向电路设计的专用模型 X-14B: its size in its name and the noun before it say what it is.
    private static bool IsTold(SentenceContext context, ReleasedThing thing) =>
        thing.Kind == EntityKind.Model && context.Sentence.Slice(Math.Max(context.Sentence.Start, thing.Start - 4), thing.Start).TrimEnd(' ', '“', '「', '「') is [.., '模', '型'];

    private static bool IsUnknown(SentenceContext context, ReleasedThing thing) => !IsTold(context, thing) && thing.Candidates.Count == 0 && thing.MakerId is null && thing.Category is null && !(thing.Text.Any(char.IsAsciiDigit) && thing.Text.Length > 2);

    private static IEnumerable<FactDraft> NameThenVerb(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (name, verb) = (match.Get<Name>("name"), match.Get<Span>("verb"));
        var between = sentence.Slice(name.End, verb.Start);
        var isOther = sentence.Within<Name>(name.End, verb.Start).Any(other => context.Report.Kinds.Kind(other) is not null && !Brackets(sentence, name.End, other))
            || sentence.Within<Mention>(name.End, verb.Start).Any(m => m.Kind == EntityKind.Company && !(sentence.Slice(verb).EndsWith('测') && sentence.Passage.Text[m.Start - 1] is '在' or '于'))
            || (sentence.Find(["在"], name.End, verb.Start) is { } at && !Regions.Any(region => sentence.Has(region, at.End, out _)) && sentence.Slice(verb) is not ("上市" or "开售" or "发售" or "亮相" or "问世" or "面世" or "发表" or "揭晓" or "发布" or "首发") && !sentence.Slice(verb).EndsWith('测'))
            || sentence.Contains(["被", "登陆", "接入", "与", "通过", "凭借", "引入", "新增", "支持", "随着", "发布", "推出"], name.End, verb.Start) || between.TrimEnd().EndsWith('的') || IsNoVerb(sentence, verb);
        // Opus 4.5 arrives on Azure: a place of its own, and no birth.
        isOther |= (sentence.Slice(verb).StartsWith("arrive", StringComparison.Ordinal) || sentence.Slice(verb).StartsWith("land", StringComparison.Ordinal)) && sentence.All<Name>().Any(place => place.Start >= verb.End && place.Start - verb.End <= 5);
        // is now available on Bedrock
        isOther |= sentence.Slice(verb).Contains("available", StringComparison.Ordinal) && new[] { "on", "in", "through", "via" }.Any(word => sentence.Has(word, sentence.SkipSpace(verb.End), out _)) && sentence.All<Name>().Any(place => place.Start >= verb.End && place.Start - verb.End <= 12);
        // X 结束内测,7 月 21 日起向全部付费用户开放: what some had before is had by all.
        isOther |= sentence.Slice(Math.Max(sentence.Start, verb.Start - 2), verb.End) is var test && (test.EndsWith("结束内测", StringComparison.Ordinal) || test.EndsWith("结束公测", StringComparison.Ordinal)) && sentence.Contains(["开放", "全量", "可用"], verb.End, sentence.End);
        // 原定 8 月问世: when it should have come.
        isOther |= sentence.Contains(["原定", "原计划", "原订", "原拟", "originally due"], Clauses.Start(sentence, verb.Start), verb.Start);
        // Seed 2.5 of 豆包 Seed 2.5 is no other thing.
        isOther |= sentence.All<Name>().Any(whole => whole.Start < name.Start && whole.End == name.End && whole.Family is not null && !whole.Quoted);
        if (isOther || !IsFinal(sentence, verb) || Subjects.IsOblique(context, name))
            return [];
        var clause = Clauses.Start(sentence, name.Start);
        if (WeakFinal.Contains(sentence.Slice(verb), StringComparer.OrdinalIgnoreCase) && context.Report.Kinds.Kind(name) is null && (Opener(context, name, clause) is null || !name.Text.Any(char.IsAsciiDigit)))
            return [];
        return ReleasedThing.Of(context, name, clause, Opener(context, name, clause)) is { } thing && !(IsUnknown(context, thing) && sentence.Slice(verb) is "更新" or "升级" or "试用") && !(sentence.Slice(verb) is "上市" && thing.Category != "device") && !(name.Start > 0 && sentence.Passage.Text[name.Start - 1] == '版')
            && thing.Draft(context, verb, Itself(context, name) is null && Maker.Before(context, name.Start) is { } maker && (maker.Start >= clause || thing.MakerId is null) ? maker : UnlistedBefore(context, name, thing)) is { } draft ? [draft] : [];
    }

    // 将 X 的权重一并公开, 把 X 推到线上: whoever stands before 将 or 把, else whose X is.
    private static IEnumerable<FactDraft> PutOut(PatternMatch match, SentenceContext context)
    {
        var (name, verb, put) = (match.Get<Name>("name"), match.Get<Span>("out"), match.Get<Span>("verb"));
        // 把 X 架构的 Y 摆上台面: what stands nearest the verb is put out.
        var isOther = context.Sentence.Within<Name>(name.End, verb.Start).Any(other => other.Kind is null or EntityKind.Model or EntityKind.Chip or EntityKind.Product) || IsNoVerb(context.Sentence, verb) || context.Sentence.Contains(["接入", "用户", "客户"], name.End, verb.Start);
        var maker = Maker.Before(context, put.Start);
        return !isOther && ReleasedThing.Of(context, name, put.End, maker?.Company) is { } thing && !IsUnknown(context, thing) && thing.Draft(context, verb, maker) is { } draft ? [draft] : [];
    }

    // Rook 3, out since 12 May · Granite 5 Micro, 3B parameters, released on the 11th: said by the way, with its day.
    private static IEnumerable<FactDraft> Apposed(PatternMatch match, SentenceContext context)
    {
        var (name, verb) = (match.Get<Name>("name"), match.Get<Span>("verb"));
        var between = context.Sentence.Slice(name.End, verb.Start);
        var isOther = context.Sentence.Within<Name>(name.End, verb.Start).Any(other => context.Report.Kinds.Kind(other) is not null) || context.Sentence.Within<Mention>(name.End, verb.Start).Any(m => m.Kind == EntityKind.Company) || between.TrimEnd() is not [.., ',' or '('] and not [.., 'd' or 's'] || Subjects.IsOblique(context, name);
        if (isOther || ReleasedThing.Of(context, name, Clauses.Start(context.Sentence, name.Start), Opener(context, name, name.Start)) is not { } thing || IsUnknown(context, thing))
            return [];
        var when = match.Find<DateValue>("date")?.Date.Text ?? (match.Find<Span>("day") is { } day ? DayOfMonth(context, day) : null);
        return thing.Draft(context, verb, Near(context, name)) is { } draft ? [when is null ? draft : draft with { When = when }] : [];
    }

    // on the 11th: of the report's month, or of the one before.
    private static string? DayOfMonth(SentenceContext context, Span ordinal)
    {
        var day = Array.IndexOf(Ordinals, context.Sentence.Slice(ordinal).ToLowerInvariant()) + 1;
        if (context.Report.ReportDate is not { } today || day == 0)
            return null;
        var month = today.Day >= day ? today : today.AddMonths(-1);
        return day <= DateTime.DaysInMonth(month.Year, month.Month) ? $"{month.Year:D4}-{month.Month:D2}-{day:D2}" : null;
    }

    // Ernie 5.2, which Baidu began serving on 9 September
    private static IEnumerable<FactDraft> Which(PatternMatch match, SentenceContext context)
    {
        var (name, company) = (match.Get<Name>("name"), match.Get<Mention>("company"));
        var maker = new Maker(Participant.Of(company, context.Sentence), company.Start);
        return !Subjects.IsOblique(context, name) && ReleasedThing.Of(context, name, name.Start, maker.Company) is { } thing && !IsUnknown(context, thing) && thing.Draft(context, match.Get<Span>("verb"), maker) is { } draft ? [draft] : [];
    }

    // Alder 1, its 10B driving model, went straight to Hugging Face: what is said of it between two marks.
    private static IEnumerable<FactDraft> NameApposedVerb(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (name, verb) = (match.Get<Name>("name"), match.Get<Span>("verb"));
        var isOther = sentence.Within<Name>(name.End, verb.Start).Any(other => context.Report.Kinds.Kind(other) is not null && other.Text != name.Text) || sentence.Within<Mention>(name.End, verb.Start).Any(m => m.Kind == EntityKind.Company)
            || !IsFinal(sentence, verb) || Subjects.IsOblique(context, name) || WeakFinal.Contains(sentence.Slice(verb), StringComparer.OrdinalIgnoreCase) && context.Report.Kinds.Kind(name) is null;
        var told = sentence.Slice(name.End, verb.Start).TrimStart(',', '(', ' ');
        var isApposed = char.IsAsciiLetter(name.Text[0]) ? new[] { "a ", "an ", "the ", "its ", "their ", "our " }.Any(word => told.StartsWith(word, StringComparison.OrdinalIgnoreCase)) : told.StartsWith('一') || told.StartsWith('其');
        return !isOther && isApposed && ReleasedThing.Of(context, name, name.Start, Opener(context, name, name.Start)) is { } thing && !IsUnknown(context, thing) && thing.Draft(context, verb, Near(context, name)) is { } draft ? [draft] : [];
    }

    // Who the clause of a name names before it: GPT-4.1; Rook 3, out since May is of two houses.
    private static Maker? Near(SentenceContext context, Name name) => Maker.Before(context, name.Start) is { } maker && maker.Start >= Clauses.Start(context.Sentence, name.Start) ? maker : null;

    // 海螺 3.5 放在四季度: a plan, of a thing that its text has not seen yet.
    private static IEnumerable<FactDraft> Scheduled(PatternMatch match, SentenceContext context)
    {
        var (name, verb) = (match.Get<Name>("name"), match.Get<Span>("verb"));
        var clause = Clauses.Start(context.Sentence, name.Start);
        var when = match.Find<DateValue>("date")?.Date.Text ?? ChipRules.AsDate(match.Get<PeriodValue>("period").Label);
        return Clauses.End(context.Sentence, match.End) - match.End <= 4 && ReleasedThing.Of(context, name, clause, Opener(context, name, clause)) is { } thing && !IsUnknown(context, thing) && thing.Draft(context, verb, Near(context, name)) is { } draft
            ? [draft with { When = when ?? draft.When, Status = FactStatus.Announced }] : [];
    }

    // Figma 的 Make 2, Cohere North 2, and in a text on MiniMax a clause that Speech 3 opens: whose house the name is of.
    private static Participant? Opener(SentenceContext context, Name name, int clause) =>
        context.Sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.Start >= clause && m.End <= name.Start && context.Sentence.Slice(m.End, name.Start).Trim() is "" or "的" or "'s" or "’s") is { } owner ? Participant.Of(owner, context.Sentence)
            : name.Start == clause ? context.CarriedCompany() : null;

    // Two models came from Acme this week: Forge 2 and Forge 2 Mini.
    private static IEnumerable<FactDraft> AfterColon(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var colon = match.Get<Span>("verb");
        var isNew = sentence.Contains(["came from", "came out", "new", "launched", "released", "发布", "推出", "上新", "开源", "上线", "shipped", "unveiled"], Clauses.Start(sentence, colon.Start), colon.Start);
        if (!isNew || sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.Start >= Clauses.Start(sentence, colon.Start) && m.End <= colon.Start) is not { } company)
            return [];
        var maker = new Maker(Participant.Of(company, sentence), company.Start);
        return NamedThings.After(context, colon.End, maker.Company).Where(thing => !IsUnknown(context, thing)).Select(thing => thing.Draft(context, colon, maker)).OfType<FactDraft>();
    }

    // 清禾科技 QH-Edge 1.5 上线: whoever stands right before the name.
    private static Maker? UnlistedBefore(SentenceContext context, Name name, ReleasedThing thing) =>
        Itself(context, name) ?? (thing.MakerId is null && thing.Candidates.Count == 0 ? UnlistedMaker.Before(context, new Span(name.Start, name.Start)) : null);

    // AI 新创「X」获投资, …; 其模型「Y」今日开源: whom the sentence began with.
    private static Maker? Itself(SentenceContext context, Name name)
    {
        var sentence = context.Sentence;
        var clause = Clauses.Start(sentence, name.Start);
        return sentence.Has("其", clause, out _) && sentence.All<Name>().FirstOrDefault(first => first.Quoted && first.End <= clause && first.Start - sentence.Start <= 14) is { } self && sentence.Contains(["新创", "公司", "企业", "初创", "独角兽", "团队"], sentence.Start, self.Start)
            ? new Maker(Participant.Unknown(EntityKind.Company, self.Text), self.Start) : null;
    }

    private static bool Brackets(Sentence sentence, int from, Name name) => sentence.Slice(from, name.Start).TrimEnd().EndsWith('(') || sentence.Slice(from, name.Start).TrimEnd().EndsWith('（');

    private static bool IsFinal(Sentence sentence, Span verb)
    {
        var next = sentence.SkipSpace(verb.End);
        return next >= sentence.End || "，。；,;.、！)）”：:".Contains(sentence.Passage.Text[next], StringComparison.Ordinal)
            || (sentence.Has("了", next, out var ended) && (ended >= sentence.End || "，。；,;)）”".Contains(sentence.Passage.Text[ended], StringComparison.Ordinal)))
            || sentence.StartingAt(next).Any(a => a is DateValue)
            || new[] { "公测", "内测", "阶段", "开放平台", "并", "至", "开源", "by", "on", "in", "last", "next", "this", "today", "yesterday", "for", "as", "to", "with", "under", "earlier", "late", "the same", "and", "from", "overnight", "worldwide", "globally", "后" }.Any(word => sentence.Has(word, next, out _));
    }

    private static IEnumerable<FactDraft> NameIsBy(PatternMatch match, SentenceContext context)
    {
        var (name, verb) = (match.Get<Name>("name"), match.Get<Span>("verb"));
        return Maker.Before(context, verb.Start) is { } maker && maker.Start > name.End && ReleasedThing.Of(context, name, name.Start)?.Draft(context, verb, maker) is { } draft ? [draft] : [];
    }

    // GPT-5.1 系列 is released; 其中 GPT-5.1 Instant … and GPT-5.1 Thinking … are with it.
    private static IEnumerable<FactDraft> SeriesMember(PatternMatch match, SentenceContext context)
    {
        var (series, at) = Series(context, match.Start) is { } here ? (here, context) : context.Previous is { } previous && Series(previous, previous.Sentence.End) is { } earlier ? (earlier, previous) : (null, context);
        if (series is null || (Maker.Before(at, series.Start)?.Company ?? context.CarriedCompany()) is not { } company)
            return [];
        var first = match.Get<Name>("name");
        return context.Sentence.All<Name>().Where(name => name.Start >= first.Start && name.Text.Length > series.Text.Length + 1 && name.Text.StartsWith(series.Text, StringComparison.OrdinalIgnoreCase) && context.Report.Kinds.Kind(name) == EntityKind.Model)
            .Select(name => ReleasedThing.Of(context, name, name.Start)?.Draft(context, new Span(match.Start, name.Start), new Maker(company, match.Start))).OfType<FactDraft>();
    }

    private static Name? Series(SentenceContext context, int before) =>
        context.Sentence.Contains(["发布", "推出", "开源", "上线", "launched", "released", "unveiled", "introduced"], context.Sentence.Start, before)
            ? context.Sentence.All<Name>().LastOrDefault(name => name.End <= before && new[] { "系列", "家族", "series", "family" }.Any(word => context.Sentence.Has(word, context.Sentence.SkipSpace(name.End), out _)))
            : null;

    // 建议迁移至 X; 后者 5 月发布: the thing named last before it, or the first of two.
    private static IEnumerable<FactDraft> ToldLater(PatternMatch match, SentenceContext context)
    {
        var told = match.Get<Span>("told");
        var isLatter = context.Sentence.Slice(told) is "后者" or "the latter";
        var at = context;
        while (at is not null && !at.Sentence.All<Name>().Any(name => name.End <= (at == context ? told.Start : at.Sentence.End) && context.Report.Kinds.Kind(name) is not null))
            at = at.Previous;
        if (at is null)
            return [];
        var named = at.Sentence.All<Name>().Where(name => name.End <= (at == context ? told.Start : at.Sentence.End) && context.Report.Kinds.Kind(name) is not null).ToList();
        var thing = ReleasedThing.Of(at, isLatter ? named[^1] : named[0], named[^1].Start);
        var draft = thing is null || (thing.MakerId is null && thing.Candidates.Count == 0) ? null : (thing with { Start = told.Start, End = told.End }).Draft(context, match.Get<Span>("verb"), null);
        return draft is null ? [] : [draft];
    }

    // Out on Thursday: Acme's Forge 2, …
    private static IEnumerable<FactDraft> OutNow(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        if (Clauses.Start(context.Sentence, match.Start) != match.Start || context.Sentence.Within<Name>(match.Start, name.Start).Any(other => context.Report.Kinds.Kind(other) is not null && !context.Sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start == other.Start && m.End == other.End)) || ReleasedThing.Of(context, name, name.Start) is not { } thing || IsUnknown(context, thing))
            return [];
        return thing.Draft(context, new Span(match.Start, name.Start), Maker.Before(context, name.Start)) is { } draft ? [draft] : [];
    }

    private static IEnumerable<FactDraft> AfterArrow(PatternMatch match, SentenceContext context)
    {
        var arrow = match.Get<Span>("verb");
        var company = match.Get<Mention>("company");
        var maker = new Maker(Participant.Of(company, context.Sentence), company.Start);
        var things = NamedThings.After(context, arrow.End).ToList();
        if (things.Count == 0)
            things.Add(Listed(context, match.Get<Name>("name")));
        return things.Select(thing => thing.Draft(context, arrow, maker)).OfType<FactDraft>();
    }

    private static IEnumerable<FactDraft> InBracket(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("name");
        return ReleasedThing.Of(context, name, Clauses.Start(context.Sentence, name.Start))?.Draft(context, match.Get<Span>("verb"), Maker.Before(context, name.Start)) is { } draft ? [draft] : [];
    }

    // An item that opens with maker, name and day: Acme Forge (Tue): …
    private static IEnumerable<FactDraft> Item(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var name = match.Get<Name>("name");
        var company = sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && (m.End <= name.Start || (m.Start == name.Start && m.End < name.End)));
        if (sentence.Block.Kind is not (BlockKind.ListItem or BlockKind.Paragraph) || sentence.Start != 0 || company is null || (company.End < name.Start && sentence.Slice(company.End, name.Start).Trim() is not ("" or ":")) || sentence.Slice(0, company.Start).Any(char.IsLetter))
            return [];
        var thing = ReleasedThing.Of(context, name, Math.Min(company.End, name.Start)) ?? (name.Candidates.Count == 0 ? Listed(context, name) : null);
        return thing?.Draft(context, new Span(name.Start, match.End), new Maker(Participant.Of(company, sentence), company.Start)) is { } draft ? [draft] : [];
    }

    // What no noun explains is what its heading lists: models under Models, else a product.
    private static ReleasedThing Listed(SentenceContext context, Name name)
    {
        var heading = context.Sentence.Block.Heading;
        var title = heading < 0 ? "" : context.Report.Document.Blocks[heading].Passage.Text;
        var isModel = HeadNouns.Ending(title)?.Kind == EntityKind.Model || (title.Length == 0 && name.Text.Any(char.IsAsciiDigit));
        var kind = context.Report.Kinds.Kind(name) ?? (isModel ? EntityKind.Model : EntityKind.Product);
        return new ReleasedThing(name.Text, kind, name.Candidates, null, context.Report.Kinds.Noun(name)?.Category, context.Sentence.Text, name.Start, name.End);
    }

    private static IEnumerable<FactDraft> UnnamedSet(PatternMatch match, SentenceContext context)
    {
        var set = match.Get<Span>("set");
        var isNamed = set.End < context.Sentence.End && context.Sentence.Passage.Text[set.End] is ':' or '：';
        if (isNamed || Maker.Before(context, match.Start) is not { } maker)
            return [];
        var text = context.Sentence.Slice(set);
        return
        [
            context.Draft("ModelReleased", maker.Start, match.End, [("model", Participant.Unknown(EntityKind.Model, text)), ("developer", maker.Company)],
                [("stage", Stages.Of(context.Sentence, match.Start, match.End)), ("modalities", Modalities.In(text))]),
        ];
    }
}
