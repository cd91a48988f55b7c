using System.Diagnostics;
using System.Globalization;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Crashes;

/// <summary>
/// PostgreSQL killed with SIGKILL, every process of it, again and again under load. KG_CRASHES says how often (3 unless set); a long run is
/// <c>KG_CRASHES=50 dotnet test tests/KnowledgeGraph.EventStore.Tests --filter FullyQualifiedName~ServerCrash</c>.
/// </summary>
public sealed class ServerCrashTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Writers = 8;

    private static readonly int Crashes =
        int.Parse(Environment.GetEnvironmentVariable("KG_CRASHES") ?? "3", CultureInfo.InvariantCulture);

    private readonly ClusterOptions options = new()
    {
        DataDirectory = ThrowAway.NewFolder(),
        ThrowAway = true,
        Settings = new Dictionary<string, string> { ["max_prepared_transactions"] = "5" },
    };

    private readonly List<CrashWriter> writers = [.. Enumerable.Range(0, Writers).Select(writer => new CrashWriter(writer))];
    private readonly List<long> seen = [];

    // Of a reader that outlives the server.
    private readonly HighWaterMark mark = new();
    private string? folder;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_server_that_is_killed_under_load_keeps_what_it_acknowledged_and_doubles_nothing()
    {
        var random = new Random(1);
        for (var crash = 1; crash <= Crashes; crash++)
        {
            await using var cluster = await PostgresCluster.StartAsync(options, NullLogger.Instance, Ct);
            await using var database = await OpenAsync(cluster, crash);
            await LoadUntilKilledAsync(cluster, database, crash, acknowledgements: random.Next(50, 400));
        }

        await using var last = await PostgresCluster.StartAsync(options, NullLogger.Instance, Ct);
        await using var survivor = await OpenAsync(last, Crashes + 1);
        var log = new EventLog(survivor, TimeProvider.System);
        foreach (var writer in writers)
            await writer.RepeatAsync(log, Ct);
        await FollowAsync(log);
        Assert.Equal(await ReadAllAsync(survivor, "select seq_id from events.mt_events order by seq_id", row => row.GetInt64(0)), seen);
        await CheckAsync(survivor);
        output.WriteLine($"{Crashes} crashes, {writers.Sum(writer => writer.Acknowledged.Count)} events acknowledged, {seen.Count} in the log.");
    }

    // A prepared transaction of the round before, ours or a foreign one, has survived the crash: readers wait for it.
    private async Task<NpgsqlDataSource> OpenAsync(PostgresCluster cluster, int crash)
    {
        folder = cluster.Folder;
        var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await Migrator.MigrateAsync(database, [MigrationSource.EventStore], Ct);
        if (crash > 1)
        {
            var fresh = await new EventLog(database, TimeProvider.System).ReadMarkAsync(Ct);
            Assert.True(fresh.Sequence < fresh.Highest);
            var old = await ReadMarkAsync(database);
            await ExecuteAsync(database, $"{(crash % 3 == 0 ? "rollback" : "commit")} prepared 'crash-{crash - 1}'");
            var late = await ReadAllAsync(
                database, $"select seq_id from events.mt_events where stream_id = 'prepared/{crash - 1}'", row => row.GetInt64(0));
            Assert.All(late, sequence => Assert.True(sequence > old.Sequence));
        }

        await CheckAsync(database);
        return database;
    }

    private async Task LoadUntilKilledAsync(PostgresCluster cluster, NpgsqlDataSource database, int crash, int acknowledgements)
    {
        var log = new EventLog(database, TimeProvider.System);
        var left = acknowledgements;
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = writers.Select(writer => Task.Run(() => UntilLostAsync(() => writer.AppendAsync(log, Acknowledged, Ct)), Ct))
            .Append(Task.Run(() => UntilLostAsync(() => FollowAsync(log)), Ct))
            .ToList();

        await half.Task.WaitAsync(Ct);
        var prepared = string.Create(CultureInfo.InvariantCulture, $"prepared/{crash}");
        await ExecuteAsync(
            database,
            $"""
            begin;
            {(crash % 2 == 1 ? StoreTest.ForeignInsert(prepared, 1) : TestDatabase.AppendSql(prepared, "thing_happened", "{}"))};
            prepare transaction 'crash-{crash}'
            """);
        await enough.Task.WaitAsync(Ct);
        await ReadMarkAsync(database);
        await KillAsync(cluster);
        await Task.WhenAll(load);

        void Acknowledged()
        {
            var now = Interlocked.Decrement(ref left);
            if (now == acknowledgements / 2)
                half.SetResult();
            if (now == 0)
                enough.SetResult();
        }
    }

    private async Task<Mark> ReadMarkAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync(Ct);
        return await mark.ReadAsync(connection, Ct);
    }

    private static async Task UntilLostAsync(Func<Task> work)
    {
        try
        {
            while (true)
                await work();
        }
        catch (Exception e) when (Fault.IsOfInfrastructure(e))
        {
            // The server is gone.
        }
    }

    private static async Task KillAsync(PostgresCluster cluster)
    {
        var data = Path.Combine(cluster.Folder, "data");
        for (var running = ServerProcesses.In(data); running.Count > 0; running = ServerProcesses.In(data))
        {
            foreach (var pid in running)
            {
                try
                {
                    using var process = Process.GetProcessById(pid);
                    process.Kill();
                    await process.WaitForExitAsync(Ct);
                }
                catch (ArgumentException)
                {
                    // Gone with its parent.
                }
            }
        }
    }

    private async Task FollowAsync(EventLog log)
    {
        for (var page = await log.ReadAllAsync(seen.LastOrDefault(), 200, Ct); page.Count > 0; page = await log.ReadAllAsync(seen[^1], 200, Ct))
            seen.AddRange(page.Select(stored => stored.Sequence));
    }

    private async Task CheckAsync(NpgsqlDataSource database)
    {
        var stored = await ReadAllAsync(
            database, "select id, stream_id, version from events.mt_events", row => (Id: row.GetGuid(0), Place: (row.GetString(1), row.GetInt64(2))));
        var places = stored.ToDictionary(row => row.Id, row => row.Place);
        Assert.All(writers.SelectMany(writer => writer.Acknowledged), row => Assert.Equal(row.Place, places[row.Id]));
        Assert.Empty(await ReadAllAsync(database, StoreTest.WrongStreams, row => row.GetString(0)));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(Ct))
            rows.Add(read(reader));
        return rows;
    }
}
