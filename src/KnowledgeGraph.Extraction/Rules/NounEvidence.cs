using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>The nouns beside a name that say what it is: before it (通用智能体 X), behind it (X 大模型), and in what is said of it (X 是一款…平台).</summary>
public static class NounEvidence
{
    // The longest first.
    private static readonly WordTable Copulas = Table(["是", "为", "作为", "属于", "这是", "is a", "is an", "is the", "is its", "was a", "was an", "was the", "are the", "is our"]);

    // Ways to reach a model that are products of their own.
    private static readonly string[] Clients = ["App", "应用", "国际站", "网页版", "客户端", "插件", "移动端", "桌面端", "桌面版", "输入法", "浏览器插件"];

    private static readonly string[] OpenerWords = ["一款", "一个", "这是", "这款", "该", "是一款", "作为一款", "一种", "It is", "This is"];

    private static readonly WordTable Openers = Table(OpenerWords);

    private static readonly WordTable Apposers = Table([.. OpenerWords, "an", "a", "the"]);

    // Where the phrase behind a name stops being part of it: marks, and words of grammar unless they are half of a noun (功能, 在线, 对话).
    private const string Marks = "，。；：、！,;:.()（）“”‘’「」『』/\n→";

    private const string Particles = "的是为和与及可将已能等并在由于以有被从了对把向让使也均都还又";

    private static readonly WordTable Verbs = new(["上线", "推出", "发布", "开源", "更新", "升级", "支持", "接入", "实现", "提供", "采用", "具备", "正式", "宣布", "开启", "开放", "进入", "登陆", "搭载", "集成", "预计", "计划", "输出", "取得", "位列", "排名", "超过", "首次", "同步", "全量", "采取", "新增", "内置", "引入", "打造", "构建", "训练", "同款"]);

    private static readonly string[] Nouns = ["功能", "智能", "性能", "技能", "效能", "节能", "在线", "对话", "对齐", "可视", "可穿", "可灵", "并行", "向量", "向导", "使用", "等级", "为主", "和弦", "从业", "有声", "已读", "以太", "均衡", "都市", "还原"];

    private static readonly WordTable Leaving = new(["and", "with", "for", "in", "on", "to", "is", "was", "are", "were", "at", "by", "from", "of", "as", "will", "has", "have", "that", "which", "its", "a", "an", "the", "can", "gets", "or", "but", "into", "after", "goes", "on"]);

    private static WordTable Table(string[] words) => new(words.OrderByDescending(word => word.Length));

    public static IEnumerable<HeadNoun> Of(Sentence sentence, Name name)
    {
        if (Before(sentence, name) is { } before)
            yield return before;
        if (Behind(sentence, name) is { } behind)
            yield return behind;
        if (Said(sentence, name) is { } said)
            yield return said;
        // Only models have parameters: 推出 M2.5, 总参数 2,300 亿.
        if (name.Kind is null or EntityKind.Model && name.Candidates.Count == 0 && !name.Quoted && (name.Kind is not null || name.Text.Any(char.IsAsciiDigit)) && sentence.All<QuantityValue>().Any(q => q.Unit == "parameters" && q.Start >= name.End && q.Start <= name.End + 16))
            yield return new HeadNoun("parameters", EntityKind.Model, null);
    }

    /// <summary>The noun right before the name: 浏览器 ChatGPT Atlas, its coding model Composer 2.</summary>
    public static HeadNoun? Before(Sentence sentence, Name name) => HeadNouns.Ending(sentence.Slice(Clauses.Start(sentence, name.Start), name.Start)) ?? Apposed(sentence, name);

    // Acme's coding agent, Forge 2, … · Its second chip, the Forge K3, …
    private static HeadNoun? Apposed(Sentence sentence, Name name)
    {
        var text = sentence.Passage.Text;
        var article = sentence.Slice(Math.Max(sentence.Start, name.Start - 4), name.Start) == "the " ? 4 : 0;
        var start = name.Start - article;
        var comma = start - (start > sentence.Start && text[start - 1] == ' ' ? 2 : 1);
        return comma > sentence.Start && text[comma] == ',' && name.End < sentence.End && text[name.End] == ',' ? HeadNouns.Ending(sentence.Slice(Clauses.Start(sentence, comma), comma)) : null;
    }

    /// <summary>The noun phrase right behind the name: Composer2.5 编码模型; 名为 X 的浏览器插件.</summary>
    public static HeadNoun? Behind(Sentence sentence, Name name) => PhraseBehind(sentence, name) is { } phrase ? HeadNouns.Ending(sentence.Slice(phrase)) : null;

    /// <summary>The span of that phrase, the name excluded; null where the name ends its phrase.</summary>
    public static Span? PhraseBehind(Sentence sentence, Name name)
    {
        var text = sentence.Passage.Text;
        var start = sentence.SkipSpace(name.End);
        var isCalled = sentence.Contains(["名为", "叫做", "命名为", "代号", "called", "named", "dubbed", "codenamed", "code-named"], Math.Max(sentence.Start, name.Start - 8), name.Start);
        if (isCalled && start < sentence.End && text[start] == '的')
            start++;
        var end = start;
        var next = sentence.All<Name>().Where(other => other.Start >= name.End && other.Start > start).Select(other => other.Start).DefaultIfEmpty(sentence.End).Min();
        while (end < next && end - start < 18 && !Stops(sentence, end))
            end++;

        while (end > start && text[end - 1] == ' ')
            end--;
        return end > start ? new Span(start, end) : null;
    }

    /// <summary>
    /// The nouns behind a known product or model that make of it another thing, a function or tool of it: ChatGPT 个人理财工具, 千问 App. Null
    /// where the name stands for itself.
    /// </summary>
    public static Span? Extension(Sentence sentence, Name name)
    {
        if (name.Kind is not (EntityKind.Model or EntityKind.Product) || name.Quoted || PhraseBehind(sentence, name) is not { } span)
            return null;
        var phrase = sentence.Slice(span);
        var isVersioned = name.Candidates.Count == 0;
        return sentence.SkipSpace(name.End) == span.Start && HeadNouns.Ending(phrase) is { Kind: EntityKind.Product } noun && phrase.Length <= 12
            && (isVersioned ? Clients.Contains(noun.Word) : noun.Category is "feature" or "agent" or "plan" || Clients.Contains(noun.Word) || (noun.Category is "app" or "device" && name.Kind == EntityKind.Model))
            ? span : null;
    }

    private static bool Stops(Sentence sentence, int at)
    {
        var text = sentence.Passage.Text;
        if (Marks.Contains(text[at], StringComparison.Ordinal))
            return true;
        if (Verbs.StandsAt(sentence, at))
            return true;
        if (Particles.Contains(text[at], StringComparison.Ordinal))
            return !Nouns.Any(noun => Covers(text, noun, at));
        return char.IsAsciiLetter(text[at]) && (at == 0 || !char.IsAsciiLetter(text[at - 1])) && Leaving.StandsAt(sentence, at);
    }

    private static bool Covers(string text, string noun, int at)
    {
        var index = noun.IndexOf(text[at], StringComparison.Ordinal);
        return index >= 0 && at >= index && string.CompareOrdinal(text, at - index, noun, 0, noun.Length) == 0;
    }

    /// <summary>What a sentence that opens with 一款, 这是 or 该 calls its subject.</summary>
    public static HeadNoun? Opening(Sentence sentence)
    {
        var opener = Openers.Standing(sentence, sentence.Start);
        if (opener is null)
            return null;
        var from = sentence.Start + opener.Length;
        // 该插件能够…: the noun follows at once; 一款…的…平台: it ends the clause.
        if (opener is "该" or "这款")
            return Enumerable.Range(1, 8).Where(length => from + length <= sentence.End).Select(length => HeadNouns.Ending(sentence.Slice(from, from + length))).FirstOrDefault(noun => noun is not null);
        return HeadNouns.Ending(sentence.Slice(from, Clauses.End(sentence, from))) ?? English(sentence, from) ?? Sized(sentence, from);
    }

    // It is a 9-billion-parameter network: only models have parameters.
    private static HeadNoun? Sized(Sentence sentence, int from) =>
        sentence.Within<QuantityValue>(from, Clauses.End(sentence, from)).Any(q => q.Unit == "parameters") ? new HeadNoun("parameters", EntityKind.Model, null) : null;

    private static HeadNoun? Said(Sentence sentence, Name name)
    {
        var at = sentence.SkipSpace(name.End);
        if (at < sentence.End && sentence.Passage.Text[at] is ',' or '，' or ':' or '：' or '—')
            at = sentence.SkipSpace(at + 1);
        if (at >= sentence.End)
            return null;
        var copula = Copulas.Standing(sentence, at);
        var isApposed = copula is null && at > name.End && Apposers.StandsAt(sentence, at);
        if (copula is null && !isApposed)
            return null;
        return HeadNouns.Ending(sentence.Slice(at, Clauses.End(sentence, at))) ?? English(sentence, at) ?? Sized(sentence, at);
    }

    // is a coding agent that …, an enterprise agent stack built on …: the head stands before the first word that leaves the noun phrase.
    private static HeadNoun? English(Sentence sentence, int from)
    {
        string[] leaving = [" that ", " which ", " for ", " with ", " built ", " designed ", " to ", " from ", " by ", " on ", " in ", " of ", " aimed ", " trained ", " powered ", " based ", " running ", " available ", " meant ", " made ", " under ", " whose ", " at ", " priced ", " costing ", " able ", " capable ", " small ", " due ", " claiming ", " said "];
        var end = Clauses.End(sentence, from);
        var phrase = sentence.Slice(from, end);
        var cut = leaving.Select(word => phrase.IndexOf(word, StringComparison.Ordinal)).Where(index => index > 0).DefaultIfEmpty(-1).Min();
        return cut > 0 ? HeadNouns.Ending(phrase[..cut]) : null;
    }
}
