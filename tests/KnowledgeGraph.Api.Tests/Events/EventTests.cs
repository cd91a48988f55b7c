using System.Net;

namespace KnowledgeGraph.Api.Tests.Events;

public sealed class EventTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task The_log_is_read_in_order_to_its_end()
    {
        await host.PostAsync("日志周报\nrandom 30");
        var events = await host.ListAsync("/events", 7, "after");
        Assert.Equal(await fixture.Database.ReadAllAsync<long>("select seq_id from events.mt_events order by seq_id"), events.Select(one => one["sequence"]!.GetValue<long>()));
        Assert.All(events, one => Assert.NotNull(one["data"]!["ReportId"]));
    }

    [Fact]
    public async Task A_stream_is_read_in_the_order_of_its_versions_however_its_slash_is_written()
    {
        var id = await host.IngestAsync("流周报\n英伟达|2026Q1|1|2026\n智谱|2026Q1|1|2026");
        foreach (var path in new[] { $"/streams/report/{id}", $"/streams/report%2F{id}", $"/streams/report%2f{id}" })
            Assert.Equal([1, 2, 3], (await host.ListAsync(path, 2, "after")).Select(one => one["version"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_unknown_stream_is_not_found() =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/streams/report/none"), HttpStatusCode.NotFound, "not-found", "key");

    [Fact]
    public async Task The_end_of_a_stream_is_an_empty_page()
    {
        var id = await host.IngestAsync("尽头周报");
        Assert.Equal("""{"items":[],"next":null}""", (await host.GetAsync($"/streams/report/{id}?after=1")).ToJsonString());
    }
}
