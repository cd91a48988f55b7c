using System.Runtime.InteropServices;
using KnowledgeGraph.EventStore.Cluster;

namespace KnowledgeGraph.Api.Hosting;

/// <summary>The server that the host works on: the one that it was given, or one of its own, which it starts and stops.</summary>
public sealed class DatabaseServer : IAsyncDisposable
{
    private readonly PostgresCluster? cluster;

    private DatabaseServer(string connectionString, PostgresCluster? cluster)
    {
        ConnectionString = connectionString;
        this.cluster = cluster;
    }

    public string ConnectionString { get; }

    /// <summary>Opens it before the host is built, so that whatever fails later finds it disposed of.</summary>
    /// <exception cref="ClusterException">No embedded server can be had; says why.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C while it was starting.</exception>
    public static async Task<DatabaseServer> OpenAsync(KnowledgeGraphOptions options)
    {
        if (options.ConnectionString is { } given)
            return new DatabaseServer(given, null);
        using var loggers = LoggerFactory.Create(Log.Configure);
        using var interrupted = new CancellationTokenSource();
        // Until the host runs nobody else listens, and a process that just ends would leave half a start behind.
        using var control = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        var folder = Path.Combine(options.DataDirectory, "postgres");
        var own = await PostgresCluster.StartAsync(
            new ClusterOptions { DataDirectory = folder }, loggers.CreateLogger<PostgresCluster>(), interrupted.Token);
        return new DatabaseServer(own.ConnectionString, own);

        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }
    }

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
