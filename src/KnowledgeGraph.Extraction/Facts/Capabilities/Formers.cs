using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Figures that were: of 由 128K 拉长至 1M, from 80GB to 144GB the first is the predecessor's and says only what the second is of.</summary>
public static class Formers
{
    private static readonly string[] Became =
    [
        "拉长至", "拉长到", "扩展至", "扩展到", "扩充至", "扩充到", "扩大至", "扩大到", "扩至", "扩到", "提升至", "提升到", "提高至", "提高到", "增至", "增加到", "增加至", "升至", "升到", "翻倍至", "翻倍到", "拉到", "延长至", "延长到", "加大到", "降至", "降到", "缩短至", "缩短到", "压缩至", "压缩到", "增长到", "一举提升至", "直接拉到", "大幅提升至", "跃升至", "翻到", "翻至", "翻倍到", "压到", "压至", "降为", "缩到", "缩至", "减到", "减至", "砍到", "提到", "抬到", "加到", "加至", "变为", "变成", "到", "至", "became", "to", "up to", "→",
    ];

    private static readonly string[] Units = ["tokens", "token", "个token", "个 token", "Token", "Tokens", "大幅", "直接", "一举", "进一步"];

    /// <summary>Whether a later figure takes a value's place.</summary>
    public static bool IsFormer(Sentence sentence, Annotation value) =>
        Opens(sentence, value) && Figures(sentence).FirstOrDefault(other => other.Start >= value.End) is { } next && IsBetween(sentence, value, next);

    /// <summary>The figure whose place a value takes, or null.</summary>
    public static Annotation? Before(Sentence sentence, Annotation value) =>
        Figures(sentence).LastOrDefault(other => other.End <= value.Start) is { } former && Opens(sentence, former) && IsBetween(sentence, former, value) ? former : null;

    private static bool IsBetween(Sentence sentence, Annotation former, Annotation next)
    {
        var between = sentence.Slice(former.End, next.Start).Trim();
        foreach (var unit in Units)
            between = between.Replace(unit, "", StringComparison.Ordinal).Trim();
        return Became.Contains(between, StringComparer.Ordinal);
    }

    // 由 and 从 stand before the former figure, with whose it was between (由前代的 128K).
    private static bool Opens(Sentence sentence, Annotation value) =>
        sentence.Contains(["由", "从", "from"], Math.Max(Clauses.Start(sentence, value.Start), value.Start - 24), value.Start)
        || sentence.Slice(Math.Max(sentence.Start, value.Start - 2), value.Start).Trim() is "由" or "从";

    private static IEnumerable<Annotation> Figures(Sentence sentence) => sentence.Annotations.Where(a => a is QuantityValue or NumberValue or PercentValue or MoneyValue);
}
