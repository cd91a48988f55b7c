using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>Fills the outbox and empties it. It only schedules: see <see cref="Subscriptions.FillAsync"/> and <see cref="Delivery.RunOnceAsync"/>.</summary>
public sealed class WebhookWorker(
    Subscriptions subscriptions, Delivery delivery, EventLog log, Readiness readiness, DaemonOptions options, TimeProvider time, ILogger<WebhookWorker> logger) : BackgroundService
{
    /// <summary>Deliveries of this node that may be under way at once.</summary>
    private const int Senders = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WhenReady.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var senders = Enumerable.Range(0, Senders).Select(_ => LoopAsync(delivery.RunOnceAsync, () => subscriptions.Changed.Next, stoppingToken));
        await Task.WhenAll(senders.Append(LoopAsync(subscriptions.FillAsync, () => Task.WhenAny(subscriptions.Changed.Next, log.Committed.Next), stoppingToken)));
    }

    private async Task LoopAsync(Func<CancellationToken, Task<bool>> runOnceAsync, Func<Task> next, CancellationToken ct)
    {
        var faults = 0;
        while (!ct.IsCancellationRequested)
        {
            var woken = next();
            try
            {
                if (!await runOnceAsync(ct))
                    await Task.WhenAny(woken, Task.Delay(options.IdlePoll, time, ct));
                faults = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.WebhooksFailed(++faults, fault);
                await Task.WhenAny(Task.Delay(options.Backoff.After(faults), time, ct));
            }
        }
    }
}
