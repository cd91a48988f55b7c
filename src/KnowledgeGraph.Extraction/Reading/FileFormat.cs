namespace KnowledgeGraph.Extraction.Reading;

internal enum FileKind
{
    Unsupported,
    Text,
    Markdown,
    Html,
    Pdf,
    Docx,
}

/// <summary>Tells what kind of file some bytes are: by their content where that is decisive, else by what the sender called it.</summary>
internal static class FileFormat
{
    private static readonly (byte[] Magic, string Name)[] Foreign =
    [
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ("GIF8"u8.ToArray(), "a GIF image"),
        ("BM"u8.ToArray(), "a bitmap image"),
        ("RIFF"u8.ToArray(), "a media file"),
        ([0x49, 0x49, 0x2A, 0x00], "a TIFF image"),
        ([0x4D, 0x4D, 0x00, 0x2A], "a TIFF image"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office file"),
        ("MZ"u8.ToArray(), "a program"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"),
        ("Rar!"u8.ToArray(), "a RAR archive"),
        ("{\\rtf"u8.ToArray(), "a rich-text file"),
        ([0x00, 0x00, 0x00, 0x18, 0x66, 0x74, 0x79, 0x70], "a media file"),
        ("ID3"u8.ToArray(), "a media file"),
        ("OggS"u8.ToArray(), "a media file"),
        ("SQLite format 3"u8.ToArray(), "a database"),
    ];

    public static FileKind Tell(ReadOnlySpan<byte> bytes, string? fileName, string? mediaType)
    {
        if (StartsWithPdf(bytes))
        {
            return FileKind.Pdf;
        }

        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8))
        {
            return bytes.IndexOf("word/"u8) >= 0 || Named(fileName, mediaType, ".docx", "wordprocessingml") ? FileKind.Docx : FileKind.Unsupported;
        }

        if (ForeignName(bytes) is not null)
        {
            return FileKind.Unsupported;
        }

        return ByName(fileName, mediaType);
    }

    private static FileKind ByName(string? fileName, string? mediaType)
    {
        if (Named(fileName, mediaType, ".html", "text/html") || Named(fileName, mediaType, ".htm", "xhtml"))
        {
            return FileKind.Html;
        }

        if (Named(fileName, mediaType, ".md", "markdown") || Named(fileName, mediaType, ".markdown", "markdown"))
        {
            return FileKind.Markdown;
        }

        return IsForeignType(mediaType) ? FileKind.Unsupported : FileKind.Text;
    }

    /// <summary>A declared image or archive whose bytes are text after all is believed to be what it is called.</summary>
    private static bool IsForeignType(string? mediaType) =>
        mediaType is not null && (mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
            || mediaType.StartsWith("video/", StringComparison.OrdinalIgnoreCase) || mediaType.Contains("spreadsheet", StringComparison.OrdinalIgnoreCase));

    private static bool Named(string? fileName, string? mediaType, string extension, string type) =>
        (fileName?.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ?? false) || (mediaType?.Contains(type, StringComparison.OrdinalIgnoreCase) ?? false);

    private static bool StartsWithPdf(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) is var at and >= 0 && (at == 0 || bytes[..at].IndexOfAnyExcept(" \r\n\t\u00EF\u00BB\u00BF"u8) < 0);

    /// <summary>The text opens as an HTML page does, comments and declarations before it skipped.</summary>
    public static bool LooksLikeHtml(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4096)).TrimStart(" \t\r\n\uFEFF");
        while (head.StartsWith("<!--") || head.StartsWith("<?xml"))
        {
            var end = head.IndexOf('>');
            if (end < 0)
            {
                return false;
            }

            head = head[(end + 1)..].TrimStart();
        }

        return StartsWithTag(head, "<!doctype html") || StartsWithTag(head, "<html") || StartsWithTag(head, "<head") || StartsWithTag(head, "<body");
    }

    private static bool StartsWithTag(ReadOnlySpan<char> head, string tag) =>
        head.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && (head.Length == tag.Length || !char.IsLetterOrDigit(head[tag.Length]));

    /// <summary>What an unsupported file is, for the message.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes) => ForeignName(bytes) ?? (bytes.StartsWith("PK"u8) ? "a zip archive without a Word document" : "of a kind that is not read");

    private static string? ForeignName(ReadOnlySpan<byte> bytes)
    {
        foreach (var (magic, name) in Foreign)
        {
            // Short signatures of letters open honest texts too; then a control byte must follow soon.
            if (bytes.StartsWith(magic) && (magic.Length > 3 || magic[0] >= 0x80 || bytes[..Math.Min(bytes.Length, 64)].IndexOfAnyInRange((byte)0, (byte)8) >= 0))
            {
                return name;
            }
        }

        return null;
    }
}

/// <summary>Whether decoded text is really text.</summary>
internal static class Binary
{
    public static bool IsBinary(string text)
    {
        var control = 0;
        foreach (var character in text)
        {
            control += character < ' ' && character is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\u001B') ? 1 : 0;
        }

        return control > 8 && control * 50 > text.Length;
    }
}
