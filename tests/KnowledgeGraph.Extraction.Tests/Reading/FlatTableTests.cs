using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class FlatTableTests
{
    [Fact]
    public void Rows_parted_by_single_spaces_are_a_table()
    {
        var table = TableIn("表2：盈利预测\n会计年度 2024A 2025A 2026E\n营业收入（百万元） 1,200 1,560 2,010\n增长率（%） 扭亏 30.0 28.8\n资料来源：公司公告\n");

        Assert.Equal(["会计年度|2024A|2025A|2026E", "营业收入(百万元)|1,200|1,560|2,010", "增长率(%)|扭亏|30.0|28.8"], Texts(table));
        Assert.Equal(1, table.HeaderRows);
    }

    [Fact]
    public void A_period_in_a_header_belongs_to_the_metric_before_it()
    {
        var table = TableIn("代码 公司 评级 收盘价（元） EPS 2026E PE 2026E\n600001.SH 星河 增持 12.30 0.41 30.0\n600002.SH 云岭 买入 8.15 -0.20 -\n");

        Assert.Equal("代码|公司|评级|收盘价(元)|EPS 2026E|PE 2026E", Texts(table)[0]);
        Assert.Equal("600002.SH|云岭|买入|8.15|-0.20|-", Texts(table)[2]);
    }

    [Fact]
    public void A_row_that_a_line_break_cuts_in_two_is_one()
    {
        var table = TableIn("会计年度（12 月 31 日止） 2025A 2026E 2027E\n营业收入（百万元） 1,200 1,560 2,010\n净利润（百万元） -48\n-12 31\n毛利率 15.9% 16.2% 17.4%\n");

        Assert.Equal(["会计年度(12 月 31 日止)|2025A|2026E|2027E", "营业收入(百万元)|1,200|1,560|2,010", "净利润(百万元)|-48|-12|31", "毛利率|15.9%|16.2%|17.4%"], Texts(table));
    }

    [Fact]
    public void Tables_that_stand_side_by_side_are_read_one_by_one()
    {
        var table = TableIn("代码\t名称\t周涨跌幅(%)\t代码\t名称\t周涨跌幅(%)\n600001.SH\t星河\t4.20\t600003.SH\t海川\t-6.10\n600002.SH\t云岭\t3.15\t600004.SH\t晨光\t-2.70\n");

        var parts = table.SideBySide().ToList();

        Assert.Equal(2, parts.Count);
        Assert.Equal(["代码|名称|周涨跌幅(%)", "600001.SH|星河|4.20", "600002.SH|云岭|3.15"], Texts(parts[0]));
        Assert.Equal("600003.SH|海川|-6.10", Texts(parts[1])[1]);
    }

    [Fact]
    public void Cells_on_lines_of_their_own_are_a_table()
    {
        var table = TableIn("证券代码\n证券简称\n周涨跌幅(%)\n收盘价(元)\n600001.SH\n星河\n4.20\n12.30\n600002.SH\n云岭\n-1.15\n8.15\n资料来源：Wind\n");

        Assert.Equal(["证券代码|证券简称|周涨跌幅(%)|收盘价(元)", "600001.SH|星河|4.20|12.30", "600002.SH|云岭|-1.15|8.15"], Texts(table));
    }

    [Theory]
    [InlineData("我们 在 2026 年 继续 看好 算力\n星河 2026 年 营收 1,200 亿元\n云岭 2026 年 营收 900 亿元\n")]
    [InlineData("要点\n增长\n风险\n估值\n一\n二\n三\n")]
    [InlineData("NVIDIA GB300 NVL72 shipped in 2026\nRevenue of $5 bn rose 20% y/y\nMargins of 70% held\n")]
    public void Prose_and_lists_are_none(string text) => Assert.Empty(Reports.Text(text).Tables());

    private static Table TableIn(string text) => Assert.Single(Reports.Text(text).Tables());

    private static List<string> Texts(Table table) => [.. table.Rows.Select(row => string.Join('|', row.Texts()))];
}
