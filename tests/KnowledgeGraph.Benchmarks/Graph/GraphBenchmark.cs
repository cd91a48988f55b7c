using System.Globalization;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>
/// <c>graph [FACTS ...]</c>: the service in a process of its own under wrk, beside pgbench with the very SQL that the service sends for the
/// same answers, at several sizes of the graph on one throw-away database; the same requests at every size. Fails where a plan scans a table
/// that grows.
/// </summary>
internal static class GraphBenchmark
{
    private const int RequestsPerCase = 20;

    public static async Task RunAsync(string[] arguments)
    {
        int[] sizes = arguments.Length == 0 ? [100_000, 1_000_000] : [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Order()];
        if (LoadTools.Missing is { Count: > 0 } missing)
        {
            Console.WriteLine($"Nothing is measured: {string.Join(" and ", missing)} not found (Debian: apt install wrk postgresql-contrib).");
            return;
        }

        await ThrowAway.ReapAsync(NullLogger.Instance, CancellationToken.None);
        await using var cluster = await PostgresCluster.StartAsync(
            new ClusterOptions
            {
                DataDirectory = ThrowAway.NewFolder(),
                ThrowAway = true,
                Durable = false,
                Settings = new Dictionary<string, string>(StatementLog.Settings) { ["shared_buffers"] = "1GB", ["max_wal_size"] = "8GB", ["work_mem"] = "16MB" },
            },
            NullLogger.Instance,
            CancellationToken.None);
        // As the service's sessions plan, so do pgbench's and those that look at plans.
        var connectionString = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { CommandTimeout = 0, Options = Sessions.Planning }.ConnectionString;
        await using var database = NpgsqlDataSource.Create(connectionString);
        await Migrator.MigrateAsync(database, [MigrationSource.EventStore, Startup.Migrations], CancellationToken.None);
        await MeasureAsync(cluster, connectionString, database, sizes);
    }

    private static async Task MeasureAsync(PostgresCluster cluster, string connectionString, NpgsqlDataSource database, int[] sizes)
    {
        var log = new EventLog(database, TimeProvider.System);
        var statements = new StatementLog(database, Path.Combine(cluster.Folder, "data", "log"));
        IReadOnlyList<LoadCase> cases = [];
        var first = new Dictionary<string, LoadFigures>();
        var reports = 0;
        foreach (var size in sizes)
        {
            reports = await RecordAsync(log, reports, size);
            await BuildAsync(database, log);
            if (cases.Count == 0)
                cases = await LoadCase.ChooseAsync(database, RequestsPerCase);
            await using var service = await ServiceProcess.StartAsync(cluster.ConnectionString);
            await PrintSizeAsync(database);
            foreach (var one in cases)
                Print(await LoadFigures.MeasureAsync(connectionString, database, service.Http, statements, one), first);
        }
    }

    // The answers are of the first size's requests at every size, so that what is compared is the growth of the graph and nothing else.
    private static void Print(LoadFigures figures, Dictionary<string, LoadFigures> first)
    {
        first.TryAdd(figures.Case, figures);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {figures.Case,-9} | {figures.RequestsPerSecond,7:N0} | {figures.TransactionsPerSecond,7:N0} | {figures.RequestsPerSecond / figures.TransactionsPerSecond,5:0.00} | {figures.Median,7:0.0} | {figures.P99,7:0.0} | {figures.P99 / first[figures.Case].P99,5:0.00} |"));
        foreach (var scan in figures.Scans)
        {
            Environment.ExitCode = 1;
            Console.WriteLine($"  FAILED: {figures.Case} scans {scan}");
        }
    }

    private static async Task PrintSizeAsync(NpgsqlDataSource database)
    {
        var facts = await PlanCheck.CountAsync(database, "facts");
        var entities = await PlanCheck.CountAsync(database, "entities");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{facts:N0} facts, {entities:N0} entities\n"));
        Console.WriteLine("| case      | req/s   | tps     | ratio | p50, ms | p99, ms | p99 to the first size's |");
        Console.WriteLine("|-----------|---------|---------|-------|---------|---------|-------|");
    }

    private static async Task<int> RecordAsync(EventLog log, int reports, int facts)
    {
        for (; reports * ZipfReports.FactsPerReport < facts; reports += 100)
            await log.AppendAsync([.. Enumerable.Range(reports, 100).Select(ZipfReports.Report)], EventMetadata.None, null, CancellationToken.None);
        return reports;
    }

    // Nothing live to keep up or to compare with: the views are built from the first event on, which is faster than following.
    private static async Task BuildAsync(NpgsqlDataSource database, EventLog log)
    {
        var record = new RebuildRecord(database, log, TimeProvider.System);
        using var daemon = new ProjectionDaemon(database, log, [], TimeProvider.System, DaemonOptions.Default, NullLogger<ProjectionDaemon>.Instance);
        var rebuild = new Rebuild(database, log, daemon, record, DaemonOptions.Default, TimeProvider.System, NullLogger<Rebuild>.Instance);
        foreach (var set in new[] { GraphViews.Set, EventIndex.Set })
        {
            await using (var drop = database.CreateCommand($"drop schema if exists {set.Schema} cascade"))
                await drop.ExecuteNonQueryAsync();
            await rebuild.RunAsync(set, CancellationToken.None);
        }

        await using var vacuum = database.CreateCommand("vacuum analyze");
        await vacuum.ExecuteNonQueryAsync();
    }
}
