using System.Net;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Tests.Operations;

public sealed class ReplayTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    // Reports alone leave these empty.
    private static readonly string[] OfDecisions = ["identity", "decisions"];

    private static readonly string[] Every = [.. new[] { GraphViews.Set, EventIndex.Set }.SelectMany(set => set.Tables, (set, table) => $"{set.Schema}.{table.Table}")];

    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task Views_rebuilt_from_the_events_alone_equal_the_live_ones()
    {
        for (var i = 0; i < 5; i++)
            await host.IngestAsync($"重放周报 {i}\nrandom 60\n英伟达|2026Q{i}|{i}|2026-05-2{i}", $"?date=2026-0{i + 1}");
        var report = await ReplayAsync();
        Assert.Equal(await fixture.Database.ReadAsync<long>("select count(*) from events.mt_events"), report["events"]!.GetValue<long>());
        Assert.Equal(0, report["failed"]!.GetValue<int>());
        Assert.Equal(Every, report["views"]!.AsArray().Select(view => view!["view"]!.ToString()));
        foreach (var view in report["views"]!.AsArray())
        {
            Assert.Equal(0, view!["differenceCount"]!.GetValue<int>());
            Assert.Equal(await fixture.Database.ReadAsync<long>($"select count(*) from {view["view"]}"), view["rows"]!.GetValue<long>());
            Assert.True(view["rows"]!.GetValue<long>() > 0 || OfDecisions.Contains(view["view"]!.ToString()["views.".Length..]));
        }

        Assert.Equal(0, await fixture.Database.ReadAsync<long>("select count(*) from pg_namespace where nspname like 'replay%'"));
    }

    [Fact]
    public async Task Rows_that_were_tampered_with_are_shown_both_ways()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var other = await ApiHost.StartAsync(database.ConnectionString);
        await other.IngestAsync("篡改\n英伟达|2026Q1|1|2026\n智谱|2026Q1|1|2026");
        await database.ExecuteAsync("update views.entities set name = 'Nobody' where id = 'company/nvidia'");
        await database.ExecuteAsync("delete from views.timeline where entity_id = 'company/智谱'");
        await database.ExecuteAsync("insert into views.entity_summaries values ('company/ghost', 1, 'company', 0, '{}')");
        await database.ExecuteAsync("update event_index.type_counts set events = events + 1 where type = 'report_registered'");
        var response = await other.Client.PostAsync("/operations/replay", null);
        var views = (await ApiHost.ReadAsync(response))["views"]!.AsArray().ToDictionary(view => view!["view"]!.ToString(), view => view!["differences"]!.AsArray());
        var renamed = Assert.Single(views["views.entities"])!;
        Assert.StartsWith("company/nvidia ", renamed["key"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Nobody", renamed["live"]!["name"]!.ToString());
        Assert.Equal("英伟达", renamed["rebuilt"]!["name"]!.ToString());
        Assert.Null(Assert.Single(views["views.timeline"])!["live"]);
        Assert.Null(Assert.Single(views["views.entity_summaries"])!["rebuilt"]);
        Assert.Equal("report_registered", Assert.Single(views["event_index.type_counts"])!["key"]!.ToString());
        Assert.Empty(views["views.facts"]);
    }

    [Fact]
    public async Task Two_replays_at_once_are_refused()
    {
        await using var connection = await fixture.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('knowledge-graph replay', 0))", connection, transaction);
        await hold.ExecuteNonQueryAsync();
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/operations/replay", null), HttpStatusCode.Conflict, "replay-running");
    }

    [Fact]
    public async Task A_replay_while_reports_come_in_finds_no_difference()
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await host.IngestAsync($"写入中 {i}\nrandom 20");
        });
        for (var i = 0; i < 3; i++)
            Assert.All((await ReplayAsync())["views"]!.AsArray(), view => Assert.Empty(view!["differences"]!.AsArray()));
        await stop.CancelAsync();
        await writer;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_view_does_not_depend_on_how_the_events_came_in_batches(int seed)
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using (var other = await ApiHost.StartAsync(database.ConnectionString))
        {
            for (var i = 0; i < 4; i++)
                await other.IngestAsync($"批次周报 {seed} {i}\nrandom 50", $"?date=2026-0{i + 1}-10");
        }

        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ViewSchema.CreateAsync(transaction, GraphViews.Set, "batched", "batched", default);
        var events = await new EventLog(database.DataSource, TimeProvider.System).ReadAllAsync(0, 10_000, default);
        var random = new Random(seed);
        for (var at = 0; at < events.Count;)
        {
            var size = Math.Min(random.Next(1, 40), events.Count - at);
            await new GraphViews("batched").ApplyAsync(connection, transaction, [.. events.Skip(at).Take(size)], default);
            at += size;
        }

        await transaction.CommitAsync();
        foreach (var (table, _) in GraphViews.Set.Tables)
        {
            Assert.True(await database.ReadAsync<long>($"select count(*) from batched.{table}") > 0 || OfDecisions.Contains(table));
            Assert.Equal(0, await database.ReadAsync<long>(
                $"""
                select count(*) from (
                    (select row_to_json(b)::text from batched.{table} b except select row_to_json(v)::text from views.{table} v)
                    union all
                    (select row_to_json(v)::text from views.{table} v except select row_to_json(b)::text from batched.{table} b)) differing
                """));
        }
    }

    private async Task<System.Text.Json.Nodes.JsonNode> ReplayAsync()
    {
        HttpResponseMessage response;
        do
            response = await host.Client.PostAsync("/operations/replay", null);
        while (response.StatusCode == HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiHost.ReadAsync(response);
    }
}
