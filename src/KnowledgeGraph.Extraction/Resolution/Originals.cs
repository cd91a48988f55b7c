using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>
/// Rules see names in folded script; an entity is called what the report calls it. Finds a folded name in the report again and gives its
/// spelling there; a report in which folding changed no ideograph costs nothing.
/// </summary>
public sealed class Originals
{
    private readonly string text;
    private readonly List<Passage> passages;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    public Originals(Document document)
    {
        text = document.Text;
        passages = [.. document.Blocks.SelectMany(Passages).Where(IsTraditional)];
    }

    /// <summary>The name as printed at its first place, or the name itself.</summary>
    public string Of(string name)
    {
        if (name.Length == 0 || passages.Count == 0)
            return name;
        if (!known.TryGetValue(name, out var printed))
            known[name] = printed = Find(name);
        return printed;
    }

    private string Find(string name)
    {
        foreach (var passage in passages)
        {
            var at = passage.Text.IndexOf(name, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var (start, end) = passage.Source(at, at + name.Length);
            var printed = text[start..end];
            // A name that a line break cuts in two is better read folded.
            return printed.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 ? printed : name;
        }

        return name;
    }

    private static IEnumerable<Passage> Passages(Block block) =>
        block.Table is { } table ? table.Rows.SelectMany(row => row).Select(cell => cell.Passage) : [block.Passage];

    private bool IsTraditional(Passage passage)
    {
        for (var i = 0; i < passage.Text.Length; i++)
        {
            if (passage.Text[i] is >= '\u4e00' and <= '\u9fff' && text[passage.Map[i]] != passage.Text[i])
                return true;
        }

        return false;
    }
}
