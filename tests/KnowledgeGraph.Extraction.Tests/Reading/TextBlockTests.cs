using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class TextBlockTests
{
    [Fact]
    public void Text_of_a_txt_file_is_the_files_own_text_unchanged()
    {
        const string text = "\r\n行业日报\r\n\r\n星桥科技今日发布新芯片。\r\n";

        Assert.Equal(text, Reports.Text(text).Text);
    }

    [Fact]
    public void Numbered_line_over_a_paragraph_is_a_heading_and_its_parent()
    {
        var document = Reports.Text("一、要闻\n\n1.1、云计算\n\n星桥科技宣布扩建机房，总投资三十亿元。\n\n二、风险\n\n需求放缓。\n");

        Assert.Equal(["要闻", "云计算", "风险"], document.Words(BlockKind.Heading));
        Assert.Equal("云计算", document.HeadingOf("扩建机房"));
        Assert.Equal("要闻", document.Blocks[document.Blocks[1].Heading].Passage.Text);
    }

    [Theory]
    [InlineData("星桥科技：")]
    [InlineData("#### 星桥科技:")]
    [InlineData("**星桥科技：**")]
    [InlineData("【星桥科技】")]
    public void Subject_alone_on_its_line_heads_what_follows(string subject)
    {
        var document = Reports.Text($"## 二、公司\n\n{subject}\n\n公司昨日公布季报，收入增长一成。\n");

        Assert.Contains("星桥科技", document.HeadingOf("公布季报"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_wrapped_at_a_width_are_one_paragraph_without_breaks()
    {
        var document = Reports.Text(
            "l 机房。十月二日，星桥科技宣布在西北新建三座数据中心，其中两座将在年内投入使用，剩下一座要等到明年春天才能开始通\n"
            + "电，总容量达到四百兆瓦。公司同时公布了新的租用价格，比上一代便宜大约三成，签约客户以互联网企业居多，另有部分银\n"
            + "行和券商。\n"
            + "l 芯片。十月三日，同一家公司发布第二代推理芯片，采用更先进的制程，单卡显存提高到一百四十四，功耗维持不变，量产时\n"
            + "间定在第四季度。\n");

        var items = document.Words(BlockKind.ListItem).ToList();
        Assert.Equal(2, items.Count);
        Assert.StartsWith("机房。", items[0], StringComparison.Ordinal);
        Assert.EndsWith("另有部分银行和券商。", items[0], StringComparison.Ordinal);
        Assert.Contains("量产时间定在第四季度", items[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Paragraph_torn_by_a_page_foot_is_one_block()
    {
        var document = Reports.Text(
            "一、公告\n\n星桥科技前三季度营收六十亿元，同比增长两成；归母净利润五亿元，扣非净利润四亿元，第三季度单季营收同比\n"
            + "请务必阅读正文之后的声明　　　1 / 3\n晨报 | 第七期\n+14.41%，创下历史新高。\n\n二、其他\n\n没有更多。\n请务必阅读正文之后的声明　　　2 / 3\n晨报 | 第七期\n\n完。\n");

        Assert.Contains(document.Words(BlockKind.Paragraph), words => words.EndsWith("单季营收同比+14.41%,创下历史新高。", StringComparison.Ordinal));
        Assert.Equal(4, document.Words(BlockKind.Decoy).Count());
    }

    [Fact]
    public void Paragraph_torn_by_blank_lines_is_one_block()
    {
        var document = Reports.Text("租金的上涨让云服务商受益，这在去年还没有人料到，而背后的主要推手正是那家来自加州的芯片巨头星\n\n\n\n桥科技。它的旧卡今年涨价两成。\n");

        Assert.Contains("芯片巨头星桥科技。它的旧卡", Assert.Single(document.Words(BlockKind.Paragraph)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_finished_paragraphs_are_not_joined()
    {
        var document = Reports.Text("租金的上涨让云服务商受益，这在去年还没有人料到。\n\n\n\n旧卡今年涨价两成。\n");

        Assert.Equal(2, document.Blocks.Count);
    }

    [Fact]
    public void Contents_list_is_a_decoy_and_its_entries_are_the_headings()
    {
        var document = Reports.Text(
            "内容目录\n\n市场回顾：指数走平\t3\n星桥：发布第二代芯片.....\t4\n风险提示\t9\n\n图表目录\n\n图 1: 指数走势\t3\n图 2: 估值\t4\n\n\n市场回顾：指数走平\n\n本月指数涨百分之一。\n\n星桥：发布第二代芯片。\n\n芯片于五日发布。\n");

        Assert.Equal(["市场回顾:指数走平", "星桥:发布第二代芯片。"], document.Words(BlockKind.Heading));
        Assert.Equal(4, document.Words(BlockKind.Decoy).Count());
        Assert.Equal(2, document.Words(BlockKind.Paragraph).Count());
    }

    [Fact]
    public void Related_reports_are_decoys_and_the_body_after_them_is_not()
    {
        var document = Reports.Text("相关报告\n- 《静水流深，等待年报》——2025-03-02\n- 《算力的冬天与春天》——2025-02-11\n\n本周观点\n\n我们看好星桥科技。\n");

        Assert.EndsWith("2025-02-11", Assert.Single(document.Words(BlockKind.Decoy)), StringComparison.Ordinal);
        Assert.Equal("本周观点", document.HeadingOf("看好星桥"));
    }

    [Fact]
    public void Everything_after_a_closing_disclaimer_is_a_decoy()
    {
        var document = Reports.Text("正文到此为止，星桥股价收涨。\n\n风险提示\n\n需求不及预期。\n\n免责声明\n\n本文只供参考。\n\n买入：预期涨幅超过两成；\n\n上海\n电话：021-00000000\n");

        Assert.Equal("风险提示", document.HeadingOf("需求不及预期"));
        Assert.All(document.Blocks.Where(block => block.Start >= document.Text.IndexOf("免责", StringComparison.Ordinal)), block => Assert.Equal(BlockKind.Decoy, block.Kind));
    }

    [Fact]
    public void Disclaimer_in_the_middle_ends_where_content_opens_again()
    {
        var document = Reports.Text("重要声明\n\n本刊只供内部参阅。\n\n一、要闻\n\n星桥科技发布新芯片。\n\n二、数据\n\n出货量一百万。\n\n三、展望\n\n继续看好。\n\n四、附录\n\n见下期。\n");

        Assert.Equal("要闻", document.HeadingOf("新芯片"));
    }

    [Fact]
    public void Company_table_titled_with_ratings_is_no_legal_text()
    {
        var document = Reports.Text("重点公司盈利预测及投资评级\n\n公司\t评级\t收盘价\n星桥\t买入\t12.5\n云峰\t增持\t8.1\n\n风险提示\n\n无。\n");

        Assert.Equal(2, document.Tables().Single().Rows.Count - document.Tables().Single().HeaderRows);
    }

    [Fact]
    public void Analyst_lines_and_addresses_are_decoys()
    {
        var document = Reports.Text("分析师：王小明（执业 S1234567890123）\nwang@example.com\n\n星桥科技的首席分析师预计明年收入翻番。\n");

        Assert.Equal(2, document.Words(BlockKind.Decoy).Count());
        Assert.Single(document.Words(BlockKind.Paragraph));
    }

    [Fact]
    public void Captions_and_sources_have_their_own_kind()
    {
        var document = Reports.Text("图表 3: 指数走势\n\n资料来源：某数据库，本行整理\n\nFigure 4: Shipments by quarter\nSource: company data\n");

        Assert.Equal(2, document.Words(BlockKind.Caption).Count());
        Assert.Equal(2, document.Words(BlockKind.SourceLine).Count());
    }

    [Fact]
    public void Markdown_list_nests_by_indentation()
    {
        var document = Reports.Text("# Weekly\n\n- **Nvidia**\n  - ships a chip\n  - cuts a price\n- **AMD**\n  - waits\n", "weekly.md");

        var items = document.Blocks.Where(block => block.Kind == BlockKind.ListItem).ToList();
        Assert.Equal([1, 2, 2, 1, 2], items.Select(item => item.Level));
        Assert.Equal("Nvidia", document.Blocks[items[2].Parent].Passage.Text);
        Assert.Equal("AMD", document.Blocks[items[4].Parent].Passage.Text);
    }

    [Fact]
    public void Markdown_lines_without_a_blank_between_are_one_paragraph()
    {
        var document = Reports.Text("Nvidia said on Tuesday that it would\nship the new part in the autumn.\n\n> A quote over\n> two lines.\n", "note.md");

        Assert.Equal(["Nvidia said on Tuesday that it would ship the new part in the autumn.", "A quote over two lines."], document.Words(BlockKind.Paragraph));
    }
}
