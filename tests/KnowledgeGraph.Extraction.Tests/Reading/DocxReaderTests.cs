using DocumentFormat.OpenXml.Wordprocessing;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class DocxReaderTests
{
    [Fact]
    public void Styles_and_numbering_give_headings_and_list_items()
    {
        var document = Reports.Read(
            SamplePackages.Docx(body =>
            {
                body.AppendParagraph("行业要闻", style: "H2");
                body.AppendParagraph("星桥科技发布新芯片。");
                body.AppendParagraph("第一项", list: 1);
                body.AppendParagraph("其下一项", list: 2);
            }),
            "a.docx");

        Assert.Equal([BlockKind.Heading, BlockKind.Paragraph, BlockKind.ListItem, BlockKind.ListItem], document.Blocks.Select(block => block.Kind));
        Assert.Equal((2, 0), (document.Blocks[0].Level, document.Blocks[1].Heading));
        Assert.Equal(2, document.Blocks[3].Parent);
    }

    [Fact]
    public void Merged_cells_are_repeated_where_they_reach()
    {
        var table = Reports.Read(
            SamplePackages.Docx(body => body.Append(new DocumentFormat.OpenXml.Wordprocessing.Table(
                new TableRow(SamplePackages.Cell("公司", merge: true), SamplePackages.Cell("PE", columns: 2)),
                new TableRow(SamplePackages.Cell("", merge: false), SamplePackages.Cell("2025E"), SamplePackages.Cell("2026E")),
                new TableRow(SamplePackages.Cell("星桥"), SamplePackages.Cell("20.0"), SamplePackages.Cell("17.5"))))),
            "a.docx").Tables().Single();

        Assert.Equal(["公司", "PE 2025E", "PE 2026E"], Enumerable.Range(0, 3).Select(table.Header));
        Assert.Equal(["星桥", "20.0", "17.5"], table.Rows[2].Texts());
    }

    [Fact]
    public void Broken_package_is_damaged()
    {
        var bytes = SamplePackages.Docx(body => body.AppendParagraph("星桥"));

        Assert.Equal(UnreadableReason.Damaged, Reports.Refused(bytes[..(bytes.Length / 2)], "a.docx").Reason);
    }
}
