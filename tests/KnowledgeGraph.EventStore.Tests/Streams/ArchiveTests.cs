using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.EventStore.Tests.Streams;

public sealed class ArchiveTests : StoreTest
{
    [Fact]
    public async Task Reads_include_or_exclude_archived_streams()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Events(2));
        await AppendAsync("report/b", ExpectedVersion.NoStream, Events(1));

        Assert.True(await Log.ArchiveAsync("report/a", Ct));

        Assert.Equal([1L, 2, 3], Sequences(await Log.ReadAllAsync(0, 10, Ct)));
        Assert.Equal([3L], Sequences(await Log.ReadAllAsync(0, 10, ArchivedEvents.Excluded, Ct)));
        Assert.Equal([1L, 2], Sequences(await Log.ReadStreamAsync("report/a", 0, 10, Ct)));
        Assert.Empty(await Log.ReadStreamAsync("report/a", 0, 10, ArchivedEvents.Excluded, stored => stored, Ct));
        Assert.Equal([3L], Sequences(await Log.ReadStreamAsync("report/b", 0, 10, ArchivedEvents.Excluded, stored => stored, Ct)));
        Assert.True(await Database.ReadAsync<bool>("select is_archived from events.mt_streams where id = 'report/a'"));
    }

    [Fact]
    public async Task An_archived_stream_takes_no_further_events_and_says_so()
    {
        var events = Events(2);
        await AppendAsync("report/a", ExpectedVersion.NoStream, events);
        await Log.ArchiveAsync("report/a", Ct);

        Assert.Equal(new AppendResult.VersionConflict(2, Archived: true), await AppendAsync("report/a", ExpectedVersion.Any, Event()));
        Assert.Equal(new AppendResult.VersionConflict(2, Archived: true), await AppendAsync("report/a", ExpectedVersion.Exactly(2), Event()));
        Assert.Equal(new AppendResult.Appended(2, 2, Repeated: true), await AppendAsync("report/a", ExpectedVersion.NoStream, events));
        Assert.Equal(2, await Database.ReadAsync<long>("select count(*) from events.mt_events"));
    }

    [Fact]
    public async Task All_archived_streams_of_a_call_are_reported_at_once()
    {
        foreach (var stream in new[] { "report/a", "report/b", "report/c" })
            await AppendAsync(stream, ExpectedVersion.NoStream, Event());
        await Log.ArchiveAsync("report/a", Ct);
        await Log.ArchiveAsync("report/c", Ct);

        var result = await Log.AppendAsync(
            [.. new[] { "report/c", "report/b", "report/a" }.Select(stream => new StreamAppend(stream, null, ExpectedVersion.Any, Events(1)))],
            EventMetadata.None, alongside: null, Ct);

        Assert.Equal(
            [new("report/c", ExpectedVersion.Any, 1, Archived: true), new("report/a", ExpectedVersion.Any, 1, Archived: true)],
            Assert.IsType<BatchResult.VersionConflicts>(result).Streams);
        Assert.Equal(3, await Database.ReadAsync<long>("select count(*) from events.mt_events"));
    }

    [Fact]
    public async Task A_foreign_writer_is_waited_for_and_a_later_one_refused()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());
        await using var foreigner = await Database.BeginAsync();
        await InsertAsForeignerAsync(foreigner, "report/a", version: 2);

        var archiving = Log.ArchiveAsync("report/a", Ct);
        await BlockedAsync(1);
        await foreigner.CommitAsync();

        Assert.True(await archiving);
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from events.mt_events where not is_archived"));
        await using var late = await Database.BeginAsync();
        Assert.Equal("KG003", (await RefusedAsync(() => InsertAsForeignerAsync(late, "report/a", version: 3))).SqlState);
    }

    [Fact]
    public async Task Archiving_again_changes_nothing_and_a_missing_stream_is_told()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());

        Assert.True(await Log.ArchiveAsync("report/a", Ct));
        Assert.True(await Log.ArchiveAsync("report/a", Ct));
        Assert.False(await Log.ArchiveAsync("report/b", Ct));
    }

    private static IEnumerable<long> Sequences(IEnumerable<StoredEvent> events) => events.Select(stored => stored.Sequence);
}
