using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Hosting;

/// <summary>
/// START-UP, once, in the background, so that the probes answer from the first moment: wait for the database, migrate, see to the views,
/// start the daemon, ingest the seeds, wait until the views have caught up, announce. Every step may be repeated: after a crash anywhere
/// in it the next start goes through all of them again and finds done what was done. A database that does not answer is waited for; any
/// other failure stops the host, since it would not be mended by waiting.
/// </summary>
public sealed class Startup(
    NpgsqlDataSource database,
    EventLog log,
    IEnumerable<ViewSet> views,
    Rebuild rebuild,
    RebuildRecord record,
    ProjectionDaemon daemon,
    SeedIngest seeds,
    Announcement announcement,
    Readiness readiness,
    KnowledgeGraphOptions options,
    IHostApplicationLifetime lifetime,
    ILogger<Startup> logger) : BackgroundService
{
    /// <summary>The tables that this project adds to the event store's.</summary>
    public static MigrationSource Migrations { get; } = new("api", typeof(Startup).Assembly, "KnowledgeGraph.Api.Schema.");

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        announcement.Withdraw();
        await base.StopAsync(cancellationToken);
        await daemon.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            readiness.Failed(new OperationCanceledException("The host stopped before it was ready."));
        }
        catch (Exception failure)
        {
            logger.StartupFailed(failure);
            readiness.Failed(failure);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var migrations = await MigrateAsync(cancellation);
        readiness.Reached(ReadinessStage.Migrated);
        await daemon.StartAsync(cancellation);
        if (options.SeedsEnabled)
            await seeds.RunAsync(options.SeedsDirectory, cancellation);
        var mark = await log.ReadHighWaterMarkAsync(cancellation);
        foreach (var set in views)
            await daemon.WaitForAsync(set.CheckpointName, mark, cancellation);
        logger.Ready(migrations, mark);
        readiness.Reached(ReadinessStage.Ready);
        // The server's address is known, and answers, only then.
        var serving = new TaskCompletionSource();
        await using (lifetime.ApplicationStarted.Register(serving.SetResult))
            await serving.Task.WaitAsync(cancellation);
        await announcement.PublishAsync(cancellation);
    }

    private async Task<int> MigrateAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var ran = await Migrator.MigrateAsync(database, [MigrationSource.EventStore, Migrations], cancellation);
                foreach (var set in views)
                    await EnsureAsync(set, cancellation);
                return ran;
            }
            catch (NpgsqlException fault) when (Fault.IsOfInfrastructure(fault))
            {
                logger.DatabaseUnreachable(Pause.TotalSeconds, fault);
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    // Views of another version stay for the nodes of that version until those of this one can take their place.
    private async Task EnsureAsync(ViewSet set, CancellationToken cancellation)
    {
        while (!await ViewSchema.EnsureLiveAsync(database, set, cancellation))
        {
            logger.ViewsOutdated(set.Schema);
            await record.RequestAsync(set, cancellation);
            if (!await rebuild.RunAsync(set, cancellation))
                await Task.Delay(Pause, cancellation);
        }
    }
}
