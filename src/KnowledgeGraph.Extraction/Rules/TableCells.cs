using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Parts columns whose cells hold two figures into two columns: a slash that the header has too, an old figure in brackets or before an arrow.</summary>
internal static partial class TableCells
{
    /// <summary>Where the parts of a cell stand in its text; null for a cell that has no such parts.</summary>
    private delegate (int Start, int End)[]? Cut(string cell);

    public static Table Split(Table table, ReportContext report)
    {
        for (var column = table.Columns - 1; column > 0 && table.HeaderRows > 0; column--)
            table = SplitColumn(table, column, report);
        return table;
    }

    private static Table SplitColumn(Table table, int column, ReportContext report)
    {
        var cells = table.Rows.Skip(table.HeaderRows).Select(row => row[column].Passage.Text).Where(text => text.Any(char.IsAsciiLetterOrDigit) || text.Length > 1).ToList();
        var header = table.Rows[table.HeaderRows - 1][column].Passage.Text;
        bool Fits(Cut cut) => cells.Count > 0 && cells.Count(cell => cut(cell) is not null) * 2 > cells.Count;
        bool IsFigure(string text) => ValueParser.ParseCell(text, report.Values) is not null;
        if (Slashed(header, report) is { } names && Fits(cell => BySlash(cell, names.Length, report)))
            return Part(table, column, names, cell => BySlash(cell, names.Length, report));
        Cut byBracket = cell => Bracketed().Match(cell) is { Success: true } both && IsFigure(both.Groups["one"].Value) && (IsFigure(both.Groups["two"].Value) || Same.Contains(both.Groups["two"].Value, StringComparer.OrdinalIgnoreCase)) ? [Of(both.Groups["one"]), Of(both.Groups["two"])] : null;
        if (cells.Exists(cell => byBracket(cell) is not null) && Fits(byBracket))
            return Part(table, column, Bracket(header, cells.Exists(cell => byBracket(cell) is [_, var two] && cell[two.Start..two.End].Contains('%', StringComparison.Ordinal)), report), byBracket);
        var isQuoted = TableColumns.RoleOf(header) is ColumnRole.Rating or ColumnRole.TargetPrice;
        return isQuoted && cells.Exists(cell => ByArrow(cell) is not null) ? Part(table, column, ["调整前 " + header, header], cell => ByArrow(cell) ?? [(0, 0), (0, cell.Length)]) : table;
    }

    // PE 2026E / 2027E, 输入/输出（美元）, PE(26E/27E): the names of the parts, each with what they share.
    private static string[]? Slashed(string header, ReportContext report)
    {
        if (!header.Contains('/', StringComparison.Ordinal))
            return null;
        var (before, unit) = (header, "");
        if (Tail().Match(header) is { Success: true } tail)
        {
            var inside = tail.Groups["inside"].Value;
            if (inside.Contains('/', StringComparison.Ordinal) && UnitParser.Parse(tail.Value, report.Values.HomeCurrency) is null && !header[..tail.Index].Contains('/', StringComparison.Ordinal))
                return [.. inside.Split('/').Select(part => $"{header[..tail.Index].Trim()} {part.Trim()}")];
            (before, unit) = (header[..tail.Index].Trim(), tail.Value);
        }

        var parts = before.Split('/').Select(part => part.Trim()).ToArray();
        if (parts.Length is < 2 or > 4 || parts.Any(part => part.Length == 0))
            return null;
        var shared = Shape(parts[0]).EndsWith(Shape(parts[1]), StringComparison.Ordinal) ? parts[0][..^parts[1].Length] : "";
        return [.. parts.Select((part, i) => (i == 0 ? part : shared + part) + unit)];
    }

    private static string Shape(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? '9' : char.IsAsciiLetter(c) ? 'A' : c >= '\u4e00' ? '文' : c));

    private static (int Start, int End)[]? BySlash(string cell, int count, ReportContext report)
    {
        var found = new List<(int Start, int End)>();
        var start = 0;
        for (var i = 0; i <= cell.Length; i++)
        {
            if (i == cell.Length || cell[i] == '/')
            {
                found.Add((start, i));
                start = i + 1;
            }
        }

        return found.Count == count && found.TrueForAll(part => cell[part.Start..part.End].Trim() is var text && (text is "-" or "–" or "—" or "NA" || ValueParser.ParseCell(text, report.Values) is not null)) ? [.. found] : null;
    }

    private static (int Start, int End)[]? ByArrow(string cell)
    {
        var arrow = cell.AsSpan().IndexOfAny("→>");
        return arrow <= 0 || arrow == cell.Length - 1 ? null : [(0, cell.AsSpan(0, arrow).TrimEnd("-=").Length), (arrow + 1, cell.Length)];
    }

    // 目标价（前值）: the header says what is bracketed; else a percentage is a change, and what is none the figure before.
    private static string[] Bracket(string header, bool isPercent, ReportContext report)
    {
        if (Tail().Match(header) is { Success: true } tail && tail.Groups["inside"].Value.Split(',', '、', ';') is var said && Array.FindLast(said, part => UnitParser.Parse(part.Trim(), report.Values.HomeCurrency) is null or { Unit: "percent" }) is { Length: > 1 } name)
        {
            var unit = Array.Find(said, part => part != name);
            return [header[..tail.Index].Trim() + (unit is null ? "" : $"({unit.Trim()})"), name.Trim()];
        }

        return [header, isPercent ? "变动" : "调整前 " + header];
    }

    private static Table Part(Table table, int column, string[] names, Cut cut)
    {
        IReadOnlyList<Cell> Row(IReadOnlyList<Cell> row, int index)
        {
            var cell = row[column];
            var parts = index < table.HeaderRows - 1 ? [.. names.Select(_ => cell)]
                : index == table.HeaderRows - 1 ? [.. names.Select(name => new Cell(Passage.Plain(name), cell.Start, cell.End))]
                : cut(cell.Passage.Text) is { } spans ? [.. spans.Select(span => Cell(cell, span))]
                : names.Select((_, i) => i == 0 ? cell : new Cell(Passage.Empty, cell.End, cell.End));
            return [.. row.Take(column), .. parts, .. row.Skip(column + 1)];
        }

        return table with { Rows = [.. table.Rows.Select(Row)] };
    }

    private static Cell Cell(Cell cell, (int Start, int End) span)
    {
        var (start, end) = span;
        var text = cell.Passage.Text;
        while (start < end && text[start] == ' ')
            start++;
        while (end > start && text[end - 1] == ' ')
            end--;
        if (start == end)
            return new Cell(Passage.Empty, cell.Start, cell.Start);
        var source = cell.Passage.Source(start, end);
        return new Cell(new Passage(text[start..end], [.. cell.Passage.Map.Skip(start).Take(end - start)]), source.Start, source.End);
    }

    private static readonly string[] Same = ["unch", "unch.", "unchanged", "n/a", "na", "new", "-", "–", "—", "不变", "维持", "持平", "首次", "新"];

    private static (int Start, int End) Of(Group group) => (group.Index, group.Index + group.Length);

    [GeneratedRegex(@"^(?<one>[^()]{1,24}?)\s?\((?<two>[^()]{1,24})\)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\((?<inside>[^()]{1,30})\)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tail();
}
