using System.Diagnostics;

namespace KnowledgeGraph.Api.Tests.Hosting;

public sealed class TakeoverTests
{
    [Fact]
    public async Task When_a_node_is_killed_under_load_another_takes_its_shards_over_within_seconds()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        using var folder = new TemporaryFolder();
        using var otherFolder = new TemporaryFolder();
        await using var node = await HostProcess.StartAsync(folder.Path, Arguments(database));
        await using var other = await HostProcess.StartAsync(otherFolder.Path, Arguments(database));
        using var stop = new CancellationTokenSource();
        var load = Task.Run(() => LoadAsync(node.Client, stop.Token));
        // Both work on the shards by turns; the node dies somewhere in the middle.
        while (await database.ReadAsync<long>("select count(*) from events.mt_events") < 30)
            Assert.False(load.IsCompleted);
        await node.KillAsync();
        await stop.CancelAsync();
        await load;

        var since = Stopwatch.StartNew();
        while ((await other.GetAsync("/operations/shards"))["shards"]!.AsArray().Any(shard => shard!["lagEvents"]!.GetValue<long>() > 0))
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), "The other node has not taken over.");
        using var replayed = await other.Client.PostAsync("/operations/replay", null);
        var views = (await ApiHost.ReadAsync(replayed))["views"]!.AsArray();
        Assert.All(views, view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_a_killed_node_had_taken_in_is_recorded_by_the_next()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        using var folder = new TemporaryFolder();
        var jobs = new List<string>();
        await using (var node = await HostProcess.StartAsync(folder.Path, Arguments(database)))
        {
            for (var i = 0; i < 20; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/reports") { Content = new StringContent($"收下的周报 {i}。星河智能2026年一季度营收{i}亿元。") };
                request.Headers.Add("Prefer", "respond-async");
                jobs.Add((await node.Client.SendAsync(request)).Headers.Location!.ToString());
            }

            await node.KillAsync();
        }

        await using var next = await HostProcess.StartAsync(folder.Path, Arguments(database));
        foreach (var job in jobs)
        {
            string state;
            do
                state = (await next.GetAsync(job))["state"]!.ToString();
            while (state != "done" && state != "failed");
            Assert.Equal("done", state);
        }

        Assert.Equal(20, await database.ReadAsync<long>("select count(*) from events.mt_streams"));
    }

    private static string[] Arguments(Testing.TestDatabase database) => ["--no-seeds", $"--ConnectionStrings:KnowledgeGraph={database.ConnectionString}"];

    private static async Task LoadAsync(HttpClient client, CancellationToken ct)
    {
        try
        {
            for (var i = 0; !ct.IsCancellationRequested; i++)
            {
                using var content = new StringContent($"接管周报 {i}。星河智能2026年一季度营收12亿元，同比增长{i}%。星河智能2026年一季度净利润{i}亿元。");
                await client.PostAsync("/reports", content, ct);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The node is gone.
        }
    }
}
