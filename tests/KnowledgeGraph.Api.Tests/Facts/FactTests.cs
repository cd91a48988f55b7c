using System.Net;

namespace KnowledgeGraph.Api.Tests.Facts;

public sealed class FactTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task A_fact_says_where_it_comes_from()
    {
        var before = new string('前', 100);
        var after = new string('后', 100);
        var id = await host.IngestAsync($"{before}\n英伟达|FY2027Q1|81600000000|2026-05-20\n{after}", "?title=周报&date=2026-05-24");
        var fact = await OnlyFactAsync(id);
        Assert.Equal("EarningsReported", fact["type"]!.ToString());
        Assert.Equal("company/nvidia", fact["roles"]!["company"]!["id"]!.ToString());
        Assert.Equal("2026-05-20", fact["when"]!.ToString());
        Assert.Equal("reported", fact["status"]!.ToString());
        Assert.Equal("81600000000", fact["values"]!["amount"]!.ToJsonString());
        var evidence = fact["evidence"]!;
        Assert.Equal(id, evidence["report"]!.ToString());
        Assert.Equal(["周报", "国金证券", "2026-05-24", "英伟达|FY2027Q1|81600000000|2026-05-20", "sample/line"],
            new[] { "title", "publisher", "date", "quote", "rule" }.Select(name => evidence[name]!.ToString()));
        Assert.Equal("新浪财经", evidence["attribution"]![0]!.ToString());
        Assert.Equal(101, evidence["start"]!.GetValue<int>());
        Assert.Equal(new string('前', 79) + "\n", evidence["before"]!.ToString());
        Assert.Equal("\n" + new string('后', 79), evidence["after"]!.ToString());
        Assert.Equal(2, evidence["streamVersion"]!.GetValue<int>());
        var recorded = await host.GetAsync($"/events?after={evidence["sequence"]!.GetValue<long>() - 1}&limit=1");
        Assert.Equal(fact["id"]!.ToString(), recorded["items"]![0]!["data"]!["FactId"]!.ToString());
    }

    [Fact]
    public async Task The_words_around_never_hold_half_a_character()
    {
        var id = await host.IngestAsync($"{string.Concat(Enumerable.Repeat("😀", 60))}a\n英伟达|FY2026Q1|1|2025-05-20\nb{string.Concat(Enumerable.Repeat("😀", 60))}");
        var evidence = (await OnlyFactAsync(id))["evidence"]!;
        Assert.Equal($"{string.Concat(Enumerable.Repeat("😀", 39))}a\n", evidence["before"]!.ToString());
        Assert.Equal($"\nb{string.Concat(Enumerable.Repeat("😀", 39))}", evidence["after"]!.ToString());
    }

    [Fact]
    public async Task A_number_is_answered_as_the_decimal_that_it_is()
    {
        var fact = await OnlyFactAsync(await host.IngestAsync("小数\n英伟达|FY2025Q1|79228162514264337593543.95|2024-05-20"));
        Assert.Equal("79228162514264337593543.95", fact["values"]!["amount"]!.ToJsonString());
    }

    [Fact]
    public async Task Chinese_is_answered_as_itself()
    {
        var id = await host.IngestAsync("原文\n智谱|2026Q2|3|2026-05-21");
        Assert.Contains("智谱|2026Q2", await host.Client.GetStringAsync($"/reports/{id}/facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_fact_is_not_found() => await ApiHost.ProblemAsync(
        await host.Client.GetAsync($"/facts/{Guid.Empty}"), HttpStatusCode.NotFound, "not-found", "id");

    [Fact]
    public async Task What_is_no_uuid_is_a_bad_request() => await ApiHost.ProblemAsync(
        await host.Client.GetAsync("/facts/12"), HttpStatusCode.BadRequest, "invalid-parameter", "id");

    private async Task<System.Text.Json.Nodes.JsonNode> OnlyFactAsync(string reportId)
    {
        var fact = Assert.Single(await host.ListAsync($"/reports/{reportId}/facts", 5));
        return await host.GetAsync($"/facts/{fact["id"]}");
    }
}
