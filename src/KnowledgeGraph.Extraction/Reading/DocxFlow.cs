using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Walks the body of a Word document and writes its words to a sheet.</summary>
internal sealed class DocxFlow(DocxStyles styles)
{
    private const int MaxDepth = 60;

    private int _depth;

    public Sheet Sheet { get; } = new();

    public void AddBlocks(OpenXmlElement parent)
    {
        if (_depth >= MaxDepth)
        {
            return;
        }

        _depth++;
        foreach (var child in parent.ChildElements)
        {
            switch (child)
            {
                case Paragraph paragraph:
                    AddParagraph(paragraph);
                    break;
                case DocumentFormat.OpenXml.Wordprocessing.Table table:
                    AddTable(table);
                    break;
                case SdtBlock or SdtContentBlock or CustomXmlBlock:
                    AddBlocks(child);
                    break;
            }
        }

        _depth--;
    }

    private void AddParagraph(Paragraph paragraph)
    {
        var pieces = Words(paragraph).Split('\n');
        var heading = styles.HeadingLevel(paragraph);
        var list = styles.ListLevel(paragraph);
        var hint = heading > 0 ? LineHint.Heading : list > 0 ? LineHint.ListItem : styles.IsCaption(paragraph) ? LineHint.Caption : LineHint.Paragraph;
        hint = hint == LineHint.Paragraph && IsBoldThroughout(paragraph, pieces) ? LineHint.Heading : hint;

        // A paragraph with line breaks of its own is several lines whose ends mean nothing yet.
        hint = pieces.Length > 1 && hint == LineHint.Paragraph ? LineHint.None : hint;
        if (hint == LineHint.None)
        {
            Sheet.Gap();
        }

        foreach (var piece in pieces)
        {
            AppendTabbed(piece);
            Sheet.EndLine(hint, heading > 0 ? heading : list > 0 ? list : hint == LineHint.Heading ? 5 : 0);
        }

        if (hint == LineHint.None)
        {
            Sheet.Gap();
        }

        AddTextBoxes(paragraph);
    }

    private void AppendTabbed(string piece)
    {
        var cells = piece.Split('\t');
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                Sheet.Tab();
            }

            Sheet.Append(cells[i]);
        }
    }

    private void AddTextBoxes(Paragraph paragraph)
    {
        foreach (var box in paragraph.Descendants<TextBoxContent>().Where(box => !box.Ancestors<AlternateContentFallback>().Any() && box.Ancestors<Paragraph>().First() == paragraph))
        {
            AddBlocks(box);
        }
    }

    /// <summary>The paragraph's visible words; tabs and line breaks kept, deleted text and text boxes left out.</summary>
    private static string Words(OpenXmlElement paragraph)
    {
        var words = new System.Text.StringBuilder();
        foreach (var element in paragraph.Descendants())
        {
            switch (element)
            {
                case DocumentFormat.OpenXml.Wordprocessing.Text text when IsShown(text, paragraph):
                    words.Append(text.Text);
                    break;
                case TabChar when IsShown(element, paragraph) && element.Parent is Run:
                    words.Append('\t');
                    break;
                case Break or CarriageReturn when IsShown(element, paragraph):
                    words.Append('\n');
                    break;
                case NoBreakHyphen when IsShown(element, paragraph):
                    words.Append('-');
                    break;
            }
        }

        return words.ToString().Trim('\n');
    }

    private static bool IsShown(OpenXmlElement element, OpenXmlElement paragraph)
    {
        for (var parent = element.Parent; parent is not null && parent != paragraph; parent = parent.Parent)
        {
            if (parent is DeletedRun or TextBoxContent or AlternateContentFallback || (parent is Run { RunProperties.Vanish: { } vanish } && (vanish.Val?.Value ?? true)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBoldThroughout(Paragraph paragraph, string[] pieces)
    {
        var runs = paragraph.Elements<Run>().Where(run => run.InnerText.Trim().Length > 0).ToList();
        return pieces is [{ Length: > 1 and <= 80 } only] && !LineShape.IsStop(only.TrimEnd()[^1]) && runs.Count > 0 && runs.TrueForAll(run => run.RunProperties?.Bold is { } bold && (bold.Val?.Value ?? true));
    }

    private void AddTable(DocumentFormat.OpenXml.Wordprocessing.Table table)
    {
        var rows = table.Elements<TableRow>().ToList();
        if (rows.Count == 0)
        {
            return;
        }

        if (rows.TrueForAll(row => row.Elements<TableCell>().Count() < 2) || (rows.Count == 1 && rows[0].Descendants<Paragraph>().Count() > 6))
        {
            foreach (var cell in rows.SelectMany(row => row.Elements<TableCell>()))
            {
                AddBlocks(cell);
            }

            return;
        }

        Sheet.AddTable(Grid(rows));
    }

    private static RawGrid Grid(List<TableRow> rows)
    {
        var header = rows.TakeWhile(row => row.TableRowProperties?.Elements<TableHeader>().Any(mark => mark.Val is null || mark.Val.Value == OnOffOnlyValues.On) ?? false).Count();
        var grid = new RawGrid { HeaderRows = header > 0 && header < rows.Count ? header : -1 };
        var spans = RowSpans(rows);
        for (var r = 0; r < rows.Count; r++)
        {
            grid.AddRow(Cells(rows[r]).Where(cell => !cell.Continues).Select(cell => (cell.Words, cell.Columns, spans.GetValueOrDefault((r, cell.Column), 1))).ToList());
        }

        return grid;
    }

    /// <summary>How many rows each cell covers that begins a vertical merge, by row and column.</summary>
    private static Dictionary<(int Row, int Column), int> RowSpans(List<TableRow> rows)
    {
        var spans = new Dictionary<(int Row, int Column), int>();
        var open = new Dictionary<int, int>();
        for (var r = 0; r < rows.Count; r++)
        {
            foreach (var cell in Cells(rows[r]))
            {
                if (cell.Continues && open.TryGetValue(cell.Column, out var start))
                {
                    spans[(start, cell.Column)] = r - start + 1;
                }
                else
                {
                    open[cell.Column] = r;
                }
            }
        }

        return spans;
    }

    private static IEnumerable<(string Words, int Column, int Columns, bool Continues)> Cells(TableRow row)
    {
        var column = 0;
        foreach (var cell in row.Elements<TableCell>())
        {
            var columns = Math.Clamp(cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1, 1, 100);
            var merge = cell.TableCellProperties?.VerticalMerge;
            var continues = merge is not null && (merge.Val is null || merge.Val.Value == MergedCellValues.Continue);
            var words = string.Join(' ', cell.Descendants<Paragraph>().Select(paragraph => Words(paragraph).Replace('\n', ' ').Replace('\t', ' ').Trim()).Where(part => part.Length > 0));
            yield return (words, column, columns, continues);
            column += columns;
        }
    }
}
