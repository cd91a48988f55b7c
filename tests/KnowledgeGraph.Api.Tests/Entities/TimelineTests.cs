using System.Net;

namespace KnowledgeGraph.Api.Tests.Entities;

public sealed class TimelineTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task One_figure_of_two_reports_stands_twice_with_each_reports_name_and_words()
    {
        await host.PostAsync("国金周报\n英伟达|FY2027Q1|81600000000|2026-05-20", "?publisher=%E5%9B%BD%E9%87%91");
        await host.PostAsync("策略月报\n英伟达|FY2027Q1|82000000000|2026-05-20", "?publisher=%E4%B8%AD%E4%BF%A1");
        var entries = (await host.ListAsync("/entities/company/nvidia/timeline?from=2026-05-20&to=2026-05-20", 50)).ToList();
        Assert.Equal(["81600000000", "82000000000"], entries.Select(entry => entry["values"]!["amount"]!.ToJsonString()));
        Assert.Equal(["国金周报", "策略月报"], entries.Select(entry => entry["evidence"]!["title"]!.ToString()));
        Assert.Equal(["国金", "中信"], entries.Select(entry => entry["evidence"]!["publisher"]!.ToString()));
        Assert.All(entries, entry => Assert.Contains("FY2027Q1", entry["evidence"]!["quote"]!.ToString(), StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.Equal("""["company"]""", entry["as"]!.ToJsonString()));
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
