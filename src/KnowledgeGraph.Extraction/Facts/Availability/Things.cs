using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>Models, products and chips whose availability a sentence speaks of.</summary>
internal static partial class Things
{
    private static readonly string[] Nouns = ["模型", "大模型", "应用", "工具", "助手", "服务", "智能体", "平台", "浏览器", "插件", "功能", "芯片", "API", "App", "model", "app", "tool", "assistant", "service", "chips", "chip"];

    private static readonly string[] Leads = ["the launch of", "the release of", "the rollout of", "the debut of", "production of", "shipments of", "sales of", "its", "the", "了", "其"];

    private static readonly string[] Callings = ["code-named", "codenamed", "known internally as", "known as", "dubbed", "代号", "内部代号"];

    private static readonly string[] Tails = ["to", "until", "into", "by", "from", "again", "in", "on", "for", "after", "as", "and", "to all", "at", "的", "至", "到"];

    // Goods that rules are made for: chips and what makes them, boxes of them, programs.
    private static readonly string[] Goods =
    [
        "芯片", "晶片", "光刻机", "备件", "设备", "加速器", "加速卡", "服务器", "伺服器", "机柜", "GPU", "EDA", "软件", "应用", "助理", "助手", "内存", "HBM", "材料", "算力", "镓", "稀土", "模型", "企业", "公司", "功能", "chips", "chip", "accelerators", "accelerator", "equipment", "tools", "servers", "GPUs", "spare parts", "memory", "software", "models",
    ];

    private static readonly string[] Openers =
        ["对", "向", "把", "将", "澄清", "否认", "部分", "的", "了", "供应", "采购", "购买", "出口", "销售", "使用", "提供", "客户", "涉及", "包括", "起", "要求", "企业停止", "发放", "发布", "the", "of", "some", "its", "selling", "shipping", "exporting", "buying", "certain"];

    /// <summary>Things in a stretch: known kinds, quoted names, and unknown names with a noun that says what they are.</summary>
    public static IReadOnlyList<Party> In(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var found = new List<Party>();
        foreach (var name in sentence.Within<Name>(from, to).Where(name => IsThing(context, name)))
        {
            if (!found.Exists(other => other.Start < name.End && name.Start < other.End))
                found.Add(OfName(context, name));
        }

        return found;
    }

    /// <summary>The list that ends nearest before a position, or begins nearest behind it.</summary>
    public static IReadOnlyList<Party> Before(SentenceContext context, int at)
    {
        var things = In(context, context.Sentence.Start, at);
        // X 从 P 下架: where a thing is, or was, when there is another before it.
        if (things.Count > 1 && IsPlace(context.Sentence, things[^1]) && things[^2].Start >= PartyLists.ClauseStart(context.Sentence, things[^1].Start))
            things = [.. things.SkipLast(1)];
        var first = things.Count - 1;
        while (first > 0 && PartyLists.IsJoined(context.Sentence, things[first - 1].End, things[first].Start))
            first--;
        return [.. things.Skip(Math.Max(first, 0))];
    }

    private static bool IsPlace(Sentence sentence, Party thing)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, thing.Start - 6), thing.Start).TrimEnd();
        return before is [.., '从' or '自' or '由' or '在' or '于'] || before.EndsWith(" from", StringComparison.Ordinal) || before.EndsWith(" inside", StringComparison.Ordinal) || before.EndsWith(" in", StringComparison.Ordinal);
    }

    public static IReadOnlyList<Party> Behind(SentenceContext context, int from, int reach)
    {
        var stop = Math.Min(context.Sentence.End, from + reach);
        var things = In(context, from, context.Sentence.End);
        if (things.Count == 0 || things[0].Start >= stop || PartyLists.ClauseEnd(context.Sentence, from) < things[0].Start)
            return [];
        var count = 1;
        while (count < things.Count && PartyLists.IsJoined(context.Sentence, things[count - 1].End, things[count].Start))
            count++;
        return [.. things.Take(count)];
    }

    /// <summary>An unknown name that is the whole object of a verb that only things have: pushed back [the launch of] Behemoth to the autumn.</summary>
    public static Party? Object(SentenceContext context, int from)
    {
        var sentence = context.Sentence;
        var at = sentence.SkipSpace(from);
        foreach (var lead in Leads)
        {
            if (sentence.Has(lead, at, out var end))
                at = sentence.SkipSpace(end);
        }

        if (Unlisted(sentence, at) is { } name && IsEnd(sentence, name.End))
            return OfName(context, name);
        // 关掉了上线仅一年的语音陪练 Lily Call: what the clause ends with.
        var close = Clauses.End(sentence, from);
        return sentence.All<Name>().LastOrDefault(other => other.End == close && other.Start > from && other.Start - from <= 24) is { } last && sentence.Slice(from, last.Start).Contains('的', StringComparison.Ordinal) && Unlisted(sentence, last.Start) is { } told ? OfName(context, told) : null;
    }

    /// <summary>An unknown name that opens a clause before such a verb (Titan has slipped), or that the words call a code name.</summary>
    public static Party? Subject(SentenceContext context, int clause, int verb)
    {
        var sentence = context.Sentence;
        var half = sentence.Passage.Text.LastIndexOf(';', Math.Max(0, verb - 1), Math.Max(0, verb - sentence.Start));
        if (Called(context, Math.Max(sentence.Start, half + 1)) is { } called && called.Start < verb)
            return called;
        if (Unlisted(sentence, sentence.SkipSpace(clause)) is { } name && verb - name.End <= 6)
            return OfName(context, name);
        // 原订本月登场的 Avocado 或押后: what 的 leads up to.
        return sentence.All<Name>().LastOrDefault(other => other.End <= verb && other.Start > clause) is { } last && verb - last.End <= 4 && sentence.Slice(clause, last.Start).TrimEnd().EndsWith('的') && Unlisted(sentence, last.Start) is { } told ? OfName(context, told) : null;
    }

    /// <summary>What the words call a code name, from a position on: its next flagship, known internally as Avocado.</summary>
    public static Party? Called(SentenceContext context, int from) =>
        context.Sentence.Find(Callings, from, context.Sentence.End) is { } called && Unlisted(context.Sentence, context.Sentence.SkipSpace(called.End)) is { } coded ? OfName(context, coded) : null;

    /// <summary>An unknown name behind 将 or 把: 将 Behemoth 的发布推迟.</summary>
    public static Party? Moved(SentenceContext context, int clause, int verb) =>
        context.Sentence.Find(["将", "把"], clause, verb) is { } moved && Unlisted(context.Sentence, context.Sentence.SkipSpace(moved.End)) is { } name && name.End <= verb ? OfName(context, name) : null;

    /// <summary>What is told by its kind alone (对浸没式光刻机备件的出口限制, 美系 AI 芯片须先取得许可): the noun phrase around a good's name, or null.</summary>
    public static Party? Described(Sentence sentence, int clause, Span verb, int end)
    {
        foreach (var (from, to) in new[] { (verb.End, end), (clause, verb.Start) })
        {
            if (sentence.Find(Goods, from, to) is not { } good)
                continue;
            var last = good.End;
            while (sentence.Find(Goods, last, Math.Min(to, last + 3)) is { } more && more.Start == last)
                last = more.End;
            var opener = from;
            for (var at = sentence.Find(Openers, from, good.Start); at is { } found; at = sentence.Find(Openers, found.End, good.Start))
                opener = found.End;
            var start = sentence.SkipSpace(opener);
            while (start < last && !char.IsLetterOrDigit(sentence.Passage.Text[start]))
                start++;
            // 两款模型: how many says nothing of which.
            if (last - start is >= 3 and <= 24 && sentence.Passage.Text[start] is not ('两' or '三' or '多' or '各' or '一' or '此' or '该' or '这'))
                return new Party(start, last, Participant.Unknown(EntityKind.Product, sentence.Slice(start, last).Trim()));
        }

        return null;
    }

    /// <summary>What the text goes on about: the thing of its heading, else the first that a sentence before names.</summary>
    public static Party? Carried(SentenceContext context) => context.Topic.Thing is { } topic ? new Party(context.Sentence.Start, context.Sentence.Start, topic)
        : context.Earlier.Where(before => !Pronouns.Any(word => before.Sentence.Has(word, before.Sentence.Start, out _))).Select(before => In(before, before.Sentence.Start, before.Sentence.End).FirstOrDefault()).FirstOrDefault(thing => thing is not null);

    // It calls X, 底层是 X: what such a sentence names is not what the text is about.
    private static readonly string[] Pronouns = ["It", "They", "Its", "The engine", "Under the hood", "Underneath", "它", "其", "底层", "底座", "背后"];

    /// <summary>Whether thing and platform are of one house, as far as the vocabulary knows: 混元 on 元宝 is no news of a third party.</summary>
    public static bool IsOwn(SentenceContext context, Party thing, Party platform)
    {
        var maker = Maker(context, thing)?.Candidates[0];
        if (maker is null || platform.Who.Candidates.Count == 0)
            return false;
        var entry = context.Report.Vocabulary.Entry(platform.Who.Candidates[0]);
        return entry.Id == maker || entry.Maker == maker;
    }

    private static Name? Unlisted(Sentence sentence, int at) => sentence.All<Name>().FirstOrDefault(name => name.Start <= at && name.Start >= at - 1 && name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip && name.Text.Length > 2
        && !sentence.Annotations.Any(a => a is Mention { Kind: EntityKind.Company or EntityKind.Person or EntityKind.Organisation or EntityKind.Index } or DateValue or PeriodValue or MoneyValue && a.Start < name.End && name.Start < a.End));

    private static bool IsEnd(Sentence sentence, int at)
    {
        var next = sentence.SkipSpace(at);
        return next >= sentence.End || sentence.Passage.Text[next] is ',' or '.' or ';' or '(' or ')' or '。' || Tails.Any(word => sentence.Has(word, next, out _));
    }

    /// <summary>Who makes a thing, where the vocabulary knows it or its family.</summary>
    public static Participant? Maker(SentenceContext context, Party thing)
    {
        var vocabulary = context.Report.Vocabulary;
        var name = context.Sentence.All<Name>().FirstOrDefault(n => n.Start == thing.Start && n.End == thing.End);
        var maker = (thing.Who.Candidates.Count > 0 ? vocabulary.Entry(thing.Who.Candidates[0]).Maker : null) ?? (name?.Family is { } family ? vocabulary.Entry(family).Maker : null);
        return maker is null ? null : new Participant(EntityKind.Company, vocabulary.Entry(maker).Name, [maker]);
    }

    // 混元图像 3.0: a family's name goes on with what the model makes and its version.
    private static Party OfName(SentenceContext context, Name name)
    {
        var sentence = context.Sentence;
        var more = name.Quoted ? Match.Empty : Edition().Match(sentence.Passage.Text, name.End, sentence.End - name.End);
        return more.Success && more.Index == name.End
            ? new Party(name.Start, name.End + more.Length, Participant.Unknown(name.Kind ?? EntityKind.Model, sentence.Slice(name.Start, name.End + more.Length)))
            : new Party(name.Start, name.End, new Participant(name.Kind ?? context.Report.Kinds.Kind(name) ?? Kind(sentence, name), context.Report.Kinds.FullName(name), name.Candidates));
    }

    [GeneratedRegex("^(?:图像|视频|语音|音乐|翻译|代码|世界模型|数字人|文生图|文生视频)[ ]?[0-9]+(?:\\.[0-9]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Edition();

    private static bool IsThing(SentenceContext context, Name name)
    {
        var sentence = context.Sentence;
        if (name.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip)
            return true;
        if (name.Kind is not null || sentence.All<Mention>().Any(m => m.Kind is EntityKind.Company or EntityKind.Organisation or EntityKind.Person && m.Start == name.Start && m.End == name.End))
            return false;
        return name.Quoted || HasNoun(sentence, name) || context.Report.Kinds.Kind(name) is not null;
    }

    private static bool HasNoun(Sentence sentence, Name name) =>
        sentence.Contains(Nouns, Math.Max(sentence.Start, name.Start - 5), name.Start) || sentence.Contains(Nouns, name.End, Math.Min(sentence.End, name.End + 4));

    private static string Kind(Sentence sentence, Name name) =>
        sentence.Contains(["模型", "大模型", "model"], Math.Max(sentence.Start, name.Start - 7), Math.Min(sentence.End, name.End + 6)) ? EntityKind.Model : EntityKind.Product;
}
