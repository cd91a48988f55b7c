using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;

namespace KnowledgeGraph.Api.Operations;

/// <summary>Runs the rebuilds that were asked for, here or on a node that has died since. It only schedules: see <see cref="RunOnceAsync"/>.</summary>
public sealed class RebuildWorker(
    IEnumerable<ViewSet> views,
    Rebuild rebuild,
    RebuildRecord record,
    Readiness readiness,
    DaemonOptions options,
    TimeProvider time,
    ILogger<RebuildWorker> logger) : BackgroundService
{
    /// <summary>Runs every rebuild that is open and that no other node runs, one after the other, and returns how many that were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var ran = 0;
        foreach (var set in views)
        {
            if (await record.IsOpenAsync(set, cancellation) && await rebuild.RunOpenAsync(set, cancellation))
                ran++;
        }

        return ran;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WhenReady.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var faults = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var requested = record.Requested.Next;
            try
            {
                await RunOnceAsync(stoppingToken);
                faults = 0;
                await Task.WhenAny(requested, Task.Delay(options.IdlePoll, time, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.RebuildFailed(++faults, fault);
                await Task.WhenAny(Task.Delay(options.Backoff.After(faults), time, stoppingToken));
            }
        }
    }
}
