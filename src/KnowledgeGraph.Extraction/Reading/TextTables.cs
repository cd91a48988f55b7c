namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Finds tables in lines of text: cells between tabs, the pipe tables of Markdown, columns of spaces, and what a PDF left of a table.</summary>
internal sealed class TextTables(string text, IReadOnlyList<Line> lines)
{
    /// <summary>Up to this line rows of columns were looked at and found to be no table; looking again from each would take quadratic time.</summary>
    private int _noColumnsBefore;

    /// <summary>Reads the table that starts at a line; null where none starts. <paramref name="next"/> is the first line after it.</summary>
    public RawTable? Read(int index, out int next)
    {
        next = index;
        if (!IsPlain(lines[index]))
        {
            return null;
        }

        return lines[index].Span[0] == '|' || IsBarePipes(index) ? ReadPipes(text, lines, index, out next) : ReadTabs(text, lines, index, out next) ?? ReadColumns(index, out next) ?? FlatTables.Read(text, lines, index, out next);
    }

    /// <summary>公司 | 评级 over :-- | :--: Markdown's table needs no bar at its edges.</summary>
    private bool IsBarePipes(int index) =>
        lines[index].Span.Contains('|') && index + 1 < lines.Count && IsPlain(lines[index + 1]) && lines[index + 1].Span.Contains('|') && lines[index + 1].Span[0] is ':' or '-' && IsRule(lines[index + 1].Span);

    private RawTable? ReadColumns(int index, out int next)
    {
        next = index;
        if (index < _noColumnsBefore)
        {
            return null;
        }

        var table = ColumnTables.Read(text, lines, index, out var after);
        if (table is null)
        {
            _noColumnsBefore = after;
        }
        else
        {
            next = after;
        }

        return table;
    }

    private static bool IsPlain(Line line) => line.Role == LineRole.Content && line.Hint == LineHint.None && line.Length > 0;

    private static RawTable? ReadTabs(string text, IReadOnlyList<Line> lines, int index, out int next)
    {
        var rows = new List<List<(int Start, int End)>>();
        next = index;
        while (next < lines.Count)
        {
            if (IsTabRow(text, lines[next]) || (rows.Count > 0 && IsInside(text, lines, next)))
            {
                rows.Add(SplitTabs(text, lines[next]));
                next++;
            }
            else if (rows.Count > 1 && lines[next].IsBlank && next + 1 < lines.Count && IsTabRow(text, lines[next + 1]) && SplitTabs(text, lines[next + 1]).Count == rows[^1].Count)
            {
                next++;
            }
            else
            {
                break;
            }
        }

        if (rows.Count < 2)
        {
            next = index;
            return null;
        }

        return new RawTable(text, rows).Regularise();
    }

    /// <summary>A line without a tab between two rows: a piece of a broken row, or a title within the table.</summary>
    private static bool IsInside(string text, IReadOnlyList<Line> lines, int index) =>
        IsPlain(lines[index]) && lines[index].Length <= 30 && !LineShape.EndsSentence(lines[index].Span) && !IsLabelled(lines[index])
            && index + 1 < lines.Count && IsTabRow(text, lines[index + 1]);

    private static bool IsTabRow(string text, Line line)
    {
        if (!IsPlain(line) || line.End - line.RawStart > 4000 || IsLabelled(line))
        {
            return false;
        }

        var raw = text.AsSpan(line.RawStart, line.End - line.RawStart);
        var marker = LineShape.MarkerOf(line.Span);
        return marker.Found && marker.Sort != MarkerSort.Section ? line.Span[marker.Length..].Contains('\t') : raw.Contains('\t');
    }

    private static bool IsLabelled(Line line) => LineShape.IsSource(line) || LineShape.IsNote(line) || LineShape.CaptionLabel(line.Span) > 0;

    private static List<(int Start, int End)> SplitTabs(string text, Line line)
    {
        var cells = new List<(int Start, int End)>();
        var start = line.RawStart;
        for (var i = start; i <= line.End; i++)
        {
            if (i == line.End || text[i] == '\t')
            {
                cells.Add(Line.Trim(text, start, i));
                start = i + 1;
            }
        }

        return cells;
    }

    private static RawTable? ReadPipes(string text, IReadOnlyList<Line> lines, int index, out int next)
    {
        var rows = new List<List<(int Start, int End)>>();
        var headerRows = -1;
        var isBare = lines[index].Span[0] != '|';
        for (next = index; next < lines.Count && IsPlain(lines[next]) && (isBare ? lines[next].Span.Contains('|') : lines[next].Span[0] == '|'); next++)
        {
            if (IsRule(lines[next].Span))
            {
                headerRows = headerRows < 0 ? rows.Count : headerRows;
            }
            else
            {
                rows.Add(SplitPipes(text, lines[next]));
            }
        }

        if (rows.Count == 0 || (headerRows < 0 && rows.Count < 2))
        {
            next = index;
            return null;
        }

        return new RawTable(text, rows) { HeaderRows = headerRows }.Regularise();
    }

    private static bool IsRule(ReadOnlySpan<char> span) => span.Contains('-') && !span.ContainsAnyExcept("|-: \t");

    private static List<(int Start, int End)> SplitPipes(string text, Line line)
    {
        var cells = new List<(int Start, int End)>();
        var end = text[line.End - 1] == '|' && line.Length > 1 ? line.End - 1 : line.End;
        var start = text[line.Start] == '|' ? line.Start + 1 : line.Start;
        for (var i = start; i <= end; i++)
        {
            if (i == end || (text[i] == '|' && i > 0 && text[i - 1] != '\\'))
            {
                cells.Add(Line.Trim(text, start, i));
                start = i + 1;
            }
        }

        return cells.Count == 0 ? [(line.End, line.End)] : cells;
    }
}
