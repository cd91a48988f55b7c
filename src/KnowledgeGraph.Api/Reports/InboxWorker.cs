using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.EventStore.Daemon;

namespace KnowledgeGraph.Api.Reports;

/// <summary>
/// Works off the inbox. It only schedules: one report is <see cref="RunOnceAsync"/>. What this node's requests leave behind wakes it; what other nodes
/// left when they died it finds by looking now and then.
/// </summary>
public sealed class InboxWorker(Inbox inbox, Readiness readiness, DaemonOptions options, TimeProvider time, ILogger<InboxWorker> logger) : BackgroundService
{
    /// <summary>One report, if there is one that nobody works on.</summary>
    public Task<bool> RunOnceAsync(CancellationToken cancellation) => inbox.WorkAsync(null, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WhenReady.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        var faults = 0;
        while (!ct.IsCancellationRequested)
        {
            var arrived = inbox.Arrived.Next;
            try
            {
                if (!await RunOnceAsync(ct))
                    await Task.WhenAny(arrived, Task.Delay(options.IdlePoll, time, ct));
                faults = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.InboxFailed(++faults, fault);
                await Task.WhenAny(Task.Delay(options.Backoff.After(faults), time, ct));
            }
        }
    }
}
