namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class TextTableTests
{
    [Fact]
    public void Tabs_make_a_table_with_caption_source_and_note()
    {
        var table = Reports.Text("表2：一周涨跌\n\n公司\t收盘价\t涨跌幅\n星桥\t12.5\t3.1%\n云峰\t8.1\t-2.0%\n\n资料来源：某终端\n注：截至周五收盘\n").Tables().Single();

        Assert.Equal(1, table.HeaderRows);
        Assert.Equal(["云峰", "8.1", "-2.0%"], table.Rows[2].Texts());
        Assert.Equal(("一周涨跌", "资料来源:某终端", "注:截至周五收盘"), (table.Caption?.Text, table.Source?.Text, table.Note?.Text));
    }

    [Theory]
    [InlineData("公司\t评级\tEPS\t\tPE\t\n\t\t2025E\t2026E\t2025E\t2026E\n")]
    [InlineData("公司\t评级\tEPS\tPE\n2025E\t2026E\t2025E\t2026E\n")]
    [InlineData("公司\t评级\tEPS\t\tPE\n\t\t2025E\t2026E\t2025E\t2026E\n")]
    public void Second_header_row_lies_under_its_titles(string header)
    {
        var table = Reports.Text(header + "星桥\t买入\t1.1\t1.4\t20.0\t17.5\n云峰\t增持\t0.2\t0.3\t-\t40.1\n").Tables().Single();

        Assert.Equal(2, table.HeaderRows);
        Assert.Equal(["公司", "评级", "EPS 2025E", "EPS 2026E", "PE 2025E", "PE 2026E"], Enumerable.Range(0, 6).Select(table.Header));
    }

    [Fact]
    public void Columns_of_spaces_make_a_table_with_titles_over_groups()
    {
        var table = Reports.Text(
            "表一：預估調整\n                     FY27E              FY28E\nUS$bn            New      Old       New      Old\nRevenue          365      340       440      410\nEPS (US$)        8.90     8.20      10.60    9.80\n").Tables().Single();

        Assert.Equal(["US$bn", "FY27E New", "FY27E Old", "FY28E New", "FY28E Old"], Enumerable.Range(0, 5).Select(table.Header));
        Assert.Equal("预估调整", table.Caption?.Text);
        Assert.Equal(["EPS (US$)", "8.90", "8.20", "10.60", "9.80"], table.Rows[3].Texts());
    }

    [Fact]
    public void Row_broken_by_a_stray_line_end_is_mended()
    {
        var table = Reports.Text("代码\t公司\t收盘价\t市值\t市盈率\n100001\t星桥\t372.30\n\t2,001\t75.8\n100002\t云峰\t15.62\t534\t142.0\n").Tables().Single();

        Assert.Equal(["100001", "星桥", "372.30", "2,001", "75.8"], table.Rows[1].Texts());
        Assert.Equal(3, table.Rows.Count);
    }

    [Fact]
    public void Empty_first_cell_continues_the_category_above()
    {
        var table = Reports.Text("板块\t公司\t涨幅\n游戏\t星桥\t1.0\n\t云峰\t2.0\n电商\t海川\t3.0\n\t平均\t2.0\n").Tables().Single();

        Assert.Equal("游戏", table.Rows[2][0].Passage.Text);
        Assert.Equal("", table.Rows[4][0].Passage.Text);
    }

    [Fact]
    public void Table_continued_on_the_next_page_is_one_table()
    {
        var document = Reports.Text(
            "公司\t涨幅\n星桥\t1.0\n云峰\t2.0\n\n请务必阅读正文之后的声明 1 / 2\n\n晨报\n\n公司\t涨幅\n海川\t3.0\n山岳\t4.0\n\n请务必阅读正文之后的声明 2 / 2\n\n晨报\n\n公司\t跌幅\n平湖\t5.0\n");

        Assert.Equal([5, 2], document.Tables().Select(table => table.Rows.Count));
    }

    [Fact]
    public void Pipe_table_has_the_header_that_its_rule_marks()
    {
        var table = Reports.Text("### Prices\n\n| | In | Out |\n|:--|--:|--:|\n| mini | 0.75 | 4.50 |\n| **nano** | 0.20 | – |\n\n*List prices on Friday.*\n", "a.md").Tables().Single();

        Assert.Equal(["", "In", "Out"], table.Rows[0].Texts());
        Assert.Equal(["nano", "0.20", "–"], table.Rows[2].Texts());
        Assert.Equal(("Prices", "List prices on Friday."), (table.Caption?.Text, table.Note?.Text));
    }

    [Fact]
    public void Text_table_without_figures_has_one_header_row()
    {
        var table = Reports.Text("板块\t景气\t说明\n光模块\t向上\t新一代产品下半年量产。\n液冷\t持平\t等待订单。\n").Tables().Single();

        Assert.Equal(1, table.HeaderRows);
    }

    [Fact]
    public void Every_cell_reslices_to_its_words()
    {
        var document = Reports.Text("公司\t涨幅\n星桥\t１.0\n云峰\t2.0\n");

        foreach (var cell in document.Tables().Single().Rows.SelectMany(row => row))
        {
            var (start, end) = cell.Passage.Source(0, cell.Passage.Text.Length);
            Assert.Equal(document.Text[cell.Start..cell.End], document.Text[start..end]);
        }
    }
}
