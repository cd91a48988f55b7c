using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading;

public enum BlockKind
{
    Heading,
    Paragraph,
    ListItem,
    Table,

    /// <summary>Title of a figure or table that stands outside any table (图表 3：…).</summary>
    Caption,

    /// <summary>The source line under a figure or table (资料来源：…).</summary>
    SourceLine,

    /// <summary>Looks like content and is none: contents list, related reports, disclaimer, rating definitions, addresses, page feet.</summary>
    Decoy,
}

/// <summary>A parsed report: its text, and the blocks of that text in reading order.</summary>
public sealed record Document
{
    /// <summary>For txt and md the file's own text unchanged (without a byte-order mark); for other formats the visible text.</summary>
    public required string Text { get; init; }

    public required string MediaType { get; init; }

    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>The title that the file declares outside its text (an HTML title element, a document property), or null.</summary>
    public string? DeclaredTitle { get; init; }

    /// <summary>Offset in <see cref="Text"/> at which each page starts; empty where the format has no pages.</summary>
    public IReadOnlyList<int> PageStarts { get; init; } = [];
}

/// <summary>One block. Offsets are UTF-16 code units into <see cref="Document.Text"/>, end exclusive.</summary>
public sealed record Block
{
    public required BlockKind Kind { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    /// <summary>Depth of a heading or list item, from 1; 0 for other kinds.</summary>
    public int Level { get; init; }

    /// <summary>Index of the heading under which the block stands, or -1.</summary>
    public int Heading { get; init; } = -1;

    /// <summary>Index of the parent list item, or -1.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>What rules read; for a table empty, its cells have their own.</summary>
    public Passage Passage { get; init; } = Passage.Empty;

    public Table? Table { get; init; }
}

/// <summary>
/// A table as a full grid: a cell that spans rows or columns is repeated in each place that it covers. Pieces of one table that a page
/// break or a repeated header row split are one table again.
/// </summary>
public sealed record Table
{
    /// <summary>Rows of equal length, header rows first.</summary>
    public required IReadOnlyList<IReadOnlyList<Cell>> Rows { get; init; }

    /// <summary>How many of the first rows are header.</summary>
    public required int HeaderRows { get; init; }

    public int Columns => Rows.Count == 0 ? 0 : Rows[0].Count;

    /// <summary>Rows here were printed as columns: a row's cells do not stand together in the text.</summary>
    public bool IsTurned { get; init; }

    /// <summary>The caption above or the sentence that announces the table, without its number (图表 1：); null where there is none.</summary>
    public Passage? Caption { get; init; }

    /// <summary>The source line below, whole (资料来源：Wind，…); null where there is none.</summary>
    public Passage? Source { get; init; }

    /// <summary>Notes below the table (注：收盘价截至…).</summary>
    public Passage? Note { get; init; }

    /// <summary>
    /// The tables that stand side by side in one: its header says the same columns again (代码, 名称, 周涨跌幅 of the risers, then of the fallers).
    /// What stands over all columns of one of them is no part of their headers. Itself where it is one.
    /// </summary>
    public IEnumerable<Table> SideBySide()
    {
        if (Rules().ToList() is { Count: > 0 } rules)
            return Enumerable.Range(0, rules.Count + 1).Select(part => (From: part == 0 ? 0 : rules[part - 1] + 1, To: part == rules.Count ? Columns : rules[part])).Where(part => part.To - part.From > 1).Select(part => Part(part.From, part.To - part.From));
        var names = HeaderRows == 0 ? [] : Rows[HeaderRows - 1].Select(cell => cell.Passage.Text).ToList();
        for (var width = 2; width <= names.Count / 2; width++)
        {
            if (names.Count % width == 0 && names[0].Length > 0 && names.Take(width).Distinct().Count() == width && Enumerable.Range(width, names.Count - width).All(i => names[i] == names[i - width]))
                return Enumerable.Range(0, names.Count / width).Select(part => Part(part * width, width));
        }

        return [this];
    }

    // Columns of nothing but a rule (‖) or of nothing at all part the tables to their left and right.
    private IEnumerable<int> Rules() =>
        Enumerable.Range(1, Math.Max(0, Columns - 2)).Where(column => HeaderRows > 0 && Rows.All(row => row[column].Passage.Text is "" or "‖" or "│" or "||" or "¦"));

    /// <summary>The columns from one on, as a table of their own.</summary>
    public Table Part(int from, int width)
    {
        var rows = Rows.Select(row => (IReadOnlyList<Cell>)[.. row.Skip(from).Take(width)]).ToList();
        if (HeaderRows == 0)
            return this with { Rows = rows };
        List<IReadOnlyList<Cell>> header = [.. rows.Take(HeaderRows - 1).Where(row => row.Any(cell => cell.Passage.Text != row[0].Passage.Text)), rows[HeaderRows - 1]];
        return this with { Rows = [.. header, .. rows.Skip(HeaderRows)], HeaderRows = header.Count };
    }

    /// <summary>All header texts over a column, top to bottom, repeats dropped, joined by a space: <c>市盈率 PE (x) 26E</c>.</summary>
    public string Header(int column) => string.Join(' ', Rows.Take(HeaderRows).Select(row => row[column].Passage.Text).Where(text => text.Length > 0).Distinct());
}

/// <summary>One cell; an empty cell has an empty passage, and Start = End at the place where its text would stand.</summary>
public sealed record Cell(Passage Passage, int Start, int End);

/// <summary>What reading a file came to.</summary>
public abstract record ReadResult
{
    public sealed record Read(Document Document) : ReadResult;

    /// <summary>Nothing to read, and why, in one sentence for the caller.</summary>
    public sealed record Unreadable(UnreadableReason Reason, string Message) : ReadResult;
}

public enum UnreadableReason
{
    Empty,
    TooLarge,

    /// <summary>A kind of file that this project does not read.</summary>
    UnsupportedFormat,

    /// <summary>A kind that it reads, but this one is damaged: bytes of no known encoding, a broken archive, an encrypted PDF.</summary>
    Damaged,
}
