using AngleSharp.Dom;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Walks the elements of a page and writes their words to a sheet.</summary>
internal sealed class HtmlFlow(HtmlVisibility visibility)
{
    /// <summary>Deeper elements are taken as plain text: pages are shallow, and a forged one must not exhaust the stack.</summary>
    private const int MaxDepth = 200;

    private int _listDepth;
    private int _depth;

    public Sheet Sheet { get; } = new();

    public void AddBlocks(IElement parent)
    {
        _depth++;
        foreach (var node in parent.ChildNodes)
        {
            switch (node)
            {
                case IText text:
                    Sheet.Append(text.Data);
                    break;
                case IElement element when visibility.Shows(element):
                    AddElement(element);
                    break;
            }
        }

        _depth--;
    }

    private void AddElement(IElement element)
    {
        if (_depth >= MaxDepth)
        {
            Sheet.Append(element.TextContent);
            return;
        }

        switch (element.LocalName)
        {
            case "br":
                Sheet.EndLine(LineHint.None);
                break;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Close();
                Sheet.Append(Inline(element));
                Sheet.EndLine(LineHint.Heading, element.LocalName[1] - '0');
                break;
            case "ul" or "ol":
                Close();
                _listDepth++;
                AddBlocks(element);
                Close();
                _listDepth--;
                break;
            case "li" or "dt" or "dd":
                Close();
                AddItem(element);
                break;
            case "table":
                Close();
                AddTable(element);
                break;
            case "pre":
                AddPreformatted(element);
                break;
            case "hr":
                Close();
                break;
            default:
                AddOther(element);
                break;
        }
    }

    private void AddOther(IElement element)
    {
        if (!IsBlock(element))
        {
            AddBlocks(element);
            return;
        }

        Close();
        if (HasBlocks(element))
        {
            AddBlocks(element);
            Close();
        }
        else if (element.QuerySelector("br") is not null)
        {
            Sheet.Gap();
            AddBlocks(element);
            Sheet.EndLine(LineHint.None);
            Sheet.Gap();
        }
        else
        {
            Sheet.Append(Inline(element));
            Sheet.EndLine(IsBoldThroughout(element) ? LineHint.Heading : LineHint.Paragraph, 5);
        }
    }

    private void Close() => Sheet.EndLine(_listDepth > 0 ? LineHint.ListItem : LineHint.Paragraph, _listDepth);

    /// <summary>The item's own words are one line; lists and further blocks in it follow.</summary>
    private void AddItem(IElement item)
    {
        var words = true;
        foreach (var node in item.ChildNodes)
        {
            var isBlock = node is IElement element && (IsBlock(element) || element.LocalName is "ul" or "ol" or "table" or "pre");
            if (isBlock && words && node is IElement { LocalName: "p" or "div" or "span" } first && !HasBlocks(first))
            {
                Sheet.Append(Inline(first));
                Sheet.EndLine(LineHint.ListItem, Math.Max(1, _listDepth));
                words = false;
            }
            else if (isBlock && visibility.Shows((IElement)node))
            {
                Sheet.EndLine(LineHint.ListItem, Math.Max(1, _listDepth));
                words = false;
                AddElement((IElement)node);
            }
            else if (node is IText text)
            {
                Sheet.Append(text.Data);
            }
            else if (node is IElement inline && visibility.Shows(inline))
            {
                Sheet.Append(inline.LocalName == "br" ? " " : Inline(inline));
            }
        }

        Sheet.EndLine(LineHint.ListItem, Math.Max(1, _listDepth));
    }

    private void AddPreformatted(IElement element)
    {
        Sheet.Gap();
        foreach (var line in element.TextContent.Split('\n'))
        {
            Sheet.Append(line);
            Sheet.EndLine(LineHint.None);
        }

        Sheet.Gap();
    }

    private void AddTable(IElement table)
    {
        var rows = HtmlTable.RowsOf(table);
        if (IsLayout(table, rows))
        {
            foreach (var row in rows)
            {
                AddLayoutRow(row);
            }

            return;
        }

        if (table.Children.FirstOrDefault(child => child.LocalName == "caption") is { } caption)
        {
            Sheet.Append(Inline(caption));
            Sheet.EndLine(LineHint.Caption);
        }

        Sheet.AddTable(HtmlTable.Read(rows, Inline, visibility.Shows));
    }

    private static bool IsLayout(IElement table, IReadOnlyList<IElement> rows) =>
        table.GetAttribute("role") is "presentation" or "none"
            || rows.Count == 0
            || rows.Max(row => row.Children.Length) < 2
            || table.QuerySelector("table, h1, h2, h3, ul, ol") is not null
            || (rows.Count == 1 && table.QuerySelector("th") is null);

    private void AddLayoutRow(IElement row)
    {
        var cells = row.Children.Where(visibility.Shows).ToList();
        if (cells.Exists(HasBlocks))
        {
            foreach (var cell in cells)
            {
                AddBlocks(cell);
                Close();
            }

            return;
        }

        var first = true;
        foreach (var words in cells.Select(Inline).Where(words => words.Length > 0))
        {
            if (!first)
            {
                Sheet.Tab();
            }

            first = false;
            Sheet.Append(words);
        }

        Sheet.EndLine(LineHint.Paragraph);
    }

    /// <summary>All words of an element on one line, white space closed up.</summary>
    private string Inline(IElement element)
    {
        var words = new System.Text.StringBuilder();
        Inline(element, words, 0);
        return HtmlTable.Close(words);
    }

    private void Inline(IElement element, System.Text.StringBuilder words, int depth)
    {
        if (depth > MaxDepth)
        {
            words.Append(element.TextContent);
            return;
        }

        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                words.Append(text.Data);
            }
            else if (node is IElement child && visibility.Shows(child))
            {
                var parts = child.LocalName == "br" || IsBlock(child) || child.LocalName is "li" or "td" or "th" or "tr";
                words.Append(parts ? " " : "");
                Inline(child, words, depth + 1);
                words.Append(parts ? " " : "");
            }
        }
    }

    private static bool IsBlock(IElement element) => element.LocalName
        is "p" or "div" or "section" or "article" or "header" or "footer" or "main" or "aside" or "nav" or "blockquote" or "center" or "address" or "figure" or "figcaption" or "details" or "summary" or "form"
            or "fieldset" or "dl" or "tr" or "td" or "th" or "tbody" or "body" or "html";

    private static bool HasBlocks(IElement element) =>
        element.QuerySelector("p, div, section, article, ul, ol, li, table, h1, h2, h3, h4, h5, h6, blockquote, pre, header, footer, dl, figure, hr") is not null;

    /// <summary>A short paragraph that is bold throughout does a heading's work.</summary>
    private bool IsBoldThroughout(IElement element)
    {
        var words = Inline(element);
        var bold = element.QuerySelectorAll("b, strong").Where(child => child.ParentElement?.LocalName is not ("b" or "strong")).Sum(child => Inline(child).Length);
        return words.Length is > 1 and <= 80 && bold >= words.Length - 1 && !LineShape.IsStop(words[^1]);
    }
}
