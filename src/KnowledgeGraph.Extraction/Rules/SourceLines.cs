using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Whom the source line under a table or a chart names.</summary>
public static class SourceLines
{
    private static readonly string[] Remarks = ["截至", "截止", "收盘", "as of", "estimates", "预测", "预估", "整理"];

    // So many blocks below a paragraph its charts end.
    private const int Reach = 6;

    /// <summary>The sources, the house's own name left out, and what a source line adds of dates and definitions.</summary>
    public static IReadOnlyList<string> Names(string line, ReportContext report)
    {
        var text = line[(line.IndexOfAny([':', '为']) + 1)..];
        var house = report.Metadata.Publisher is { } publisher ? Folding.Fold(publisher) : null;
        return [.. text.Split([';', '。'])[0].Split(['、', ',', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.TrimEnd('.').Trim())
            .Where(name => name.Length is > 0 and <= 40 && name.Any(char.IsLetter) && (house is null || !name.Contains(house, StringComparison.OrdinalIgnoreCase)) && !name.Contains("研究所", StringComparison.Ordinal) && !IsRemark(name, report))];
    }

    /// <summary>The sources of the chart right below a sentence's paragraph, where its title names an index or sector of which the sentence speaks.</summary>
    public static IReadOnlyList<string> UnderChart(Sentence sentence, ReportContext report)
    {
        var blocks = report.Document.Blocks;
        var drawn = sentence.All<Mention>().Where(m => m.Kind is EntityKind.Index or EntityKind.Sector).Select(m => sentence.Slice(m)).ToList();
        for (var at = IndexOf(blocks, sentence.Block) + 1; drawn.Count > 0 && at > 0 && at + 1 < blocks.Count && at <= IndexOf(blocks, sentence.Block) + Reach && blocks[at].Kind is BlockKind.Caption or BlockKind.SourceLine; at++)
        {
            if (blocks[at].Kind is BlockKind.Caption && blocks[at + 1].Kind is BlockKind.SourceLine && drawn.Exists(name => blocks[at].Passage.Text.Contains(name, StringComparison.OrdinalIgnoreCase)))
                return Names(blocks[at + 1].Passage.Text, report);
        }

        return [];
    }

    private static int IndexOf(IReadOnlyList<Block> blocks, Block block)
    {
        var (low, high) = (0, blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (blocks[middle].Start < block.Start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // 截至6月12日, 收盘价为8月11日, 注 …: says when or how, not who.
    private static bool IsRemark(string text, ReportContext report) =>
        text[0] is '注' || Remarks.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) || ValueParser.Parse(Passage.Plain(text), report.Values).OfType<DateValue>().Any();
}
