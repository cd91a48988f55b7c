using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Brings a printed table into the shape that rules read: one subject a row, one figure a cell. Tables side by side become several, subjects
/// across the top are turned to stand down the side, cells of two figures (96.8 / 58.1; $640 ($610); 增持→买入) become two columns.
/// </summary>
public static class TableShapes
{
    public static IEnumerable<Table> Of(Table table, ReportContext report) =>
        table.SideBySide().SelectMany(part => Halves(part, report)).Select(part => TableCells.Split(Turned(part, report), report));

    // 指数 | 收盘 | 周涨跌 | 个股 | 收盘价 | 周涨跌: a second column of names opens a table of its own where either half has figures of its own.
    private static IEnumerable<Table> Halves(Table table, ReportContext report)
    {
        var columns = table.HeaderRows == 0 || table.Columns < 4 ? [] : TableColumns.Read(table, report);
        var names = columns.Where(column => column.Role == ColumnRole.Name).Select(column => column.Index).ToList();
        bool HasFigures(int from, int to) => columns.Skip(from).Take(to - from).Any(column => column.Role is ColumnRole.Price or ColumnRole.Change);
        return names is [0, var second] && second >= 2 && second < table.Columns - 1 && HasFigures(0, second) && HasFigures(second, table.Columns)
            ? [table.Part(0, second), table.Part(second, table.Columns - second)]
            : [table];
    }

    private static Table Turned(Table table, ReportContext report)
    {
        var labels = LabelColumns(table);
        if (table.Columns - labels < 2 || table.Rows.Count < 3)
            return table;
        var heads = table.Rows[0].Skip(labels).Select(cell => cell.Passage).Where(passage => passage.Text.Length > 0).ToList();
        var sides = table.Rows.Skip(Math.Max(1, table.HeaderRows)).Select(row => row[labels - 1].Passage).ToList();
        // 2026E 调整前 is a time, whatever else it looks like.
        var things = heads.Count(head => KindOf(head, report) is not null && !HasPeriod(head, report));
        // 180 | 241 | 330 are amounts as well as codes: a row of codes has letters in it, or says that it is one.
        var isOfShares = table.Rows.Skip(1).Any(row => row.Count > labels && row.Skip(labels).All(cell => CellShape.IsTicker(cell.Passage.Text)) && (row.Skip(labels).Any(cell => cell.Passage.Text.Any(char.IsLetter)) || TableColumns.RoleOf(row[labels - 1].Passage.Text) == ColumnRole.Code));
        // One known name is enough where the side says what is told of each: 显存容量（GB）, 收盘价, 2026E PE.
        var isToldAside = isOfShares || (things > 0 && sides.Count(side => IsAttribute(side, report)) * 2 > sides.Count && !heads.Exists(head => IsAttribute(head, report)));
        if ((things * 2 <= heads.Count && !isToldAside) || sides.Count(side => KindOf(side, report) is not null) * 2 > sides.Count)
            return table;
        var isOfCompanies = isOfShares || heads.Count(head => KindOf(head, report) is EntityKind.Company) * 2 > heads.Count;
        var at = table.Rows[0][0].Start;
        var corner = isOfCompanies && table.Rows[0][0].Passage.Text is not ("大行" or "券商" or "机构" or "Broker" or "House") ? new Cell(Passage.Plain("公司"), at, at) : table.Rows[0][0];
        var rows = Enumerable.Range(0, table.Columns).Select(column => (IReadOnlyList<Cell>)[.. table.Rows.Select((row, index) => index == 0 && column < labels ? corner : row[column])]).ToList();
        return table with { Rows = rows, HeaderRows = labels, IsTurned = true };
    }

    // The first column, and others over which the same head stands (计费项目 over 标准 and 输入).
    private static int LabelColumns(Table table)
    {
        var count = 1;
        while (count < table.Columns && table.Rows.Count > 0 && table.Rows[0][count].Passage.Text is { Length: > 0 } head && head == table.Rows[0][0].Passage.Text)
            count++;
        return count;
    }

    private static bool IsAttribute(Passage label, ReportContext report) =>
        TableColumns.RoleOf(label.Text) is not (ColumnRole.Other or ColumnRole.Name) || UnitParser.Parse(label.Text, report.Values.HomeCurrency) is not null
            || report.Vocabulary.Find(label).Any(mention => mention.Kind == "metric") || HasPeriod(label, report);

    private static bool HasPeriod(Passage label, ReportContext report) => ValueParser.Parse(label, report.Values).OfType<PeriodValue>().Any();

    // A company, model, product or chip: known, or a name that the report tells to be one.
    private static string? KindOf(Passage passage, ReportContext report)
    {
        var text = passage.Text.Trim();
        if (text.Length is 0 or > 40)
            return null;
        if (report.Vocabulary.MatchWhole(text) is { } entry)
            return entry.Kind is EntityKind.Company or EntityKind.Model or EntityKind.Product or EntityKind.Chip ? entry.Kind : null;
        if (TableRow.HasCode(text))
            return EntityKind.Company;
        return NameFinder.Find(passage, report.Vocabulary.Find(passage)).FirstOrDefault(name => name.Start == 0 && name.Length * 3 >= text.Length * 2) is { } found ? report.Kinds.Kind(found) : null;
    }
}
