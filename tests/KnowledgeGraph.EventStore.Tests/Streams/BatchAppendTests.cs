using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Streams;

public sealed class BatchAppendTests : StoreTest
{
    [Fact]
    public async Task Events_of_many_streams_are_appended_in_the_order_of_the_call()
    {
        await AppendAsync("report/b", ExpectedVersion.NoStream, Events(2));

        var appended = Assert.IsType<BatchResult.Appended>(await AppendAsync(
            To("report/c", ExpectedVersion.NoStream, Events(2)), To("report/a", ExpectedVersion.Any, Events(1)), To("report/b", ExpectedVersion.Exactly(2), Events(3))));

        Assert.Equal([new("report/c", 2, false), new("report/a", 1, false), new("report/b", 5, false)], appended.Streams);
        Assert.Equal((8, false), (appended.Sequence, appended.Repeated));
        Assert.Equal(
            ["1 report/b 1", "2 report/b 2", "3 report/c 1", "4 report/c 2", "5 report/a 1", "6 report/b 3", "7 report/b 4", "8 report/b 5"],
            await LogAsync());
        Assert.Equal(["report/a 1", "report/b 5", "report/c 2"], await StreamsAsync());
    }

    [Fact]
    public async Task All_failing_checks_are_reported_at_once_and_nothing_is_written()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(2));
        await AppendAsync("report/b", ExpectedVersion.NoStream, Events(1));
        var before = await LogAsync();

        var result = await AppendAsync(
            To("report/new", ExpectedVersion.NoStream, Event()),
            To("report/a", ExpectedVersion.NoStream, Event()),
            To("report/b", ExpectedVersion.Exactly(1), Event()),
            To("report/missing", ExpectedVersion.Exactly(7), Event()),
            To("report/any", ExpectedVersion.Any, Event()));

        Assert.Equal(
            [new("report/a", ExpectedVersion.NoStream, 2), new("report/missing", ExpectedVersion.Exactly(7), 0)],
            Assert.IsType<BatchResult.VersionConflicts>(result).Streams);
        Assert.Equal(before, await LogAsync());
        Assert.Equal(["report/a 2", "report/b 1"], await StreamsAsync());
    }

    [Fact]
    public async Task The_same_call_again_writes_nothing_and_gives_the_same_answer()
    {
        await AppendAsync("report/b", ExpectedVersion.NoStream, Events(2));
        StreamAppend[] call =
        [
            To("report/a", ExpectedVersion.NoStream, Events(2)), To("report/b", ExpectedVersion.Exactly(2), Events(1)), To("report/c", ExpectedVersion.Any, Events(2)),
        ];
        var first = Assert.IsType<BatchResult.Appended>(await AppendAsync(call));
        await AppendAsync("report/c", ExpectedVersion.Any, Event());
        var before = await LogAsync();

        var second = Assert.IsType<BatchResult.Appended>(await AppendAsync(call));

        Assert.True(second.Repeated);
        Assert.Equal(first.Sequence, second.Sequence);
        Assert.Equal(first.Streams.Select(stream => stream with { Repeated = true }), second.Streams);
        Assert.Equal(before, await LogAsync());
    }

    [Fact]
    public async Task Streams_that_have_their_events_already_do_not_keep_the_others_from_being_written()
    {
        var events = Events(2);
        await AppendAsync("report/a", ExpectedVersion.NoStream, events);

        var appended = Assert.IsType<BatchResult.Appended>(await AppendAsync(
            To("report/a", ExpectedVersion.NoStream, events), To("report/b", ExpectedVersion.NoStream, Event())));

        Assert.Equal([new("report/a", 2, true), new("report/b", 1, false)], appended.Streams);
        Assert.Equal((3, false), (appended.Sequence, appended.Repeated));
        Assert.Equal(["report/a 2", "report/b 1"], await StreamsAsync());
    }

    [Fact]
    public async Task Some_of_the_same_events_in_another_call_are_a_conflict_of_their_stream()
    {
        var events = Events(2);
        await AppendAsync("report/a", ExpectedVersion.Any, events);

        var result = await AppendAsync(To("report/a", ExpectedVersion.Any, events[1], Event()), To("report/b", ExpectedVersion.Any, Event()));

        Assert.Equal([new("report/a", ExpectedVersion.Any, 2)], Assert.IsType<BatchResult.VersionConflicts>(result).Streams);
        Assert.Equal(["report/a 2"], await StreamsAsync());
    }

    [Fact]
    public async Task Calls_over_the_same_streams_in_any_order_do_not_wait_for_each_other_in_a_circle()
    {
        var streams = Enumerable.Range(0, 10).Select(i => $"report/{i}").ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 10; i++)
            {
                var order = streams.OrderBy(_ => random.Next()).Take(6).ToArray();
                Assert.IsType<BatchResult.Appended>(await AppendAsync([.. order.Select(stream => To(stream, ExpectedVersion.Any, Events(2)))]));
            }
        }, Ct)));

        Assert.Equal(8 * 10 * 6 * 2, await Database.ReadAsync<long>("select count(*) from events.mt_events"));
        Assert.Empty(await WrongStreamsAsync());
        Assert.Equal(0, await Database.ReadAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    [Fact]
    public async Task A_race_lost_against_a_foreign_writer_of_one_stream_is_tried_again_for_all()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await using var foreigner = await Database.BeginAsync();
        await InsertAsForeignerAsync(foreigner, "report/a", version: 2);
        await InsertAsForeignerAsync(foreigner, "report/b");

        var waiting = AppendAsync(To("report/b", ExpectedVersion.Any, Event()), To("report/a", ExpectedVersion.Any, Event()));
        await BlockedAsync(1);
        await foreigner.CommitAsync();

        Assert.Equal([new("report/b", 2, false), new("report/a", 3, false)], Assert.IsType<BatchResult.Appended>(await waiting).Streams);
        Assert.Empty(await WrongStreamsAsync());
    }

    [Fact]
    public async Task Writes_alongside_stand_or_fall_with_all_streams()
    {
        await Database.ExecuteAsync("create table notes (name text primary key)");
        StreamAppend[] call = [To("report/a", ExpectedVersion.NoStream, Event()), To("report/b", ExpectedVersion.NoStream, Event())];

        await Log.AppendAsync(call, EventMetadata.None, NoteAsync, Ct);
        await Assert.ThrowsAsync<PostgresException>(() => Log.AppendAsync([To("report/c", ExpectedVersion.NoStream, Event())], EventMetadata.None, NoteAsync, Ct));
        await Log.AppendAsync(call, EventMetadata.None, NoteAsync, Ct);

        Assert.Equal(["report/a 1", "report/b 1"], await StreamsAsync());
    }

    [Fact]
    public async Task A_call_without_streams_without_events_or_with_a_stream_twice_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(To("report/a", ExpectedVersion.Any)));
        await Assert.ThrowsAsync<ArgumentException>(
            () => AppendAsync(To("report/a", ExpectedVersion.Any, Event()), To("report/a", ExpectedVersion.Any, Event())));
        await Assert.ThrowsAsync<ArgumentException>(
            () => AppendAsync([.. Enumerable.Range(0, EventLog.MaximumStreams + 1).Select(i => To($"report/{i}", ExpectedVersion.Any, Event()))]));
    }

    private static StreamAppend To(string stream, ExpectedVersion expected, params NewEvent[] events) => new(stream, null, expected, events);

    private Task<BatchResult> AppendAsync(params StreamAppend[] appends) => Log.AppendAsync(appends, EventMetadata.None, alongside: null, Ct);

    private Task<IReadOnlyList<string>> LogAsync() =>
        Database.ReadAllAsync<string>("select seq_id || ' ' || stream_id || ' ' || version from events.mt_events order by seq_id");

    private Task<IReadOnlyList<string>> StreamsAsync() =>
        Database.ReadAllAsync<string>("select id || ' ' || version from events.mt_streams order by id");
}
