using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Companies that no vocabulary knows, found where the report introduces them: by the shape of a name (鲸洋半导体), by a word that says what it
/// is (新创璞光智研, the start-up Tessera), by its code in brackets, or by what only companies do (完成 6 亿元 B 轮融资, raised $40m). From there on
/// every rule reads the name, and its short form, as it reads a known one.
/// </summary>
public static partial class Introductions
{
    private static readonly string[] Descriptions =
    [
        "初创公司", "初创企业", "新创公司", "新创企业", "新创业者", "创业公司", "创企", "人工智能公司", "AI 公司", "AI公司", "芯片公司", "科技公司", "独角兽企业", "独角兽", "新创", "初创", "芯片商", "晶片商", "机器人公司", "机器人企业", "模型公司", "大模型公司", "算力公司", "设计公司", "机器人新创", "芯片新创", "晶片新创", "软体商", "软件商", "方案商", "散热厂", "机壳厂", "封测厂", "设备厂", "载板厂", "零组件厂", "代工厂", "系统厂", "电源厂", "云端业者", "云业者", "算力业者", "算力租赁商", "机器人业者",
    ];

    // By these a company makes the news; right behind a run of ideographs they say that it is a name.
    private static readonly string[] Deeds =
    [
        "完成", "获", "宣布", "发布", "推出", "开源", "上线", "募资", "募得", "筹得", "拿下", "拿到", "递交", "递表", "提交", "表示", "透露", "旗下", "创始人", "董事长", "总经理", "执行长", "创办人", "成立于", "正式", "拟", "计划", "正与", "正在", "近日", "日前", "今", "昨", "本周", "上周", "周一", "周二", "周三", "周四", "周五", "首次", "即将", "据称", "发表", "启动", "招股", "的投后", "的估值", "估值", "公告", "称", "联合", "携手", "与", "官宣", "斩获", "募集", "引入", "签署", "签约", "中标", "收购", "入股", "聘", "任命", "委任", "延揽", "签订", "达成", "领投", "递", "通过", "首日", "挂牌", "的 A", "的 B", "的 C", "的A", "的B", "的C", "的天使", "的种子", "的首轮", "去年", "今年", "预计",
    ];

    private static readonly WordTable DeedTable = new(Deeds);

    private static readonly string[] Trades = ["厂商", "厂", "业者", "代工商", "设备商", "供应商", "制造商", "软体商", "龙头", "大厂"];

    private static readonly string[] Rounds =
    [
        "轮融资", "轮募资", "融资", "募资", "天使轮", "A 轮", "B 轮", "C 轮", "D 轮", "A轮", "B轮", "C轮", "D轮", "种子轮", "Pre-A", "领投", "投后估值", "递表", "递交招股", "招股书", "IPO", "上市辅导", "申请上市", "挂牌上市", "上市申请", "过会", "聆讯", "A+轮", "B+轮", "A+ 轮", "B+ 轮", "Pre-A", "战略轮", "首轮",
    ];

    private static readonly string[] NoName =
    [
        "的", "了", "其", "该", "这", "那", "某", "多家", "各", "双方", "公司", "企业", "客户", "用户", "厂商", "伙伴", "开发者", "官方", "政府", "市场", "行业", "产业", "业界", "全球", "国内", "海外", "国产", "我们", "他们", "会议", "大会", "论坛", "期间", "模型", "芯片", "产品", "版本", "平台", "系统", "功能", "服务", "应用", "新品", "预计", "此次", "本次", "首", "一款", "一个", "一家", "两", "三", "多款", "报告", "消息", "媒体", "分析", "方面", "目前", "过去", "未来", "今年", "去年", "明年", "年内", "随着", "通过", "由于", "因为", "如果", "虽然", "有望", "可能", "连续", "成功", "加速", "持续", "不断", "竞争", "巨头", "头部", "据", "另", "此外", "要闻", "新闻", "动态", "事件", "概念", "板块", "指数", "资金", "人员", "专家", "最", "收盘", "政策", "融资", "募资", "估值", "投资", "资本", "项目", "轮", "股", "数", "等", "中国", "美国", "人工智能", "领域", "赛道", "包括", "其中", "或", "及", "并", "将", "对", "由", "已", "从", "均", "拟", "约", "超", "近", "至", "到", "自", "上次", "打造", "推动", "加大", "落地", "构建", "本", "各", "误", "新", "说", "亿", "万", "元", "者", "合共", "合计", "注入", "投入", "正", "寻求", "协助", "起草", "再", "上榜", "收缩", "依然", "就", "都", "只", "但", "而", "是", "有", "不", "没", "人士", "大模型", "本土", "创始", "高管", "员工", "前", "后", "新一", "上述", "更", "能", "可", "会", "要", "应",
    ];

    private static readonly string[] LatinDescriptions =
    [
        "start-up", "startup", "start-ups", "company", "chipmaker", "chip designer", "chip maker", "unicorn", "newcomer", "neocloud", "developer", "maker", "firm", "lab", "rival", "spin-off", "spinout", "spin-out", "subsidiary",
    ];

    private static readonly string[] LatinEndings = ["Labs", "Lab", "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.", "Technologies", "Technology", "Systems", "Robotics", "Semiconductor", "Semiconductors", "Networks", "Computing", "Therapeutics", "Holdings", "Ventures", "Capital", "Energy", "Photonics", "Materials", "Motors", "Biosciences", "Compute", "Software", "Group", "Micro", "Silicon", "Circuits", "Devices", "Microsystems", "Microelectronics", "Optics", "Dynamics"];

    private static readonly string[] LatinActs = ["raised", "raises", "has raised", "closed a", "has closed", "closes a", "lands", "landed", "bagged", "secured", "is raising", "was raising", "pulled in", "filed for an IPO", "filed confidentially", "was founded", "was acquired"];

    /// <summary>Entries for the new names, each with its short form as an alias; none for what the vocabulary covers.</summary>
    public static IReadOnlyList<VocabularyEntry> Find(IReadOnlyList<AnnotatedBlock> blocks)
    {
        var names = new Dictionary<string, VocabularyEntry>(StringComparer.Ordinal);
        foreach (var name in Sections(blocks))
            names.TryAdd(NameKey.Of(name), Entry(EntityKind.Company, name));
        foreach (var sentence in blocks.SelectMany(block => block.Sentences))
        {
            foreach (var name in Shaped(sentence).Concat(Described(sentence)).Concat(Acting(sentence)).Concat(Backed(sentence)).Concat(Headed(sentence)).Concat(Private(sentence)).Concat(Latin(sentence)))
            {
                if (NameKey.Of(name) is { Length: > 1 } key)
                    names.TryAdd(key, Entry(EntityKind.Company, name));
            }

            foreach (var (kind, name) in CoinedNames.In(sentence))
                names.TryAdd(NameKey.Of(name), Entry(kind, name));
        }

        return [.. names.Values];
    }

    private static VocabularyEntry Entry(string kind, string name) => new()
    {
        Id = EntityId.FromName(kind, NameKey.Spaced(name)).ToString(),
        Kind = kind,
        Name = name,
        Value = name,
        Aliases = kind == EntityKind.Company && CompanyShapes.Short(name) is { } brief ? [brief] : [],
        IsFamily = kind != EntityKind.Company,
        IsIntroduced = true,
    };

    // By the ending alone only where what stands around is a company's as well.
    // 曜石智能:从卖卡到卖柜 · 对象:奇点电路(未上市): whom a title is on.
    private static bool IsTitled(Sentence sentence, Span name) =>
        sentence.Text.Length <= 40 && name.End < sentence.End && (sentence.Passage.Text[name.End] == ':' && name.Start == sentence.Start && sentence.Start == 0 && name.Length is >= 4 and <= 6 || new[] { "(未上市", "(非上市", "(拟上市", "(private" }.Any(word => sentence.Slice(name.End, sentence.End).StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Shaped(Sentence sentence) =>
        CompanyShapes.In(sentence, sentence.Start, sentence.End).Where(name => IsCoded(sentence, name.End) || IsBracketed(sentence, name.End) || IsTitled(sentence, name) || IsDescribed(sentence, name.Start) || (CompanyShapes.IsSure(sentence.Slice(name)) && Acts(sentence, name.End))).Select(sentence.Slice);

    // 台湾新创璞光智研昨日开源…
    private static IEnumerable<string> Described(Sentence sentence)
    {
        for (var at = sentence.Find(Descriptions, sentence.Start, sentence.End); at is { } found; at = sentence.Find(Descriptions, found.End, sentence.End))
        {
            if (Quoted(sentence, found.End) is { } quoted)
                yield return quoted;
            else if (Han(sentence, sentence.SkipSpace(found.End)) is { } name && (Acts(sentence, name.End) || !IsHan(sentence.Passage.Text[name.End])))
                yield return sentence.Slice(name);
        }
    }

    // 新创「禾语智慧」
    private static string? Quoted(Sentence sentence, int at) =>
        sentence.All<Name>().FirstOrDefault(name => name.Quoted && name.Start == sentence.SkipSpace(at) && name.Text.Length is >= 2 and <= 12 && name.Candidates.Count == 0)?.Text;

    // 栈桥机器人完成 6 亿元 B 轮, 某某(6082)…: whoever opens a clause of what only companies do.
    private static IEnumerable<string> Acting(Sentence sentence)
    {
        for (var from = sentence.Start; from < sentence.End; from = NextClause(sentence, from))
        {
            if (Han(sentence, sentence.SkipSpace(from)) is not { } name)
                continue;
            var end = Clauses.End(sentence, name.End);
            if (IsCoded(sentence, name.End) || IsBracketed(sentence, name.End) || (Acts(sentence, name.End) && name.Length > 2 && sentence.Contains(Rounds, name.End, end)))
                yield return sentence.Slice(name);
        }
    }

    // 领投它石智航 4.55 亿美元, 投资了凌波机器人的天使轮: what is named before the sum or the round raises it.
    private static IEnumerable<string> Backed(Sentence sentence)
    {
        string[] backing = ["领投", "投资了", "投资", "押注", "入股", "收购", "并购", "洽购", "注资"];
        for (var at = sentence.Find(backing, sentence.Start, sentence.End); at is { } found; at = sentence.Find(backing, found.End, sentence.End))
        {
            if (Han(sentence, sentence.SkipSpace(found.End)) is { Length: >= 3 } name && (sentence.StartingAt(sentence.SkipSpace(name.End)).Any(a => a is MoneyValue or PercentValue) || sentence.Passage.Text[name.End] == '的' && sentence.Contains(Rounds, name.End, Math.Min(sentence.End, name.End + 8))))
                yield return sentence.Slice(name);
        }
    }

    // 【医渡云帆】(未上市)这家做病历的公司…: a lead-in of which the text goes on to speak as of a company.
    private static IEnumerable<string> Headed(Sentence sentence)
    {
        if (!sentence.Text.StartsWith('【') || sentence.Text.IndexOf('】', StringComparison.Ordinal) is not (> 2 and <= 9 and var close))
            yield break;
        var name = sentence.Text[1..close];
        var isTold = sentence.Contains(["未上市", "这家", "该公司", "轮融资", "A 轮", "B 轮", "C 轮", "A轮", "B轮", "C轮", "D轮"], sentence.Start + close, sentence.End);
        if (isTold && name.All(IsHan) && !NoName.Any(word => name.Contains(word, StringComparison.Ordinal)) && !sentence.All<Mention>().Any(m => m.Start < sentence.Start + close))
            yield return name;
    }

    // 3. SK HYNIX - memory, 4. HALDEN PHOTONICS - we step aside: where other headings of its rank open with a company, so does this one that figures of accounts stand under.
    private static IEnumerable<string> Sections(IReadOnlyList<AnnotatedBlock> blocks)
    {
        var headings = Enumerable.Range(0, blocks.Count).Where(i => blocks[i] is { Block.Kind: BlockKind.Heading, Sentences.Count: > 0 } && Opening().IsMatch(blocks[i].Block.Passage.Text)).ToList();
        var ranks = headings.Where(i => blocks[i].Sentences[0].All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start == blocks[i].Sentences[0].Start)).Select(i => blocks[i].Block.Level).ToHashSet();
        foreach (var i in headings.Where(i => ranks.Contains(blocks[i].Block.Level)))
        {
            var name = Opening().Match(blocks[i].Block.Passage.Text).Groups["name"];
            var below = blocks.Skip(i + 1).TakeWhile(block => block.Block.Kind != BlockKind.Heading || block.Block.Level > blocks[i].Block.Level);
            if (!blocks[i].Sentences[0].All<Mention>().Any(m => m.Start < name.Index + name.Length) && below.SelectMany(block => block.All<Mention>()).Count(m => m.Kind == "metric") >= 2)
                yield return name.Value;
        }
    }

    [GeneratedRegex(@"^(?<name>[A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,3}|[\u4e00-\u9fff]{2,6})(?: \([^)]{1,20}\))?(?: [-–—] |: ?)\S", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Opening();

    private static bool Acts(Sentence sentence, int end)
    {
        var at = sentence.SkipSpace(end);
        return DeedTable.StandsAt(sentence, at) || sentence.StartingAt(at).Any(a => a is DateValue);
    }

    // 勤诚(8210), 某某(688256.SH)
    private static bool IsCoded(Sentence sentence, int end) => Code().IsMatch(sentence.Slice(end, Math.Min(sentence.End, end + 14)));

    // 矩盾科技(深圳初创公司)
    private static bool IsBracketed(Sentence sentence, int end) =>
        end < sentence.End && sentence.Passage.Text[end] == '(' && sentence.Passage.Text.IndexOf(')', end, Math.Min(sentence.End, end + 20) - end) is > 0 and var close && Descriptions.Any(word => sentence.Slice(end + 1, close).EndsWith(word, StringComparison.Ordinal));

    private static bool IsDescribed(Sentence sentence, int start) => Descriptions.Any(word => start - word.Length >= sentence.Start && sentence.Has(word, start - word.Length, out _));

    // Behind 】 a clause begins as well.
    private static int NextClause(Sentence sentence, int from)
    {
        var end = Clauses.End(sentence, from);
        var head = sentence.Passage.Text.IndexOf('】', from, end - from);
        return Math.Min(sentence.End, (head >= from ? head : end) + 1);
    }

    // The run of ideographs at a position, up to what cannot be part of a name.
    private static Span? Han(Sentence sentence, int from)
    {
        var text = sentence.Passage.Text;
        from = sentence.All<DateValue>().Where(date => date.Start == from).Select(date => date.End).FirstOrDefault(from);
        var end = from;
        while (end < sentence.End && end - from <= 8 && IsHan(text[end]) && !(end - from >= 2 && (Acts(sentence, end) || sentence.StartingAt(end).Any(a => a is MoneyValue or PercentValue or NumberValue))))
            end++;
        // 机壳厂勤诚(8210): what it does stands before the name.
        if (sentence.Find(Trades, from, Math.Max(from, end - 2)) is { } trade && trade.End <= end - 2)
            from = trade.End;
        var name = text[from..end];
        var isName = name.Length is >= 2 and <= 8 && end < sentence.End && text[end] is not '、' && !NoName.Any(word => name.Contains(word, StringComparison.Ordinal)) && !Deeds.Any(word => name.Contains(word, StringComparison.Ordinal)) && !Descriptions.Any(word => name.Contains(word, StringComparison.Ordinal))
            && !sentence.Annotations.Any(a => a is Mention or NumberValue or QuantityValue && a.Start < end && from < a.End);
        return isName ? new Span(from, end) : null;
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';

    [GeneratedRegex("^\\s?\\((?:[0-9]{4,6}|[0-9]{1,6}[. ](?:HK|SZ|SH|BJ|TW|TT|KS|JP|T)|(?:NASDAQ|NYSE|HKEX|KOSDAQ)[:. ]|[A-Z]{1,5} (?:US|UN|UW|UQ|LN|GR|FP|HK|JP|TT|KS|CH))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    private static IEnumerable<string> Latin(Sentence sentence)
    {
        foreach (var name in sentence.All<Name>().Where(name => IsNew(sentence, name)))
        {
            var words = name.Text.Split(' ');
            var isDescribed = LatinDescriptions.Any(word => EndsWith(sentence, name.Start, word)) || Descriptions.Any(word => EndsWith(sentence, name.Start, word)) || IsApposed(sentence, name.End) || IsPlaced(sentence, name.Start);
            var acts = LatinActs.Any(word => sentence.Has(word, sentence.SkipSpace(name.End), out _)) || (IsOpening(sentence, name) && sentence.Contains(Rounds, name.End, Clauses.End(sentence, name.End)));
            if (isDescribed || acts || IsCoded(sentence, name.End) || (words.Length > 1 && LatinEndings.Contains(words[^1], StringComparer.Ordinal)))
                yield return sentence.Has("AI", sentence.SkipSpace(name.End), out var whole) && whole - name.End == 3 ? name.Text + " AI" : name.Text;
        }
    }

    // 5. Tessera AI (private) - one to know: a title says that a name is a company's, though no exchange lists it.
    private static IEnumerable<string> Private(Sentence sentence)
    {
        if (sentence is { Start: 0, Text.Length: <= 90 } && UnlistedTitle().Match(sentence.Text) is { Success: true } title && !sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start < title.Groups["name"].Index + title.Groups["name"].Length))
            yield return title.Groups["name"].Value;
    }

    [GeneratedRegex(@"^(?:\(?[0-9]{1,2}[.)] ?)?(?<name>[A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,3}) \((?:private|unlisted|not listed|not rated|not covered|unrated|NR|N/R)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UnlistedTitle();

    private static bool IsOpening(Sentence sentence, Name name) => Clauses.Start(sentence, name.Start) == name.Start;

    private static bool IsNew(Sentence sentence, Name name) =>
        name.Kind is null && name.Candidates.Count == 0 && !name.Quoted && name.Text.Length is > 2 and <= 40 && char.IsAsciiLetterUpper(name.Text[0]) && !name.Text.Any(c => c >= '\u4e00') && name.Text.Split(' ').Length <= 4
        && !sentence.Annotations.Any(a => a is Mention or MoneyValue or QuantityValue or PeriodValue or DateValue && a.Start < name.End && name.Start < a.End)
        && !name.Text.Any(char.IsAsciiDigit) && HeadNouns.Ending(name.Text) is null;

    private static bool EndsWith(Sentence sentence, int at, string word)
    {
        var from = at - word.Length - (at > sentence.Start && sentence.Passage.Text[at - 1] == ' ' ? 1 : 0);
        return from >= sentence.Start && sentence.Has(word, from, out _);
    }

    // Paris-based X, the SoftBank-backed X
    private static bool IsPlaced(Sentence sentence, int start) =>
        new[] { "-based ", "-backed ", "-owned ", "-headquartered ", "-funded " }.Any(word => start - word.Length > sentence.Start && string.CompareOrdinal(sentence.Passage.Text, start - word.Length, word, 0, word.Length) == 0);

    // X, a start-up in Reno
    private static bool IsApposed(Sentence sentence, int end)
    {
        if (end >= sentence.End || sentence.Passage.Text[end] != ',')
            return false;
        var at = sentence.SkipSpace(end + 1);
        var article = new[] { "a ", "an ", "the " }.FirstOrDefault(word => at + word.Length <= sentence.End && sentence.Slice(at, at + word.Length) == word);
        return article is not null && sentence.Contains(LatinDescriptions, at, Math.Min(Clauses.End(sentence, at), at + 50));
    }
}
