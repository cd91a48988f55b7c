using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Entities;

public sealed class EntityTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Theory]
    [InlineData("辉达")]
    [InlineData("英伟达")]
    [InlineData("NVIDIA")]
    [InlineData("nvidia")]
    [InlineData("ＮＶＩＤＩＡ")]
    [InlineData("nvda.o")]
    public async Task Every_alias_finds_the_same_entity(string q)
    {
        await host.PostAsync("别名周报\n英伟达|FY2027Q1|1|2026-05-20");
        var first = (await host.GetAsync($"/entities?q={Uri.EscapeDataString(q)}"))["items"]![0]!;
        Assert.Equal("company/nvidia", first["id"]!.ToString());
        Assert.Equal("exact", first["match"]!["kind"]!.ToString());
    }

    [Fact]
    public async Task An_exact_name_comes_before_a_beginning_and_that_before_a_part()
    {
        await host.PostAsync("排序周报\nStar|2026|1|2026\nStarlight|2026|1|2026\nBlue Star|2026|1|2026\nStarlight|2025|1|2025");
        var items = await host.ListAsync("/entities?q=star", 1);
        Assert.Equal(["company/star", "company/starlight", "company/blue-star"], items.Select(item => item["id"]!.ToString()));
        Assert.Equal(["exact", "prefix", "contains"], items.Select(item => item["match"]!["kind"]!.ToString()));
    }

    [Theory]
    [InlineData("searchword", "exact")]
    [InlineData("ＳearchＷord", "exact")]
    [InlineData("search", "prefix")]
    [InlineData("archwo", "contains")]
    [InlineData("serchword", "misspelt")]
    [InlineData("searchwrod", "misspelt")]
    [InlineData("seaarchword", "misspelt")]
    [InlineData("searchwurd", "misspelt")]
    [InlineData("賬單飛龍", "exact")]
    [InlineData("账单飞", "prefix")]
    [InlineData("單飛", "contains")]
    [InlineData("账单飞虫", "misspelt")]
    public async Task A_name_is_found_in_either_script_by_a_part_and_with_a_slip(string q, string match)
    {
        await host.PostAsync("查找周报\nSearchword|2026|1|2026\n账单飞龙|2026|1|2026\nOther Thing|2026|1|2026");
        var found = Assert.Single(await host.ListAsync($"/entities?q={Uri.EscapeDataString(q)}", 5));
        Assert.Equal(match, found["match"]!["kind"]!.ToString());
        Assert.Equal(q[0] < 128 || q[0] == 'Ｓ' ? "company/searchword" : "company/账单飞龙", found["id"]!.ToString());
    }

    [Theory]
    [InlineData("serchwurd")]
    [InlineData("xearch")]
    [InlineData("账蛋")]
    public async Task What_is_two_keystrokes_away_or_too_short_to_tell_is_not_found(string q)
    {
        await host.PostAsync("查找周报\nSearchword|2026|1|2026\n账单飞龙|2026|1|2026\nOther Thing|2026|1|2026");
        Assert.Empty(await host.ListAsync($"/entities?q={Uri.EscapeDataString(q)}", 5));
    }

    [Fact]
    public async Task A_beginning_of_thousands_of_names_gives_each_entity_once_those_with_most_facts_first()
    {
        const int count = 2100;
        string[] lines = [.. Enumerable.Range(0, count).Select(i => $"Qx{i}|2026|1|2026"), "Qx77|2025|1|2025", "Qx77|2024|1|2024", "Qx9|2025|1|2025", "Qx|2026|1|2026"];
        foreach (var (part, i) in lines.Chunk(700).Select((part, i) => (part, i)))
            await host.PostAsync($"常见 {i}\n{string.Join('\n', part)}");
        var first = (await host.GetAsync("/entities?q=qx&limit=3"))["items"]!.AsArray();
        Assert.Equal(["company/qx exact", "company/qx77 prefix", "company/qx9 prefix"], first.Select(item => $"{item!["id"]} {item["match"]!["kind"]}"));
        var all = (await host.ListAsync("/entities?q=qx", 500)).Select(item => item["id"]!.ToString()).ToList();
        Assert.Equal(count + 1, all.Count);
        Assert.Equal(count + 1, all.Distinct().Count());
        Assert.Empty(await host.ListAsync("/entities?q=qx&kind=chip", 500));
    }

    [Fact]
    public async Task Entities_as_of_a_day_come_in_the_order_of_all_their_facts_and_count_those_up_to_the_day()
    {
        await host.PostAsync("那天周报\nLater|2026|1|2026-06\nLater|2025|1|2026-06\nLater|2024|1|2026-01\nSooner|2026|1|2026-01\nSooner|2025|1|2026-01");
        var items = (await host.ListAsync("/entities?at=2026-03", 2)).Where(item => item["name"]!.ToString() is "Later" or "Sooner");
        Assert.Equal(["Later 1", "Sooner 2"], items.Select(item => $"{item["name"]} {item["factCount"]}"));
    }

    [Fact]
    public async Task An_entity_has_its_tickers_and_the_end_of_its_fiscal_year()
    {
        await host.PostAsync("代码周报\n英伟达|FY2027Q1|1|2026-05-20");
        Assert.Equal("""{"tickers":["NVDA.O"],"fiscalYearEnd":1,"maker":null}""", (await host.GetAsync("/entities/company/nvidia"))["identifiers"]!.ToJsonString());
    }

    [Fact]
    public async Task An_entity_says_which_report_brought_each_of_its_names()
    {
        var report = await host.IngestAsync("来源周报\nProven|2026|1|2026");
        var name = Assert.Single((await host.GetAsync("/entities/company/proven"))["names"]!.AsArray())!;
        Assert.Equal(("Proven", "company/proven", report), (name["alias"]!.ToString(), name["entity"]!.ToString(), name["report"]!.ToString()));
        Assert.True(name["sequence"]!.GetValue<long>() > 0);
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("_")]
    [InlineData("%5C")]
    public async Task Signs_of_a_pattern_language_stand_for_themselves(string q)
    {
        await host.PostAsync("通配周报\nPlain|2026|1|2026");
        Assert.Empty((await host.GetAsync($"/entities?q={q}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Pages_of_entities_show_each_once()
    {
        await host.PostAsync("实体翻页\nrandom 80");
        var paged = (await host.ListAsync("/entities", 3)).Select(item => item["id"]!.ToString()).ToList();
        var whole = (await host.ListAsync("/entities", 500)).Select(item => item["id"]!.ToString()).ToList();
        Assert.Equal(whole, paged);
        Assert.Equal(whole.Count, whole.Distinct().Count());
    }

    [Fact]
    public async Task A_kind_narrows_the_list()
    {
        await host.PostAsync("种类周报\n英伟达|2026Q1|1|2026");
        Assert.All(await host.ListAsync("/entities?kind=publisher", 50), item => Assert.Equal("publisher", item["kind"]!.ToString()));
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/entities?kind=planet"), HttpStatusCode.BadRequest, "invalid-parameter", "kind");
    }

    [Fact]
    public async Task An_entity_has_its_aliases_its_dates_and_its_counts()
    {
        await host.PostAsync("计数甲\nCounted|2026Q1|1|2026-01-01\nCounted|2026Q2|1|2026-04-01", "?date=2026-02-01");
        await host.PostAsync("计数乙\nCounted|2026Q3|1|2026-07-01", "?date=2026-01-15");
        var entity = await host.GetAsync("/entities/company/counted");
        Assert.Equal("Counted", entity["name"]!.ToString());
        Assert.Equal("counted", entity["slug"]!.ToString());
        Assert.Equal("""["Counted"]""", entity["aliases"]!.ToJsonString());
        Assert.Equal("2026-01-15", entity["firstSeen"]!.ToString());
        Assert.Equal("2026-02-01", entity["lastSeen"]!.ToString());
        Assert.Equal(3, entity["factCount"]!.GetValue<int>());
        Assert.Equal("""{"EarningsReported":3}""", entity["facts"]!.ToJsonString());
    }

    [Fact]
    public async Task A_slug_may_be_Chinese_encoded_or_not()
    {
        await host.PostAsync("中文周报\n智谱|2026Q1|1|2026");
        foreach (var slug in new[] { "智谱", "%E6%99%BA%E8%B0%B1" })
            Assert.Equal("company/智谱", (await host.GetAsync($"/entities/company/{slug}"))["id"]!.ToString());
    }

    [Theory]
    [InlineData("/entities/company/nobody")]
    [InlineData("/entities/company/nobody/timeline")]
    public async Task An_unknown_entity_is_not_found(string path) =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync(path), HttpStatusCode.NotFound, "not-found", "slug");

    [Fact]
    public async Task An_unknown_kind_is_a_bad_request() =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/entities/planet/mars"), HttpStatusCode.BadRequest, "invalid-parameter", "kind");

    [Fact]
    public async Task A_publisher_is_an_entity_too()
    {
        await host.PostAsync("出版周报", "?publisher=%E4%B8%AD%E9%87%91%E5%85%AC%E5%8F%B8");
        JsonNode publisher = await host.GetAsync("/entities/publisher/中金公司");
        Assert.Equal(0, publisher["factCount"]!.GetValue<int>());
    }
}
