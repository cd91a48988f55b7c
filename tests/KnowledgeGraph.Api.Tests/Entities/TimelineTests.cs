using System.Net;

namespace KnowledgeGraph.Api.Tests.Entities;

public sealed class TimelineTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task One_figure_of_two_reports_is_one_entry_with_each_reports_name_and_words()
    {
        await host.PostAsync("策略月报\n英伟达|FY2027Q1|82000000000|2026-05-20", "?publisher=%E4%B8%AD%E4%BF%A1&date=2026-06-01");
        await host.PostAsync("国金周报\n英伟达|FY2027Q1|81600000000|2026-05-20", "?publisher=%E5%9B%BD%E9%87%91&date=2026-05-24");
        await host.PostAsync("晨报\n英伟达|FY2027Q1|81600000000|2026-05", "?publisher=%E4%B8%AD%E9%87%91&date=2026-05-22");
        var entry = Assert.Single(await host.ListAsync("/entities/company/nvidia/timeline?period=FY2027Q1", 50));
        List<System.Text.Json.Nodes.JsonNode> facts = [entry, .. entry["further"]!.AsArray().Select(fact => fact!)];
        Assert.Equal(["82000000000", "81600000000", "81600000000"], facts.Select(fact => fact["values"]!["amount"]!.ToJsonString()));
        Assert.Equal(["策略月报", "国金周报", "晨报"], facts.Select(fact => fact["evidence"]!["title"]!.ToString()));
        Assert.Equal(["中信", "国金", "中金"], facts.Select(fact => fact["evidence"]!["publisher"]!.ToString()));
        Assert.All(facts, fact => Assert.Contains("FY2027Q1", fact["evidence"]!["quote"]!.ToString(), StringComparison.Ordinal));
        Assert.Equal("""["company"]""", entry["as"]!.ToJsonString());
        Assert.Equal(3, entry["assertions"]!.GetValue<int>());
        Assert.Equal("""["amount"]""", entry["differing"]!.ToJsonString());
    }

    [Fact]
    public async Task The_facts_of_a_merged_entity_join_those_of_the_other_in_one_entry()
    {
        await host.PostAsync("合并甲\nOneco|2026Q1|5|2026-04-01");
        await host.PostAsync("合并乙\nTwoco|2026Q1|6|2026-04-01\nTwoco|2026Q2|7|2026-07-01");
        using var content = new StringContent("""{ "entity": "company/twoco", "into": "company/oneco", "author": "a", "reason": "r" }""", null, "application/json");
        Assert.Equal(HttpStatusCode.Created, (await host.Client.PostAsync("/curation/merges", content)).StatusCode);
        var entries = await host.ListAsync("/entities/company/oneco/timeline", 1);
        Assert.Equal(["2026Q1", "2026Q2"], entries.Select(entry => entry["values"]!["period"]!.ToString()));
        Assert.Equal([2, 1], entries.Select(entry => entry["assertions"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_order_is_of_when_it_happened_was_published_or_was_recorded()
    {
        await host.PostAsync("次序一\nSorted|a|1|2026-03-01", "?date=2026-06-01");
        await host.PostAsync("次序二\nSorted|b|2|2026-02-01", "?date=2026-05-01");
        await host.PostAsync("次序三\nSorted|c|3|2026-01-01", "?date=2026-07-01");
        foreach (var (order, expected) in new[] { ("happened", "cba"), ("published", "bac"), ("recorded", "abc") })
        {
            var entries = await host.ListAsync($"/entities/company/sorted/timeline?order={order}", 1);
            Assert.Equal(expected, string.Concat(entries.Select(entry => entry["values"]!["period"]!.ToString())));
        }

        var first = await host.GetAsync("/entities/company/sorted/timeline?order=published&limit=1");
        await ApiHost.ProblemAsync(
            await host.Client.GetAsync($"/entities/company/sorted/timeline?cursor={first["next"]}"), HttpStatusCode.BadRequest, "invalid-parameter", "cursor");
    }

    [Theory]
    [InlineData("status=reported", "ab")]
    [InlineData("status=denied", "")]
    [InlineData("metric=revenue&period=b", "b")]
    [InlineData("publisher=publisher/filtera", "a")]
    [InlineData("publisher=publisher/nobody", "")]
    [InlineData("counterparty=company/filtered", "ab")]
    [InlineData("counterparty=company/nvidia", "")]
    public async Task A_filter_keeps_the_facts_that_agree(string query, string periods)
    {
        await host.PostAsync("筛选甲\nFiltered|a|1|2026-01-01", "?publisher=filtera");
        await host.PostAsync("筛选乙\nFiltered|b|1|2026-02-01", "?publisher=filterb");
        var entries = await host.ListAsync($"/entities/company/filtered/timeline?{query}", 50);
        Assert.Equal(periods, string.Concat(entries.Select(entry => entry["values"]!["period"]!.ToString())));
    }

    [Fact]
    public async Task A_page_comes_as_lines_or_as_csv_too()
    {
        await host.PostAsync("形式周报，甲\nForms|a|1|2026-01-01\nForms|b|2|2026-02-01", "?title=%E7%94%B2%EF%BC%8C%22%E4%B9%99%22,");
        var lines = await GetAsAsync("application/x-ndjson", "/entities/company/forms/timeline?limit=1");
        Assert.Equal("a", System.Text.Json.Nodes.JsonNode.Parse(await lines.Content.ReadAsStringAsync())!["values"]!["period"]!.ToString());
        Assert.Contains("cursor=", lines.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        var csv = (await (await GetAsAsync("text/csv", "/entities/company/forms/timeline")).Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(3, csv.Length);
        Assert.StartsWith("id,type,when", csv[0], StringComparison.Ordinal);
        Assert.Contains("company=company/forms", csv[1], StringComparison.Ordinal);
        Assert.Contains("\"甲，\"\"乙\"\",\"", csv[1], StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsAsync(string form, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(form);
        var response = await host.Client.SendAsync(request);
        Assert.Equal(form, response.Content.Headers.ContentType!.MediaType);
        return response;
    }

    [Fact]
    public async Task Entries_stand_in_the_order_of_when_and_undated_ones_at_the_date_of_their_report()
    {
        await host.PostAsync("次序周报\nOrdered|c|3|2026-06\nOrdered|a|1|2026-05-20\nOrdered|u|9|\nOrdered|d|4|2026-Q3\nOrdered|b|2|2026-05-24", "?date=2026-05-25");
        var entries = await host.ListAsync("/entities/company/ordered/timeline", 2);
        Assert.Equal(["a", "b", "u", "c", "d"], entries.Select(entry => entry["values"]!["period"]!.ToString()));
        Assert.Null(entries[2]["when"]);
    }

    [Theory]
    [InlineData("from=2026-05", "b,c,d")]
    [InlineData("to=2026-05-20", "a,b,d")]
    [InlineData("from=2026-05&to=2026-05", "b,d")]
    [InlineData("from=2026-Q1&to=2026-Q1", "a,d")]
    [InlineData("from=2027", "")]
    public async Task A_stretch_of_time_keeps_what_overlaps_it(string query, string periods)
    {
        await host.PostAsync("时段周报\nSpan|a|1|2026-01-10\nSpan|b|2|2026-05-20\nSpan|c|3|2026-06\nSpan|d|4|2026");
        var entries = await host.ListAsync($"/entities/company/span/timeline?{query}", 50);
        Assert.Equal(periods, string.Join(',', entries.Select(entry => entry["values"]!["period"]!.ToString()).Order()));
    }

    [Fact]
    public async Task Types_narrow_the_timeline()
    {
        await host.PostAsync("类型周报\nrandom 120");
        var all = await host.ListAsync("/entities/company/openai/timeline", 500);
        Assert.True(all.Count < 500);
        var some = await host.ListAsync("/entities/company/openai/timeline?type=DealAnnounced,PriceChanged", 500);
        Assert.NotEmpty(some);
        Assert.Equal(all.Count(entry => entry["type"]!.ToString() is "DealAnnounced" or "PriceChanged"), some.Count);
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/entities/company/openai/timeline?type=Nothing"), HttpStatusCode.BadRequest, "invalid-parameter", "type");
    }

    [Fact]
    public async Task Pages_stay_stable_while_events_arrive()
    {
        await host.PostAsync("稳定周报\nStable|a|1|2026-01-01\nStable|b|2|2026-02-01\nStable|c|3|2026-03-01");
        var first = await host.GetAsync("/entities/company/stable/timeline?limit=2");
        await host.PostAsync("稳定周报二\nStable|z|1|2025-12-31\nStable|y|2|2026-02-15");
        var second = await host.GetAsync($"/entities/company/stable/timeline?limit=2&cursor={first["next"]}");
        Assert.Equal(["c"], second["items"]!.AsArray().Select(entry => entry!["values"]!["period"]!.ToString()));
        Assert.Null(second["next"]);
        Assert.Equal(first["sequence"]!.ToString(), second["sequence"]!.ToString());
    }

    [Theory]
    [InlineData("from=soon", "from")]
    [InlineData("to=2026-00", "to")]
    [InlineData("from=2026-06&to=2026-05", "to")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%7B%7D", "cursor")]
    [InlineData("cursor=e30", "cursor")]
    public async Task A_bad_parameter_is_named(string query, string parameter)
    {
        await host.PostAsync("坏参周报\nFaulty|x|1|2030");
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"/entities/company/faulty/timeline?{query}"), HttpStatusCode.BadRequest, "invalid-parameter", parameter);
    }
}
