using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Reads Word documents: paragraph styles give headings, numbering gives list items, tables keep their merged cells.</summary>
internal static class DocxReader
{
    /// <summary>Bytes that the archive may unpack to; more is a forged file.</summary>
    private const long MaxUnpacked = 400L * 1024 * 1024;

    private const long MaxBody = 60L * 1024 * 1024;

    public static ReadResult Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            if (IsTooLarge(stream))
            {
                return DocumentReader.Refuse(UnreadableReason.TooLarge, "The Word document unpacks to more than is read.");
            }

            stream.Position = 0;
            using var package = WordprocessingDocument.Open(stream, isEditable: false);
            return Read(package);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The library reports a broken package by half a dozen exception types, some of them its own mistakes; to the caller all say the same.
            return DocumentReader.Refuse(UnreadableReason.Damaged, "The Word document is damaged: its package cannot be opened.");
        }
    }

    private static bool IsTooLarge(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        long all = 0;
        foreach (var entry in archive.Entries)
        {
            all += entry.Length;
            if (all > MaxUnpacked || (entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && entry.Length > MaxBody))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadResult Read(WordprocessingDocument package)
    {
        if (package.MainDocumentPart?.Document?.Body is not { } body)
        {
            return DocumentReader.Refuse(UnreadableReason.Damaged, "The Word document has no body.");
        }

        var flow = new DocxFlow(new DocxStyles(package.MainDocumentPart));
        flow.AddBlocks(body);
        var (text, lines) = flow.Sheet.Finish();
        return text.Length == 0
            ? DocumentReader.Empty()
            : DocumentReader.Assemble(text, lines, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Title(package));
    }

    private static string? Title(WordprocessingDocument package) =>
        package.PackageProperties.Title is { Length: > 3 } title && !title.StartsWith("Microsoft Word", StringComparison.Ordinal) ? title : null;
}
