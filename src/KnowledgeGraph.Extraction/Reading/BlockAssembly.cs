using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>From lines to the blocks of a document: joins what pages and line ends tore apart, hangs captions on tables, links parents.</summary>
internal static class BlockAssembly
{
    /// <param name="markdown">The text is Markdown: single asterisks are emphasis, lines without a blank between are one paragraph.</param>
    public static IReadOnlyList<Block> Assemble(string text, IReadOnlyList<Line> lines, bool markdown)
    {
        var units = UnitReader.Read(text, lines, markdown);
        units = Joining.Join(text, units);
        Outline.RankHeadings(units);
        Outline.SetLevels(units);
        return MakeBlocks(text, units, markdown);
    }

    private static List<Block> MakeBlocks(string text, List<Unit> units, bool markdown)
    {
        var blocks = new List<Block>(units.Count);
        var outline = new Outline();
        for (var i = 0; i < units.Count; i++)
        {
            var unit = units[i];
            var (heading, parent) = outline.Place(unit, i);
            blocks.Add(new Block
            {
                Kind = unit.Kind,
                Start = unit.Start,
                End = unit.End,
                Level = unit.Kind is BlockKind.Heading or BlockKind.ListItem ? unit.Level : 0,
                Heading = heading,
                Parent = parent,
                Passage = unit.Kind == BlockKind.Table ? Passage.Empty : PassageBuilder.Build(text, unit.Stretches, markdown),
                Table = unit.Ready ?? unit.Raw?.ToTable(),
            });
        }

        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Table is { } table)
            {
                blocks[i] = blocks[i] with { Table = TableLabels.Attach(text, table, units[i].Raw?.TitleRow, units, blocks, i) };
            }
        }

        return blocks;
    }
}
