using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Benchmarks.Store;
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

namespace KnowledgeGraph.Benchmarks.Rebuilds;

/// <summary>
/// <c>rebuild [EVENTS ...]</c>: the rebuild of each set of views beside reading the same log in order and deserialising it, and beside writing the
/// rows that come out of it, without any fold, at several lengths of the log, in one run on one durable database of its own.
/// </summary>
internal sealed class RebuildBenchmark(NpgsqlDataSource database, int postmaster)
{
    private readonly EventLog log = new(database, TimeProvider.System);
    private int recorded;

    private const int FactsPerReport = 29;

    private const int CallSize = 3000;

    private const int Writers = 2;

    // Beyond that one round takes long enough.
    private const int FewEvents = 300_000;

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
        var benchmark = new RebuildBenchmark(database, cluster.ServerProcess!.Value);
        // Once unmeasured: the first length would pay for what the runtime compiles.
        await benchmark.RecordAsync(CallSize * 10);
        await benchmark.MeasureAsync(rounds: 1);
        Console.WriteLine("so far to warm up");
        foreach (var length in lengths.Order())
        {
            await benchmark.RecordAsync(length);
            await benchmark.MeasureAsync(rounds: length > FewEvents ? 1 : 3);
        }
    }

    private async Task MeasureAsync(int rounds)
    {
        Console.WriteLine($"\n{recorded:N0} events of {await ScalarAsync("select avg(length(data::text))::bigint from events.mt_events where seq_id % 100 = 1")} bytes");
        (string Name, ViewSet Set)[] works = [.. ViewPart.Sets, ("all graph views", GraphViews.Set), ("event index", Api.Events.EventIndex.Set)];
        var costs = works.Select(_ => new List<(Cost Floor, Cost Ours)>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < works.Length; i++)
                costs[i].Add((await CostAsync(ReadAsync), await CostAsync(() => BuildAsync(works[i].Set))));
        }

        for (var i = 0; i < works.Length; i++)
            Print(works[i].Name, costs[i]);
        var floor = Comparison.Median(costs.SelectMany(cost => cost).Select(cost => cost.Floor.Seconds));
        foreach (var set in new[] { GraphViews.Set, Api.Events.EventIndex.Set })
        {
            foreach (var (table, _) in set.Tables)
                await WriteAloneAsync(set, table, floor);
        }

        Console.WriteLine($"  at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MB of this process in memory");
    }

    private async Task BuildAsync(ViewSet set)
    {
        // Nothing live to compare with: what is measured is the building.
        await ExecuteAsync($"drop schema if exists {set.Schema} cascade");
        var record = new RebuildRecord(database, log, TimeProvider.System);
        using var daemon = new ProjectionDaemon(database, log, [], TimeProvider.System, DaemonOptions.Default, NullLogger<ProjectionDaemon>.Instance);
        var rebuild = new Rebuild(database, log, daemon, record, DaemonOptions.Default, TimeProvider.System, NullLogger<Rebuild>.Instance);
        await rebuild.RunAsync(set, CancellationToken.None);
    }

    // What any rebuild has to write: the rows of a table as they came out, by COPY into one without a key, and its indexes after.
    private async Task WriteAloneAsync(ViewSet set, string table, double floor)
    {
        const string Bare = "bare";
        await using var from = await database.OpenConnectionAsync();
        await using var to = await database.OpenConnectionAsync();
        var rows = await ScalarAsync($"select count(*) from {set.Schema}.{table}");
        if (rows < recorded / 100)
            return;
        await ExecuteAsync($"create schema {Bare}; create table {Bare}.{table} (like {set.Schema}.{table})");
        var written = await SecondsAsync(async () =>
        {
            await using var source = await from.BeginRawBinaryCopyAsync($"copy {set.Schema}.{table} to stdout (format binary)");
            await using var target = await to.BeginRawBinaryCopyAsync($"copy {Bare}.{table} from stdin (format binary)");
            await source.CopyToAsync(target);
        });
        var indexed = await SecondsAsync(() => ExecuteAsync(
            string.Concat(set.Script.Indexes.Where(line => line.Contains($" on {{schema}}.{table} ", StringComparison.Ordinal)).Select(line => line.Replace("{schema}", Bare, StringComparison.Ordinal)))));
        var bytes = await ScalarAsync($"select pg_table_size('{set.Schema}.{table}')");
        var indexBytes = await ScalarAsync($"select pg_indexes_size('{set.Schema}.{table}')");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {table,-18} rows/event {(double)rows / recorded:0.00}  bytes/event {bytes / recorded,5} + indexes {indexBytes / recorded,5}  COPY alone {floor * recorded / written:0.00}, then indexes {floor * recorded / (written + indexed):0.00}"));
        await ExecuteAsync($"drop schema {Bare} cascade");
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    // The median of the rounds: each beside the floor that was measured just before it.
    private static void Print(string what, IReadOnlyList<(Cost Floor, Cost Ours)> costs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {what,-40} {1 / Comparison.Median(costs.Select(cost => cost.Ours.Seconds)),8:N0}/s of {1 / Comparison.Median(costs.Select(cost => cost.Floor.Seconds)),8:N0}/s: {Comparison.Median(costs.Select(cost => cost.Floor.Seconds / cost.Ours.Seconds)):0.00} ({costs.Min(cost => cost.Floor.Seconds / cost.Ours.Seconds):0.00}-{costs.Max(cost => cost.Floor.Seconds / cost.Ours.Seconds):0.00})"
        + $"  processors {Comparison.Median(costs.Select(cost => cost.Ours.Own)) * 1e6:0.0} + server {Comparison.Median(costs.Select(cost => cost.Ours.Server)) * 1e6:0.0} us an event; floor {Comparison.Median(costs.Select(cost => cost.Floor.Own)) * 1e6:0.0} + {Comparison.Median(costs.Select(cost => cost.Floor.Server)) * 1e6:0.0}"));

    // The floor: one statement, each event as its record.
    private async Task ReadAsync()
    {
        await using var command = database.CreateCommand("select seq_id, type, data::text from events.mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            EventReading.Present.Read(reader.GetString(1), reader.GetFieldValue<byte[]>(2));
    }

    private Task<Cost> CostAsync(Func<Task> act) => Cost.OfAsync(postmaster, recorded, act);

    private static async Task<double> SecondsAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalSeconds;
    }

    private async Task RecordAsync(int length)
    {
        var (before, next) = (recorded, recorded - CallSize);
        var seconds = await SecondsAsync(() => Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (int first; (first = Interlocked.Add(ref next, CallSize)) < length;)
                await log.AppendAsync([.. Enumerable.Range(first, CallSize / (FactsPerReport + 1)).Select(ReportOf)], EventMetadata.None, null, CancellationToken.None);
        }))));
        recorded += (length - recorded + CallSize - 1) / CallSize * CallSize;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recorded,10:N0} events appended at {(recorded - before) / seconds:N0}/s"));
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
