using System.Diagnostics;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>How long after its commit an event stands in a view, one event at a time at odd moments, beside a NOTIFY's way there and back.</summary>
internal static class LiveLag
{
    private const int Count = 300;
    private const int WarmUp = 50;

    private const string Foreign = """
        with stream as (insert into events.mt_streams (id, version) values ($1, 1))
        insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, is_archived)
        values (nextval('events.mt_events_sequence'), gen_random_uuid(), $1, 1, $2::jsonb, 'sample_recorded', now(), false)
        returning seq_id
        """;

    public static async Task RunAsync(NpgsqlDataSource database)
    {
        await using (var view = database.CreateCommand("create table seen (sequence bigint)"))
            await view.ExecuteNonQueryAsync();
        var log = new EventLog(database, TimeProvider.System);
        using var daemon = new ProjectionDaemon(
            database, log, [new Seen()], TimeProvider.System, DaemonOptions.Default, NullLogger<ProjectionDaemon>.Instance);
        await daemon.StartAsync(CancellationToken.None);
        await daemon.WaitForAsync(0, CancellationToken.None);

        Comparison.Write($"\nCommit to view, {Count} events one at a time (ms)");
        Report("floor: NOTIFY from one session to another", await NotifyAsync(database));
        Report("this process", await SampleAsync(daemon, () => AppendAsync(log)));
        Report("another process, Marten or psql (no signal)", await SampleAsync(daemon, () => InsertAsync(database, rollBackFirst: false)));
        Report("the same after a number that was rolled back", await SampleAsync(daemon, () => InsertAsync(database, rollBackFirst: true)));
        await daemon.StopAsync(CancellationToken.None);
    }

    private static void Report(string name, List<double> milliseconds) => Comparison.Write(
        $"  {name,-72} p50 {Comparison.Median(milliseconds),6:0.0}   p99 {Comparison.Quantile(milliseconds, 0.99),6:0.0}");

    private static async Task<List<double>> SampleAsync(ProjectionDaemon daemon, Func<Task<long>> commitAsync)
    {
        var milliseconds = new List<double>();
        for (var i = -WarmUp; i < Count; i++)
        {
            await Task.Delay(Random.Shared.Next(40));
            var sequence = await commitAsync();
            var committed = Stopwatch.GetTimestamp();
            await daemon.WaitForAsync(sequence, CancellationToken.None);
            if (i >= 0)
                milliseconds.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        return milliseconds;
    }

    private static async Task<long> AppendAsync(EventLog log) =>
        await log.AppendAsync(
            Samples.NewStream(), null, ExpectedVersion.NoStream, Samples.Events(1), EventMetadata.None, null, CancellationToken.None)
            is AppendResult.Appended appended ? appended.Sequence : throw new InvalidOperationException("A new stream was refused.");

    private static async Task<long> InsertAsync(NpgsqlDataSource database, bool rollBackFirst)
    {
        await using var connection = await database.OpenConnectionAsync();
        if (rollBackFirst)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var undone = Command(connection);
            await undone.ExecuteScalarAsync();
            await transaction.RollbackAsync();
        }

        await using var insert = Command(connection);
        return (long)(await insert.ExecuteScalarAsync())!;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection) =>
        new(Foreign, connection) { Parameters = { new() { Value = Samples.NewStream() }, new() { Value = Samples.Body } } };

    private static async Task<List<double>> NotifyAsync(NpgsqlDataSource database)
    {
        var milliseconds = new List<double>();
        await using var listener = await database.OpenConnectionAsync();
        await using var sender = await database.OpenConnectionAsync();
        await using (var listen = new NpgsqlCommand("listen bell", listener))
            await listen.ExecuteNonQueryAsync();
        await using var notify = new NpgsqlCommand("notify bell", sender);
        for (var i = 0; i < Count; i++)
        {
            await Task.Delay(Random.Shared.Next(40));
            var waiting = listener.WaitAsync();
            await notify.ExecuteNonQueryAsync();
            var committed = Stopwatch.GetTimestamp();
            await waiting;
            milliseconds.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        await using (var unlisten = new NpgsqlCommand("unlisten bell", listener))
            await unlisten.ExecuteNonQueryAsync();
        return milliseconds;
    }

    private sealed class Seen : IProjection
    {
        public string Name => "seen";

        public async Task ApplyAsync(
            NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct)
        {
            await using var insert = new NpgsqlCommand("insert into seen select unnest($1::bigint[])", connection, transaction);
            insert.Parameters.Add(new() { Value = events.Select(stored => stored.Sequence).ToArray() });
            await insert.ExecuteNonQueryAsync(ct);
        }
    }
}
