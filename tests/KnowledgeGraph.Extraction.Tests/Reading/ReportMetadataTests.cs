using System.Text.Json;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class ReportMetadataTests
{
    private static ReportMetadata Of(string text, string name = "report.txt") => ReportMetadataReader.Read(Reports.Text(text, name), new ReportHints());

    [Theory]
    [InlineData("晨光证券研究所\n2026年3月5日\n\n星桥科技发布新芯片，云峰跟进\n\n摘要\n\n星桥科技昨日发布了新芯片。\n", "2026-03-05")]
    [InlineData("证券研究报告 | 行业周报\n2026-03-05\n\n星桥科技发布新芯片，云峰跟进\n\n正文如下。\n", "2026-03-05")]
    [InlineData("Harbour First Take\n5 March 2026 | Equity Research\n\nNvidia guides above, margins hold\n\nNvidia reported last night.\n", "2026-03-05")]
    [InlineData("Equity Research\nThursday, March 5, 2026\n\nNvidia guides above, margins hold\n\nNvidia reported last night.\n", "2026-03-05")]
    [InlineData("發布日期：2026/03/05\n\n台股焦點：台積電法說會報喜\n\n台積電今日舉行法說會，營收優於預期。\n", "2026-03-05")]
    public void Date_on_the_cover_is_stated(string text, string expected)
    {
        var metadata = Of(text);

        Assert.Equal((expected, DateBasis.Stated), (metadata.Date?.Text, metadata.DateBasis));
        Assert.Equal(new DateOnly(2026, 3, 5), metadata.ReferenceDay);
    }

    [Fact]
    public void Week_in_the_masthead_gives_its_last_day_as_inferred()
    {
        var metadata = Of("# The Night Circuit · issue 7\n\n*Digest for the week of Mon 2 – Sun 8 March 2026. Written by Ada Brook and Max Field.*\n\n- Nvidia shipped a chip.\n", "a.md");

        Assert.Equal(("2026-03-08", DateBasis.Inferred), (metadata.Date?.Text, metadata.DateBasis));
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 8)), metadata.Covers);
        Assert.Equal("The Night Circuit", metadata.Publisher);
        Assert.Equal(["Ada Brook", "Max Field"], metadata.Analysts);
        Assert.Equal("USD", metadata.HomeCurrency);
    }

    [Fact]
    public void A_date_that_is_a_sentence_of_its_own_in_a_long_masthead_is_stated()
    {
        var metadata = Of("# Night Circuit | issue 9\n\n*Sunday 15 March 2026. Covering Mon 9 to Sun 15 Mar. Put together by Ada Brook and Max Field for readers of nightcircuit.example.*\n\n- Nvidia shipped a chip on 2 June.\n", "a.md");

        Assert.Equal(("2026-03-15", DateBasis.Stated), (metadata.Date?.Text, metadata.DateBasis));
    }

    [Fact]
    public void Outlook_for_a_month_gives_the_month_and_its_series_is_part_of_the_title()
    {
        var metadata = Of("互联网行业 2026 年 4 月投资策略\n\n优于大市\n\n广告回暖，云上加速\n\n核心观点\n\n截至 2026 年 3 月 30 日，估值为二十倍，低于过去五年的平均水平，配置价值开始显现。\n");

        Assert.Equal(("2026-04", DateBasis.Inferred), (metadata.Date?.Text, metadata.DateBasis));
        Assert.Equal("互联网行业 2026 年 4 月投资策略：广告回暖，云上加速", metadata.Title);
        Assert.Equal(("互联网", "优于大市"), (metadata.Sector, metadata.Rating));
    }

    [Fact]
    public void Days_without_a_year_take_the_one_nearest_to_the_dated_ones()
    {
        var metadata = Of("周观察\n\n一、回顾\n\n2025年12月31日，星桥科技完成融资。\n\n1月5日，云峰发布新模型，性能提升明显。\n\n1月8日，海川科技上市。\n");

        Assert.Equal(("2026-01", new DateOnly(2026, 1, 8)), (metadata.Date?.Text, metadata.ReferenceDay!.Value));
    }

    [Fact]
    public void A_day_that_lies_ahead_is_not_the_reports_date()
    {
        var metadata = Of("周观察\n\n一、回顾\n\n2026年5月21日，星桥科技公布财报。\n\n公司预计于2026年9月30日量产，产品将于10月8日上市。\n");

        Assert.Equal("2026-05", metadata.Date?.Text);
    }

    [Fact]
    public void Related_reports_are_not_taken_for_the_date_of_this_one()
    {
        var metadata = Of("晨光证券\n\n云上加速，芯片紧缺\n\n相关报告\n《静水流深》2025.10.19\n\n本周观点\n\n本周（10.20-10.24）指数上涨，云服务商的订单继续增加，芯片仍然紧缺，我们维持看好。\n");

        Assert.Equal((new DateOnly(2025, 10, 20), new DateOnly(2025, 10, 24)), metadata.Covers);
        Assert.Equal("2025-10", metadata.Date?.Text);
    }

    [Fact]
    public void Hints_win_over_the_text()
    {
        var document = Reports.Text("晨光证券研究所\n2026年3月5日\n\n正文。\n");
        var metadata = ReportMetadataReader.Read(document, new ReportHints { Publisher = "云顶", Date = PartialDate.Month(2026, 2), Title = "题" });

        Assert.Equal(("云顶", "题", "2026-02", DateBasis.Given), (metadata.Publisher, metadata.Title, metadata.Date?.Text, metadata.DateBasis));
    }

    [Fact]
    public void A_company_with_its_ticker_is_written_about_and_does_not_publish()
    {
        var metadata = Of("# Contoso Corp. (CTSO) – First Take\n\n**Larkfield Lowe & Co. | Equity Research | US Software & Cloud Infrastructure | March 5, 2026**\n\nContoso printed its January quarter after the close, and every line of it was ahead of what we had expected of the company.\n", "a.md");

        Assert.Equal(("Larkfield Lowe & Co.", "2026-03-05", DateBasis.Stated), (metadata.Publisher, metadata.Date?.Text, metadata.DateBasis));
    }

    [Fact]
    public void A_house_that_signs_a_newsletter_publishes_it() =>
        Assert.Equal("晨光证券", Of("# 晨光 AI 周记 · 第 23 期\n\n**晨光证券研究所 前沿组** ｜ 2026 年 3 月 5 日\n\n云上加速。\n", "a.md").Publisher);

    [Fact]
    public void A_house_in_capitals_publishes_and_not_the_post_of_an_analyst() =>
        Assert.Equal("LARKFIELD LOWE SECURITIES", Of("LARKFIELD LOWE SECURITIES PTE LTD\nMorning Wrap / Asia Technology\nThursday, 5 March 2026\n\nPriya Rao (Head of Tech Research) +65 6555 0100\n\nServers out-earn phones.\n").Publisher);

    [Theory]
    [InlineData("证券研究报告 · 行业周报 · 电子\n2026年3月5日　投资评级：看好（维持）\n分析师：乔木 S0590001 | 联系人：盛夏\n\n芯片紧缺，云上加速\n", "电子")]
    [InlineData("晨光证券研究所\n传媒互联网｜应用周报（第41期）\n2026年3月5日\n评级：推荐（维持）\n首席分析师：乔木\n\n按结果收费开始了\n", "传媒互联网")]
    [InlineData("证券研究报告 · 行业周报\n人工智能产业周报（2026年第36期）：端侧抢滩\n发布日期：2026年3月5日\n行业评级：推荐（维持）\n", "人工智能")]
    [InlineData("晨光证券研究所\n2026 年 3 月 5 日\n行业评级：看好（维持）\n\n今日导读\n芯片紧缺，云上加速。\n", null)]
    public void The_sector_stands_in_kicker_or_title_and_is_no_heading_and_no_person(string text, string? sector) => Assert.Equal(sector, Of(text).Sector);

    [Theory]
    [InlineData("資料來源：公司資料，晨光投顧整理", "台積電第二季營收創新高，法說會釋出樂觀展望，新台幣升值影響毛利率。", "晨光投顧", "TWD")]
    [InlineData("資料來源：公司資料，晨光證券", "騰訊控股收市報五百港元，恒生指數上升，港股成交回落。", "晨光證券", "HKD")]
    [InlineData("资料来源：Wind，晨光证券研究所", "金山办公股价上涨。", "晨光证券", "CNY")]
    [InlineData("Source: company data, Larkfield Research", "Nvidia shares rose after the print and we stay positive on the name.", "Larkfield Research", "USD")]
    public void Publisher_stands_in_the_source_line_and_home_follows_script_and_market(string source, string body, string publisher, string currency)
    {
        var metadata = Of($"{body}\n\n{source}\n");

        Assert.Equal((publisher, currency), (metadata.Publisher, metadata.HomeCurrency));
    }

    [Theory]
    [InlineData("# 云上加速\n\n**——晨光算力（688999.SH）2026 年中报点评**\n\n晨光证券研究所 | 2026 年 8 月 26 日\n", "晨光算力 688999.SH")]
    [InlineData("晨光投顧 │ 法說快評\n3999.TW 晨光 ── 散熱族群\n\n下半年滿載\n115/07/22\n", "晨光 3999.TW")]
    [InlineData("LARKFIELD LOWE\nInitiation of coverage\n11 September 2026\nCambrian Optics\nCBRO LN\nBUY\n", "Cambrian Optics CBRO LN")]
    [InlineData("晨光证券研究所\n2026年3月5日\n电话（021）3803 0000\n推荐标的：晨光算力（688999.SH）\n\n一、焦点\n蓝海（688998.SH）上涨。\n", "电话 021?")]
    public void A_cover_names_companies_with_their_codes(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", Of(text).Named.Select(name => $"{name.Name} {name.Code}{(name.IsBare ? "?" : "")}")));

    [Theory]
    [InlineData("分析师：王小明（执业 S1234567890123） 分析师：李　雷（执业 S1234567890124）", new[] { "王小明", "李雷" })]
    [InlineData("证券分析师：王小明 0755-1234567", new[] { "王小明" })]
    [InlineData("Analysts: Jane Q. Doe, CFA; Rob Steel", new[] { "Jane Q. Doe", "Rob Steel" })]
    [InlineData("科技：陈大文 David Chan, CFA (CE: ABC 123) | 李小美 May Lee", new[] { "陈大文 David Chan", "李小美 May Lee" })]
    public void Analysts_are_named_without_licences(string line, string[] expected) =>
        Assert.Equal(expected, Of($"晨光证券\n{line}\n\n正文从这里开始。\n").Analysts);

    [Theory]
    [InlineData("000")]
    [InlineData("001")]
    [InlineData("004")]
    [InlineData("zh1")]
    [InlineData("en2")]
    [InlineData("mix1")]
    public void Metadata_agree_with_the_annotation(string name)
    {
        using var gold = JsonDocument.Parse(File.ReadAllText(Originals.Find($"gold/{name}.json")));
        var report = gold.RootElement.GetProperty("report");
        var path = char.IsDigit(name[0]) ? Originals.Report(name) : Directory.EnumerateFiles(Originals.Find("samples"), name + ".*").Order(StringComparer.Ordinal).First();
        var metadata = ReportMetadataReader.Read(Reports.File(path), new ReportHints());

        Assert.Equal(report.GetProperty("publisher").GetString(), metadata.Publisher);
        Assert.Equal(report.GetProperty("date").GetString(), metadata.Date?.Text);
        Assert.Equal(report.GetProperty("rating").GetString(), metadata.Rating);
        Assert.Equal(report.GetProperty("analysts").EnumerateArray().Select(analyst => analyst.GetString()), metadata.Analysts);
        Assert.EndsWith(metadata.Title!, report.GetProperty("title").GetString()!, StringComparison.Ordinal);
    }
}
