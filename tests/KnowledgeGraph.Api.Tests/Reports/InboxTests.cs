using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Extraction.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgeGraph.Api.Tests.Reports;

public sealed class InboxTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task Who_does_not_wait_is_told_where_to_look_and_finds_the_result_there()
    {
        var accepted = await PostAsync(host, "收件周报\n英伟达|2026Q1|1|2026");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("respond-async", accepted.Headers.GetValues("Preference-Applied").Single());
        var job = await EndedAsync(host, accepted.Headers.Location!.ToString());
        Assert.Equal("done", job["state"]!.ToString());
        Assert.Equal("""{"EarningsReported":1}""", job["result"]!["facts"]!.ToJsonString());
        Assert.Equal((await host.GetAsync($"/reports/{job["id"]}")).ToJsonString(), job["result"]!["report"]!.ToJsonString());
        var again = await PostAsync(host, "收件周报\n英伟达|2026Q1|1|2026");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_report_that_cannot_be_read_fails_with_the_problem_that_waiting_would_have_brought_and_may_be_handed_in_again()
    {
        var accepted = await PostAsync(host, "a\0b");
        var job = await EndedAsync(host, accepted.Headers.Location!.ToString());
        Assert.Equal(("failed", "/problems/unreadable", 422), (job["state"]!.ToString(), job["error"]!["type"]!.ToString(), job["error"]!["status"]!.GetValue<int>()));
        await ApiHost.ProblemAsync(await host.PostAsync("a\0b"), HttpStatusCode.UnprocessableEntity, "unreadable");
        Assert.True(await fixture.Database.ReadAsync<bool>($"select bytes is null from kg.inbox where id = '{job["id"]}'"));
    }

    [Fact]
    public async Task A_job_that_nobody_opened_is_not_found() =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"/jobs/{new string('0', 64)}"), HttpStatusCode.NotFound, "not-found", "id");

    [Fact]
    public async Task A_report_taken_by_a_node_that_goes_away_is_recorded_by_the_next_and_its_progress_is_seen()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        using var entered = new SemaphoreSlim(0);
        string location;
        await using (var first = await ApiHost.StartAsync(database.ConnectionString, extract: (bytes, hints, ct) =>
        {
            entered.Release();
            ct.WaitHandle.WaitOne();
            ct.ThrowIfCancellationRequested();
            return SampleExtractor.Extract(bytes, hints, ct);
        }))
        {
            location = (await PostAsync(first, "易手周报\nrandom 5")).Headers.Location!.ToString();
            await entered.WaitAsync();
            Assert.Equal("extracting", (await first.GetAsync(location))["state"]!.ToString());
            Assert.Equal(0, await database.ReadAsync<long>("select count(*) from events.mt_events"));
        }

        await using var second = await ApiHost.StartAsync(database.ConnectionString);
        Assert.Equal("done", (await EndedAsync(second, location))["state"]!.ToString());
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_its_report_to_the_workers()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        using var gone = new CancellationTokenSource();
        var calls = 0;
        await using var other = await ApiHost.StartAsync(database.ConnectionString, extract: (bytes, hints, ct) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                gone.Cancel();
                ct.WaitHandle.WaitOne();
                ct.ThrowIfCancellationRequested();
            }

            return SampleExtractor.Extract(bytes, hints, ct);
        });
        using var content = new StringContent("离去周报");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.Client.PostAsync("/reports", content, gone.Token));
        var id = ReportIngest.IdOf(Encoding.UTF8.GetBytes("离去周报"));
        Assert.Equal("done", (await EndedAsync(other, $"/jobs/{id}"))["state"]!.ToString());
    }

    [Fact]
    public async Task Nodes_share_the_work_and_each_report_is_worked_on_once()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        var worked = new ConcurrentBag<(int Node, string Id)>();
        var nodes = new List<ApiHost>();
        for (var i = 0; i < 3; i++)
        {
            var node = i;
            nodes.Add(await ApiHost.StartAsync(database.ConnectionString, extract: (bytes, hints, ct) =>
            {
                worked.Add((node, ReportIngest.IdOf(bytes)));
                return SampleExtractor.Extract(bytes, hints, ct);
            }));
        }

        // Stored by one without a word to its own workers, then worked off by all at once.
        var inbox = nodes[0].Services.GetRequiredService<Inbox>();
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            var bytes = Encoding.UTF8.GetBytes($"分工周报 {i}\nrandom 3");
            ids.Add(ReportIngest.IdOf(bytes));
            Assert.True(await inbox.OpenAsync(ids[^1], bytes, new ReportHints(), default));
        }

        var workers = nodes.Select(node => Task.Run(async () =>
        {
            while (await node.Services.GetRequiredService<InboxWorker>().RunOnceAsync(default))
            {
            }
        }));
        await Task.WhenAll(workers);
        foreach (var id in ids)
            await EndedAsync(nodes[1], $"/jobs/{id}");
        Assert.Equal(ids.Order(), worked.Select(one => one.Id).Order());
        Assert.Equal(30, await database.ReadAsync<long>("select count(*) from events.mt_streams"));
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_report_that_takes_the_host_with_it_is_given_up()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var other = await ApiHost.StartAsync(database.ConnectionString);
        var bytes = "致命周报"u8.ToArray();
        var id = ReportIngest.IdOf(bytes);
        // As hosts leave it that died of it.
        await using (var open = await database.BeginAsync())
        {
            await open.ExecuteAsync(
                $"""
                insert into kg.inbox (id, bytes, size, state, created, updated) values ('{id}', '\\x00', 1, 'waiting', now(), now());
                insert into kg.inbox_attempts (id, attempts, stage, updated) values ('{id}', {Inbox.MaxAttempts}, 'extracting', now())
                """);
            await open.CommitAsync();
        }

        var job = await EndedAsync(other, $"/jobs/{id}");
        Assert.Equal(("failed", 500), (job["state"]!.ToString(), job["error"]!["status"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.Created, (await other.PostAsync("致命周报")).StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(ApiHost host, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reports") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        request.Headers.Add("Prefer", "wait=5, respond-async");
        return await host.Client.SendAsync(request);
    }

    private static async Task<JsonNode> EndedAsync(ApiHost host, string location)
    {
        JsonNode job;
        do
            job = await host.GetAsync(location);
        while (job["state"]!.ToString() is not ("done" or "failed"));
        return job;
    }
}
