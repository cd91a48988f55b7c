using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.EventStore.Tests.Daemon;

public sealed class HighWaterMarkTests : StoreTest
{
    [Fact]
    public async Task Mark_of_an_empty_log_is_zero()
    {
        Assert.Equal(0, await Log.ReadHighWaterMarkAsync(Ct));
    }

    [Fact]
    public async Task An_open_writer_of_ours_holds_back_what_was_committed_after_it()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await using var open = await Database.BeginAsync();
        await InsertAsOurselvesAsync(open, "report/b");
        await AppendAsync("report/c", ExpectedVersion.NoStream, Event());

        Assert.Equal(["report/a"], await ReadAsync());
        await open.CommitAsync();
        Assert.Equal(["report/a", "report/b", "report/c"], await ReadAsync());
    }

    [Fact]
    public async Task An_open_writer_of_ours_does_not_hold_back_what_was_committed_before_it_from_a_reader_without_memory()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(5));
        await using var open = await Database.BeginAsync();
        await InsertAsOurselvesAsync(open, "report/b");

        Assert.Equal(5, await new EventLog(Database.DataSource, TimeProvider.System).ReadHighWaterMarkAsync(Ct));
    }

    [Fact]
    public async Task A_rolled_back_writer_holds_nothing_back()
    {
        await using var open = await Database.BeginAsync();
        await InsertAsOurselvesAsync(open, "report/b");
        await AppendAsync("report/c", ExpectedVersion.NoStream, Event());
        await open.RollbackAsync();

        Assert.Equal(["report/c"], await ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_writer_holds_nothing_back(bool ours)
    {
        await using var open = await Database.BeginAsync();
        await (ours ? InsertAsOurselvesAsync(open, "report/b") : InsertAsForeignerAsync(open, "report/b"));
        await AppendAsync("report/c", ExpectedVersion.NoStream, Event());
        Assert.Empty(await ReadAsync());

        await open.KillAsync();

        Assert.Equal(["report/c"], await ReadAsync());
    }

    [Fact]
    public async Task A_foreign_writer_that_commits_late_is_not_skipped()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        Assert.Equal(["report/a"], await ReadAsync());
        await using var foreigner = await Database.BeginAsync();
        await InsertAsForeignerAsync(foreigner, "report/b");
        await AppendAsync("report/c", ExpectedVersion.NoStream, Event());

        Assert.Equal(["report/a"], await ReadAsync());
        Assert.Equal(["report/a"], await ReadAsync());
        await foreigner.CommitAsync();
        Assert.Equal(["report/a", "report/b", "report/c"], await ReadAsync());
    }

    [Fact]
    public async Task A_reader_without_memory_starts_at_the_furthest_checkpoint_while_a_foreign_writer_is_open()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(3));
        await Database.ExecuteAsync("insert into kg.checkpoints values ('view', 2, now())");
        await using var foreigner = await Database.BeginAsync();
        await InsertAsForeignerAsync(foreigner, "report/b");
        await AppendAsync("report/c", ExpectedVersion.NoStream, Event());

        Assert.Equal(2, await new EventLog(Database.DataSource, TimeProvider.System).ReadHighWaterMarkAsync(Ct));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_prepared_transaction_is_waited_for(bool ours, bool seenBefore)
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        Assert.Equal(["report/a"], await ReadAsync());
        await using var open = await Database.BeginAsync();
        await (ours ? InsertAsOurselvesAsync(open, "report/b") : InsertAsForeignerAsync(open, "report/b"));
        if (seenBefore)
            Assert.Equal(["report/a"], await ReadAsync());
        await open.ExecuteAsync("prepare transaction 'late'");
        await AppendAsync("report/c", ExpectedVersion.NoStream, Event());

        Assert.Equal(["report/a"], await ReadAsync());
        var prepared = Assert.Single(await Log.ReadOpenWritersAsync(Ct));
        Assert.Equal((null, "prepared", "late"), (prepared.Process, prepared.State, prepared.Application));
        Assert.True(prepared.Age > TimeSpan.Zero);

        await Database.ExecuteAsync("commit prepared 'late'");
        Assert.Equal(["report/a", "report/b", "report/c"], await ReadAsync());
    }

    [Fact]
    public async Task A_number_drawn_in_a_savepoint_that_was_rolled_back_keeps_its_transaction_in_sight()
    {
        await Log.ReadHighWaterMarkAsync(Ct);
        await using var foreigner = await Database.BeginAsync();
        await foreigner.ExecuteAsync("savepoint s; select nextval('events.mt_events_sequence'); rollback to s");
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task A_session_idle_in_transaction_that_drew_no_number_holds_nothing_back()
    {
        await using var idle = await Database.BeginAsync();
        await idle.ExecuteAsync("select count(*) from events.mt_events; select last_value from events.mt_events_sequence");
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());

        Assert.Equal(["report/a"], await ReadAsync());
    }

    [Fact]
    public async Task A_stuck_writer_is_reported_with_its_process_age_and_bound()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(2));
        await using var older = await Database.BeginAsync();
        await InsertAsForeignerAsync(older, "report/b");
        await using var younger = await Database.BeginAsync();
        await InsertAsOurselvesAsync(younger, "report/c");

        var writers = await Log.ReadOpenWritersAsync(Ct);

        Assert.Equal(new int?[] { older.Process, younger.Process }, writers.Select(writer => writer.Process));
        Assert.Equal([null, 3L], writers.Select(writer => writer.After));
        Assert.All(writers, writer => Assert.Equal("idle in transaction", writer.State));
        Assert.True(writers[0].Age > writers[1].Age && writers[1].Age > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_writer_waiting_for_its_turn_on_a_stream_holds_nothing_back()
    {
        await using var first = await Database.BeginAsync();
        await InsertAsOurselvesAsync(first, "report/a");
        var waiting = AppendAsync("report/a", ExpectedVersion.Any, Event());
        while (!await Database.ReadAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted)"))
            Ct.ThrowIfCancellationRequested();

        Assert.Single(await Log.ReadOpenWritersAsync(Ct));
        await first.CommitAsync();
        Assert.Equal(2, Assert.IsType<AppendResult.Appended>(await waiting).Version);
    }

    private async Task<IEnumerable<string>> ReadAsync() => (await Log.ReadAllAsync(0, 100, Ct)).Select(stored => stored.Stream);
}
