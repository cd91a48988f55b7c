using System.Text;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.EndToEnd;

/// <summary>Reports to load a host with, and what must be true of them afterwards.</summary>
internal static class ReportLoad
{
    /// <summary>The seeds in several versions, which differ in a line that says nothing: reports of their own with the same facts.</summary>
    public static IEnumerable<byte[]> Versions(int first, int count)
    {
        var seeds = Directory.EnumerateFiles(Checkout.Seeds, "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        return Enumerable.Range(first, count)
            .SelectMany(version => seeds.Select(seed => (byte[])[.. seed, .. Encoding.UTF8.GetBytes($"\nversion {version}\n")]));
    }

    /// <summary>
    /// Each report is in the log with one registration and each of its facts once, and the log holds nothing else. All is read as of one moment: a host
    /// that took over goes on with the reports which the killed one had taken and not worked off.
    /// </summary>
    public static async Task AssertEveryReportIsWholeAsync(RunningHost host)
    {
        var now = (await host.GetAsync("reports?limit=1"))["sequence"]!.GetValue<long>();
        var reports = await host.ListAsync($"reports?limit=500&asOf={now}", "cursor");
        var streams = (await host.ListAsync("events?limit=500", "after"))
            .Where(stored => stored["sequence"]!.GetValue<long>() <= now)
            .ToLookup(stored => stored["stream"]!.ToString());
        Assert.Equal(reports.Select(report => $"report/{Id(report)}").Order(), streams.Select(stream => stream.Key).Order());
        foreach (var report in reports)
        {
            var events = streams[$"report/{Id(report)}"].ToList();
            Assert.Equal("report_registered", events[0]["type"]!.ToString());
            Assert.Single(events, stored => stored["type"]!.ToString() == "report_registered");
            Assert.Equal(Count(report), events.Count - 1);
            var facts = await host.ListAsync($"reports/{Id(report)}/facts?limit=500&asOf={now}", "cursor");
            Assert.Equal(Count(report), facts.Select(Id).Distinct().Count());
        }
    }

    public static string Id(JsonNode node) => node["id"]!.ToString();

    public static long Count(JsonNode report) => report["facts"]!.AsObject().Sum(type => type.Value!.GetValue<long>());
}
