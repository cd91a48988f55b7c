namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Reads a report file of any supported format into a <see cref="Document"/>, or says why it cannot.</summary>
public static class DocumentReader
{
    /// <summary>The largest file that is read, in bytes (25 MB).</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>
    /// Reads a file. The format is told by the content first, then by media type and name; the encoding of text is told by the content.
    /// Never throws, whatever the bytes; the time is linear in their number.
    /// </summary>
    public static ReadResult Read(ReadOnlyMemory<byte> bytes, string? fileName, string? mediaType)
    {
        if (bytes.Length > MaxBytes)
        {
            return Refuse(UnreadableReason.TooLarge, $"The file has {bytes.Length} bytes; at most {MaxBytes} are read.");
        }

        if (bytes.Length == 0)
        {
            return Refuse(UnreadableReason.Empty, "The file is empty.");
        }

        var format = FileFormat.Tell(bytes.Span, fileName, mediaType);
        return format switch
        {
            FileKind.Pdf => PdfReader.Read(bytes),
            FileKind.Docx => DocxReader.Read(bytes),
            FileKind.Text or FileKind.Markdown or FileKind.Html => ReadText(bytes.Span, format),
            _ => Refuse(UnreadableReason.UnsupportedFormat, $"The file is {FileFormat.Describe(bytes.Span)}; txt, md, html, pdf and docx are read."),
        };
    }

    internal static ReadResult Refuse(UnreadableReason reason, string message) => new ReadResult.Unreadable(reason, message);

    internal static ReadResult Empty() => Refuse(UnreadableReason.Empty, "The file holds no text.");

    private static ReadResult ReadText(ReadOnlySpan<byte> bytes, FileKind format)
    {
        if (TextDecoder.Decode(bytes, out var fault) is not { } text)
        {
            return Refuse(UnreadableReason.Damaged, fault ?? "The file's encoding is not known.");
        }

        if (text.AsSpan().IndexOfAnyExcept(" \t\r\n\f\v\u00A0\u3000\uFEFF\u200B") < 0)
        {
            return Empty();
        }

        return format == FileKind.Html || FileFormat.LooksLikeHtml(text) ? HtmlReader.Read(text) : PlainText(text, format == FileKind.Markdown);
    }

    private static ReadResult PlainText(string text, bool markdown)
    {
        if (Binary.IsBinary(text))
        {
            return Refuse(UnreadableReason.UnsupportedFormat, "The file holds control characters throughout: it is no text.");
        }

        return Assemble(text, Line.Split(text), markdown ? "text/markdown" : "text/plain", declaredTitle: null, markdown);
    }

    /// <summary>The document of a text whose lines are known.</summary>
    internal static ReadResult Assemble(string text, List<Line> lines, string mediaType, string? declaredTitle, bool markdown = false)
    {
        var pages = lines.Where(line => line.StartsPage && line.RawStart < text.Length).Select(line => line.RawStart).ToList();
        return new ReadResult.Read(new Document
        {
            Text = text,
            MediaType = mediaType,
            DeclaredTitle = declaredTitle,
            Blocks = BlockAssembly.Assemble(text, lines, markdown),
            PageStarts = pages.Count == 0 ? [] : [0, .. pages],
        });
    }
}
