using System.Text;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

/// <summary>Reads texts and files for the tests of this folder.</summary>
internal static class Reports
{
    public static Document Text(string text, string name = "report.txt") => Read(Encoding.UTF8.GetBytes(text), name);

    public static Document File(string path) => Read(System.IO.File.ReadAllBytes(path), path);

    public static Document Read(byte[] bytes, string name)
    {
        var result = DocumentReader.Read(bytes, name, mediaType: null);
        return Assert.IsType<ReadResult.Read>(result).Document;
    }

    public static ReadResult.Unreadable Refused(byte[] bytes, string name = "report.txt") =>
        Assert.IsType<ReadResult.Unreadable>(DocumentReader.Read(bytes, name, mediaType: null));

    public static IEnumerable<string> Words(this Document document, BlockKind kind) =>
        document.Blocks.Where(block => block.Kind == kind).Select(block => block.Passage.Text);

    public static Table[] Tables(this Document document) => [.. document.Blocks.Select(block => block.Table).OfType<Table>()];

    public static string[] Texts(this IEnumerable<Cell> row) => [.. row.Select(cell => cell.Passage.Text)];

    public static string HeadingOf(this Document document, string words)
    {
        var block = document.Blocks.First(block => block.Passage.Text.Contains(words, StringComparison.Ordinal) && block.Kind is BlockKind.Paragraph or BlockKind.ListItem);
        return block.Heading < 0 ? "" : document.Blocks[block.Heading].Passage.Text;
    }
}
