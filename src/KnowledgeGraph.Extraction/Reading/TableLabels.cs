using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Finds the caption above a table and the source line and notes below it.</summary>
internal static class TableLabels
{
    public static Table Attach(string text, Table table, (int Start, int End)? titleRow, List<Unit> units, List<Block> blocks, int index)
    {
        var labelled = table with
        {
            Caption = table.Caption ?? (titleRow is { } title ? PassageBuilder.Build(text, [title], starEmphasis: true) : null) ?? Caption(text, units, blocks, index),
        };
        return WithFoot(text, labelled, units, blocks, index);
    }

    private static Passage? Caption(string text, List<Unit> units, List<Block> blocks, int index)
    {
        for (var i = index - 1; i >= 0 && i >= index - 4; i--)
        {
            switch (blocks[i].Kind)
            {
                case BlockKind.Caption:
                    var (start, end) = units[i].Stretches[0];
                    var label = LineShape.CaptionLabel(text.AsSpan(start, end - start));
                    return start + label < end ? PassageBuilder.Build(text, [(start + label, end), .. units[i].Stretches.Skip(1)], starEmphasis: true) : blocks[i].Passage;
                case BlockKind.Heading:
                    return blocks[i].Passage;
                case BlockKind.Decoy:
                    continue;
                case BlockKind.Paragraph when IsUnitLine(blocks[i].Passage.Text):
                    continue;
                case BlockKind.Paragraph or BlockKind.ListItem when Announces(blocks[i].Passage.Text):
                    return blocks[i].Passage;
                default:
                    return null;
            }
        }

        return null;
    }

    private static bool IsUnitLine(string text) => text.Length <= 40 && (text.StartsWith("单位", StringComparison.Ordinal) || text.StartsWith("Unit", StringComparison.OrdinalIgnoreCase) || text.StartsWith("(单位", StringComparison.Ordinal));

    private static bool Announces(string text) =>
        text.EndsWith(':') || text.Contains("下表", StringComparison.Ordinal) || text.Contains("如下", StringComparison.Ordinal)
            || text.Contains("table below", StringComparison.OrdinalIgnoreCase) || text.Contains("following table", StringComparison.OrdinalIgnoreCase)
            || (text.Length <= 60 && !LineShape.EndsSentence(text));

    private static Table WithFoot(string text, Table table, List<Unit> units, List<Block> blocks, int index)
    {
        for (var i = index - 1; i >= 0 && i >= index - 2; i--)
        {
            if (blocks[i].Kind == BlockKind.Paragraph && IsUnitLine(blocks[i].Passage.Text))
            {
                table = table with { Note = blocks[i].Passage };
            }
        }

        for (var i = index + 1; i < blocks.Count && i <= index + 3; i++)
        {
            if (blocks[i].Kind == BlockKind.SourceLine && table.Source is null)
            {
                table = table with { Source = blocks[i].Passage };
            }
            else if (blocks[i].Kind == BlockKind.Paragraph && (units[i].IsNote || (i == index + 1 && (IsEmphasised(text, units[i]) || IsFoot(text, blocks[i], units[i])))))
            {
                table = table with { Note = table.Note ?? blocks[i].Passage, Source = table.Source ?? SourceWithin(text, units[i]) };
            }
            else if (blocks[i].Kind != BlockKind.Decoy)
            {
                break;
            }
        }

        return table;
    }

    /// <summary>So is a short line that dates the table and names its source: 截至7月17日收市。資料來源：….</summary>
    private static bool IsFoot(string text, Block block, Unit unit) => block.Passage.Text.Length <= 80 && SourceWithin(text, unit) is not null;

    /// <summary>A remark in italics right under a table is its note.</summary>
    private static bool IsEmphasised(string text, Unit unit) =>
        unit.Stretches is [var only] && only.End - only.Start > 4 && text[only.Start] is '*' or '_' && text[only.Start + 1] is not ('*' or '_') && unit.Stretches.Count == 1 && text[only.End - 1] is '*' or '_';

    /// <summary>注：…。来源：… in one paragraph: the source from its label on.</summary>
    private static Passage? SourceWithin(string text, Unit unit)
    {
        foreach (var (start, end) in unit.Stretches)
        {
            var span = text.AsSpan(start, end - start);
            foreach (var label in (ReadOnlySpan<string>)["资料来源", "資料來源", "数据来源", "數據來源", "来源", "來源", "Source"])
            {
                var at = span.IndexOf(label, StringComparison.Ordinal);
                if (at >= 0 && at + label.Length < span.Length && span[at + label.Length] is ':' or '：' or '为')
                {
                    return PassageBuilder.Build(text, start + at, end);
                }
            }
        }

        return null;
    }
}
