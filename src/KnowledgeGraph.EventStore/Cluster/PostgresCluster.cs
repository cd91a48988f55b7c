using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>Settings of an embedded cluster.</summary>
public sealed record ClusterOptions
{
    /// <summary>Its folder; made where missing. May be replaced, see <see cref="PostgresCluster.Folder"/>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether an acknowledged commit survives a power failure. Off only for throw-away clusters.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>The cluster is stopped and its folder deleted when this process ends, even by SIGKILL.</summary>
    public bool ThrowAway { get; init; }

    /// <summary>Further lines of postgresql.conf: name and value.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// AN EMBEDDED POSTGRESQL, private to one host.
/// <para>
/// The host locks the folder first; from then on, any process that works in the data folder is an orphan of a former host. An orphaned
/// server is stopped (fast: open transactions roll back, nothing committed is lost); where only its children are left, or it does not obey,
/// they are killed; PostgreSQL then recovers by its log as after any crash. Only when no process is left may a stale postmaster.pid be
/// removed: its number may meanwhile belong to another program, which PostgreSQL would take for a running server. initdb works in a folder
/// beside and is renamed when complete, so a host killed in the middle leaves no half cluster.
/// </para>
/// <para>
/// The server listens on the loopback address, on a port free at the start, wants a password (scram), and writes into its own log: it
/// inherits no pipe of the host. It runs in a session of its own, so Ctrl-C reaches the host alone, which stops it in order.
/// </para>
/// <para>
/// A throw-away cluster must not outlive a killed test process. PR_SET_PDEATHSIG would tie it to the thread that started it, which a
/// thread pool may end at any time. Instead a small shell waits on a pipe that the kernel closes with the host, then stops the server and
/// deletes the folder; should that shell be killed too, the next start finds the folder unlocked and reaps it (<see cref="ThrowAway"/>).
/// </para>
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string Database = "knowledgegraph";

    private const string Superuser = "postgres";
    private const int Attempts = 5;

    private readonly ClusterFolder folder;
    private readonly ClusterServer server;
    private bool disposed;

    private PostgresCluster(ClusterFolder folder, ClusterServer server, string connectionString)
    {
        this.folder = folder;
        this.server = server;
        ConnectionString = connectionString;
    }

    /// <summary>As superuser, to the database <see cref="Database"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>Where the cluster really lies: elsewhere than asked if the server's user cannot reach the folder asked for.</summary>
    public string Folder => folder.Path;

    /// <summary>Process id of the server; null when it is gone.</summary>
    public int? ServerProcess => ServerProcesses.Postmaster(folder.Data);

    /// <summary>Makes the cluster where there is none, takes over what a crash has left, starts it, and creates the database.</summary>
    /// <exception cref="ClusterException">No binaries, the folder in use by another instance, or the server does not start; says why.</exception>
    public static async Task<PostgresCluster> StartAsync(ClusterOptions options, ILogger logger, CancellationToken ct)
    {
        var user = ServerUser.Find();
        var taken = await ClusterFolder.TakeAsync(options.DataDirectory, user, ct);
        try
        {
            if (taken.IsElsewhere)
                Log.ClusterElsewhere(logger, options.DataDirectory, user.Name, taken.Path);

            var binaries = await PostgresBinaries.FindAsync(taken.ClusterVersion(), ct);
            var fresh = new ClusterServer(taken, binaries, user, logger);
            if (options.ThrowAway)
                ThrowAway.Watch(taken, binaries, user);
            await fresh.TakeOverAsync(ct);
            await fresh.InitialiseAsync(Superuser, options.Durable, ct);
            var port = await StartAsync(fresh, options, ct);
            Log.ClusterStarted(logger, taken.Path, binaries.MajorVersion, port);
            return new PostgresCluster(taken, fresh, await CreateDatabaseAsync(taken, port, ct));
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server in order (fast shutdown) and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;

        disposed = true;
        await server.StopAsync(CancellationToken.None);
        folder.Dispose();
    }

    private static async Task<int> StartAsync(ClusterServer server, ClusterOptions options, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                await server.StartAsync(Configuration(options, port), ct);
                return port;
            }
            catch (ClusterException) when (attempt < Attempts && !IsFree(port))
            {
                // Someone took the port between the look and the start.
            }
        }
    }

    private static Dictionary<string, string> Configuration(ClusterOptions options, int port)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "",
            ["password_encryption"] = "scram-sha-256",
            ["fsync"] = options.Durable ? "on" : "off",
            ["synchronous_commit"] = options.Durable ? "on" : "off",
            ["full_page_writes"] = options.Durable ? "on" : "off",
        };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return settings;
    }

    private static async Task<string> CreateDatabaseAsync(ClusterFolder folder, int port, CancellationToken ct)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Superuser,
            Password = await File.ReadAllTextAsync(folder.Password, ct),
            Database = Superuser,
            Pooling = false,
        };
        await using (var connection = new NpgsqlConnection(builder.ConnectionString))
        {
            await connection.OpenAsync(ct);
            await using var exists = new NpgsqlCommand("select 1 from pg_catalog.pg_database where datname = $1", connection);
            exists.Parameters.Add(new() { Value = Database });
            if (await exists.ExecuteScalarAsync(ct) is null)
            {
                await using var create = new NpgsqlCommand($"create database {Database}", connection);
                await create.ExecuteNonQueryAsync(ct);
            }
        }

        builder.Database = Database;
        builder.Remove("Pooling");
        return builder.ConnectionString;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
