using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Text;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>A source that the text names, and how far its word reaches.</summary>
/// <param name="Name">As printed, without brackets.</param>
/// <param name="IsWholeBlock">A dateline (5 月 21 日财联社电) or a source in brackets at the end speaks for the whole block; others for their sentence.</param>
/// <param name="IsUnnamed">知情人士, people familiar: what they say is rumored.</param>
public sealed record Source(int Start, int End, string Name, bool IsWholeBlock, bool IsUnnamed) : Annotation(Start, End);

/// <summary>Negation, hedging, expectation and attribution, in one place for all rules.</summary>
public static class Qualifiers
{
    private static readonly string[] Denied = ["否认", "辟谣", "不属实", "并非事实", "并不属实", "纯属谣言", "系误传", "为误传", "绝无此事", "并无此事", "系谣言", "系虚假", "子虚乌有", "消息不实", "传闻不实", "不实传闻", "与事实不符", "无中生有", "传闻失实", "报道失实", "报道有误", "查无此事", "澄清", "denied", "denies", "refuted", "refutes", "not true", "no truth", "dismissed", "dismisses", "knocked down", "simply wrong", "rebutted", "shot down", "called the report", "rejected the report", "rejected a report", "is not buying", "are not buying", "is not acquiring", "is not selling", "is not in talks", "are not in talks", "not in talks", "is not for sale", "no plans to buy", "no plans to acquire", "no plans to sell", "entirely groundless", "simply false", "categorically false", "一口否认", "没有这回事", "没这回事", "纯属臆测", "纯属揣测", "市场臆测", "全无根据", "毫无根据", "无稽之谈", "查无实据", "并非属实", "表示不实", "flatly rejects", "flatly rejected", "laughed off", "laughs off", "does not exist", "did not happen", "never happened", "no such deal", "wide of the mark", "绝非事实", "纯属虚构", "系伪造", "系捏造", "驳斥"];

    // Reports that … are wrong: neither word alone denies.
    private static readonly string[] Reports = ["reports that", "report that", "a report", "the report", "rumours", "rumors", "speculation", "story", "传闻", "网传", "传言", "媒体报道", "媒体所称", "说法"];

    private static readonly string[] Wrong = ["wrong", "false", "fiction", "inaccurate", "baseless", "groundless", "untrue", "不实", "并未", "未有此事", "没有此事", "没有计划", "并无", "不存在"];

    // An answer that there is nothing of the kind denies an event; of a figure it may be about something else.
    private static readonly string[] Answers = ["回应", "回复", "答复", "声明", "强调", "表示", "发言人"];

    private static readonly string[] Nothing = ["不存在", "并无此", "没有任何", "没有计划", "没有下架", "没有停", "并未停", "并未计划", "无此打算", "无此计划", "并无计划", "从未计划"];

    private static readonly string[] Unnamed =
    [
        "知情者", "接近交易的人士", "接近公司的人士", "接近交易人士", "内部人士", "知情人", "消息源", "线人", "投行人士", "知情人士", "消息人士", "业内人士", "行业人士", "产业人士", "产业链人士", "知情业内高管", "供应链消息", "供应链", "供应链业者", "据传", "市场传闻", "外媒",
        "people familiar", "person familiar", "people briefed", "person briefed", "sources say", "sources said", "source said", "unnamed sources", "supply-chain sources", "supply chain sources", "industry sources", "people with knowledge", "person with knowledge", "people close to", "sources close to",
    ];

    private static readonly string[] Rumored =
    [
        "据悉", "传闻", "传出", "据传", "盛传", "被曝", "曝光", "爆料", "或将", "或提交", "或于", "或在", "或会", "有意", "洽谈", "商讨", "谈判", "磋商", "协商", "洽购", "竞购", "接洽", "还在谈", "仍在谈", "考虑", "拟议", "不排除", "可能会", "据知情", "网传", "市传", "外传", "市场传", "传言", "坊间", "据闻", "未证实", "未获证实", "尚未证实", "未经证实", "热传", "流传", "风传", "在谈", "正谈", "谈长约", "消息称", "有消息", "业内传", "传将", "传拟", "另有传", "据称",
        "reportedly", "rumoured", "rumored", "is said to", "are said to", "in talks", "in advanced talks", "in early talks", "in discussions", "in negotiations", "is negotiating", "are negotiating", "is close to", "are close to", "nearing", "nears a deal", "close to a deal", "is nearing", "is considering", "may launch", "could launch", "is weighing", "mulling", "exploring a", "understood to be", "rumour", "rumor", "speculation", "is out raising", "sounding out", "could not be verified", "unconfirmed", "unverified", "early conversations", "is courting", "wooing", "being shopped", "is bidding", "was bidding", "bidding for", "is exploring", "exploring a sale", "in early talks", "weighs", "is exploring",
    ];

    private static readonly string[] Expected =
    [
        "预计", "预期", "指引", "预测", "预估", "有望", "可望", "有机会", "力拼", "力拚", "料将", "料", "展望", "估计", "我们估", "目标为", "目标", "将达", "上看", "看好", "力争", "预料", "估",
        "we are at", "we sit at", "we now sit at", "we stand at", "expects", "expected", "expect", "guides", "guided", "guidance", "guiding", "pegged at", "is put at", "now put at", "forecast", "forecasts", "projects", "projected", "estimates", "estimate", "outlook", "sees", "anticipates", "we model", "we pencil in", "we look for", "we have pencilled in", "seen at", "is seen", "plans on", "plan on", "planning on", "target", "targets", "should come", "should be", "should bring", "should reach", "should land", "should grow", "should total", "look for", "looks for", "is guided", "are guided", "pencils in",
    ];

    // Beating an expectation is no expectation.
    private static readonly string[] NotExpected = ["超预期", "超出预期", "不及预期", "好于预期", "逊于预期", "低于预期", "高于预期", "符合预期", "超出市场预期", "超过市场预期", "优于预期", "胜预期", "above expectations", "below expectations", "beat estimates", "ahead of expectations", "than expected", "以预期", "估值", "资料", "材料", "原料", "燃料", "饮料"];

    private static readonly string[] Planned =
    [
        "将于", "将在", "将会", "将推出", "将发布", "将开源", "将上线", "将正式", "将陆续", "将向", "将把", "将", "计划", "计画", "拟", "即将", "准备", "打算", "承诺", "宣布将", "有意",
        "will", "plans to", "plan to", "to launch", "to release", "is set to", "intends to", "due", "upcoming", "later this", "slated", "scheduled", "is coming", "are coming", "aims to", "aim to", "aiming to", "wants to", "looking to", "looks to", "hopes to", "seeks to", "seeking to", "planning to", "agreed to", "intend to", "proposes to", "set to",
    ];

    private static readonly Pattern SaidBy = Alt(
        Seq(Lit("据", "根据", "援引", "引述"), Opt(Lit("外媒")), Ann<Mention>("who", IsVoice), Gap(14, ",。;"), Opt(Lit("报道", "消息", "透露", "披露", "称", "数据", "统计", "报导", "讯"))),
        Seq(Ann<Mention>("who", IsVoice), Gap(16, ",。;"), Lit("报道", "讯", "电", "消息", "发文", "报告称", "报导", "报道称", "称", "透露", "指出", "表示", "披露", "援引", "数据", "统计", "榜", "调查", "报告", "报告显示", ":", "reports", "reported", "says", "said", "puts", "estimates", "data", "survey")),
        Seq(Lit("according to", "told", "via", "citing", "per"), Opt(Lit("the")), Gap(3), Ann<Mention>("who", IsVoice)));

    // A medium that the vocabulary does not know: 据 X 独家获悉, 5 月 21 日 X 发文, X 5 月 22 日消息.
    private static readonly Pattern UnknownVoice = Alt(
        Seq(Lit("据"), Gap(12, "。,;").As("name"), Lit("独家获悉", "独家报道", "获悉", "报道", "报导", "消息", "披露")),
        Seq(Ann<DateValue>(), Gap(12, "。,;").As("name"), Lit("讯", "发文", "报道", "报导", "报告称", "消息")),
        Seq(Gap(12, "。,;").As("name"), Ann<DateValue>(), Lit("讯", "电", "消息", "报道")));

    private static readonly Pattern UnnamedSource = Seq(Opt(Lit("一位", "两位", "三位", "多位", "数位", "两名", "三名", "多名", "一名", "two", "three", "several")), Opt(Lit("了解内情的", "直接了解该项目的", "直接了解情况的")), Lit(Unnamed));

    public static IEnumerable<Source> FindSources(Sentence sentence)
    {
        foreach (var match in SaidBy.In(sentence))
        {
            var who = match.Get<Mention>("who");
            var isDateline = sentence.Start == 0 && who.Start < 24 && sentence.Contains(["讯", "电", "消息", "报道", "发文", "报导", "报告称"], who.End, Math.Min(match.End, sentence.End));
            yield return new Source(match.Start, match.End, sentence.Slice(who), isDateline, IsUnnamed: false);
        }

        if (sentence.Start == 0 && UnknownVoice.In(sentence).Select(match => ToDateline(match, sentence)).OfType<Source>().FirstOrDefault() is { } dateline)
            yield return dateline;

        foreach (var match in UnnamedSource.In(sentence))
            yield return new Source(match.Start, match.End, sentence.Slice(match.Start, match.End), IsWholeBlock: false, IsUnnamed: true);
    }

    // Who speaks of his own affairs: 火山引擎披露…, management said…; no source from outside, and so nobody whose word is hedged.
    private static readonly Pattern SaidByItself = Alt(
        Seq(Ann<Mention>("who", m => m.Kind is "company" or "organisation"), Opt(Lit("方面", "官方", "公司", "管理层", "CEO", "CFO", "management")), Lit("表示", "透露", "披露", "称", "指出", "宣称", "公告", "公布", "说", "坦言", "强调", "says", "said", "disclosed", "told", "reports", "claims")),
        Seq(Lit("公司公告", "公告", "管理层", "经营层", "官方", "公司公众号", "公司官网", "技术报告", "招股书", "招股说明书", "业绩快报", "management", "the company", "a spokesman", "a spokesperson").As("voice"), Opt(Lit("在业绩会上", "在电话会上", "在法说会上", "于电话会")), Lit("表示", "透露", "披露", "称", "指出", "显示", "预期", "预计", "预估", "说明", "数据", "says", "said", "expects", "guides", "told", "guided")));

    /// <summary>The company, or the voice of one, that the sentence quotes; for its attribution alone.</summary>
    public static IEnumerable<string> Speakers(Sentence sentence) =>
        SaidByItself.In(sentence).Select(match => sentence.Slice(match.Find<Mention>("who") ?? (Annotation)match.Get<Span>("voice")));

    /// <summary>Whether an attribution names nobody: 两位知情人士, people familiar with the matter.</summary>
    public static bool IsUnnamed(string source)
    {
        var folded = Folding.Fold(source);
        return Unnamed.Any(words => folded.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static Source? ToDateline(PatternMatch match, Sentence sentence)
    {
        var name = sentence.Slice(match.Get<Span>("name")).Trim();
        var isNear = match.Start < (sentence.Passage.Text[match.Start] == '据' ? 20 : 4);
        return isNear && name.Length is >= 2 and <= 12 && !sentence.All<Mention>().Any(m => m.Start < match.End && match.Start < m.End) && !Unnamed.Any(name.Contains)
            ? new Source(match.Start, match.End, name, IsWholeBlock: true, IsUnnamed: sentence.Contains(["独家"], match.Start, match.End))
            : null;
    }

    private static readonly string[] SourceLabels = ["来源:", "资料来源:", "消息来源:", "信源:", "出处:", "source:", "sources:", "via "];

    /// <summary>The source in brackets that closes an item: …创下新高。（财联社）</summary>
    public static Source? FindClosingSource(string text)
    {
        var end = text.TrimEnd().Length;
        if (end == 0 || text[end - 1] is not (')' or ']'))
            return null;
        var open = text.LastIndexOfAny(['(', '['], end - 1);
        var inside = open < 0 ? "" : text[(open + 1)..(end - 1)].Trim();
        // （来源：晚点）
        var name = SourceLabels.FirstOrDefault(label => inside.StartsWith(label, StringComparison.OrdinalIgnoreCase)) is { } labelled ? inside[labelled.Length..].Trim() : inside;
        var follows = open > 0 ? text[..open].TrimEnd() : "";
        var isName = name.Length is >= 2 and <= 30 && !name.Any(c => c is '%' or ',' or '。' or ':') && (!char.IsDigit(name[^1]) || (char.IsAsciiLetterUpper(name[0]) && name.Length > 3 && !name.StartsWith("FY", StringComparison.Ordinal)));
        return isName && follows.Length > 0 && follows[^1] is '。' or '.' or '!' or '”' ? new Source(open, end, name, IsWholeBlock: true, IsUnnamed: false) : null;
    }

    /// <summary>
    /// How sure the sentence is of what stands between two positions. Denial and hedging reach the whole sentence; an expectation or a plan
    /// reaches from its word to the next figure or event, so that only the stretch from <paramref name="from"/> counts.
    /// </summary>
    /// <param name="from">End of the fact before, or the start of the clause.</param>
    /// <param name="isFigure">A number is expected (forecast); an event is planned (announced).</param>
    public static FactStatus Status(Sentence sentence, int from, int to, bool isFigure, bool isHedged)
    {
        if (sentence.Contains(Denied, sentence.Start, sentence.End) || (sentence.Contains(Reports, sentence.Start, sentence.End) && sentence.Contains(Wrong, sentence.Start, sentence.End)))
            return FactStatus.Denied;
        if (!isFigure && sentence.Contains(Nothing, sentence.Start, sentence.End) && sentence.Contains(Answers, sentence.Start, sentence.End))
            return FactStatus.Denied;
        var isExpected = IsExpected(sentence, from, to);
        if (isHedged || sentence.Contains(Rumored, sentence.Start, to) || sentence.Has("传", sentence.Start, out _))
            return isFigure && isExpected ? FactStatus.Forecast : FactStatus.Rumored;
        if (isExpected)
            return isFigure ? FactStatus.Forecast : FactStatus.Announced;
        return IsPlanned(sentence, from, to) ? isFigure ? FactStatus.Forecast : FactStatus.Announced : FactStatus.Reported;
    }

    private static bool IsPlanned(Sentence sentence, int from, int to)
    {
        for (var at = from; sentence.Find(Planned, at, to) is { } cue; at = cue.End)
        {
            // 原厂将供货价上调了近两成: 将 that only puts the object first tells of what is done.
            var isDone = sentence.Slice(cue.Start, cue.End) == "将" && sentence.Slice(cue.End, Clauses.End(sentence, cue.End)) is var rest && Done.Any(verb => rest.Contains(verb, StringComparison.Ordinal));
            if (!isDone)
                return true;
        }

        return false;
    }

    private static readonly string[] Done = ["上调了", "下调了", "提高了", "调高了", "调低了", "降低了", "提升了", "削减了", "压低了", "抬高了", "拉高了", "推高了", "缩短了", "延长了", "扩大了", "出售给了", "卖给了", "转让给了", "交给了", "纳入了", "开放给了"];

    /// <summary>Whether a word of expectation, and not merely of a plan, stands between two positions.</summary>
    public static bool IsExpected(Sentence sentence, int from, int to)
    {
        for (var at = from; sentence.Find(Expected, at, to) is { } cue; at = cue.End)
        {
            var isPart = IsOtherWord(sentence, cue.Start) || sentence.Find(NotExpected, Math.Max(sentence.Start, cue.Start - 4), Math.Min(sentence.End, cue.End + 2)) is not null
                || sentence.All<Consensus>().Any(c => c.Start <= cue.Start && cue.End <= c.End);
            if (!isPart)
                return true;
        }

        return false;
    }

    // 估值, 材料, 资料: the character is part of a word that expects nothing.
    private static bool IsOtherWord(Sentence sentence, int at) =>
        sentence.Has("估值", at, out _) || (sentence.Has("料", at, out _) && at > sentence.Start && "材资原物饮燃涂废布香饲史塑".Contains(sentence.Passage.Text[at - 1], StringComparison.Ordinal));

    private static bool IsVoice(Mention mention) => mention.Kind is "publisher" or "person";
}
