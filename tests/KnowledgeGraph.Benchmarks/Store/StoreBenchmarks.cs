using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>
/// The event store beside what PostgreSQL itself can do, as ratios in one run on one durable database of its own:
/// <c>store</c> for the table, <c>store large [EVENTS]</c> for many events within little memory, <c>store archive [EVENTS]</c> for what
/// partitions would bring.
/// </summary>
internal static class StoreBenchmarks
{
    public static async Task RunAsync(string[] arguments)
    {
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
        var connection = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { NoResetOnClose = true, CommandTimeout = 0 };
        await using var database = NpgsqlDataSource.Create(connection);
        await Migrator.MigrateAsync(database, [MigrationSource.EventStore], CancellationToken.None);

        switch (arguments)
        {
            case ["large", .. var rest]:
                await LargeLog.RunAsync(database, EventsOf(rest));
                break;
            case ["archive", .. var rest]:
                await Archives.RunAsync(database, EventsOf(rest));
                break;
            case ["reads"]:
                await StreamReads.RunAsync(database);
                break;
            case ["single"]:
                await SingleAppends.RunAsync(database, connection);
                break;
            default:
                await LiveLag.RunAsync(database);
                await StreamReads.RunAsync(database);
                await SingleAppends.RunAsync(database, connection);
                await BatchAppends.RunAsync(database);
                break;
        }
    }

    private static int EventsOf(string[] arguments) => arguments is [var events] ? int.Parse(events, null) : 5_000_000;
}
