using System.Globalization;
using AngleSharp.Dom;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Rows, cells and spans of an HTML table.</summary>
internal static class HtmlTable
{
    /// <summary>The rows of a table itself, head first and foot last, without those of tables within it.</summary>
    public static IReadOnlyList<IElement> RowsOf(IElement table)
    {
        var parts = table.Children.SelectMany(child => child.LocalName switch
        {
            "tr" => [(Order: 1, Row: child)],
            "thead" => child.Children.Where(row => row.LocalName == "tr").Select(row => (Order: 0, Row: row)),
            "tfoot" => child.Children.Where(row => row.LocalName == "tr").Select(row => (Order: 2, Row: row)),
            "tbody" => child.Children.Where(row => row.LocalName == "tr").Select(row => (Order: 1, Row: row)),
            _ => Enumerable.Empty<(int Order, IElement Row)>(),
        });
        return [.. parts.OrderBy(part => part.Order).Select(part => part.Row)];
    }

    public static RawGrid Read(IReadOnlyList<IElement> rows, Func<IElement, string> words, Func<IElement, bool> shows)
    {
        var grid = new RawGrid { HeaderRows = HeaderRows(rows) };
        foreach (var row in rows.Where(shows))
        {
            grid.AddRow(row.Children.Where(cell => cell.LocalName is "td" or "th" && shows(cell)).Select(cell => (words(cell), Span(cell, "colspan"), Span(cell, "rowspan"))).ToList());
        }

        return grid;
    }

    private static int HeaderRows(IReadOnlyList<IElement> rows)
    {
        var head = rows.Count(row => row.ParentElement?.LocalName == "thead");
        if (head > 0 && head < rows.Count)
        {
            return head;
        }

        var marked = rows.TakeWhile(row => row.Children.Length > 0 && row.Children.All(cell => cell.LocalName == "th")).Count();
        return marked > 0 && marked < rows.Count ? marked : -1;
    }

    private static int Span(IElement cell, string attribute) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? Math.Clamp(span, 1, 1000) : 1;

    /// <summary>Runs of white space closed up to one space, none at the ends.</summary>
    public static string Close(System.Text.StringBuilder words)
    {
        var closed = new System.Text.StringBuilder(words.Length);
        foreach (var chunk in words.GetChunks())
        {
            foreach (var character in chunk.Span)
            {
                var isSpace = char.IsWhiteSpace(character) || character < ' ';
                if (!isSpace)
                {
                    closed.Append(character);
                }
                else if (closed.Length > 0 && closed[^1] != ' ')
                {
                    closed.Append(' ');
                }
            }
        }

        return closed.ToString().TrimEnd();
    }
}
