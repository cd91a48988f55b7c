using System.Text.Json;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>Fetching a stream, and reading the log from one end to the other, both with their bodies deserialised.</summary>
internal static class StreamReads
{
    private const int Length = 100;
    private const int Streams = 1000;

    public static async Task RunAsync(NpgsqlDataSource database)
    {
        var log = new EventLog(database, TimeProvider.System);
        var names = Enumerable.Range(0, Streams).Select(_ => Samples.NewStream()).ToArray();
        // Events of a stream lie scattered over the log.
        for (var part = 0; part < 10; part++)
        {
            await log.AppendAsync(
                [.. names.Select(name => new StreamAppend(name, null, ExpectedVersion.Any, Samples.Events(Length / 10)))],
                EventMetadata.None, null, CancellationToken.None);
        }

        await using (var vacuum = database.CreateCommand("vacuum analyze events.mt_events"))
            await vacuum.ExecuteNonQueryAsync();

        await using var connection = await database.OpenConnectionAsync();
        await Comparison.RunAsync(
            $"Fetch a stream of {Length} events", "streams",
            new Contender("the same SQL, prepared, a connection of its own", turn => Comparison.RateAsync(1, turn, () => FetchAsync(connection, names))),
            new Contender("EventLog.ReadStreamAsync", turn => Comparison.RateAsync(1, turn, () => Task.FromResult<Func<Task<int>>>(async () =>
            {
                await log.ReadStreamAsync(Any(names), 0, Length, ArchivedEvents.Included, stored => Deserialise(stored.Body.Span), CancellationToken.None);
                return 1;
            }))));
        await Comparison.RunAsync(
            $"Read a log of {Streams * Length} events", "events",
            new Contender("select seq_id, data, in order, in one statement", turn => Comparison.RateAsync(1, turn, () => Task.FromResult<Func<Task<int>>>(() => ScanAsync(database)))),
            new Contender("EventLog.ReadToMarkAsync, 2000 events a page", turn => Comparison.RateAsync(1, turn, () => Task.FromResult<Func<Task<int>>>(async () =>
            {
                var events = 0;
                await foreach (var stored in log.ReadToMarkAsync(0, 2000, CancellationToken.None))
                {
                    Deserialise(stored.Body.Span);
                    events++;
                }

                return events;
            }))));
    }

    private static string Any(string[] names) => names[Random.Shared.Next(names.Length)];

    private static Sample Deserialise(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize<Sample>(data) is { Amount: > 0 } sample ? sample : throw new InvalidDataException("Another amount than was written.");

    private static async Task<Func<Task<int>>> FetchAsync(NpgsqlConnection connection, string[] names)
    {
        var command = new NpgsqlCommand(
            $"select {EventRows.Columns} from events.mt_events where stream_id = $1 and version > $2 order by version limit $3", connection)
        {
            Parameters = { new() { Value = "" }, new() { Value = 0L }, new() { Value = Length } },
        };
        await command.PrepareAsync();
        return async () =>
        {
            command.Parameters[0].Value = Any(names);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                Deserialise(reader.GetFieldValue<byte[]>(5));
            return 1;
        };
    }

    private static async Task<int> ScanAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select seq_id, data::text from events.mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        var events = 0;
        for (; await reader.ReadAsync(); events++)
            Deserialise(reader.GetFieldValue<byte[]>(1));
        return events;
    }
}
