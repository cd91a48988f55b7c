using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.EndToEnd;

/// <summary>A host started for the first time on an empty folder, with the seeds.</summary>
public sealed class FirstStart : IAsyncLifetime
{
    internal DataFolder Data { get; } = new();

    internal RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await RunningHost.StartAsync(Data);

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        Data.Dispose();
    }
}

public sealed class FirstStartTests(FirstStart start) : IClassFixture<FirstStart>
{
    private readonly RunningHost host = start.Host;

    [Fact]
    public async Task Two_reports_stand_on_the_timeline_of_nvidia_with_what_each_said()
    {
        using var readyz = await host.Http.GetAsync(new Uri("readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, readyz.StatusCode);

        var timeline = await host.ListAsync("entities/company/nvidia/timeline?type=EarningsReported&limit=500", "cursor");
        // One happening, with all reports that assert it.
        var happening = Assert.Single(timeline, IsRevenueOfTheQuarter);
        Assert.Equal(["amount"], happening["differing"]!.AsArray().Select(name => name!.ToString()));
        var revenues = happening["further"]!.AsArray().Select(fact => fact!).Append(happening).ToList();
        Assert.Equal([81_600_000_000m, 82_000_000_000m], revenues.Select(Amount).Order());
        Assert.Equal(2, revenues.Select(fact => fact["evidence"]!["report"]!.ToString()).Distinct().Count());
        Assert.All(revenues, fact => Assert.NotNull(fact["evidence"]!["publisher"]));
        Assert.Equal(2, revenues.Select(fact => fact["quote"]!.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task Every_name_of_a_company_finds_the_same_entity()
    {
        foreach (var name in new[] { "辉达", "NVIDIA", "英伟达" })
        {
            var found = await host.GetAsync($"entities?q={Uri.EscapeDataString(name)}&kind=company");
            Assert.Contains(found["items"]!.AsArray(), entity => entity!["id"]!.ToString() == "company/nvidia");
        }
    }

    [Fact]
    public async Task Every_quote_is_the_text_at_its_offsets()
    {
        var quotes = 0;
        foreach (var report in await host.ListAsync("reports?limit=500", "cursor"))
        {
            var text = await host.Http.GetStringAsync(new Uri($"reports/{report["id"]}/text", UriKind.Relative));
            foreach (var fact in await host.ListAsync($"reports/{report["id"]}/facts?limit=500", "cursor"))
            {
                Assert.Equal(fact["quote"]!.ToString(), text[fact["start"]!.GetValue<int>()..fact["end"]!.GetValue<int>()]);
                quotes++;
            }
        }

        Assert.NotEqual(0, quotes);
    }

    [Fact]
    public async Task A_second_host_is_refused_the_same_folder()
    {
        var (exitCode, output) = await RunningHost.RunToEndAsync(start.Data);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("another", output, StringComparison.OrdinalIgnoreCase);
        using var still = await host.Http.GetAsync(new Uri("readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private static bool IsRevenueOfTheQuarter(JsonNode fact) =>
        fact["values"]!["metric"]!.ToString() == "revenue" && fact["values"]!["period"]?.ToString() == "FY2027Q1" && fact["values"]!["segment"] is null;

    private static decimal Amount(JsonNode fact) => fact["values"]!["amount"]!.GetValue<decimal>();
}
