using System.Collections.Frozen;
using AngleSharp.Html.Parser;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Reads HTML: the document's text is what a browser would show, one line per block, table cells parted by tabs and rows by line feeds.
/// </summary>
internal static class HtmlReader
{
    /// <summary>The parser's time grows with the square of the nesting; no page that people read is nested as deep as this.</summary>
    private const int MaxNesting = 3000;

    private static readonly FrozenSet<string> ClosedByOthers = new[]
    {
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static ReadResult Read(string source)
    {
        if (IsNestedTooDeep(source))
        {
            return DocumentReader.Refuse(UnreadableReason.Damaged, $"The page nests its elements more than {MaxNesting} deep.");
        }

        using var page = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(source);
        var flow = new HtmlFlow(HtmlVisibility.Of(page));
        if (page.Body is { } body)
        {
            flow.AddBlocks(body);
        }

        var (text, lines) = flow.Sheet.Finish();
        if (text.Length == 0)
        {
            return DocumentReader.Empty();
        }

        return DocumentReader.Assemble(text, lines, "text/html", string.IsNullOrWhiteSpace(page.Title) ? null : page.Title.Trim());
    }

    private static bool IsNestedTooDeep(string source)
    {
        var names = ClosedByOthers.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        var rest = source.AsSpan();
        while (rest.IndexOf('<') is var at and >= 0 && at + 1 < rest.Length)
        {
            rest = rest[(at + 1)..];
            var closes = rest[0] == '/';
            var name = rest[(closes ? 1 : 0)..];
            var length = 0;
            while (length < name.Length && length < 20 && char.IsAsciiLetterOrDigit(name[length]))
            {
                length++;
            }

            if (length > 0 && !names.Contains(name[..length]))
            {
                depth = Math.Max(0, depth + (closes ? -1 : 1));
                if (depth > MaxNesting)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
