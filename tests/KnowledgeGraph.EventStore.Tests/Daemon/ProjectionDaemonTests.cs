using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KnowledgeGraph.EventStore.Tests.Daemon;

public sealed class ProjectionDaemonTests : StoreTest
{
    // No wake-up by time within a test.
    private static readonly DaemonOptions Patient = DaemonOptions.Default with { BatchSize = 4, IdlePoll = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_pass_applies_a_bounded_batch_and_moves_the_checkpoint()
    {
        var daemon = await DaemonAsync(new SeenProjection());
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(6));

        var first = Assert.Single(await daemon.RunOnceAsync(Ct));
        var second = Assert.Single(await daemon.RunOnceAsync(Ct));
        var third = Assert.Single(await daemon.RunOnceAsync(Ct));

        Assert.Equal((4, 2, 0), (first.Applied, second.Applied, third.Applied));
        Assert.Equal(6, third.Checkpoint);
        Assert.Equal([1L, 2, 3, 4, 5, 6], await SeenAsync());
    }

    [Fact]
    public async Task View_and_checkpoint_stand_or_fall_together()
    {
        var projection = new SeenProjection { AfterWriting = (_, _) => throw new TimeoutException() };
        var daemon = await DaemonAsync(projection);
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(3));

        await Assert.ThrowsAsync<TimeoutException>(() => daemon.RunOnceAsync(Ct));

        Assert.Empty(await SeenAsync());
        Assert.Empty(await Database.ReadAllAsync<long>("select sequence from kg.checkpoints where sequence > 0"));
        Assert.Empty(await Database.ReadAllAsync<long>("select sequence from kg.dead_letters"));
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_batch_loses_and_doubles_nothing()
    {
        var crashing = await DaemonAsync(new SeenProjection
        {
            AfterWriting = async (connection, events) =>
            {
                if (events[0].Sequence > 4)
                    await Database.ExecuteAsync($"select pg_terminate_backend({connection.ProcessID}, 10000)");
            },
        });
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(7));
        await crashing.RunOnceAsync(Ct);
        var crash = await Assert.ThrowsAnyAsync<Exception>(() => crashing.RunOnceAsync(Ct));
        Assert.True(Fault.IsOfInfrastructure(crash));

        var restarted = await DaemonAsync(new SeenProjection());
        await restarted.RunOnceAsync(Ct);

        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], await SeenAsync());
        Assert.Empty(await Database.ReadAllAsync<long>("select sequence from kg.dead_letters"));
    }

    [Fact]
    public async Task A_poison_event_goes_to_the_dead_letters_with_its_reason_and_the_rest_moves_on()
    {
        var daemon = await DaemonAsync(new SeenProjection());
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event("1"), Event("poison"), Event("3"), Event("sql poison"), Event("5"));

        var first = Assert.Single(await daemon.RunOnceAsync(Ct));
        await daemon.RunOnceAsync(Ct);

        Assert.Equal((2, 2, 4), (first.Applied, first.DeadLettered, first.Checkpoint));
        Assert.Equal([1L, 3, 5], await SeenAsync());
        Assert.Equal(
            ["seen 2 thing_happened", "seen 4 thing_happened"],
            await Database.ReadAllAsync<string>(
                "select projection || ' ' || sequence || ' ' || event_type from kg.dead_letters order by sequence"));
        Assert.Contains("cannot be applied", await Database.ReadAsync<string>("select reason from kg.dead_letters where sequence = 2"), StringComparison.Ordinal);
        Assert.Contains("22012", await Database.ReadAsync<string>("select reason from kg.dead_letters where sequence = 4"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daemons_on_several_nodes_apply_every_event_once()
    {
        var daemons = new List<ProjectionDaemon>();
        for (var i = 0; i < 4; i++)
            daemons.Add(await DaemonAsync(new SeenProjection()));
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(60));

        await Task.WhenAll(daemons.Select(daemon => Task.Run(async () =>
        {
            while ((await daemon.RunOnceAsync(Ct)).Any(batch => batch.Checkpoint < 60))
                Ct.ThrowIfCancellationRequested();
        })));

        Assert.Equal(Enumerable.Range(1, 60).Select(i => (long)i), await SeenAsync());
    }

    [Fact]
    public async Task A_projection_that_another_node_runs_is_left_to_it()
    {
        var daemon = await DaemonAsync(new SeenProjection());
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await using var other = await Database.BeginAsync();
        await other.ExecuteAsync("select pg_advisory_xact_lock(19272, hashtext('seen'))");

        Assert.True(Assert.Single(await daemon.RunOnceAsync(Ct)).Elsewhere);
        await other.KillAsync();
        Assert.Equal(1, Assert.Single(await daemon.RunOnceAsync(Ct)).Applied);
    }

    [Fact]
    public async Task Waiting_for_a_sequence_ends_when_every_projection_has_passed_it()
    {
        var daemon = await DaemonAsync(new SeenProjection(), new SeenProjection { Name = "other" });
        await daemon.StartAsync(Ct);
        var appended = Assert.IsType<AppendResult.Appended>(await AppendAsync("report/a", ExpectedVersion.NoStream, Events(10)));

        await daemon.WaitForAsync(appended.Sequence, Ct);

        Assert.Equal(20, (await SeenAsync()).Count);
        await daemon.WaitForAsync(appended.Sequence, Ct);
        await daemon.StopAsync(Ct);
    }

    [Fact]
    public async Task An_append_of_another_process_wakes_the_daemon()
    {
        var daemon = await DaemonAsync(new SeenProjection());
        await daemon.StartAsync(Ct);
        await daemon.WaitForAsync(0, Ct);

        for (var i = 1; i <= 3; i++)
        {
            await using var foreigner = await Database.BeginAsync();
            await InsertAsForeignerAsync(foreigner, $"report/{i}");
            await foreigner.CommitAsync();
            await daemon.WaitForAsync(i, Ct);
        }

        await daemon.StopAsync(Ct);
    }

    [Fact]
    public async Task The_daemon_survives_the_loss_of_all_its_connections()
    {
        var daemon = await DaemonAsync(new SeenProjection());
        await daemon.StartAsync(Ct);
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await daemon.WaitForAsync(1, Ct);

        await Database.ExecuteAsync(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await using var foreigner = await Database.BeginAsync();
        await InsertAsForeignerAsync(foreigner, "report/b");
        await foreigner.CommitAsync();

        await daemon.WaitForAsync(2, Ct);
        await daemon.StopAsync(Ct);
        Assert.Equal([1L, 2], await SeenAsync());
    }

    [Fact]
    public async Task What_a_rolled_back_writer_held_back_is_applied_without_any_further_commit()
    {
        var daemon = await DaemonAsync(new SeenProjection());
        await daemon.StartAsync(Ct);
        await using var open = await Database.BeginAsync();
        await InsertAsOurselvesAsync(open, "report/a");
        await AppendAsync("report/b", ExpectedVersion.NoStream, Event());
        await daemon.PassDone.Next.WaitAsync(Ct);

        await open.RollbackAsync();

        await daemon.WaitForAsync(2, Ct);
        await daemon.StopAsync(Ct);
    }

    [Fact]
    public async Task A_writer_that_holds_readers_back_for_long_is_reported()
    {
        var reports = new Reports();
        using var daemon = new ProjectionDaemon(
            Database.DataSource, Log, [], TimeProvider.System, Patient with { StuckAfter = TimeSpan.Zero }, reports);
        await using var open = await Database.BeginAsync();
        await InsertAsForeignerAsync(open, "report/a");
        await AppendAsync("report/b", ExpectedVersion.NoStream, Event());

        await daemon.StartAsync(Ct);
        var report = await reports.First.WaitAsync(Ct);
        await daemon.StopAsync(Ct);

        Assert.Contains("held at 0 of 2", report, StringComparison.Ordinal);
        Assert.Contains($"process {open.Process}", report, StringComparison.Ordinal);
        Assert.Contains("idle in transaction", report, StringComparison.Ordinal);
    }

    private async Task<ProjectionDaemon> DaemonAsync(params IProjection[] projections)
    {
        await SeenProjection.CreateTableAsync(Database);
        return new ProjectionDaemon(
            Database.DataSource, Log, projections, TimeProvider.System, Patient, NullLogger<ProjectionDaemon>.Instance);
    }

    private Task<IReadOnlyList<long>> SeenAsync() => Database.ReadAllAsync<long>("select sequence from seen order by sequence");

    /// <summary>A logger that keeps the first warning.</summary>
    private sealed class Reports : ILogger<ProjectionDaemon>
    {
        private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => first.Task;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
                first.TrySetResult(formatter(state, exception));
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
