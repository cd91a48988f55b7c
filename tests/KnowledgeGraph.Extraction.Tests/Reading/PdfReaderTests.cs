using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class PdfReaderTests
{
    [Fact]
    public void Pages_start_where_the_file_breaks_them()
    {
        var document = Reports.Read(SamplePackages.Pdf(["First page here."], ["Second page here."]), "a.pdf");

        Assert.Equal(2, document.PageStarts.Count);
        Assert.StartsWith("Second", document.Text[document.PageStarts[1]..].TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_a_table_are_told_by_their_gaps()
    {
        var table = Reports.Read(
            SamplePackages.Pdf(
            [
                "Table 1: Prices of the week",
                "",
                "Company          Close     Change",
                "Nvidia           215.33    -4.4%",
                "Palo Alto Net.   260.58     7.3%",
                "Dell             295.19    22.0%",
                "Source: company data",
            ]),
            "a.pdf").Tables().Single();

        Assert.Equal(["Palo Alto Net.", "260.58", "7.3%"], table.Rows[2].Texts());
        Assert.Equal((1, "Prices of the week"), (table.HeaderRows, table.Caption?.Text));
    }

    [Fact]
    public void Cut_off_file_is_damaged()
    {
        var bytes = SamplePackages.Pdf(["Text."]);

        Assert.Equal(UnreadableReason.Damaged, Reports.Refused(bytes[..40], "a.pdf").Reason);
    }
}
