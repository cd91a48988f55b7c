using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>
/// Tells which rows of a table of accounts are the parts that revenue is made of, whatever they are called: they stand below it (or above a
/// total) without a metric of their own, and in some column they add up to no more than it.
/// </summary>
internal static class RowsOfParts
{
    // Not every part is listed, and printed figures are rounded.
    private const decimal Least = 0.5m;

    private const decimal Most = 1.02m;

    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows with what their labels say.</param>
    public static HashSet<TableRow> Of(TableContext table, IReadOnlyList<(TableRow Row, TableFacet Label)> rows)
    {
        var found = new HashSet<TableRow>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Label is not { Metric: "revenue", Basis: CellBasis.Unstated })
                continue;
            var below = rows.Skip(i + 1).TakeWhile(other => IsPart(other.Label)).Select(other => other.Row).ToList();
            var above = rows.Take(i).Reverse().TakeWhile(other => IsPart(other.Label)).Select(other => other.Row).ToList();
            if (AddsUp(table, rows[i].Row, below))
                found.UnionWith(below);
            else if (rows[i].Label.Rest.Length == 0 && AddsUp(table, rows[i].Row, above))
                found.UnionWith(above);
        }

        return found;
    }

    private static bool IsPart(TableFacet label) => label is { Metric: null, Basis: CellBasis.Unstated, Period: null, Rest.Length: > 1 };

    private static bool AddsUp(TableContext table, TableRow total, List<TableRow> parts) =>
        parts.Count > 1 && table.Columns.Where(column => column.Index > 0).Any(column => Amount(total, column) is { } whole && parts.Select(part => Amount(part, column)).ToList() is var amounts
            && amounts.TrueForAll(amount => amount is not null) && Outer([.. amounts.OfType<decimal>()]) is var sum && sum >= whole * Least && sum <= whole * Most);

    // Chips 150, of which switches 40 and accelerators 110: rows that add up to the one above them are parts of that part.
    private static decimal Outer(decimal[] amounts)
    {
        var sum = 0m;
        for (var i = 0; i < amounts.Length; i++)
        {
            sum += amounts[i];
            var (inner, end) = (0m, i + 1);
            while (end < amounts.Length && inner + amounts[end] <= amounts[i] * Most)
                inner += amounts[end++];
            if (end > i + 2 && inner >= amounts[i] * (2 - Most))
                i = end - 1;
        }

        return sum;
    }

    private static decimal? Amount(TableRow row, Column column) => ValueParser.ParseCell(row.Text(column), row.Context.Report.Values) switch
    {
        NumberValue { Amount: > 0 } number => number.Amount,
        MoneyValue { Amount: > 0 } money => money.Amount,
        _ => null,
    };
}
