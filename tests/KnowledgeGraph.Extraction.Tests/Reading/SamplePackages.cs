using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace KnowledgeGraph.Extraction.Tests.Reading;

/// <summary>Makes small Word and PDF files in memory.</summary>
internal static class SamplePackages
{
    public static byte[] Docx(Action<Body> write)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var part = package.AddMainDocumentPart();
            part.Document = new Document(new Body());
            var styles = part.AddNewPart<StyleDefinitionsPart>();
            styles.Styles = new Styles(new Style(new StyleName { Val = "heading 2" }) { Type = StyleValues.Paragraph, StyleId = "H2" });
            write(part.Document.Body!);
        }

        return stream.ToArray();
    }

    public static void AppendParagraph(this Body body, string text, string? style = null, int list = 0)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
        {
            properties.Append(new ParagraphStyleId { Val = style });
        }

        if (list > 0)
        {
            properties.Append(new NumberingProperties(new NumberingLevelReference { Val = list - 1 }, new NumberingId { Val = 1 }));
        }

        body.Append(new Paragraph(properties, new Run(new DocumentFormat.OpenXml.Wordprocessing.Text(text) { Space = SpaceProcessingModeValues.Preserve })));
    }

    public static TableCell Cell(string text, int columns = 1, bool? merge = null)
    {
        var properties = new TableCellProperties(new GridSpan { Val = columns });
        if (merge is { } begins)
        {
            properties.Append(new VerticalMerge { Val = begins ? MergedCellValues.Restart : MergedCellValues.Continue });
        }

        return new TableCell(properties, new Paragraph(new Run(new DocumentFormat.OpenXml.Wordprocessing.Text(text))));
    }

    /// <summary>One page per list of lines, in Courier so that columns stand where spaces put them.</summary>
    public static byte[] Pdf(params string[][] pages)
    {
        var objects = new List<string> { "<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" };
        var kids = new StringBuilder();
        foreach (var lines in pages)
        {
            var content = new StringBuilder("BT /F1 10 Tf 12 TL 40 800 Td\n");
            foreach (var line in lines)
            {
                content.Append('(').Append(line.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)).Append(") Tj T*\n");
            }

            content.Append("ET");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count} 0 R >>");
            kids.Append(CultureInfo.InvariantCulture, $"{objects.Count} 0 R ");
        }

        objects[1] = $"<< /Type /Pages /Count {pages.Length} /Kids [{kids}] >>";
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
