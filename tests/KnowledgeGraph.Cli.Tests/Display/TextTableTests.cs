using KnowledgeGraph.Cli.Display;

namespace KnowledgeGraph.Cli.Tests.Display;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_stay_aligned_with_chinese_in_them()
    {
        var lines = TextTable.Lines(["name", "quote"], [["英伟达", "营收创新高"], ["AMD", "flat"]], [10], 40).ToList();
        Assert.Equal(["name    quote", "英伟达  营收创新高", "AMD     flat"], lines);
    }

    [Fact]
    public void No_line_is_wider_than_the_table()
    {
        var lines = TextTable.Lines(["a", "b"], [[new string('长', 30), new string('宽', 200)]], [12], 50).ToList();
        Assert.All(lines, line => Assert.InRange(DisplayWidth.Of(line), 1, 50));
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_rows_is_its_header() => Assert.Equal(["a  b"], TextTable.Lines(["a", "b"], [], [5], 40));
}
