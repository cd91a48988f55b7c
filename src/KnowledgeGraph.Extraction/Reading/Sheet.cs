using System.Text;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// The text under construction of a format that has no text of its own (HTML, Word): pieces are appended, runs of white space become one
/// space, and each finished line keeps what the format said of it.
/// </summary>
internal sealed class Sheet
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End, LineHint Hint, int Level, RawGrid? Grid, bool StartsPage)> _lines = [];
    private int _lineStart;
    private bool _space;

    public int Length => _text.Length;

    public bool LineIsEmpty => _text.Length == _lineStart;

    /// <summary>The next finished line starts a page.</summary>
    public bool PageBreak { get; set; }

    public void Append(ReadOnlySpan<char> piece)
    {
        foreach (var character in piece)
        {
            if (char.IsWhiteSpace(character) || character == '\u00A0')
            {
                _space = true;
            }
            else if (character >= ' ' && character != '\u007F')
            {
                if (_space && !LineIsEmpty && _text[^1] != '\t')
                {
                    _text.Append(' ');
                }

                _space = false;
                _text.Append(character);
            }
        }
    }

    public void Tab()
    {
        _text.Append('\t');
        _space = false;
    }

    /// <summary>Closes the line, if it has any words, under a hint.</summary>
    public void EndLine(LineHint hint, int level = 0)
    {
        _space = false;
        if (LineIsEmpty)
        {
            return;
        }

        Close(_lineStart, hint, level, grid: null);
    }

    /// <summary>An empty line, so that the line above and the line below are not taken for one paragraph.</summary>
    public void Gap()
    {
        EndLine(LineHint.None);
        if (_lines.Count > 0)
        {
            _lines.Add((_text.Length, _text.Length, LineHint.None, 0, null, false));
            _text.Append('\n');
            _lineStart = _text.Length;
        }
    }

    /// <summary>Lays out a table: each cell's words once, where the cell begins.</summary>
    public void AddTable(RawGrid grid)
    {
        EndLine(LineHint.None);
        var start = _text.Length;
        grid.Write(_text);
        if (_text.Length == start)
        {
            return;
        }

        Close(start, LineHint.Table, level: 0, grid);
    }

    private void Close(int start, LineHint hint, int level, RawGrid? grid)
    {
        _lines.Add((start, _text.Length, hint, level, grid, PageBreak));
        PageBreak = false;
        _text.Append('\n');
        _lineStart = _text.Length;
    }

    public (string Text, List<Line> Lines) Finish()
    {
        EndLine(LineHint.Paragraph);
        var text = _text.ToString();
        var lines = _lines.ConvertAll(line =>
        {
            var (start, end) = line.Grid is null ? Line.Trim(text, line.Start, line.End) : (line.Start, line.End);
            return new Line(text, line.Start, start, end)
            {
                Hint = line.Hint,
                Level = line.Level,
                Table = line.Grid?.ToTable(text),
                StartsPage = line.StartsPage,
                Role = start == end ? LineRole.Blank : LineRole.Content,
            };
        });
        return (text, lines);
    }
}

/// <summary>A table whose spans the format states, before its words have a place in the text.</summary>
internal sealed class RawGrid
{
    /// <summary>Wider tables are cut: no report has them, and a forged span must not cost memory.</summary>
    private const int MaxColumns = 100;

    private readonly List<List<int>> _rows = [];
    private readonly List<string> _cells = [];
    private readonly List<(int Start, int End)> _places = [];
    private readonly Dictionary<int, (int Cell, int Rows)> _reaching = [];

    public int HeaderRows { get; set; } = -1;

    public string? Caption { get; init; }

    public int Rows => _rows.Count;

    public void AddRow(IEnumerable<(string Text, int ColumnSpan, int RowSpan)> cells)
    {
        var row = new List<int>();
        foreach (var (text, columns, rows) in cells)
        {
            FillReaching(row);
            _cells.Add(text);
            for (var i = 0; i < Math.Clamp(columns, 1, MaxColumns) && row.Count < MaxColumns; i++)
            {
                if (rows > 1)
                {
                    _reaching[row.Count] = (_cells.Count - 1, rows);
                }

                row.Add(_cells.Count - 1);
            }
        }

        FillReaching(row);
        _rows.Add(row);
        foreach (var (column, (cell, left)) in _reaching.ToList())
        {
            _reaching[column] = (cell, left - 1);
            if (left <= 1)
            {
                _reaching.Remove(column);
            }
        }
    }

    private void FillReaching(List<int> row)
    {
        while (row.Count < MaxColumns && _reaching.TryGetValue(row.Count, out var above) && (row.Count == 0 || above.Cell != _cells.Count - 1))
        {
            row.Add(above.Cell);
        }
    }

    public void Write(System.Text.StringBuilder text)
    {
        var written = -1;
        for (var r = 0; r < _rows.Count; r++)
        {
            var first = true;
            foreach (var cell in _rows[r].Where(cell => cell > written).Distinct().ToList())
            {
                text.Append(first ? (r == 0 ? "" : "\n") : "\t");
                first = false;
                var start = text.Length;
                text.Append(_cells[cell]);
                _places.Add((start, text.Length));
                written = cell;
            }
        }
    }

    public Table ToTable(string text)
    {
        var raw = new RawTable(text, _rows.ConvertAll(row => row.ConvertAll(cell => cell < _places.Count ? _places[cell] : (0, 0)))) { HeaderRows = HeaderRows, IsGrid = true }.Regularise();
        var table = raw.ToTable();
        return raw.TitleRow is { } title ? table with { Caption = KnowledgeGraph.Extraction.Text.PassageBuilder.Build(text, title.Start, title.End) } : table;
    }
}
