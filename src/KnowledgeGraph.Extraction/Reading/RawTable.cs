using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>A table as it was printed: rows of stretches of the text, of uneven length, before header rows and spans are worked out.</summary>
internal sealed class RawTable(string text, List<List<(int Start, int End)>> rows)
{
    private static readonly string[] SummaryWords = ["平均", "均值", "合计", "总计", "中位数", "行业", "小计", "average", "mean", "median", "total", "sum"];

    public List<List<(int Start, int End)>> Rows { get; private set; } = rows;

    /// <summary>Number of header rows where the format states it (HTML, Markdown), else -1 until worked out.</summary>
    public int HeaderRows { get; set; } = -1;

    /// <summary>Spans are already resolved: nothing is to be filled.</summary>
    public bool IsGrid { get; init; }

    /// <summary>A title that stood as a row of its own above the header.</summary>
    public (int Start, int End)? TitleRow { get; private set; }

    public int Start => Rows.Count == 0 ? 0 : Rows.Min(row => row.Min(cell => cell.Start));

    public int End => Rows.Count == 0 ? 0 : Rows.Max(row => row.Max(cell => cell.End));

    public int Columns { get; private set; }

    /// <summary>Mends broken rows, makes all rows equally long, finds the header rows.</summary>
    public RawTable Regularise()
    {
        if (!IsGrid)
        {
            Columns = LikelyColumns();
            Mend();
        }

        Columns = IsGrid ? Rows.Max(row => row.Count) : Columns;
        TakeTitleRow();
        if (HeaderRows < 0)
        {
            HeaderRows = CountHeaderRows();
        }

        for (var r = 0; r < Rows.Count; r++)
        {
            Rows[r] = r < HeaderRows ? AlignHeader(r) : Fit(Rows[r]);
        }

        return this;
    }

    public Table ToTable()
    {
        var filled = IsGrid ? Rows : Fill();
        var cells = new Dictionary<(int, int), Cell>();
        var grid = new List<IReadOnlyList<Cell>>(filled.Count);
        foreach (var row in filled)
        {
            var made = new Cell[Columns];
            for (var c = 0; c < Columns; c++)
            {
                var place = c < row.Count ? row[c] : (row[^1].End, row[^1].End);
                if (!cells.TryGetValue(place, out var cell))
                {
                    cells[place] = cell = new Cell(PassageBuilder.Build(text, [place], starEmphasis: true), place.Item1, place.Item2);
                }

                made[c] = cell;
            }

            grid.Add(made);
        }

        return new Table { Rows = grid, HeaderRows = Math.Min(HeaderRows, grid.Count) };
    }

    /// <summary>Takes in the rows of a piece that a page break cut off; a repeated header is dropped. False where it is another table.</summary>
    public bool TryContinue(RawTable next, bool acrossPages)
    {
        if (next.Columns != Columns || IsGrid != next.IsGrid)
        {
            return false;
        }

        var repeats = HeaderRows > 0 && next.Rows.Count > HeaderRows && Enumerable.Range(0, HeaderRows).All(r => SameRow(Rows[r], next.Rows[r]));
        if (!repeats && !(acrossPages && next.HeaderRows == 0))
        {
            return false;
        }

        Rows.AddRange(next.Rows.Skip(repeats ? HeaderRows : 0));
        return true;
    }

    private bool SameRow(List<(int Start, int End)> one, List<(int Start, int End)> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => Line.MakeKey(Span(pair.First)) == Line.MakeKey(Span(pair.Second)));

    private ReadOnlySpan<char> Span((int Start, int End) cell) => text.AsSpan(cell.Start, cell.End - cell.Start);

    private static bool IsEmpty((int Start, int End) cell) => cell.Start == cell.End;

    private int LikelyColumns()
    {
        var counts = Rows.GroupBy(row => row.Count).Select(group => (Count: group.Key, Rows: group.Count())).ToList();
        var common = counts.Where(count => count.Rows >= 2 || Rows.Count <= 3).OrderByDescending(count => count.Rows).ThenByDescending(count => count.Count).ToList();
        var best = common.Count == 0 ? counts.Max(count => count.Count) : common[0].Count;

        // Rows whose last cells are empty are shorter; a longer row that occurs often enough shows the true width.
        foreach (var (count, rows) in counts)
        {
            best = count > best && rows * 4 >= Rows.Count ? count : best;
        }

        return best;
    }

    /// <summary>A row broken by a stray line end: pieces that together have exactly the table's width are one row.</summary>
    private void Mend()
    {
        var mended = new List<List<(int Start, int End)>>(Rows.Count);
        for (var r = 0; r < Rows.Count; r++)
        {
            var total = Rows[r].Count;
            var last = r;
            while (total < Columns && last + 1 < Rows.Count && last - r < 3 && Rows[last + 1].Count < Columns)
            {
                total += Rows[++last].Count - 1;
            }

            if (last == r || total != Columns || IsLegitimate(r, last))
            {
                mended.Add(Rows[r]);
                continue;
            }

            var row = new List<(int Start, int End)>(Rows[r]);
            for (var piece = r + 1; piece <= last; piece++)
            {
                var first = Rows[piece][0];
                row[^1] = IsEmpty(row[^1]) ? first : IsEmpty(first) ? row[^1] : (row[^1].Start, first.End);
                row.AddRange(Rows[piece].Skip(1));
            }

            mended.Add(row);
            r = last;
        }

        Rows = mended;
    }

    /// <summary>Two short header rows one above the other may add up to the width by chance: they hold no figures.</summary>
    private bool IsLegitimate(int first, int last) =>
        Enumerable.Range(first, last - first + 1).All(r => !Rows[r].Any(cell => CellShape.IsFigure(Span(cell)))) && first < 2;

    private void TakeTitleRow()
    {
        if (Rows.Count > 2 && Columns >= 3 && HeaderRows != 0 && Rows[0].Where(cell => !IsEmpty(cell)).Distinct().Count() == 1 && Rows[1].Count(cell => !IsEmpty(cell)) >= Columns - 1
            && Rows[1].TrueForAll(cell => !CellShape.IsFigure(Span(cell))))
        {
            TitleRow = Rows[0].First(cell => !IsEmpty(cell));
            Rows.RemoveAt(0);
            HeaderRows -= HeaderRows > 0 ? 1 : 0;
        }
    }

    private int CountHeaderRows()
    {
        var count = 0;
        while (count < Math.Min(3, Rows.Count - 1) && IsHeaderRow(count))
        {
            count++;
        }

        return count;
    }

    private bool IsHeaderRow(int r)
    {
        var row = Rows[r];
        if (row.Exists(cell => CellShape.IsFigure(Span(cell)) && !CellShape.IsPeriod(Span(cell))))
        {
            return false;
        }

        if (r == 0)
        {
            // Prose in every cell is a row of a list without header.
            return row.Exists(cell => !IsEmpty(cell)) && row.TrueForAll(cell => cell.End - cell.Start <= 60);
        }

        var short_ = row.TrueForAll(cell => cell.End - cell.Start <= 24);
        var labels = row.Count(cell => !IsEmpty(cell) && (CellShape.IsPeriod(Span(cell)) || CellShape.IsUnit(Span(cell))));
        var continues = IsEmpty(row[0]) || row.Count < Columns || SameText(row[0], Rows[r - 1][0]);
        if (short_ && Groups(r))
        {
            return true;
        }

        return short_ && labels > 0 && (continues || labels * 2 > row.Count(cell => !IsEmpty(cell)));
    }

    /// <summary>The row above leaves columns empty that this one names, over rows of figures: it holds the titles of groups of columns.</summary>
    private bool Groups(int r)
    {
        var (above, row) = (Rows[r - 1], Rows[r]);
        var named = Enumerable.Range(1, Math.Max(0, Math.Min(above.Count, row.Count) - 1)).Count(c => IsEmpty(above[c]) && !IsEmpty(row[c]) && above.Take(c).Skip(1).Any(cell => !IsEmpty(cell)));
        return named > 0 && r + 1 < Rows.Count && Rows[r + 1].Exists(cell => CellShape.IsFigure(Span(cell))) && (IsEmpty(row[0]) || above.Count(cell => !IsEmpty(cell)) < row.Count(cell => !IsEmpty(cell)));
    }

    private bool SameText((int Start, int End) one, (int Start, int End) other) => Span(one).SequenceEqual(Span(other));

    /// <summary>Brings a header row to full width: what is missing is missing at the front, and a title over several columns is spread.</summary>
    private List<(int Start, int End)> AlignHeader(int r)
    {
        var row = Rows[r];
        if (row.Count >= Columns || IsGrid)
        {
            return Fit(row);
        }

        var below = r + 1 < HeaderRows ? Rows[r + 1].Count(cell => !IsEmpty(cell)) : 0;
        if (r > 0 && !IsEmpty(row[0]))
        {
            return [.. Enumerable.Repeat((row[0].Start, row[0].Start), Columns - row.Count), .. row];
        }

        var single = Columns - below;
        var grouped = row.Count - single;
        if (r == 0 && below > 0 && row.TrueForAll(cell => !IsEmpty(cell)) && grouped > 0 && below % grouped == 0 && single >= 0)
        {
            return [.. row.Take(single), .. row.Skip(single).SelectMany(cell => Enumerable.Repeat(cell, below / grouped))];
        }

        var onlyFirstMissing = r == 0 && below == 0 && row.Count == Columns - 1 && !IsEmpty(row[0]) && Rows.Skip(HeaderRows).All(data => data.Count == Columns);
        return onlyFirstMissing ? [(row[0].Start, row[0].Start), .. row] : Fit(row);
    }

    private List<(int Start, int End)> Fit(List<(int Start, int End)> row)
    {
        if (row.Count > Columns)
        {
            var last = row.Skip(Columns - 1).Where(cell => !IsEmpty(cell)).DefaultIfEmpty(row[Columns - 1]).ToList();
            return [.. row.Take(Columns - 1), (last[0].Start, last[^1].End)];
        }

        var end = row.Count == 0 ? 0 : row[^1].End;
        return [.. row, .. Enumerable.Repeat((end, end), Columns - row.Count)];
    }

    private List<List<(int Start, int End)>> Fill()
    {
        var filled = Rows.ConvertAll(row => new List<(int Start, int End)>(row));
        for (var r = 0; r + 1 < HeaderRows; r++)
        {
            if (Spread(filled[r], filled[r + 1]) is { } spread)
            {
                filled[r] = spread;
                continue;
            }

            for (var c = 1; c < Columns; c++)
            {
                var covers = Enumerable.Range(r + 1, HeaderRows - r - 1).Any(below => !IsEmpty(filled[below][c]));
                filled[r][c] = IsEmpty(filled[r][c]) && covers ? filled[r][c - 1] : filled[r][c];
            }
        }

        for (var r = HeaderRows + 1; r < filled.Count; r++)
        {
            for (var c = 0; c + 1 < Columns && IsEmpty(filled[r][c]) && IsSpanned(filled, r, c); c++)
            {
                filled[r][c] = filled[r - 1][c];
            }
        }

        return filled;
    }

    /// <summary>2026E over Old | New and 2027E over Old | New: titles set over the middle of their groups, told by what repeats below them; null where nothing does.</summary>
    private List<(int Start, int End)>? Spread(List<(int Start, int End)> above, List<(int Start, int End)> below)
    {
        var titles = Enumerable.Range(1, above.Count - 1).Where(c => !IsEmpty(above[c])).Select(c => above[c]).Distinct().ToList();
        var labels = Enumerable.Range(1, below.Count - 1).Where(c => !IsEmpty(below[c])).ToList();
        if (titles.Count < 2 || !IsEmpty(above[0]) || labels.Count == titles.Count || labels.Count % titles.Count != 0)
        {
            return null;
        }

        var group = labels.Count / titles.Count;
        if (!Enumerable.Range(group, labels.Count - group).All(i => SameText(below[labels[i]], below[labels[i - group]])))
        {
            return null;
        }

        var spread = new List<(int Start, int End)>(above);
        for (var i = 0; i < labels.Count; i++)
        {
            spread[labels[i]] = titles[i / group];
        }

        return spread;
    }

    /// <summary>An empty cell at the row's start stands for the cell above, unless it is the blank beside a total or where a code is missing.</summary>
    private bool IsSpanned(List<List<(int Start, int End)>> rows, int r, int c)
    {
        var next = rows[r].Skip(c + 1).FirstOrDefault(cell => !IsEmpty(cell));
        var above = rows[r - 1][c];
        return !IsEmpty(next) && !IsEmpty(above) && !CellShape.IsFigure(Span(above)) && !CellShape.IsTicker(Span(above))
            && Array.TrueForAll(SummaryWords, word => !Line.MakeKey(Span(next)).Contains(word, StringComparison.Ordinal));
    }
}
