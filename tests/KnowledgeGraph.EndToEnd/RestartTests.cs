using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.EndToEnd;

/// <summary>Hosts that end, well or badly, and others that take over their folder.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly DataFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task An_interrupt_stops_server_and_database_and_the_next_start_ingests_nothing_twice()
    {
        List<JsonNode> before;
        await using (var first = await RunningHost.StartAsync(data))
        {
            before = await first.ListAsync("events?limit=500", "after");
            Assert.NotEmpty(before);
            Assert.NotNull(data.ServerProcess);
            Assert.True(File.Exists(data.ServiceNote));

            Assert.Equal(0, await first.InterruptAsync());
            Assert.Null(data.ServerProcess);
            Assert.False(File.Exists(data.ServiceNote));
        }

        await using var second = await RunningHost.StartAsync(data);
        var after = await second.ListAsync("events?limit=500", "after");
        Assert.Equal(before.Select(stored => stored.ToJsonString()), after.Select(stored => stored.ToJsonString()));
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_an_ingest_loses_nothing_and_doubles_nothing()
    {
        var reports = ReportLoad.Versions(1, 3).ToList();
        var acknowledged = new List<JsonNode>();
        await using (var killed = await RunningHost.StartAsync(data, "--no-seeds"))
        {
            foreach (var report in reports.Take(reports.Count / 2))
                acknowledged.Add((await killed.PostReportAsync(report)).Body["report"]!);

            // The rest at once, and the kill with the first answer: others are then between arriving and being recorded.
            var inFlight = reports.Skip(reports.Count / 2).Select(killed.PostReportAsync).ToList();
            await Task.WhenAny(inFlight);
            killed.Kill();
            acknowledged.AddRange(await AnsweredAsync(inFlight));
        }

        await using var host = await RunningHost.StartAsync(data, "--no-seeds");
        foreach (var report in acknowledged)
            Assert.Equal(ReportLoad.Count(report), ReportLoad.Count(await host.GetAsync($"reports/{ReportLoad.Id(report)}")));
        await ReportLoad.AssertEveryReportIsWholeAsync(host);

        foreach (var report in reports)
            Assert.Contains((await host.PostReportAsync(report)).Status, new[] { HttpStatusCode.Created, HttpStatusCode.OK });
        Assert.Equal(reports.Count, (await host.ListAsync("reports?limit=500", "cursor")).Count);
        await ReportLoad.AssertEveryReportIsWholeAsync(host);
        Assert.Equal(0, await host.ReplayAsync());
    }

    private static async Task<List<JsonNode>> AnsweredAsync(List<Task<(HttpStatusCode Status, JsonNode Body)>> requests)
    {
        var answers = new List<JsonNode>();
        foreach (var request in requests)
        {
            try
            {
                var (status, body) = await request;
                if (status is HttpStatusCode.Created or HttpStatusCode.OK)
                    answers.Add(body["report"]!);
            }
            catch (HttpRequestException)
            {
                // Cut off by the kill, so nothing was promised.
            }
        }

        return answers;
    }
}
