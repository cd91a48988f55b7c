using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Events;

public sealed class EventFilterTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task Types_streams_and_entities_select_from_the_log_and_keep_its_order()
    {
        var id = await host.IngestAsync("筛选周报\n英伟达|2026Q1|1|2026\n智谱|2026Q1|1|2026\nrandom 25");
        await host.IngestAsync("另一周报\n英伟达|2026Q2|1|2026\nrandom 25");
        var all = await host.ListAsync("/events", 500, "after");
        foreach (var (query, expected) in new (string, Func<JsonNode, bool>)[]
        {
            ("types=earnings_reported", one => TypeOf(one) == "earnings_reported"),
            ("types=earnings_reported,deal_announced,no_such_type", one => TypeOf(one) is "earnings_reported" or "deal_announced"),
            ($"stream=report/{id}", one => one["stream"]!.ToString() == $"report/{id}"),
            ("entity=company/nvidia", one => one["data"]!.ToJsonString().Contains("\"company/nvidia\"", StringComparison.Ordinal)),
            ($"entity=company/nvidia&types=earnings_reported&stream=report/{id}", one => one["stream"]!.ToString() == $"report/{id}"
                && TypeOf(one) == "earnings_reported" && one["data"]!.ToJsonString().Contains("\"company/nvidia\"", StringComparison.Ordinal)),
        })
        {
            var selected = (await host.ListAsync($"/events?{query}", 2, "after")).Select(Sequence).ToList();
            Assert.NotEmpty(selected);
            Assert.Equal(all.Where(expected).Select(Sequence), selected);
        }
    }

    [Fact]
    public async Task What_the_index_has_not_reached_is_found_all_the_same()
    {
        await host.IngestAsync("索引周报\n智谱|2026Q3|1|2026");
        var expected = (await host.ListAsync("/events?entity=company/智谱", 50, "after")).Select(Sequence).ToList();
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var lagging = await ApiHost.StartAsync(database.ConnectionString);
        await lagging.IngestAsync("落后周报 一\n智谱|2026Q3|1|2026\n英伟达|2026Q3|1|2026");
        await lagging.IngestAsync("落后周报 二\n智谱|2026Q3|1|2026");
        await database.ExecuteAsync("delete from event_index.entities where sequence > 2; update kg.checkpoints set sequence = 2 where name like 'event_index%'");
        Assert.Equal([2L, 5], (await lagging.ListAsync("/events?entity=company/智谱", 1, "after")).Select(Sequence));
        Assert.NotEmpty(expected);
    }

    [Fact]
    public async Task A_page_of_lines_has_an_event_to_each_and_names_the_next_page()
    {
        await host.IngestAsync("行周报\nrandom 12");
        var all = await host.ListAsync("/events", 500, "after");
        var lines = new List<JsonNode>();
        for (var path = "/events?limit=5"; path is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("application/x-ndjson");
            var response = await host.Client.SendAsync(request);
            Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
            var text = await response.Content.ReadAsStringAsync();
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
            path = response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('>')[0].TrimStart('<') : null;
        }

        Assert.Equal(all.Select(one => one.ToJsonString()), lines.Select(one => one.ToJsonString()));
    }

    [Theory]
    [InlineData("types=ModelReleased", "types")]
    [InlineData("types=a,,b", "types")]
    [InlineData("entity=nvidia", "entity")]
    [InlineData("after=-1", "after")]
    public async Task A_filter_that_cannot_be_is_named(string query, string parameter) =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"/events?{query}"), HttpStatusCode.BadRequest, "invalid-parameter", parameter);

    private static long Sequence(JsonNode one) => one["sequence"]!.GetValue<long>();

    private static string TypeOf(JsonNode one) => one["type"]!.ToString();
}
