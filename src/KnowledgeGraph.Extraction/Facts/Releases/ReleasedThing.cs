using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>What is released: its name, what it is, and the noun phrase that says so.</summary>
/// <param name="Name">The name in the sentence.</param>
/// <param name="Text">The full name of the thing: the name, with the nouns behind it where they belong to it (ChatGPT 个人理财工具).</param>
/// <param name="Kind">model, product or chip.</param>
/// <param name="Phrase">The words before and behind the name that describe it.</param>
/// <param name="End">Where the thing's phrase ends, offset into the passage.</param>
public sealed record ReleasedThing(Name Name, string Text, string Kind, string Phrase, int End)
{
    private static readonly string[] ModelNouns = ["基座大模型", "大语言模型", "语言模型", "大模型", "世界模型", "编码模型", "旗舰模型", "视频模型", "生成模型", "基础模型", "模型", "model", "LLM", "models", "checkpoint", "weights"];

    private static readonly string[] ProductNouns =
    [
        "智能体平台", "智能体", "平台", "工具", "插件", "功能", "应用", "助手", "服务", "套餐", "浏览器", "工作台", "操作系统", "系统", "眼镜", "手机", "机器人", "框架", "空间", "社区", "输入法", "技能", "产品", "方案", "引擎", "计划", "硬件", "模式", "搜索", "商店", "终端", "客户端",
        "agent", "platform", "tool", "plugin", "plug-in", "feature", "app", "assistant", "service", "browser", "workspace", "IDE", "glasses", "robot", "plan", "suite", "SDK", "stack",
    ];

    private static readonly string[] ChipNouns = ["芯片", "处理器", "加速器", "加速卡", "GPU", "CPU", "TPU", "NPU", "LPU", "ASIC", "超节点", "机柜", "chip", "processor", "accelerator", "SoC"];

    private static readonly string[] Joiners = ["、", "和", "及", "以及", "与", "，以及", ", and", "and", "& "];

    // A name behind one of these is what the thing is for or made of, not the thing.
    private static readonly string[] Oblique = ["基于", "适配", "支持", "接入", "集成", "面向", "搭载", "采用", "针对", "打通", "对标", "整合", "替代", "for", "with", "on", "in", "based on", "to", "by", "of", "from"];

    /// <summary>The things named behind a verb: the first name of its clause, and those joined to it.</summary>
    public static IEnumerable<ReleasedThing> After(SentenceContext context, Span verb)
    {
        var sentence = context.Sentence;
        var from = verb.End;
        var isFirst = true;
        while (Next(sentence, from, isFirst) is { } name)
        {
            var before = sentence.Slice(from, name.Start);
            if (Oblique.Any(word => EndsWithWord(before, word)))
                yield break;
            var thing = Describe(sentence, name, before);
            if (thing is not null)
                yield return thing;
            from = thing?.End ?? name.End;
            isFirst = false;
        }
    }

    /// <summary>The thing whose name stands before an intransitive verb (LongCat-Video-Avatar1.5 开源).</summary>
    public static ReleasedThing? Before(SentenceContext context, Name name, Span verb)
    {
        var sentence = context.Sentence;
        var clause = sentence.Passage.Text.LastIndexOfAny(['，', '。', '；', ',', ';', '：', ':'], Math.Max(0, name.Start - 1)) + 1;
        return Describe(sentence, name, sentence.Slice(Math.Max(clause, sentence.Start), name.Start));
    }

    /// <summary>The fact, or null where the sentence is of something else: another maker's model taken up, a name that is a company.</summary>
    public FactDraft? Draft(SentenceContext context, Span verb)
    {
        var sentence = context.Sentence;
        var subject = context.CompanyMention(Math.Min(verb.Start, Name.Start)) ?? context.CompanyMention(verb.Start);
        var maker = Name.Family is { } family ? context.Report.Vocabulary.Entry(family).Maker : null;
        if (subject is not null && maker is not null && !subject.Candidates.Contains(maker) && !sentence.Contains(["联合", "与"], sentence.Start, verb.Start))
            return null;
        var who = subject is not null ? Participant.Of(subject, sentence)
            : maker is not null ? new Participant(EntityKind.Company, context.Report.Vocabulary.Entry(maker).Name, [maker])
            : context.CarriedCompany();
        if (who is null)
            return null;
        var start = Math.Min(subject?.Start ?? verb.Start, Math.Min(verb.Start, Name.Start));
        var end = Math.Max(End, verb.End);
        var thing = new Participant(Kind, Text, Text == Name.Text ? Name.Candidates : []);
        return Kind switch
        {
            EntityKind.Model => context.Draft("ModelReleased", start, end, [("model", thing), ("developer", who)], ModelValues(sentence, start, end)),
            EntityKind.Chip => context.Draft("ChipAnnounced", start, end, [("chip", thing), ("maker", who)], [("stage", "announced")]),
            _ => context.Draft("ProductLaunched", start, end, [("product", thing), ("company", who)], [("category", Category(Phrase)), ("stage", Stages.OfProduct(sentence, start, end))]),
        };
    }

    private (string, JsonNode?)[] ModelValues(Sentence sentence, int start, int end)
    {
        var size = Parameters.After(sentence, end);
        return
        [
            ("stage", Stages.Of(sentence, start, end)), ("modalities", Modalities.In(Phrase)), ("parameters", size.Total), ("activeParameters", size.Active), ("license", Licenses.In(sentence)),
        ];
    }

    private static Name? Next(Sentence sentence, int from, bool isFirst)
    {
        var text = sentence.Passage.Text;
        var limit = from;
        if (!isFirst)
        {
            var at = sentence.SkipSpace(from);
            var joiner = Joiners.OrderByDescending(j => j.Length).FirstOrDefault(j => string.CompareOrdinal(text, at, j, 0, j.Length) == 0);
            if (joiner is null)
                return null;
            limit = at + joiner.Length;
        }

        var most = Math.Min(sentence.End, limit + (isFirst ? 36 : 20));
        var stop = text.IndexOfAny(['，', '。', '；', ';', '！', ',', '：', ':'], limit, most - limit);
        most = stop < 0 ? most : stop;
        return sentence.All<Name>().Where(name => name.Start >= limit && name.Start < most && name.Kind is not (EntityKind.Company or EntityKind.Person or EntityKind.Publisher))
            .OrderBy(name => name.Start).ThenByDescending(name => name.End).FirstOrDefault();
    }

    private static ReleasedThing? Describe(Sentence sentence, Name name, string before)
    {
        var text = sentence.Passage.Text;
        var stop = name.End;
        while (stop < sentence.End && stop < name.End + 16 && (char.GetUnicodeCategory(text[stop]) == System.Globalization.UnicodeCategory.OtherLetter || text[stop] == ' '))
            stop++;
        var behind = text[name.End..stop].Trim();
        foreach (var joiner in new[] { "和", "及", "以及", "与", "并", "，" })
        {
            var cut = behind.IndexOf(joiner, StringComparison.Ordinal);
            if (cut >= 0)
                behind = behind[..cut];
        }

        var modelNoun = ModelNouns.FirstOrDefault(noun => behind.Contains(noun, StringComparison.OrdinalIgnoreCase));
        var productNoun = modelNoun is null ? ProductNouns.FirstOrDefault(noun => behind.EndsWith(noun, StringComparison.OrdinalIgnoreCase)) : null;
        var head = modelNoun is not null ? EntityKind.Model : productNoun is not null ? EntityKind.Product : Kinds(before);
        var kind = productNoun is not null ? EntityKind.Product : name.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip ? name.Kind : head;
        if (kind is null)
            return null;
        var full = productNoun is not null && kind == EntityKind.Product ? text[name.Start..(name.End + text[name.End..].IndexOf(productNoun, StringComparison.Ordinal) + productNoun.Length)] : name.Text;
        var end = productNoun is not null ? name.Start + full.Length : name.End;
        return new ReleasedThing(name, full.Trim(), kind, before + " " + behind, end);
    }

    // The noun nearest to the name decides: 全模态大模型 X, 设计智能体 X, 第八代 TPU.
    private static string? Kinds(string before)
    {
        var best = (-1, (string?)null);
        foreach (var (nouns, kind) in new[] { (ModelNouns, EntityKind.Model), (ProductNouns, EntityKind.Product), (ChipNouns, EntityKind.Chip) })
        {
            foreach (var noun in nouns)
            {
                var at = before.LastIndexOf(noun, StringComparison.OrdinalIgnoreCase);
                if (at >= 0 && at + noun.Length > best.Item1)
                    best = (at + noun.Length, kind);
            }
        }

        return best.Item2;
    }

    private static string? Category(string phrase) =>
        phrase.Contains("智能体", StringComparison.Ordinal) || phrase.Contains("agent", StringComparison.OrdinalIgnoreCase) ? "agent"
        : phrase.Contains("平台", StringComparison.Ordinal) || phrase.Contains("platform", StringComparison.OrdinalIgnoreCase) ? "platform"
        : phrase.Contains("套餐", StringComparison.Ordinal) || phrase.Contains("计划", StringComparison.Ordinal) ? "plan"
        : phrase.Contains("功能", StringComparison.Ordinal) || phrase.Contains("工具", StringComparison.Ordinal) || phrase.Contains("插件", StringComparison.Ordinal) || phrase.Contains("feature", StringComparison.OrdinalIgnoreCase) ? "feature"
        : phrase.Contains("服务", StringComparison.Ordinal) || phrase.Contains("service", StringComparison.OrdinalIgnoreCase) ? "service"
        : phrase.Contains("眼镜", StringComparison.Ordinal) || phrase.Contains("手机", StringComparison.Ordinal) || phrase.Contains("机器人", StringComparison.Ordinal) ? "device"
        : phrase.Contains("应用", StringComparison.Ordinal) || phrase.Contains("助手", StringComparison.Ordinal) || phrase.Contains("app", StringComparison.OrdinalIgnoreCase) || phrase.Contains("浏览器", StringComparison.Ordinal) ? "app"
        : phrase.Contains("框架", StringComparison.Ordinal) || phrase.Contains("技术", StringComparison.Ordinal) ? "technology"
        : null;

    private static bool EndsWithWord(string text, string word)
    {
        var trimmed = text.TrimEnd();
        return trimmed.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (!char.IsAsciiLetter(word[0]) || trimmed.Length == word.Length || !char.IsAsciiLetter(trimmed[^(word.Length + 1)]));
    }
}
