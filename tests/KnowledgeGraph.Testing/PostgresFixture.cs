using System.Collections.Concurrent;
using System.Globalization;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.Testing;

/// <summary>
/// One throw-away PostgreSQL for the test process, started at first use and gone with the process; in it one template database per list of
/// migrations, migrated once, and clones of it.
/// </summary>
public static class PostgresFixture
{
    private static readonly Lazy<Task<PostgresCluster>> Cluster = new(StartAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim OneCloneAtATime = new(1, 1);
    private static int count;

    /// <summary>A fresh database with these migrations applied.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync(params MigrationSource[] migrations)
    {
        var key = string.Join('+', migrations.Select(source => source.Name));
        var template = await Templates.GetOrAdd(key, _ => new(() => CreateTemplateAsync(migrations))).Value;
        var name = NextName("test");

        // Two clones of one template at a time: the one sees the other as a user of the template.
        await OneCloneAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {name} template {template}");
        }
        finally
        {
            OneCloneAtATime.Release();
        }

        return new TestDatabase(await ConnectionStringAsync(name));
    }

    internal static async Task DropAsync(string database) => await ExecuteAsync($"drop database if exists {database} with (force)");

    private static async Task<PostgresCluster> StartAsync()
    {
        await ThrowAway.ReapAsync(NullLogger.Instance, CancellationToken.None);
        var options = new ClusterOptions
        {
            DataDirectory = ThrowAway.NewFolder(),
            Durable = false,
            ThrowAway = true,
            Settings = new Dictionary<string, string> { ["max_connections"] = "300", ["max_prepared_transactions"] = "10" },
        };
        return await PostgresCluster.StartAsync(options, NullLogger.Instance, CancellationToken.None);
    }

    private static async Task<string> CreateTemplateAsync(MigrationSource[] migrations)
    {
        var name = NextName("template");
        await ExecuteAsync($"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync(name)) { Pooling = false };
        await using var database = NpgsqlDataSource.Create(connection.ConnectionString);
        await Migrator.MigrateAsync(database, migrations, CancellationToken.None);
        return name;
    }

    private static string NextName(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{Interlocked.Increment(ref count)}");

    private static async Task<string> ConnectionStringAsync(string database) =>
        new NpgsqlConnectionStringBuilder((await Cluster.Value).ConnectionString) { Database = database }.ConnectionString;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder((await Cluster.Value).ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
