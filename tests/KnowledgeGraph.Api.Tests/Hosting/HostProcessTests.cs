using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Hosting;

public sealed class HostProcessTests
{
    [Fact]
    public async Task A_host_killed_in_the_middle_of_ingesting_loses_nothing_and_doubles_nothing()
    {
        using var folder = new TemporaryFolder();
        var reports = Enumerable.Range(0, 60).Select(ReportText).ToList();
        var acknowledged = new ConcurrentBag<string>();
        await using (var host = await HostProcess.StartAsync(folder.Path, "--no-seeds"))
        {
            var enough = new TaskCompletionSource();
            var posting = Parallel.ForEachAsync(reports, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (text, _) =>
            {
                try
                {
                    acknowledged.Add(await PostAsync(host, text));
                    if (acknowledged.Count >= 15)
                        enough.TrySetResult();
                }
                catch (HttpRequestException)
                {
                    // The host is dead: that is the test.
                }
            });
            await Task.WhenAny(enough.Task, posting);
            await host.KillAsync();
            await posting;
        }

        await using var again = await HostProcess.StartAsync(folder.Path, "--no-seeds");
        var found = (await again.GetAsync("/reports?limit=500"))["items"]!.AsArray().Select(report => report!["id"]!.ToString()).ToList();
        Assert.InRange(found.Count, 15, 59);
        Assert.Empty(acknowledged.Except(found));
        foreach (var text in reports)
            await PostAsync(again, text);
        foreach (var report in (await again.GetAsync("/reports?limit=500"))["items"]!.AsArray())
        {
            var stream = (await again.GetAsync($"/streams/report/{report!["id"]}?limit=500"))["items"]!.AsArray();
            Assert.Equal(report["facts"]!.AsObject().Sum(type => type.Value!.GetValue<int>()) + 1, stream.Count);
            Assert.Equal("report_registered", stream[0]!["type"]!.ToString());
            Assert.Equal(stream.Count, stream.Select(one => one!["id"]!.ToString()).Distinct().Count());
        }

        var replay = JsonNode.Parse(await (await again.Client.PostAsync("/operations/replay", null)).Content.ReadAsStringAsync())!;
        Assert.Equal(60, replay["views"]!.AsArray().Single(view => view!["view"]!.ToString() == "views.reports")!["rows"]!.GetValue<int>());
        Assert.All(replay["views"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_host_asked_to_stop_ends_well_and_takes_its_note_and_its_database_with_it()
    {
        using var folder = new TemporaryFolder();
        var host = await HostProcess.StartAsync(folder.Path, "--no-seeds");
        var note = Path.Combine(folder.Path, "service.json");
        Assert.Equal(host.Client.BaseAddress, new Uri(JsonNode.Parse(await File.ReadAllTextAsync(note))!["url"]!.ToString()));
        Assert.Equal(0, await host.StopAsync());
        Assert.False(File.Exists(note));
        Assert.Empty(Directory.GetFiles(folder.Path, "postmaster.pid", SearchOption.AllDirectories));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_others_can_reach_asks_for_keys_and_shows_the_first_one_once()
    {
        using var folder = new TemporaryFolder();
        string secret;
        await using (var host = await HostProcess.StartAsync(folder.Path, "--no-seeds", "--urls=http://0.0.0.0:0"))
        {
            secret = Assert.Single(host.Said, IsKey).Trim();
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync("/reports")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, secret));
        }

        await using var again = await HostProcess.StartAsync(folder.Path, "--no-seeds", "--urls=http://0.0.0.0:0");
        Assert.DoesNotContain(again.Said, IsKey);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(again, secret));

        static bool IsKey(string line) => line.TrimStart().StartsWith("kg_", StringComparison.Ordinal);

        static async Task<HttpStatusCode> AskAsync(HostProcess host, string secret)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/keys");
            request.Headers.Authorization = new("Bearer", secret);
            return (await host.Client.SendAsync(request)).StatusCode;
        }
    }

    [Theory]
    [InlineData("--seeds")]
    [InlineData("--port=many")]
    [InlineData("--KnowledgeGraph:MaxReportBytes=0")]
    [InlineData("--KnowledgeGraph:RequestsPerMinute=0")]
    [InlineData("--KnowledgeGraph:RequestBurst=0")]
    [InlineData("--KnowledgeGraph:CorsOrigins:0=*")]
    [InlineData("--KnowledgeGraph:CorsOrigins:0=https://graph.example/")]
    [InlineData("--KnowledgeGraph:VocabularyDirectory=/nowhere")]
    public async Task A_setting_that_cannot_be_is_refused_in_one_line_before_anything_starts(string argument)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, error) = await HostProcess.RunAsync(folder.Path, argument);
        Assert.Equal(1, exitCode);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static async Task<string> PostAsync(HostProcess host, string text)
    {
        var response = await host.Client.PostAsync("/reports", new ByteArrayContent(Encoding.UTF8.GetBytes(text)));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!["report"]!["id"]!.ToString();
    }

    private static string ReportText(int number)
    {
        var text = new StringBuilder($"第 {number} 期测试周报\n发布日期：2026年5月24日\n\n");
        for (var quarter = 1; quarter <= 4; quarter++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"英伟达公布 2026 年第 {quarter} 季度业绩，营收为 {number + (quarter * 100)} 亿美元，同比增长 {quarter * 10}%。\n");
        return text.ToString();
    }
}
