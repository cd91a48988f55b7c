using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.Api.Tests.Operations;

public sealed class RebuildTests : IAsyncLifetime
{
    private Testing.TestDatabase database = null!;
    private ApiHost host = null!;

    public async ValueTask InitializeAsync()
    {
        database = await ApiFixture.NewDatabaseAsync();
        host = await ApiHost.StartAsync(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Readers_miss_nothing_while_views_are_rebuilt_and_switched_and_reports_come_in()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await host.IngestAsync($"重建周报 {i}\nrandom 40\n英伟达|2026Q{i}|{i}|2026-05-2{i}"));
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() => ReadAsync(ids, stop.Token));
        var writer = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await host.IngestAsync($"重建之时 {i}\nrandom 10");
        });
        for (var i = 0; i < 3; i++)
        {
            foreach (var progress in await RebuildAsync())
            {
                Assert.Equal("done", progress["state"]!.ToString());
                Assert.Equal(progress["total"]!.ToString(), progress["done"]!.ToString());
                Assert.All(progress["differences"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
                Assert.All(progress["differences"]!.AsArray(), view => Assert.True(view!["rows"]!.GetValue<int>() > 0 || view["view"]!.ToString() is "identity" or "decisions"));
            }
        }

        await stop.CancelAsync();
        await writer;
        Assert.True(await reader > 0);
        Assert.Equal(0, await database.ReadAsync<long>("select count(*) from pg_namespace where nspname like '%\\_next' or nspname like '%\\_old'"));
    }

    [Fact]
    public async Task What_was_tampered_with_is_reported_and_right_again()
    {
        await host.IngestAsync("篡改周报\n英伟达|2026Q1|1|2026");
        await database.ExecuteAsync("update views.entities set name = 'Nobody' where id = 'company/nvidia'");
        var views = (await RebuildAsync()).Single(progress => progress["views"]!.ToString() == "views");
        var entities = views["differences"]!.AsArray().Single(view => view!["view"]!.ToString() == "entities")!;
        Assert.Equal("Nobody", Assert.Single(entities["differences"]!.AsArray())!["live"]!["name"]!.ToString());
        Assert.Equal("英伟达", (await host.GetAsync("/entities/company/nvidia"))["name"]!.ToString());
    }

    [Fact]
    public async Task A_rebuild_that_broke_off_goes_on_where_it_was()
    {
        for (var i = 0; i < 4; i++)
            await host.IngestAsync($"中断周报 {i}\nrandom 40");
        var breaking = new Breaking(breakAfter: 3);
        var set = GraphViews.Set with { Fold = schema => schema == "views" ? new GraphViews(schema) : breaking.Wrap(new GraphViews(schema)) };
        var rebuild = SmallRebuild();
        await Assert.ThrowsAsync<TimeoutException>(() => rebuild.RunAsync(set, default));
        Assert.Equal(60, await database.ReadAsync<long>("select sequence from kg.checkpoints where name = 'views-next'"));

        Assert.True(await rebuild.RunAsync(set, default));
        Assert.Equal(61, breaking.FirstOfSecondRun);
        Assert.Equal(0, await DifferencesAsync());
    }

    [Fact]
    public async Task An_event_that_cannot_be_folded_is_a_dead_letter_of_the_rebuilt_views_too()
    {
        await host.IngestAsync("死信周报\nrandom 5");
        await database.ExecuteAsync(Testing.TestDatabase.AppendSql("report/broken", "model_released", """{"ReportId": 17}"""));
        await host.IngestAsync("死信周报 二\nrandom 5");
        var before = (await host.ListAsync("/operations/dead-letters", 5)).Select(letter => letter["sequence"]!.ToString()).ToList();
        await RebuildAsync();
        Assert.Single(before);
        Assert.Equal(before, (await host.ListAsync("/operations/dead-letters", 5)).Select(letter => letter["sequence"]!.ToString()));
        Assert.Equal(0, await DifferencesAsync());
    }

    [Fact]
    public async Task Views_of_another_version_are_read_by_its_nodes_until_those_of_this_one_take_their_place()
    {
        await host.IngestAsync("版本周报\n英伟达|2026Q1|1|2026");
        // As if this node were of a version of its own: its checkpoint has another name than the next node's.
        await database.ExecuteAsync("comment on schema views is 'views-0: built from the events'; update kg.checkpoints set name = 'views-0' where name like 'views-%'");
        await using var next = await ApiHost.StartAsync(database.ConnectionString);
        Assert.Equal("英伟达", (await next.GetAsync("/entities/company/nvidia"))["name"]!.ToString());
        Assert.True(await database.ReadAsync<bool>("select retired from kg.checkpoints where name = 'views-0'"));
        var progress = (await next.GetAsync("/operations/rebuild")).AsArray().Single()!;
        Assert.Equal(("done", 2), (progress["state"]!.ToString(), progress["done"]!.GetValue<int>()));
        Assert.Null(progress["differences"]);
    }

    /// <summary>Whatever sessions die while reports come in and views are rebuilt: in the end live views and events agree, byte for byte.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Replay_equals_incremental_after_random_appends_crashes_and_rebuilds(int seed)
    {
        var random = new Random(seed);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(writer, new Random((seed * 100) + writer)))).ToList();
        var rebuilds = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await RebuildStubbornlyAsync();
        });
        var reader = Task.Run(() => FollowAsync(stop.Token));
        await KillSessionsAsync(random, writers);
        await Task.WhenAll(writers);
        await stop.CancelAsync();
        await rebuilds;
        database.DataSource.Clear();
        Assert.Equal(48, await database.ReadAsync<long>("select count(*) from events.mt_streams"));
        var recorded = await database.ReadAllAsync<long>("select seq_id from events.mt_events order by seq_id");
        Assert.Equal(recorded, await reader);
        Assert.Equal(recorded, await database.ReadAllAsync<long>("select sequence from event_index.types order by sequence"));
        foreach (var progress in await RebuildAsync())
            Assert.All(progress["differences"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
        Assert.Equal(0, await DifferencesAsync());
    }

    // One session after the other, with some events between, by a session that only looks on.
    private async Task KillSessionsAsync(Random random, List<Task> writers)
    {
        await using var killer = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await killer.OpenAsync();
        await using var kill = new NpgsqlCommand(
            """
            select (select max(seq_id) from events.mt_events), (
                select pg_terminate_backend(pid) from (
                    select pid from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and $1
                    order by hashint4extended(pid, $2) limit 1) victim)
            """,
            killer);
        kill.Parameters.Add(new() { Value = false });
        kill.Parameters.Add(new() { Value = 0L });
        for (long highest = 0, next = 0; writers.Exists(writer => !writer.IsCompleted);)
        {
            kill.Parameters[0].Value = highest >= next;
            kill.Parameters[1].Value = random.NextInt64();
            if (highest >= next)
                next = highest + random.Next(5, 40);
            highest = await kill.ExecuteScalarAsync() is long sequence ? sequence : 0;
        }
    }

    private async Task WriteAsync(int writer, Random random)
    {
        for (var i = 0; i < 6; i++)
        {
            var text = $"崩溃周报 {writer} {i}\nrandom {random.Next(1, 40)}\n英伟达|2026Q{i}|{random.Next(5)}|2026-05-2{writer}";
            while (!(await host.PostAsync(text)).IsSuccessStatusCode)
            {
                // Safe to hand in again.
            }
        }
    }

    // Goes on until nothing more is written and there is nothing left.
    private async Task<List<long>> FollowAsync(CancellationToken written)
    {
        var log = host.Services.GetRequiredService<EventLog>();
        var seen = new List<long>();
        while (true)
        {
            var last = written.IsCancellationRequested;
            try
            {
                var page = await log.ReadAllAsync(seen.LastOrDefault(), 50, default);
                seen.AddRange(page.Select(stored => stored.Sequence));
                if (last && page.Count == 0)
                    return seen;
            }
            catch (Exception fault) when (Fault.IsOfInfrastructure(fault))
            {
                // Its session was ended; it asks again for what it has not seen.
            }
        }
    }

    private async Task RebuildStubbornlyAsync()
    {
        foreach (var set in new[] { GraphViews.Set, EventIndex.Set })
        {
            try
            {
                await SmallRebuild().RunAsync(set, default);
            }
            catch (Exception fault) when (Fault.IsOfInfrastructure(fault) || fault is ObjectDisposedException)
            {
                // Its session was ended; the next goes on where it was.
            }
        }
    }

    private Rebuild SmallRebuild() => new(
        database.DataSource,
        host.Services.GetRequiredService<EventLog>(),
        host.Services.GetRequiredService<ProjectionDaemon>(),
        host.Services.GetRequiredService<RebuildRecord>(),
        DaemonOptions.Default with { RebuildBatchSize = 20 },
        TimeProvider.System,
        NullLogger<Rebuild>.Instance);

    private async Task<List<JsonNode>> RebuildAsync()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await host.Client.PostAsync("/operations/rebuild", null)).StatusCode);
        List<JsonNode> all;
        do
            all = [.. (await host.GetAsync("/operations/rebuild")).AsArray().Select(one => one!)];
        while (all.Exists(one => one["state"]!.ToString() is not ("done" or "failed")));
        return all;
    }

    private async Task<long> DifferencesAsync()
    {
        var replay = await ApiHost.ReadAsync(await host.Client.PostAsync("/operations/replay", null));
        return replay["views"]!.AsArray().Sum(view => view!["differenceCount"]!.GetValue<long>());
    }

    private async Task<int> ReadAsync(List<string> ids, CancellationToken ct)
    {
        var (reads, events) = (0, 0L);
        int? expected = null;
        while (!ct.IsCancellationRequested)
        {
            var timeline = (await host.ListAsync("/entities/company/nvidia/timeline", 50)).Count(entry => ids.Contains(entry["evidence"]!["report"]!.ToString()));
            Assert.True(timeline >= ids.Count);
            Assert.Equal(expected ??= timeline, timeline);
            var report = await host.GetAsync($"/reports/{ids[reads % ids.Count]}");
            Assert.True(report["facts"]!["EarningsReported"]!.GetValue<int>() > 0);
            var indexed = (await host.GetAsync("/events?entity=company/nvidia&limit=500"))["items"]!.AsArray().Count;
            Assert.True(indexed >= events, "The index of the log lost events.");
            events = indexed;
            reads++;
        }

        return reads;
    }

    /// <summary>A fold that fails once, as if the database had gone.</summary>
    private sealed class Breaking(int breakAfter)
    {
        private readonly int breakAfterBatches = breakAfter;
        private int batches;

        public long FirstOfSecondRun { get; private set; }

        public IProjection Wrap(IProjection fold) => new Fold(fold, this);

        private sealed class Fold(IProjection fold, Breaking state) : IProjection
        {
            public string Name => fold.Name;

            public Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct)
            {
                var number = state.batches++;
                if (number == state.breakAfterBatches)
                    throw new TimeoutException();
                if (number == state.breakAfterBatches + 1)
                    state.FirstOfSecondRun = events[0].Sequence;
                return fold.ApplyAsync(connection, transaction, events, ct);
            }
        }
    }
}
