using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.EndToEnd;

/// <summary>
/// A host killed with SIGKILL again and again under load. KG_CRASHES says how often (2 unless set); a long run is
/// <c>KG_CRASHES=50 dotnet test tests/KnowledgeGraph.EndToEnd -c Release --filter FullyQualifiedName~CrashTests</c>.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 4;

    private static readonly int Crashes =
        int.Parse(Environment.GetEnvironmentVariable("KG_CRASHES") ?? "2", CultureInfo.InvariantCulture);

    private readonly DataFolder data = new();
    private readonly ConcurrentQueue<JsonNode> acknowledged = new();
    private readonly ConcurrentQueue<byte[]> unanswered = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_host_that_is_killed_under_load_keeps_what_it_acknowledged_and_doubles_nothing()
    {
        var random = new Random(1);
        for (var crash = 1; crash <= Crashes; crash++)
        {
            await using var host = await RunningHost.StartAsync(data, "--no-seeds");
            await LoadUntilKilledAsync(host, new ConcurrentQueue<byte[]>(ReportLoad.Versions(crash * 100, 100)), answers: random.Next(1, 10));
        }

        await using var survivor = await RunningHost.StartAsync(data, "--no-seeds");
        foreach (var report in unanswered)
            Assert.Contains((await survivor.PostReportAsync(report)).Status, new[] { HttpStatusCode.Created, HttpStatusCode.OK });
        foreach (var report in acknowledged)
            Assert.Equal(ReportLoad.Count(report), ReportLoad.Count(await survivor.GetAsync($"reports/{ReportLoad.Id(report)}")));
        await ReportLoad.AssertEveryReportIsWholeAsync(survivor);
        Assert.Equal(0, await survivor.ReplayAsync());
        output.WriteLine($"{Crashes} crashes, {acknowledged.Count} reports acknowledged, {unanswered.Count} cut off.");
    }

    private async Task LoadUntilKilledAsync(RunningHost host, ConcurrentQueue<byte[]> reports, int answers)
    {
        var left = answers;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(PostUntilLostAsync)).ToList();
        await Task.WhenAny(enough.Task, Task.WhenAll(clients));
        host.Kill();
        await Task.WhenAll(clients);

        async Task PostUntilLostAsync()
        {
            while (reports.TryDequeue(out var report))
            {
                try
                {
                    var (status, body) = await host.PostReportAsync(report);
                    Assert.Equal(HttpStatusCode.Created, status);
                    acknowledged.Enqueue(body["report"]!);
                    if (Interlocked.Decrement(ref left) == 0)
                        enough.SetResult();
                }
                catch (HttpRequestException)
                {
                    unanswered.Enqueue(report);
                    return;
                }
            }
        }
    }
}
