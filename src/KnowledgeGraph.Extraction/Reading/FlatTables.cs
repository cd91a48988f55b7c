using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Tables whose layout a PDF lost: the cells of a row parted by single spaces (会计年度 2024A 2025A / 营业收入 6,842 9,915), or each cell on a
/// line of its own. Only the regular sort is taken for one: a header without figures, and rows under it that agree on where figures stand.
/// </summary>
internal static partial class FlatTables
{
    private const int MinRows = 2;

    private const int MostColumns = 14;

    /// <summary>Reads the table whose header starts at a line; null where none does.</summary>
    public static RawTable? Read(string text, IReadOnlyList<Line> lines, int index, out int next)
    {
        next = index;
        return IsPlain(lines[index]) ? Spaced(text, lines, index, out next) ?? Stacked(text, lines, index, out next) : null;
    }

    private static RawTable? Spaced(string text, IReadOnlyList<Line> lines, int index, out int next)
    {
        next = index;
        if (lines[index].Length > 160 || Header(text, lines[index]) is not { } header)
        {
            return null;
        }

        var rows = new List<List<(int Start, int End)>>();
        var last = index;
        for (var i = index + 1; i < lines.Count; i++)
        {
            // A page break between two rows leaves its feet and heads there.
            if (lines[i].Role is LineRole.Furniture)
            {
                continue;
            }

            if (!IsPlain(lines[i]) || lines[i].Length > 200)
            {
                break;
            }

            var row = Row(text, Words(text, lines[i]), header.Count);
            if (row is null && Rest(text, lines, i) is { } rest && (row = Row(text, [.. Words(text, lines[i]), .. rest], header.Count)) is not null)
            {
                i++;
            }

            if (row is null)
            {
                break;
            }

            rows.Add(row);
            last = i;
        }

        if (rows.Count < MinRows)
        {
            return null;
        }

        next = last + 1;
        return new RawTable(text, [header, .. rows]) { HeaderRows = 1 }.Regularise();
    }

    /// <summary>The cells of a header: words, where a period or a bracket belongs to the words before it unless each stands alone (2024A 2025A).</summary>
    private static List<(int Start, int End)>? Header(string text, Line line)
    {
        var words = Words(text, line);
        if (words.Count is < 3 or > 2 * MostColumns || LineShape.EndsSentence(line.Span) || words.Exists(word => Span(text, word) is var span && CellShape.IsFigure(span) && !CellShape.IsPeriod(span)))
        {
            return null;
        }

        var cells = new List<(int Start, int End)>();
        foreach (var word in words)
        {
            var span = Span(text, word);
            var joins = cells.Count > 0 && (span[0] is '(' or '（' || (CellShape.IsPeriod(span) && !CellShape.IsPeriod(Span(text, cells[^1])) && (cells.Count > 1 || !FollowsPeriods(text, words)) && IsLatinWord(Span(text, cells[^1]))));
            if (joins)
            {
                cells[^1] = (cells[^1].Start, word.End);
            }
            else
            {
                cells.Add(word);
            }
        }

        return cells.Count is >= 3 and <= MostColumns ? cells : null;
    }

    // 会计年度 2024A 2025A: a label with the years that follow it.
    private static bool FollowsPeriods(string text, List<(int Start, int End)> words) => words.Skip(1).All(word => CellShape.IsPeriod(Span(text, word)));

    // EPS 2026E, PE 2027E
    private static bool IsLatinWord(ReadOnlySpan<char> cell) => char.IsAsciiLetter(cell[0]) || !cell.ContainsAnyInRange('0', '9');

    // The line below, where it is nothing but the figures that a row broken in two has left.
    private static List<(int Start, int End)>? Rest(string text, IReadOnlyList<Line> lines, int index) =>
        index + 1 < lines.Count && IsPlain(lines[index + 1]) && lines[index + 1].Length <= 120 && Words(text, lines[index + 1]) is { Count: > 0 } words && words.TrueForAll(word => IsValue(Span(text, word))) ? words : null;

    /// <summary>A row under a header of so many columns: labels, then at least two figures, dashes or words in place of one; null where it does not fit.</summary>
    private static List<(int Start, int End)>? Row(string text, List<(int Start, int End)> words, int columns)
    {
        if (words.Count < columns || words.Count > columns + 6 || CellShape.IsFigure(Span(text, words[0])) && !CellShape.IsTicker(Span(text, words[0])))
        {
            return null;
        }

        // More words than columns: the name has spaces in it.
        var labels = words.Count - columns + 1;
        var tail = words.GetRange(labels, columns - 1);
        var figures = tail.Count(word => IsValue(Span(text, word)));
        if (figures < 2 || figures * 2 < tail.Count || !IsValue(Span(text, words[^1])) || (labels > 1 && words.Take(labels).Any(word => IsValue(Span(text, word)))))
        {
            return null;
        }

        return [(words[0].Start, words[labels - 1].End), .. tail];
    }

    private static bool IsValue(ReadOnlySpan<char> cell) => CellShape.IsFigure(cell) || cell is "-" or "--" or "—" or "–" or "NA" or "N/A" or "NM" or "n.a.";

    private static List<(int Start, int End)> Words(string text, Line line)
    {
        var words = new List<(int Start, int End)>();
        var (start, open) = (-1, 0);
        for (var i = line.Start; i <= line.End; i++)
        {
            // 会计年度（12 月 31 日止）: what brackets hold together is one word.
            open = i < line.End && text[i] is '(' or '（' ? i + 1 : i < line.End && text[i] is ')' or '）' || i - open > 24 ? 0 : open;
            var isSpace = i == line.End || (open == 0 && text[i] is ' ' or '　' or '\u00A0');
            if (!isSpace && start < 0)
            {
                start = i;
            }
            else if (isSpace && start >= 0)
            {
                words.Add((start, i));
                start = -1;
            }
        }

        return words;
    }

    /// <summary>A cell a line: as many short lines without a figure as there are columns, then rows of as many lines that all have figures in the same places.</summary>
    private static RawTable? Stacked(string text, IReadOnlyList<Line> lines, int index, out int next)
    {
        next = index;
        if (!IsHeaderCell(lines[index]))
        {
            return null;
        }

        for (var columns = 3; columns <= 9; columns++)
        {
            if (!IsHeaderCell(lines, index + columns - 1))
            {
                return null;
            }

            var rows = new List<List<(int Start, int End)>>();
            for (var at = index + columns; rows.Count == 0 || IsLike(text, lines, at, rows[0]); at += columns)
            {
                if (Group(text, lines, at, columns) is not { } row)
                {
                    break;
                }

                rows.Add(row);
            }

            if (rows.Count >= MinRows && Enumerable.Range(index, columns).Any(i => ColumnWord().IsMatch(lines[i].Span)))
            {
                next = index + (columns * (rows.Count + 1));
                return new RawTable(text, [[.. Enumerable.Range(index, columns).Select(i => (lines[i].Start, lines[i].End))], .. rows]) { HeaderRows = 1 }.Regularise();
            }
        }

        return null;
    }

    private static List<(int Start, int End)>? Group(string text, IReadOnlyList<Line> lines, int at, int columns)
    {
        if (at + columns > lines.Count || !Enumerable.Range(at, columns).All(i => IsPlain(lines[i]) && lines[i].Length <= 24))
        {
            return null;
        }

        List<(int Start, int End)> row = [.. Enumerable.Range(at, columns).Select(i => (lines[i].Start, lines[i].End))];
        var isRow = (!IsValue(Span(text, row[0])) || CellShape.IsTicker(Span(text, row[0]))) && IsValue(Span(text, row[^1]));
        return isRow ? row : null;
    }

    private static bool IsLike(string text, IReadOnlyList<Line> lines, int at, List<(int Start, int End)> row) =>
        at + row.Count <= lines.Count && Enumerable.Range(0, row.Count).All(c => IsValue(lines[at + c].Span) == IsValue(Span(text, row[c])));

    private static bool IsHeaderCell(IReadOnlyList<Line> lines, int index) => index < lines.Count && IsHeaderCell(lines[index]);

    private static bool IsHeaderCell(Line line) => IsPlain(line) && line.Length <= 16 && !CellShape.IsFigure(line.Span) && !LineShape.EndsSentence(line.Span);

    private static bool IsPlain(Line line) =>
        line.Role == LineRole.Content && line.Hint == LineHint.None && line.Length > 0 && !line.Span.Contains('\t') && line.Span[0] is not ('|' or '#')
            && !LineShape.IsSource(line) && !LineShape.IsNote(line) && LineShape.CaptionLabel(line.Span) == 0;

    private static ReadOnlySpan<char> Span(string text, (int Start, int End) cell) => text.AsSpan(cell.Start, cell.End - cell.Start);

    [GeneratedRegex(@"代码|代號|简称|簡稱|名称|名稱|公司|股份|标的|指数|指數|价|價|幅|[%％]|评级|評級|評等|EPS|PE|市值|营收|收入|利润|型号|品种|Ticker|Company|Name|Price|Close|Rating|Target", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ColumnWord();
}
