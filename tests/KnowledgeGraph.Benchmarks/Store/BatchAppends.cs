using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>Calls of 100 new streams with 5 events each, 4 writers, beside binary COPY of the same rows.</summary>
internal static class BatchAppends
{
    private const int Writers = 4;
    private const int Streams = 100;
    private const int EventsEach = 5;
    private const int LargeCopy = 2000;

    private static long bareNumber;

    public static async Task RunAsync(NpgsqlDataSource database)
    {
        var log = new EventLog(database, TimeProvider.System);
        await using (var bare = database.CreateCommand(
            "create table bare (like events.mt_events including all); create unique index on bare (stream_id, version)"))
            await bare.ExecuteNonQueryAsync();

        await Comparison.RunAsync(
            $"Append {Streams} new streams x {EventsEach} events of {Samples.Body.Length} bytes a call", "events",
            new Contender("COPY, 1 connection, 10000 rows a time, same indexes, no foreign key", turn => CopyAsync(database, 1, LargeCopy, turn)),
            new Contender("COPY, 4 connections, 500 rows a time, same indexes, no foreign key", turn => CopyAsync(database, Writers, Streams, turn)),
            new Contender("COPY, 4 connections, 500 rows a time, into mt_streams and mt_events", turn => CopyIntoLogAsync(database, turn)),
            new Contender("EventLog.AppendAsync, 4 writers", turn => Comparison.RateAsync(Writers, turn, () => Task.FromResult<Func<Task<int>>>(async () =>
            {
                await log.AppendAsync(Samples.Streams(Streams, EventsEach), EventMetadata.None, null, CancellationToken.None);
                return Streams * EventsEach;
            }))));
    }

    private static Task<double> CopyAsync(NpgsqlDataSource database, int connections, int streams, TimeSpan turn) =>
        Comparison.RateAsync(connections, turn, () => Task.FromResult<Func<Task<int>>>(async () =>
        {
            var rows = streams * EventsEach;
            var last = Interlocked.Add(ref bareNumber, rows);
            await using var connection = await database.OpenConnectionAsync();
            await Samples.CopyAsync(
                connection, "bare", Samples.Streams(streams, EventsEach), [.. Enumerable.Range(0, rows).Select(i => last - rows + 1 + i)]);
            return rows;
        }));

    private static Task<double> CopyIntoLogAsync(NpgsqlDataSource database, TimeSpan turn) =>
        Comparison.RateAsync(Writers, turn, () => Task.FromResult<Func<Task<int>>>(async () =>
        {
            const int rows = Streams * EventsEach;
            var streams = Samples.Streams(Streams, EventsEach);
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var writer = await connection.BeginBinaryImportAsync("copy events.mt_streams (id, version) from stdin (format binary)"))
            {
                foreach (var stream in streams)
                    await writer.WriteRowAsync(default, stream.Stream, (long)EventsEach);
                await writer.CompleteAsync();
            }

            await using var draw = new NpgsqlCommand(
                "select array(select nextval('events.mt_events_sequence') from generate_series(1, $1))", connection)
            { Parameters = { new() { Value = rows } } };
            await draw.PrepareAsync();
            await Samples.CopyAsync(connection, "events.mt_events", streams, (long[])(await draw.ExecuteScalarAsync())!);
            await transaction.CommitAsync();
            return rows;
        }));
}
