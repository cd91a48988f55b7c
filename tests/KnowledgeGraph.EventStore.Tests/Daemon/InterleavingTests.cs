using System.Globalization;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Daemon;

/// <summary>
/// Writers of ours and foreign ones, to streams of their own and to common ones, commit, roll back, also to savepoints, are killed, dawdle
/// and commit in two phases at random, while a session idles in its transaction and readers follow by sequence. Every reader must see every
/// committed event once and in order.
/// </summary>
public sealed class InterleavingTests : StoreTest
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 50)]
    [InlineData(3, 50)]
    public async Task Readers_see_every_committed_event_once_and_in_order(int seed, int transactionsPerWriter)
    {
        await using var idle = await Database.BeginAsync();
        await idle.ExecuteAsync("select count(*) from events.mt_events");
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => FollowAsync(done.Token), Ct)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            () => WriteAsync(writer, new Random((seed * 100) + writer), transactionsPerWriter), Ct)));
        await done.CancelAsync();

        var committed = await Database.ReadAllAsync<long>("select seq_id from events.mt_events order by seq_id");
        Assert.NotEmpty(committed);
        foreach (var seen in await Task.WhenAll(readers))
            Assert.Equal(committed, seen);
        Assert.Empty(await WrongStreamsAsync());
    }

    // Goes on until the writers are done and there is nothing left.
    private async Task<List<long>> FollowAsync(CancellationToken writersDone)
    {
        var log = new EventLog(Database.DataSource, TimeProvider.System);
        var seen = new List<long>();
        while (true)
        {
            var last = writersDone.IsCancellationRequested;
            var page = await log.ReadAllAsync(seen.LastOrDefault(), 50, Ct);
            seen.AddRange(page.Select(stored => stored.Sequence));
            if (last && page.Count == 0)
                return seen;
        }
    }

    private async Task WriteAsync(int writer, Random random, int transactions)
    {
        for (var i = 0; i < transactions; i++)
        {
            var stream = string.Create(CultureInfo.InvariantCulture, $"report/{writer}-{i}");
            await (random.Next(4) switch
            {
                0 => AppendAsync(stream, ExpectedVersion.NoStream, Events(random.Next(1, 4))),
                1 => AppendToManyAsync(stream, random),
                _ => WriteSlowlyAsync(stream, random),
            });
        }
    }

    private async Task AppendToManyAsync(string stream, Random random)
    {
        var common = Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Select(i => To($"common/{i}"));
        await Log.AppendAsync([To(stream), .. common], EventMetadata.None, alongside: null, Ct);

        StreamAppend To(string name) => new(name, null, ExpectedVersion.Any, Events(random.Next(1, 3)));
    }

    private async Task WriteSlowlyAsync(string stream, Random random)
    {
        await using var open = await Database.BeginAsync();
        var foreign = random.Next(2) == 0;
        await (foreign ? InsertAsForeignerAsync(open, stream) : InsertAsOurselvesAsync(open, stream));
        if (random.Next(3) == 0)
        {
            await open.ExecuteAsync("savepoint s");
            await InsertAsForeignerAsync(open, stream + "-undone");
            await open.ExecuteAsync("rollback to s");
        }

        for (var dawdle = random.Next(8); dawdle > 0; dawdle--)
            await open.ExecuteAsync("select 1");
        if (foreign && random.Next(2) == 0)
            await InsertAsForeignerAsync(open, stream, version: 2);
        await EndAsync(open, stream, random.Next(12));
    }

    private async Task EndAsync(Testing.OpenTransaction open, string stream, int choice)
    {
        try
        {
            await (choice switch
            {
                0 => open.KillAsync(),
                < 4 => open.RollbackAsync(),
                < 6 => CommitInTwoPhasesAsync(open, stream),
                _ => open.CommitAsync(),
            });
        }
        catch (NpgsqlException) when (choice == 0)
        {
            // The killed session says so.
        }
    }

    private async Task CommitInTwoPhasesAsync(Testing.OpenTransaction open, string name)
    {
        await open.ExecuteAsync($"prepare transaction '{name}'");
        await Database.ExecuteAsync($"commit prepared '{name}'");
    }
}
