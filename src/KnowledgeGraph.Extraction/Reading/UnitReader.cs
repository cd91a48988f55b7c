namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Cuts lines into units: each heading, paragraph, list item, table, caption, source line and decoy is one.</summary>
internal sealed class UnitReader
{
    private readonly TextTables _tables;
    private readonly IReadOnlyList<Line> _lines;
    private readonly HashSet<string> _contents;
    private readonly LineWrap _wrap;
    private readonly List<Unit> _units = [];

    private UnitReader(string text, IReadOnlyList<Line> lines, bool markdown)
    {
        _lines = lines;
        _tables = new TextTables(text, lines);
        _contents = DecoyLines.Mark(lines);
        _wrap = new LineWrap(lines, markdown);
    }

    public static List<Unit> Read(string text, IReadOnlyList<Line> lines, bool markdown) => new UnitReader(text, lines, markdown).Read();

    private List<Unit> Read()
    {
        var blank = 0;
        for (var i = 0; i < _lines.Count;)
        {
            if (_lines[i].IsBlank)
            {
                blank++;
                i++;
                continue;
            }

            var (unit, next) = ReadOne(i);
            unit.BlankLinesBefore = blank;
            unit.LastLine = next - 1;
            blank = 0;
            _units.Add(unit);
            i = next;
        }

        return _units;
    }

    private (Unit Unit, int Next) ReadOne(int i)
    {
        var line = _lines[i];
        if (line.Role != LineRole.Content)
        {
            return ReadDecoy(i);
        }

        if (line.Hint == LineHint.Table && line.Table is { } ready)
        {
            return (new Unit { Kind = BlockKind.Table, Start = line.Start, End = line.End, Ready = ready, IsWhole = true, FirstLine = i }, i + 1);
        }

        if (_tables.Read(i, out var afterTable) is { } raw)
        {
            return (new Unit { Kind = BlockKind.Table, Start = raw.Start, End = raw.End, Raw = raw, FirstLine = i }, afterTable);
        }

        if (IsRuler(line))
        {
            return (Simple(BlockKind.Decoy, i, 0), i + 1);
        }

        return ReadProse(i);
    }

    private (Unit Unit, int Next) ReadProse(int i)
    {
        var line = _lines[i];
        if (line.Hint == LineHint.Caption || (line.Hint != LineHint.ListItem && LineShape.CaptionLabel(line.Span) > 0))
        {
            return Labelled(BlockKind.Caption, i);
        }

        if (LineShape.IsSource(line))
        {
            return Labelled(BlockKind.SourceLine, i);
        }

        if (LineShape.IsNote(line))
        {
            var note = Labelled(BlockKind.Paragraph, i);
            note.Unit.IsNote = true;
            return note;
        }

        if (HeadingLevel(i, out var marker) is var level and > 0)
        {
            return (Simple(BlockKind.Heading, i, marker, level), i + 1);
        }

        return line.Hint is LineHint.Paragraph or LineHint.ListItem or LineHint.Heading ? Hinted(i) : HeadingOverTwoLines(i) ?? Flowing(i);
    }

    private static bool IsRuler(Line line) => line.Length >= 3 && !line.Span.ContainsAnyExcept("-*_=~—–─━ \t");

    private (Unit Unit, int Next) ReadDecoy(int i)
    {
        var unit = Simple(BlockKind.Decoy, i, 0);
        var role = _lines[i].Role;
        var next = i + 1;
        while (next < _lines.Count && _lines[next].Role == role && role is LineRole.Contents or LineRole.Related && next - i < 200)
        {
            unit.Stretches.Add((_lines[next].Start, _lines[next].End));
            unit.End = _lines[next++].End;
        }

        return (unit, next);
    }

    private Unit Simple(BlockKind kind, int i, int marker, int level = 0)
    {
        var line = _lines[i];
        var quote = QuoteLength(line);
        var unit = new Unit { Kind = kind, Start = line.Start, End = line.End, Level = level, FirstLine = i, IsWhole = line.Hint != LineHint.None, IsFurniture = line.Role == LineRole.Furniture, Marker = LineShape.MarkerOf(line.Span).Sort };
        unit.Stretches.Add((line.Start + Math.Max(marker, quote), HeadingEnd(line, kind)));
        return unit;
    }

    /// <summary>A Markdown heading may close with hashes too.</summary>
    private static int HeadingEnd(Line line, BlockKind kind)
    {
        var length = kind == BlockKind.Heading && line.Span[0] == '#' ? line.Span.TrimEnd("# ").Length : line.Length;
        return line.Start + (length == 0 ? line.Length : length);
    }

    private static int QuoteLength(Line line) => line.Span[0] == '>' && line.Hint == LineHint.None ? LineShape.Skip(line.Span, 0, "> \t") : 0;

    private (Unit Unit, int Next) Labelled(BlockKind kind, int i)
    {
        var unit = Simple(kind, i, 0);
        var next = i + 1;
        while (next < _lines.Count && CanFollow(next) && _lines[next - 1].Hint == LineHint.None && _wrap.Continues(_lines[next - 1], _lines[next], isList: false) && next - i < 6
            && (kind != BlockKind.Caption || _wrap.IsWrapped))
        {
            Extend(unit, next++);
        }

        return (unit, next);
    }

    private (Unit Unit, int Next) Hinted(int i)
    {
        var line = _lines[i];
        var kind = line.Hint == LineHint.ListItem ? BlockKind.ListItem : line.Hint == LineHint.Heading ? BlockKind.Heading : BlockKind.Paragraph;
        var marker = LineShape.MarkerOf(line.Span);
        var numbered = kind == BlockKind.Paragraph && marker.Sort is MarkerSort.Number or MarkerSort.Bullet;
        return (Simple(numbered ? BlockKind.ListItem : kind, i, marker.Sort is MarkerSort.Hash ? 0 : marker.Length, numbered ? 1 : line.Level), i + 1);
    }

    private (Unit Unit, int Next) Flowing(int i)
    {
        var line = _lines[i];
        var marker = LineShape.MarkerOf(line.Span);
        var isItem = marker.Sort is MarkerSort.Bullet or MarkerSort.Number or MarkerSort.Ideographic;
        var unit = new Unit { Kind = isItem ? BlockKind.ListItem : BlockKind.Paragraph, Start = line.Start, End = line.End, FirstLine = i, Marker = isItem ? marker.Sort : MarkerSort.None, Indent = line.Indent };
        unit.Stretches.Add((line.Start + (isItem ? marker.Length : QuoteLength(line)), line.End));
        var next = i + 1;
        while (next < _lines.Count && CanFollow(next) && _wrap.Continues(_lines[next - 1], _lines[next], isItem))
        {
            Extend(unit, next++);
        }

        return (unit, next);
    }

    private void Extend(Unit unit, int i)
    {
        var line = _lines[i];
        unit.Stretches.Add((line.Start + QuoteLength(line), line.End));
        unit.End = line.End;
    }

    /// <summary>Whether a line may be the continuation of the one above: it opens nothing of its own.</summary>
    private bool CanFollow(int i)
    {
        var line = _lines[i];
        return line.Role == LineRole.Content && line.Hint == LineHint.None && !IsRuler(line) && !OpensItem(line) && _tables.Read(i, out _) is null;
    }

    public static bool OpensItem(Line line)
    {
        var marker = LineShape.MarkerOf(line.Span);
        return (marker.Found && marker.Sort != MarkerSort.Section) || line.Span[0] is '【' || LineShape.IsSource(line) || LineShape.IsNote(line) || LineShape.CaptionLabel(line.Span) > 0
            || line.Key.StartsWith("图:", StringComparison.Ordinal);
    }

    /// <summary>Depth of the heading that a line is, or 0; and the length of the number before its words.</summary>
    private int HeadingLevel(int i, out int markerLength)
    {
        var line = _lines[i];
        var marker = LineShape.MarkerOf(line.Span);
        markerLength = marker.Length;
        if (line.Hint == LineHint.Heading)
        {
            markerLength = marker.Sort is MarkerSort.Hash or MarkerSort.None ? 0 : marker.Length;
            return Math.Max(1, line.Level);
        }

        if (line.Hint != LineHint.None)
        {
            markerLength = 0;
            return line.Hint == LineHint.Paragraph && IsBoldLine(line) ? 4 : 0;
        }

        if (marker.Sort == MarkerSort.Hash)
        {
            return HashLevel(line, marker, ref markerLength);
        }

        if (_contents.Contains(DecoyLines.HeadingKey(line.Span)))
        {
            markerLength = marker.Sort == MarkerSort.Bullet ? 0 : marker.Length;
            return marker.Depth is > 0 and < 4 ? marker.Depth : 2;
        }

        return new HeadingShape(_lines, _wrap, i).Level(marker, out markerLength);
    }

    /// <summary>
    /// Hashes that a converter guessed are less to be trusted than the heading's own number: 一、 is above 4.1, and a bare subject (英伟达：)
    /// below both.
    /// </summary>
    private static int HashLevel(Line line, Marker hashes, ref int markerLength)
    {
        var body = line.Span[hashes.Length..];
        var number = LineShape.MarkerOf(body);
        if (number.Sort is MarkerSort.Ideographic or MarkerSort.Section && number.Depth > 0)
        {
            markerLength += number.Length;
            return number.Sort == MarkerSort.Section && number.Depth == 1 ? hashes.Depth : number.Depth + 1;
        }

        return !body.IsEmpty && body[^1] is ':' or '：' && body.Length <= 16 ? Math.Max(hashes.Depth, 4) : hashes.Depth;
    }

    /// <summary>A heading of the contents list that takes two lines here.</summary>
    private (Unit Unit, int Next)? HeadingOverTwoLines(int i)
    {
        var next = i + 1;
        while (next < _lines.Count && next < i + 3 && _lines[next].IsBlank)
        {
            next++;
        }

        if (_contents.Count == 0 || _lines[i].Length > 100 || next >= _lines.Count || _lines[next].Role != LineRole.Content || _lines[next].Length > 100
            || !_contents.Contains(DecoyLines.HeadingKey(string.Concat(_lines[i].Span, _lines[next].Span))))
        {
            return null;
        }

        var unit = Simple(BlockKind.Heading, i, LineShape.MarkerOf(_lines[i].Span).Length, 2);
        Extend(unit, next);
        return (unit, next + 1);
    }

    private static bool IsBoldLine(Line line) => line.Length <= 80 && line.Span.StartsWith("**") && line.Span.EndsWith("**") && line.Length > 4 && !line.Span[2..^2].Contains("**", StringComparison.Ordinal);
}
