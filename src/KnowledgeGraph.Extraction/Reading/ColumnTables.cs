namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Finds tables whose columns are parted by runs of spaces, as pdftotext lays them out. A cell belongs to the column that it overlaps most;
/// a header cell over several columns belongs to each.
/// </summary>
internal static class ColumnTables
{
    private const int MinRows = 3;

    /// <summary>Reads the table that starts at a line. Where none does, <paramref name="next"/> still says how far its rows were looked at.</summary>
    public static RawTable? Read(string text, IReadOnlyList<Line> lines, int index, out int next)
    {
        next = index;
        var rows = new List<List<Piece>>();
        while (next < lines.Count && Pieces(text, lines[next]) is { } pieces && (pieces.Count > 1 || (rows.Count > 0 && pieces[0].From > 8 && pieces[0].To - pieces[0].From < 30)))
        {
            rows.Add(pieces);
            next++;
        }

        if (rows.Count < MinRows || !IsTabular(text, rows))
        {
            return null;
        }

        return Arrange(text, rows);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Piece(int Start, int End, int From, int To);

    /// <summary>The cells of a line with the columns of the page that they cover; null where it is no row at all.</summary>
    private static List<Piece>? Pieces(string text, Line line)
    {
        if (line.Role != LineRole.Content || line.Hint != LineHint.None || line.Length == 0 || line.Length > 1000 || line.Span.Contains('\t') || LineShape.IsSource(line) || LineShape.IsNote(line)
            || LineShape.CaptionLabel(line.Span) > 0 || line.Span[0] is '|' or '#')
        {
            return null;
        }

        var pieces = new List<Piece>();
        var (column, gap, start, from, last) = (0, 0, -1, 0, 0);
        for (var i = line.RawStart; i < line.End; i++)
        {
            if (text[i] is ' ' or '　' or '\u00A0')
            {
                gap += text[i] == '　' ? 2 : 1;
                column += text[i] == '　' ? 2 : 1;
                continue;
            }

            if (start >= 0 && gap >= 2)
            {
                pieces.Add(new Piece(start, last + 1, from, column - gap));
                start = -1;
            }

            (start, from) = start < 0 ? (i, column) : (start, from);
            column += LineShape.IsWide(text[i]) ? 2 : 1;
            (last, gap) = (i, 0);
        }

        if (start >= 0)
        {
            pieces.Add(new Piece(start, last + 1, from, column));
        }

        return pieces;
    }

    /// <summary>Prose set in two columns has gaps too; a table has figures or short cells.</summary>
    private static bool IsTabular(string text, List<List<Piece>> rows)
    {
        var full = rows.Where(row => row.Count > 1).ToList();
        var withFigures = full.Count(row => row.Exists(cell => CellShape.IsFigure(text.AsSpan(cell.Start, cell.End - cell.Start))));
        var shortCells = full.Count(row => row.TrueForAll(cell => cell.To - cell.From <= 24));
        var common = full.GroupBy(row => row.Count).Max(group => group.Count());
        return full.Count >= MinRows && (common * 2 >= full.Count || IsAligned(full)) && (withFigures * 2 >= full.Count || (shortCells * 5 >= full.Count * 4 && full[0].Count > 2));
    }

    /// <summary>Rows of uneven length, their last or middle cells empty, stand in the columns of the longest ones cell by cell.</summary>
    private static bool IsAligned(List<List<Piece>> rows)
    {
        var width = rows.Max(row => row.Count);
        var model = rows.Where(row => row.Count == width).ToList();
        if (model.Count < 2 || width < 4)
        {
            return false;
        }

        var columns = Enumerable.Range(0, width).Select(c => (From: model.Min(row => row[c].From), To: model.Max(row => row[c].To))).ToList();
        return rows.Count(row => row.Select(cell => Covered(cell, columns)).ToList() is var covered && covered.TrueForAll(on => on.Count == 1) && covered.DistinctBy(on => on[0]).Count() == covered.Count) * 4 >= rows.Count * 3;
    }

    private static RawTable Arrange(string text, List<List<Piece>> rows)
    {
        var width = rows.Where(row => row.Count > 1).GroupBy(row => row.Count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
        var model = rows.Where(row => row.Count == width).ToList();
        var columns = Enumerable.Range(0, width).Select(c => (From: model.Min(row => row[c].From), To: model.Max(row => row[c].To))).ToList();
        return new RawTable(text, rows.ConvertAll(row => Place(row.Count < width ? Cut(text, row, columns) : row, columns))).Regularise();
    }

    /// <summary>W1,182,000 W860tn: where a wide cell leaves one space only, the next begins where its column does.</summary>
    private static List<Piece> Cut(string text, List<Piece> row, List<(int From, int To)> columns)
    {
        var pieces = new List<Piece>();
        foreach (var piece in row)
        {
            var rest = piece;
            var column = piece.From;
            for (var i = piece.Start; i < piece.End; i++)
            {
                if (text[i] == ' ' && columns.Exists(other => other.From == column + 1) && columns.Exists(other => other.From <= rest.From && rest.From < other.To && other.To <= column + 1))
                {
                    pieces.Add(rest with { End = i, To = column });
                    rest = rest with { Start = i + 1, From = column + 1 };
                }

                column += LineShape.IsWide(text[i]) ? 2 : 1;
            }

            pieces.Add(rest);
        }

        return pieces;
    }

    private static List<(int Start, int End)> Place(List<Piece> row, List<(int From, int To)> columns)
    {
        var placed = new (int Start, int End)?[columns.Count];
        var inOrder = row.Count == columns.Count;
        for (var i = 0; i < row.Count; i++)
        {
            var covered = inOrder ? [i] : Covered(row[i], columns);
            foreach (var column in covered)
            {
                placed[column] = placed[column] is { } before ? (before.Start, row[i].End) : (row[i].Start, row[i].End);
            }
        }

        var empty = row[0].Start;
        return [.. placed.Select(cell => cell ?? (empty, empty))];
    }

    private static List<int> Covered(Piece cell, List<(int From, int To)> columns)
    {
        var overlapped = Enumerable.Range(0, columns.Count).Where(c => cell.From < columns[c].To && columns[c].From < cell.To).ToList();
        if (overlapped.Count > 1)
        {
            // It covers a column only where its middle lies under the cell or the cell's middle over it.
            var middle = overlapped.Where(c => (columns[c].From + columns[c].To) / 2 is var center && center >= cell.From && center <= cell.To).ToList();
            overlapped = middle.Count > 0 ? middle : [overlapped.MinBy(c => Math.Abs(columns[c].From + columns[c].To - cell.From - cell.To))];
        }

        return overlapped.Count > 0 ? overlapped : [Enumerable.Range(0, columns.Count).MinBy(c => Math.Abs(columns[c].From + columns[c].To - cell.From - cell.To))];
    }
}
