using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Streams;

public sealed class AppendTests : StoreTest
{
    [Fact]
    public async Task Appended_events_are_read_back_in_order_with_their_metadata()
    {
        var metadata = new EventMetadata("correlation", "causation", "me", new Dictionary<string, string> { ["why"] = "because" });
        var events = Events(3);

        var result = await Log.AppendAsync("report/a", "Report", ExpectedVersion.NoStream, events, metadata, null, Ct);

        var appended = Assert.IsType<AppendResult.Appended>(result);
        Assert.Equal((3, 3, false), (appended.Version, appended.Sequence, appended.Repeated));
        var stored = await Log.ReadStreamAsync("report/a", 0, 10, Ct);
        Assert.Equal(events.Select(e => e.Id), stored.Select(e => e.Id));
        Assert.Equal([1L, 2, 3], stored.Select(e => e.Version));
        Assert.Equal([1L, 2, 3], stored.Select(e => e.Sequence));
        Assert.All(stored, e => Assert.Equal(
            ("report/a", "thing_happened", "correlation", "causation", """{"why": "because", "user": "me"}"""),
            (e.Stream, e.Type, e.CorrelationId, e.CausationId, e.Headers)));
        Assert.Equal("""{"Name": "2"}""", stored[1].Data);
        Assert.Equal("Report", await Database.ReadAsync<string>("select type from events.mt_streams"));
    }

    [Fact]
    public async Task Append_with_stale_expected_version_is_rejected()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(2));

        var result = await AppendAsync("report/a", ExpectedVersion.Exactly(1), Event());

        Assert.Equal(new AppendResult.VersionConflict(2), result);
        Assert.Equal(2, (await Log.ReadStreamAsync("report/a", 0, 10, Ct)).Count);
    }

    [Fact]
    public async Task Append_to_a_stream_expected_to_be_new_is_rejected_when_it_exists()
    {
        await AppendAsync("report/a", ExpectedVersion.Any, Event());

        Assert.Equal(new AppendResult.VersionConflict(1), await AppendAsync("report/a", ExpectedVersion.NoStream, Event()));
    }

    [Fact]
    public async Task Append_at_a_version_of_a_missing_stream_is_rejected_and_makes_no_stream()
    {
        Assert.Equal(new AppendResult.VersionConflict(0), await AppendAsync("report/a", ExpectedVersion.Exactly(3), Event()));
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from events.mt_streams"));
    }

    [Fact]
    public async Task Same_events_again_at_the_same_expected_version_write_nothing_and_give_the_same_answer()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        var events = Events(2);
        var first = await AppendAsync("report/a", ExpectedVersion.Exactly(1), events);
        await AppendAsync("report/a", ExpectedVersion.Exactly(3), Event());

        var second = await AppendAsync("report/a", ExpectedVersion.Exactly(1), events);

        Assert.Equal(Assert.IsType<AppendResult.Appended>(first) with { Repeated = true }, second);
        Assert.Equal(4, await Log.ReadHighWaterMarkAsync(Ct));
    }

    [Fact]
    public async Task Same_events_again_at_any_version_write_nothing()
    {
        var events = Events(2);
        await AppendAsync("report/a", ExpectedVersion.Any, Event());
        await AppendAsync("report/a", ExpectedVersion.Any, events);
        await AppendAsync("report/a", ExpectedVersion.Any, Event());

        var again = await AppendAsync("report/a", ExpectedVersion.Any, events);

        Assert.Equal(new AppendResult.Appended(3, 3, Repeated: true), again);
        Assert.Equal(4, (await Log.ReadStreamAsync("report/a", 0, 10, Ct)).Count);
    }

    [Fact]
    public async Task Some_of_the_same_events_in_another_append_are_a_conflict()
    {
        var events = Events(2);
        await AppendAsync("report/a", ExpectedVersion.NoStream, events);

        Assert.Equal(new AppendResult.VersionConflict(2), await AppendAsync("report/a", ExpectedVersion.NoStream, events[0], Event()));
        Assert.Equal(new AppendResult.VersionConflict(2), await AppendAsync("report/a", ExpectedVersion.Any, events[1], Event()));
    }

    [Fact]
    public async Task Parallel_appends_to_one_stream_get_versions_without_holes_in_order_of_sequence()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AppendAsync("report/a", ExpectedVersion.Any, Events(2))));

        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        var stored = await Log.ReadStreamAsync("report/a", 0, 1000, Ct);
        Assert.Equal(Enumerable.Range(1, 80).Select(i => (long)i), stored.Select(e => e.Version));
        Assert.Equal(stored.Select(e => e.Sequence).Order(), stored.Select(e => e.Sequence));
        Assert.Equal(80, await Database.ReadAsync<long>("select version from events.mt_streams"));
    }

    [Fact]
    public async Task Of_parallel_appends_at_one_expected_version_exactly_one_wins()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AppendAsync("report/a", ExpectedVersion.Exactly(1), Event())));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(19, results.OfType<AppendResult.VersionConflict>().Count(conflict => conflict.Actual == 2));
    }

    [Fact]
    public async Task A_race_lost_against_a_foreign_writer_is_tried_again()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await using var foreigner = await Database.BeginAsync();
        await InsertAsForeignerAsync(foreigner, "report/a", version: 2);
        await using var creator = await Database.BeginAsync();
        await InsertAsForeignerAsync(creator, "report/b");

        var existing = AppendAsync("report/a", ExpectedVersion.Any, Event());
        var created = AppendAsync("report/b", ExpectedVersion.NoStream, Event());
        await BlockedAsync(2);
        await foreigner.CommitAsync();
        await creator.CommitAsync();

        Assert.Equal(3, Assert.IsType<AppendResult.Appended>(await existing).Version);
        Assert.Equal(new AppendResult.VersionConflict(1), await created);
    }

    [Fact]
    public async Task Writes_alongside_stand_or_fall_with_the_events()
    {
        await Database.ExecuteAsync("create table notes (name text primary key)");

        await Log.AppendAsync("report/a", null, ExpectedVersion.NoStream, Events(1), EventMetadata.None, NoteAsync, Ct);
        await Assert.ThrowsAsync<PostgresException>(() =>
            Log.AppendAsync("report/b", null, ExpectedVersion.NoStream, Events(1), EventMetadata.None, NoteAsync, Ct));
        await Log.AppendAsync("report/a", null, ExpectedVersion.NoStream, Events(1), EventMetadata.None, NoteAsync, Ct);

        Assert.Equal(["a"], await Database.ReadAllAsync<string>("select name from notes"));
        Assert.Equal(["report/a"], await Database.ReadAllAsync<string>("select stream_id from events.mt_events"));
    }

    [Fact]
    public async Task Body_that_is_not_json_is_refused_and_leaves_nothing()
    {
        var refused = await RefusedAsync(() => AppendAsync("report/a", ExpectedVersion.NoStream, Event() with { Data = "{" }));

        Assert.Equal(PostgresErrorCodes.InvalidTextRepresentation, refused.SqlState);
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from events.mt_streams"));
    }
}
