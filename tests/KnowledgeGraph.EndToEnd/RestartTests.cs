using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.EndToEnd;

/// <summary>Hosts that end, well or badly, and others that take over their folder.</summary>
public sealed class RestartTests : IDisposable
{
    private const int Versions = 3;

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
        var reports = Reports();
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
            Assert.Equal(Count(report), Count(await host.GetAsync($"reports/{Id(report)}")));
        await AssertEveryReportIsWholeAsync(host);

        foreach (var report in reports)
            Assert.Contains((await host.PostReportAsync(report)).Status, new[] { HttpStatusCode.Created, HttpStatusCode.OK });
        Assert.Equal(reports.Count, (await host.ListAsync("reports?limit=500", "cursor")).Count);
        await AssertEveryReportIsWholeAsync(host);
        Assert.Equal(0, await host.ReplayAsync());
    }

    /// <summary>Each report is in the log with one registration and each of its facts once, and the log holds nothing else.</summary>
    private static async Task AssertEveryReportIsWholeAsync(RunningHost host)
    {
        var reports = await host.ListAsync("reports?limit=500", "cursor");
        var streams = (await host.ListAsync("events?limit=500", "after")).ToLookup(stored => stored["stream"]!.ToString());
        Assert.Equal(reports.Select(report => $"report/{Id(report)}").Order(), streams.Select(stream => stream.Key).Order());
        foreach (var report in reports)
        {
            var events = streams[$"report/{Id(report)}"].ToList();
            Assert.Equal("report_registered", events[0]["type"]!.ToString());
            Assert.Single(events, stored => stored["type"]!.ToString() == "report_registered");
            Assert.Equal(Count(report), events.Count - 1);
            var facts = await host.ListAsync($"reports/{Id(report)}/facts?limit=500", "cursor");
            Assert.Equal(Count(report), facts.Select(Id).Distinct().Count());
        }
    }

    /// <summary>The seeds in several versions, which differ in a line that says nothing: reports of their own with the same facts.</summary>
    private static List<byte[]> Reports()
    {
        var seeds = Directory.EnumerateFiles(Checkout.Seeds, "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        return [.. Enumerable.Range(1, Versions).SelectMany(version => seeds.Select(seed => (byte[])[.. seed, .. Encoding.UTF8.GetBytes($"\nversion {version}\n")]))];
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

    private static string Id(JsonNode node) => node["id"]!.ToString();

    private static long Count(JsonNode report) => report["facts"]!.AsObject().Sum(type => type.Value!.GetValue<long>());
}
