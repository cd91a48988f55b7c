using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class HtmlReaderTests
{
    private static Document Page(string body, string head = "") => Reports.Text($"<!doctype html><html><head>{head}</head><body>{body}</body></html>", "a.html");

    [Fact]
    public void What_is_not_shown_is_not_read()
    {
        var document = Page("<script>x()</script><div class=pre>hidden</div><p style='display:none'>gone</p><p hidden>away</p><!-- no --><p>A&nbsp;&amp; B</p>", "<style>.pre{display:none}</style><title>T</title>");

        Assert.Equal("A & B\n", document.Text);
        Assert.Equal("T", document.DeclaredTitle);
    }

    [Fact]
    public void Spans_of_header_and_body_cells_are_resolved()
    {
        var table = Page(
            "<table><thead><tr><th rowspan=2>公司</th><th rowspan=2>目标价<br>(HK$)</th><th colspan=2>市盈率</th></tr><tr><th>25E</th><th>26E</th></tr></thead>"
            + "<tr><td rowspan=2>星桥</td><td>10</td><td>20.1</td><td>17</td></tr><tr><td>11</td><td>–</td><td>16</td></tr></table><p>注：收市价截至周五。来源：彭博</p>").Tables().Single();

        Assert.Equal(2, table.HeaderRows);
        Assert.Equal(["公司", "目标价 (HK$)", "市盈率 25E", "市盈率 26E"], Enumerable.Range(0, 4).Select(table.Header));
        Assert.Equal(["星桥", "11", "–", "16"], table.Rows[3].Texts());
        Assert.Equal("来源:彭博", table.Source?.Text);
    }

    [Fact]
    public void Lists_nest_and_bold_paragraphs_head_them()
    {
        var document = Page("<h2>News</h2><p><b>Nvidia (NVDA)</b></p><ul><li>ships a chip<ul><li>in the <b>autumn</b></li></ul></li><li><p>cuts a price</p></li></ul>");

        Assert.Equal(["ships a chip", "in the autumn", "cuts a price"], document.Words(BlockKind.ListItem));
        Assert.Equal("Nvidia (NVDA)", document.HeadingOf("cuts a price"));
        Assert.Equal("ships a chip", document.Blocks[document.Blocks.Single(block => block.Level == 2 && block.Kind == BlockKind.ListItem).Parent].Passage.Text);
    }

    [Fact]
    public void Layout_table_is_text_and_cells_are_parted_by_tabs()
    {
        var document = Page("<table role=presentation><tr><td><b>House</b><br>Ltd</td><td>Note</td></tr></table><p>Text.</p>");

        Assert.Equal("House Ltd\tNote\nText.\n", document.Text);
        Assert.Empty(document.Tables());
    }

    [Fact]
    public void Every_line_of_the_sample_is_the_line_that_a_browser_shows()
    {
        var expected = File.ReadAllLines(Originals.Find("samples/mix1.html.txt"));
        var document = Reports.File(Originals.Find("samples/mix1.html"));

        Assert.Equal(expected.Where(line => line.Length > 0), document.Text.Split('\n').Where(line => line.Length > 0));
    }
}
