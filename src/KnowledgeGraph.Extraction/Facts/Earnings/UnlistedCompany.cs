using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>
/// A company that no vocabulary knows, by the shape of its name and where it stands: it opens a sentence of figures, ends as Chinese company
/// names do, and a period, a ticker or the metric follows at once (星河智能 2026 年一季度营收…).
/// </summary>
public static class UnlistedCompany
{
    private static readonly string[] Endings =
    [
        "科技", "智能", "股份", "电子", "集团", "半导体", "光电", "信息", "软件", "网络", "医药", "通信", "材料", "控股", "技术", "数据", "精密", "微", "生物", "能源", "汽车", "电气", "证券", "银行", "传媒", "文化", "游戏", "互娱", "云", "机器人", "精工", "装备", "实业", "国际", "工业", "电脑", "电机", "光学", "精机", "化学", "电线", "电缆", "医疗", "航天", "航空",
    ];

    private static readonly string[] Words = ["公司", "集团", "行业", "板块", "其中", "本集团", "该集团", "人工智能", "生成式", "国产", "国内", "海外", "全球", "我国", "中国", "整体", "游戏", "云"];

    /// <summary>The company that opens a sentence, else the one that it speaks of at a position.</summary>
    public static Participant? Or(SentenceContext context, int at) => Opening(context, at) ?? context.Company(at);

    /// <summary>The company that opens a sentence, or null.</summary>
    /// <param name="context">The sentence.</param>
    /// <param name="at">Start of the metric.</param>
    public static Participant? Opening(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var text = sentence.Passage.Text;
        var start = sentence.Start;
        while (start < at && !char.IsLetterOrDigit(text[start]))
            start++;
        var next = sentence.Annotations.Where(a => a.Start > start && a is PeriodValue or DateValue or Mention { Kind: "metric" }).Select(a => a.Start).Append(at).Min();
        var bracket = text.IndexOfAny(['(', '】', ':'], start, Math.Max(0, at - start));
        var end = bracket >= 0 ? Math.Min(bracket, next) : next;
        var name = end > start ? text[start..end].Trim() : "";
        var isName = name.Length is >= 3 and <= 8 && name.All(c => c is >= '\u4e00' and <= '\u9fff') && (IsCode(sentence, end) || Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length + 1))
            && !Words.Any(word => name.StartsWith(word, StringComparison.Ordinal)) && !sentence.All<Mention>().Any(m => m.Start < end && m.End > start);
        return isName ? Participant.Unknown(EntityKind.Company, name) : null;
    }

    // 瀚海电脑(3799), 砺石(688123.SH): what has a code of an exchange behind it is a company whatever it ends with.
    private static bool IsCode(Sentence sentence, int at)
    {
        var text = sentence.Passage.Text;
        var digits = at < sentence.End && text[at] == '(' ? text.AsSpan(at + 1, Math.Min(6, sentence.End - at - 1)).IndexOfAnyExceptInRange('0', '9') : 0;
        return digits >= 4 || (digits < 0 && sentence.End - at > 7);
    }
}
