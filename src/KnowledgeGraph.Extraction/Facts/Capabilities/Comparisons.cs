using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>With what a figure is compared: 较 2.0 版本提升 20%, 是 X 和 Y 的 4 倍, 2x faster than X.</summary>
public static class Comparisons
{
    private static readonly string[] Before = ["较之", "相较于", "相较", "相比于", "相比", "对比", "较", "比", "compared with", "compared to", "versus", "vs", "vs."];

    private static readonly string[] Being = ["仅相当于", "相当于", "仅为", "只有", "达到", "不到", "不足", "仅", "是", "为", "达"];

    private static readonly string[] Ends = ["提升", "提高", "降低", "减少", "下降", "缩短", "快", "高出", "高", "低", "降", "增加", "增", "节省", "的", "还", "要", "便宜", "强", "大幅", "约", "近", "超"];

    private static readonly string[] Than = ["faster than", "more than", "cheaper than", "lower than", "higher than", "better than", "than", "versus", "vs.", "vs", "compared with", "compared to", "over", "that of"];

    /// <summary>The words of comparison and where they start; null where the sentence compares with nothing near the value.</summary>
    public static (string Text, int Start)? Of(Sentence sentence, Annotation value) => Equated(sentence, value) ?? Preceding(sentence, value) ?? Following(sentence, value);

    // 是 … 的 4 倍
    private static (string, int)? Equated(Sentence sentence, Annotation value)
    {
        var clause = Clauses.Start(sentence, value.Start);
        var text = sentence.Slice(clause, value.Start).TrimEnd();
        if (!text.EndsWith('的'))
            return null;
        var word = Being.Select(being => (Word: being, At: text.LastIndexOf(being, StringComparison.Ordinal))).Where(found => found.At >= 0 && found.At + found.Word.Length < text.Length - 1).OrderByDescending(found => found.At + found.Word.Length).FirstOrDefault();
        return word.Word is null || text[(word.At + word.Word.Length)..^1].Trim().Length == 0 ? null : (text[(word.At + word.Word.Length)..^1].Trim(), clause + word.At);
    }

    // 较 … 提升 20%
    private static (string, int)? Preceding(Sentence sentence, Annotation value)
    {
        var from = Clauses.Start(sentence, value.Start);
        if (sentence.Find(Before, from, value.Start) is not { } found)
        {
            // 对比上代, 显存降 60%: one clause further back.
            from = from > sentence.Start + 1 ? Clauses.Start(sentence, from - 2) : from;
            if (sentence.Find(["相较于", "相较", "相比", "对比", "Compared with", "Compared to", "Versus"], from, value.Start) is not { } earlier || Clauses.End(sentence, earlier.End) > value.Start)
                return null;
            return (sentence.Slice(earlier.End, Clauses.End(sentence, earlier.End)).Trim(), value.Start);
        }

        var stop = sentence.Find(Ends, found.End, value.Start)?.Start ?? value.Start;
        var text = sentence.Slice(found.End, stop).Trim();
        return text.Length is 0 or > 40 ? null : (text, found.Start);
    }

    private static (string, int)? Following(Sentence sentence, Annotation value)
    {
        var end = Clauses.End(sentence, value.End);
        if (sentence.Find(Than, value.End, Math.Min(end, value.End + 24)) is not { } found)
            return null;
        var stop = sentence.Find(["and", "while", "on", "at", "in", "with", "for"], found.End, end)?.Start ?? end;
        var text = sentence.Slice(found.End, stop).Trim(' ', '.');
        return text.Length is 0 or > 40 ? null : (text, value.Start);
    }
}
