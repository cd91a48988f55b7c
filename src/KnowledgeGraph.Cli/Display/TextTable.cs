namespace KnowledgeGraph.Cli.Display;

/// <summary>Rows in aligned columns. All columns but the last are as wide as their widest cell, up to a limit; the last takes the rest.</summary>
public static class TextTable
{
    private const string Gap = "  ";

    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Cells, as many in each row as the header has.</param>
    /// <param name="limits">Greatest width of each column but the last, in terminal columns.</param>
    /// <param name="width">Width of the whole table in terminal columns.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> limits, int width)
    {
        var all = rows.Prepend(header).ToList();
        var widths = limits.Select((limit, column) => Math.Min(limit, all.Max(row => DisplayWidth.Of(row[column])))).ToList();
        var last = Math.Max(20, width - widths.Sum(columnWidth => columnWidth + Gap.Length));
        foreach (var row in all)
        {
            var cells = widths.Select((columnWidth, column) => DisplayWidth.Fit(row[column], columnWidth)).Append(DisplayWidth.Cut(row[^1], last));
            yield return string.Join(Gap, cells).TrimEnd();
        }
    }
}
