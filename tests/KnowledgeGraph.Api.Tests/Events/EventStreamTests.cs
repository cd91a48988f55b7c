using System.Net;
using KnowledgeGraph.Api.Events;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgeGraph.Api.Tests.Events;

public sealed class EventStreamTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task A_follower_gets_what_is_there_and_then_what_comes()
    {
        await host.IngestAsync("直播周报 一\nrandom 9");
        var before = await SequencesAsync(fixture.Database);
        using var live = await LiveEvents.ConnectAsync(host.Client);
        Assert.Equal(before, await live.TakeAsync(before.Count));
        await host.IngestAsync("直播周报 二\nrandom 9");
        var after = await SequencesAsync(fixture.Database);
        Assert.Equal(after.Skip(before.Count), await live.TakeAsync(after.Count - before.Count));
    }

    [Fact]
    public async Task Followers_see_every_event_once_and_in_order_across_restarts_of_the_server_while_reports_come_in()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        var followers = Enumerable.Range(0, 4).Select(_ => (Seen: new List<long>(), Last: (string?)null)).ToArray();
        for (var round = 0; round < 3; round++)
        {
            await using var server = await ApiHost.StartAsync(database.ConnectionString);
            var connections = new List<LiveEvents>();
            foreach (var follower in followers)
                connections.Add(await LiveEvents.ConnectAsync(server.Client, "", follower.Last));
            var ingest = Task.WhenAll(Enumerable.Range(0, 4).Select(i => server.IngestAsync($"重启周报 {round} {i}\nrandom 30")));
            // Each is cut off at another place, the server stops while they read.
            await Task.WhenAll(followers.Select(async (_, i) => followers[i].Seen.AddRange(await connections[i].TakeAsync((i * 20) + 1))));
            await ingest;
            for (var i = 0; i < followers.Length; i++)
                followers[i].Last = connections[i].LastId;
            connections.ForEach(connection => connection.Dispose());
        }

        var all = await SequencesAsync(database);
        await using var last = await ApiHost.StartAsync(database.ConnectionString);
        foreach (var (seen, position) in followers)
        {
            using var rest = await LiveEvents.ConnectAsync(last.Client, "", position);
            seen.AddRange(await rest.TakeAsync(all.Count - seen.Count));
            Assert.Equal(all, seen);
        }
    }

    [Fact]
    public async Task A_live_answer_ends_when_the_host_stops()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        LiveEvents live;
        Task<List<long>> end;
        await using (var server = await ApiHost.StartAsync(database.ConnectionString))
        {
            live = await LiveEvents.ConnectAsync(server.Client);
            end = live.TakeAsync(1);
        }

        Assert.Empty(await end);
        live.Dispose();
    }

    [Fact]
    public async Task A_heartbeat_carries_the_position_past_what_does_not_match()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var beating = await ApiHost.StartAsync(database.ConnectionString, options => options with { Heartbeat = TimeSpan.FromMilliseconds(20) });
        await beating.IngestAsync("心跳周报\nrandom 5");
        var highest = (await SequencesAsync(database))[^1];
        using var live = await LiveEvents.ConnectAsync(beating.Client, "?types=never_recorded");
        List<string> block;
        do
            block = (await live.NextAsync())!;
        while (!block.Contains($"id: {highest}"));
        Assert.Equal(": heartbeat", block[0]);
    }

    [Fact]
    public async Task A_filter_holds_live_too()
    {
        using var fromHere = await LiveEvents.ConnectAsync(host.Client, "?entity=company/直播公司");
        await host.IngestAsync("直播筛选\nrandom 7\n直播公司|2026Q1|1|2026\nrandom 7");
        await host.IngestAsync("直播筛选 二\n直播公司|2026Q1|1|2026");
        Assert.Equal(
            await fixture.Database.ReadAllAsync<long>("select seq_id from events.mt_events where data::text like '%company/直播公司%' order by seq_id"),
            await fromHere.TakeAsync(2));
    }

    [Fact]
    public async Task A_position_before_the_tail_is_read_from_the_database()
    {
        await host.IngestAsync("尾巴周报\nrandom 8");
        var tail = host.Services.GetRequiredService<EventTail>();
        using var joined = tail.Join();
        while (tail.Read(new EventFilter(null, null, null), long.MaxValue, 1) is null)
            await tail.Moved.Next;
        Assert.Null(tail.Read(new EventFilter(null, null, null), 0, 1));
    }

    [Theory]
    [InlineData("", "abc", "Last-Event-ID")]
    [InlineData("?limit=5", null, "limit")]
    public async Task What_a_live_answer_cannot_have_is_refused(string query, string? lastId, string parameter)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/events{query}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        await ApiHost.ProblemAsync(await host.Client.SendAsync(request), HttpStatusCode.BadRequest, "invalid-parameter", parameter);
    }

    private static Task<IReadOnlyList<long>> SequencesAsync(Testing.TestDatabase database) =>
        database.ReadAllAsync<long>("select seq_id from events.mt_events order by seq_id");
}
