using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Events.Upcasters;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.Benchmarks;

/// <summary>
/// <c>rebuild [EVENTS ...]</c>: the rebuild of each set of views beside reading the same log in order and deserialising it, and beside writing the
/// rows that come out of it, without any fold, at several lengths of the log, in one run on one durable database of its own.
/// </summary>
internal static class RebuildBenchmark
{
    private const int FactsPerReport = 29;

    private const int CallSize = 3000;

    private const int Writers = 2;

    public static async Task RunAsync(string[] arguments)
    {
        int[] lengths = arguments.Length == 0 ? [100_000, 1_000_000] : [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        await ThrowAway.ReapAsync(NullLogger.Instance, CancellationToken.None);
        await using var cluster = await PostgresCluster.StartAsync(
            new ClusterOptions
            {
                DataDirectory = ThrowAway.NewFolder(),
                ThrowAway = true,
                Settings = new Dictionary<string, string> { ["shared_buffers"] = "512MB", ["max_wal_size"] = "4GB" },
            },
            NullLogger.Instance,
            CancellationToken.None);
        await using var database = Sessions.Open($"{cluster.ConnectionString};Command Timeout=0");
        await Migrator.MigrateAsync(database, [MigrationSource.EventStore, Startup.Migrations], CancellationToken.None);
        var log = new EventLog(database, TimeProvider.System);
        // Once unmeasured: the first length would pay for what the runtime compiles.
        var recorded = await RecordAsync(log, 0, CallSize * 10);
        await MeasureAsync(database, log, recorded);
        Console.WriteLine("so far to warm up");
        foreach (var length in lengths.Order())
        {
            var (before, seconds) = (recorded, await SecondsAsync(async () => recorded = await RecordAsync(log, recorded, length)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recorded,10:N0} events  append                   {(recorded - before) / seconds,10:N0}/s"));
            await MeasureAsync(database, log, recorded);
        }
    }

    private static async Task MeasureAsync(NpgsqlDataSource database, EventLog log, int events)
    {
        var floor = events / await SecondsAsync(() => ReadAsync(log));
        Print(events, "read and deserialise", floor, floor);
        var record = new RebuildRecord(database, log, TimeProvider.System);
        using var daemon = new ProjectionDaemon(database, log, [], TimeProvider.System, DaemonOptions.Default, NullLogger<ProjectionDaemon>.Instance);
        var rebuild = new Rebuild(database, log, daemon, record, DaemonOptions.Default, TimeProvider.System, NullLogger<Rebuild>.Instance);
        foreach (var set in new[] { GraphViews.Set, Api.Events.EventIndex.Set })
        {
            // Nothing live to compare with: what is measured is the building.
            await DropAsync(database, set.Schema);
            Print(events, $"rebuild of {set.Schema}", events / await SecondsAsync(() => rebuild.RunAsync(set, CancellationToken.None)), floor);
            Print(events, "the rows alone", events / await SecondsAsync(() => CopyAsync(database, set)), floor);
        }
    }

    // What any rebuild has to write: the rows as they came out, by COPY into tables without a key, and the indexes after.
    private static async Task CopyAsync(NpgsqlDataSource database, ViewSet set)
    {
        const string Bare = "bare";
        await using var from = await database.OpenConnectionAsync();
        await using var to = await database.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand($"create schema {Bare}", to))
            await create.ExecuteNonQueryAsync();
        foreach (var (table, _) in set.Tables)
        {
            await using (var create = new NpgsqlCommand($"create table {Bare}.{table} (like {set.Schema}.{table})", to))
                await create.ExecuteNonQueryAsync();
            await using var source = await from.BeginRawBinaryCopyAsync($"copy {set.Schema}.{table} to stdout (format binary)");
            await using var target = await to.BeginRawBinaryCopyAsync($"copy {Bare}.{table} from stdin (format binary)");
            await source.CopyToAsync(target);
        }

        await ViewSchema.IndexAsync(database, set, Bare, CancellationToken.None);
        await DropAsync(database, Bare);
    }

    private static async Task DropAsync(NpgsqlDataSource database, string schema)
    {
        await using var drop = database.CreateCommand($"drop schema if exists {schema} cascade");
        await drop.ExecuteNonQueryAsync();
    }

    private static void Print(int events, string what, double rate, double floor) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{events,10:N0} events  {what,-24} {rate,10:N0}/s  ratio {rate / floor:0.00}  peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MB"));

    private static async Task ReadAsync(EventLog log)
    {
        await foreach (var stored in log.ReadToMarkAsync(0, 5000, CancellationToken.None))
            EventReading.Present.Read(stored.Type, stored.Data);
    }

    private static async Task<double> SecondsAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> RecordAsync(EventLog log, int recorded, int length)
    {
        var next = recorded - CallSize;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (int first; (first = Interlocked.Add(ref next, CallSize)) < length;)
                await log.AppendAsync([.. Enumerable.Range(first, CallSize / (FactsPerReport + 1)).Select(ReportOf)], EventMetadata.None, null, CancellationToken.None);
        })));
        return recorded + ((length - recorded + CallSize - 1) / CallSize * CallSize);
    }

    private static StreamAppend ReportOf(int number)
    {
        var random = new Random(number);
        var id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
        var publisher = EntityOf(EntityKind.Publisher, random.Next(50));
        object registered = new ReportRegistered
        {
            ReportId = id,
            MediaType = "text/plain",
            Size = 40_000,
            TextLength = 14_000,
            Publisher = publisher,
            Title = $"周报 {number}",
            Date = $"2026-{random.Next(1, 13):D2}-{random.Next(1, 28):D2}",
            DateBasis = "stated",
            Ruleset = "benchmark",
        };
        var facts = Enumerable.Range(0, FactsPerReport).Select(i => (object)new EarningsReported
        {
            FactId = Guid.NewGuid(),
            ReportId = id,
            Company = [EntityOf(EntityKind.Company, (int)Math.Pow(2000, random.NextDouble()))],
            Metric = "revenue",
            Period = $"{2015 + random.Next(12)}Q{random.Next(1, 5)}",
            Amount = random.Next(1, 100_000) * 1_000_000m,
            Currency = "CNY",
            When = $"2026-{random.Next(1, 13):D2}",
            Status = "reported",
            Attribution = ["公告"],
            Evidence = [new Evidence($"第{i}季度营收增长，超出预期", i * 40, (i * 40) + 20)],
            Rule = "benchmark/revenue",
            Ruleset = "benchmark",
        });
        return new StreamAppend($"report/{id}", "report", ExpectedVersion.NoStream, [.. facts.Prepend(registered).Select(EventOf)]);
    }

    private static Entity EntityOf(string kind, int number) => new() { Id = new EntityId(kind, $"nr-{number}"), Name = $"星河{number}号", Aliases = [$"星河{number}号", $"Galaxy {number}"] };

    private static NewEvent EventOf(object body) => new(
        Guid.NewGuid(), EventTypes.NameOf(body.GetType()), $"{body.GetType().FullName}, Domain", JsonSerializer.Serialize(body, body.GetType(), FactMapping.EventJson));
}
