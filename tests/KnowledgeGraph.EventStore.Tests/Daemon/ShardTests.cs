using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace KnowledgeGraph.EventStore.Tests.Daemon;

public sealed class ShardTests : StoreTest
{
    [Fact]
    public async Task A_slow_shard_delays_no_other()
    {
        var held = new TaskCompletionSource();
        using var daemon = await DaemonAsync(DaemonOptions.Default, Blocking("slow", held), new SeenProjection { Name = "fast" });
        await daemon.StartAsync(Ct);
        for (var i = 1; i <= 3; i++)
        {
            await AppendAsync($"report/{i}", ExpectedVersion.NoStream, Event());
            await daemon.WaitForAsync("fast", i, Ct);
        }

        Assert.Equal(["fast", "fast", "fast"], await Database.ReadAllAsync<string>("select projection from seen"));
        held.SetResult();
        await daemon.WaitForAsync(3, Ct);
        await daemon.StopAsync(Ct);
    }

    [Fact]
    public async Task A_node_that_hangs_in_a_batch_loses_the_shard_to_another()
    {
        var held = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        using var hanging = await DaemonAsync(DaemonOptions.Default with { StalledAfter = TimeSpan.FromMilliseconds(200) }, new SeenProjection
        {
            AfterWriting = (_, _) =>
            {
                entered.SetResult();
                return held.Task;
            },
        });
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(3));
        var pass = hanging.RunOnceAsync(Ct);
        await entered.Task.WaitAsync(Ct);
        using var other = await DaemonAsync(DaemonOptions.Default, new SeenProjection());
        await other.StartAsync(Ct);
        await other.WaitForAsync(3, Ct);
        held.SetResult();
        Assert.True(Fault.IsOfInfrastructure(await Assert.ThrowsAnyAsync<Exception>(() => pass)));
        await other.StopAsync(Ct);
        Assert.Equal([1L, 2, 3], await Database.ReadAllAsync<long>("select sequence from seen order by sequence"));
    }

    [Fact]
    public async Task A_dead_letter_that_can_be_applied_after_all_is_one_no_more()
    {
        var mended = false;
        using var daemon = await DaemonAsync(DaemonOptions.Default, new SeenProjection
        {
            AfterWriting = (_, events) => !mended && events.Any(stored => stored.Sequence == 2) ? throw new InvalidOperationException("not yet") : Task.CompletedTask,
        });
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(3));
        await daemon.RunOnceAsync(Ct);
        Assert.Equal([1L, 3], await Database.ReadAllAsync<long>("select sequence from seen order by sequence"));

        Assert.Equal(new RetryResult(Applied: false, "not yet"), await daemon.RetryAsync("seen", 2, Ct));
        var letter = Assert.Single(await new DeadLetters(Database.DataSource).ReadAsync(null, "", 0, 10, Ct));
        Assert.Equal(("seen", 2L, "thing_happened", 2), (letter.Shard, letter.Sequence, letter.EventType, letter.Attempts));

        mended = true;
        Assert.Equal(new RetryResult(Applied: true, Reason: null), await daemon.RetryAsync("seen", 2, Ct));
        Assert.Equal([1L, 2, 3], await Database.ReadAllAsync<long>("select sequence from seen order by sequence"));
        Assert.Empty(await new DeadLetters(Database.DataSource).ReadAsync("seen", "", 0, 10, Ct));
        Assert.Null(await daemon.RetryAsync("seen", 2, Ct));
        Assert.Null(await daemon.RetryAsync("nobody", 2, Ct));
    }

    [Fact]
    public async Task A_retired_shard_writes_nothing()
    {
        using var daemon = await DaemonAsync(DaemonOptions.Default, new SeenProjection());
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await daemon.RunOnceAsync(Ct);
        await Database.ExecuteAsync("update kg.checkpoints set retired = true");
        await AppendAsync("report/b", ExpectedVersion.NoStream, Event());

        Assert.True(Assert.Single(await daemon.RunOnceAsync(Ct)).Retired);
        Assert.Equal([1L], await Database.ReadAllAsync<long>("select sequence from seen"));
        Assert.Equal(ShardState.Retired, Assert.Single(await daemon.ReadShardsAsync(Ct)).State);
    }

    [Fact]
    public async Task A_shard_tells_how_far_it_is_and_why_it_failed()
    {
        var failing = true;
        using var daemon = await DaemonAsync(
            DaemonOptions.Default,
            new SeenProjection { Name = "a" },
            new SeenProjection { Name = "b", AfterWriting = (_, _) => failing ? throw new TimeoutException("too slow") : Task.CompletedTask });
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event(), Event("poison"), Event());
        await daemon.StartAsync(Ct);
        await daemon.WaitForAsync("a", 3, Ct);
        ShardReport b;
        while ((b = (await daemon.ReadShardsAsync(Ct))[1]).State != ShardState.Failing)
            Ct.ThrowIfCancellationRequested();
        var a = (await daemon.ReadShardsAsync(Ct))[0];
        failing = false;
        await daemon.WaitForAsync(3, Ct);
        await daemon.StopAsync(Ct);

        Assert.Equal((3L, 0L, 1L, ShardState.CaughtUp), (a.Position, a.LagEvents, a.DeadLetters, a.State));
        Assert.True(a.Rate > 0);
        Assert.Equal((0L, 3L, "too slow"), (b.Position, b.LagEvents, b.LastError));
        Assert.True(b.LagSeconds > 0);
        Assert.Null(b.Rate);
    }

    private static SeenProjection Blocking(string name, TaskCompletionSource until) => new() { Name = name, AfterWriting = (_, _) => until.Task };

    private async Task<ProjectionDaemon> DaemonAsync(DaemonOptions options, params IProjection[] projections)
    {
        await SeenProjection.CreateTableAsync(Database);
        return new ProjectionDaemon(Database.DataSource, Log, projections, TimeProvider.System, options, NullLogger<ProjectionDaemon>.Instance);
    }
}
