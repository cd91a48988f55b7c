using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>What the styles of a Word document say of its paragraphs: which are headings, which are list items, and how deep.</summary>
internal sealed class DocxStyles
{
    /// <summary>Styles build on each other; a ring of them must not be followed for ever.</summary>
    private const int MaxBase = 12;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);

    public DocxStyles(MainDocumentPart part)
    {
        foreach (var style in part.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                _styles[id] = style;
            }
        }
    }

    /// <summary>Depth of a heading from 1, or 0.</summary>
    public int HeadingLevel(Paragraph paragraph)
    {
        if (paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value is { } own and < 9)
        {
            return own + 1;
        }

        foreach (var style in Chain(paragraph))
        {
            var name = (style.StyleName?.Val?.Value ?? style.StyleId?.Value ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            if (name is "title" or "标题")
            {
                return 1;
            }

            if ((name.StartsWith("heading", StringComparison.Ordinal) || name.StartsWith("标题", StringComparison.Ordinal)) && char.IsAsciiDigit(name[^1]))
            {
                return Math.Max(1, name[^1] - '0');
            }

            if (style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } outline and < 9)
            {
                return outline + 1;
            }
        }

        return 0;
    }

    /// <summary>Depth of a list item from 1, or 0.</summary>
    public int ListLevel(Paragraph paragraph)
    {
        if (paragraph.ParagraphProperties?.NumberingProperties is { } numbering)
        {
            return numbering.NumberingId?.Val?.Value is 0 ? 0 : Math.Clamp(numbering.NumberingLevelReference?.Val?.Value ?? 0, 0, 8) + 1;
        }

        foreach (var style in Chain(paragraph))
        {
            if (style.StyleParagraphProperties?.NumberingProperties is { } styled)
            {
                return Math.Clamp(styled.NumberingLevelReference?.Val?.Value ?? 0, 0, 8) + 1;
            }
        }

        return 0;
    }

    public bool IsCaption(Paragraph paragraph) =>
        Chain(paragraph).Any(style => (style.StyleName?.Val?.Value ?? "").Equals("caption", StringComparison.OrdinalIgnoreCase) || style.StyleName?.Val?.Value == "题注");

    private IEnumerable<Style> Chain(Paragraph paragraph)
    {
        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        for (var i = 0; i < MaxBase && id is not null && _styles.TryGetValue(id, out var style); i++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }
}
