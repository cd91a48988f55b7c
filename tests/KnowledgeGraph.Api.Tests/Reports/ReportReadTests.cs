using System.Net;

namespace KnowledgeGraph.Api.Tests.Reports;

public sealed class ReportReadTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task The_text_comes_back_unchanged()
    {
        const string Text = "第一行\r\n第二行\t\u3000全角 😀\n\n末行 ";
        var response = await host.Client.GetAsync($"/reports/{await host.IngestAsync(Text)}/text");
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(Text, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_quote_is_the_text_at_its_offsets()
    {
        var id = await host.IngestAsync("引文周报 😀😀\nrandom 80\n英伟达|2026Q3|5|2026-09");
        var text = await (await host.Client.GetAsync($"/reports/{id}/text")).Content.ReadAsStringAsync();
        var facts = await host.ListAsync($"/reports/{id}/facts", 7);
        Assert.NotEmpty(facts);
        Assert.All(facts, fact => Assert.Equal(fact["quote"]!.ToString(), text[fact["start"]!.GetValue<int>()..fact["end"]!.GetValue<int>()]));
    }

    [Fact]
    public async Task Pages_of_reports_show_each_once_and_the_latest_first()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Insert(0, await host.IngestAsync($"翻页周报 {i}"));
        var seen = (await host.ListAsync("/reports", 3)).Select(report => report["id"]!.ToString()).ToList();
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(ids, seen.Where(ids.Contains));
    }

    [Fact]
    public async Task Pages_of_facts_show_each_once_in_the_order_of_recording()
    {
        var id = await host.IngestAsync("事实翻页\nrandom 40");
        var paged = (await host.ListAsync($"/reports/{id}/facts", 6)).Select(fact => fact["evidence"]!["sequence"]!.GetValue<long>()).ToList();
        Assert.Equal(paged.Order().Distinct(), paged);
        Assert.Equal(paged.Count, (await host.ListAsync($"/reports/{id}/facts", 500)).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/text")]
    [InlineData("/facts")]
    public async Task An_unknown_report_is_not_found(string rest) => await ApiHost.ProblemAsync(
        await host.Client.GetAsync($"/reports/{new string('0', 64)}{rest}"), HttpStatusCode.NotFound, "not-found", "id");

    [Theory]
    [InlineData("xyz")]
    [InlineData("0000")]
    public async Task What_cannot_be_a_report_id_is_a_bad_request(string id) => await ApiHost.ProblemAsync(
        await host.Client.GetAsync($"/reports/{id}"), HttpStatusCode.BadRequest, "invalid-parameter", "id");
}
