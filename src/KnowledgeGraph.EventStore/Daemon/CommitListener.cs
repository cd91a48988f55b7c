using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>
/// Passes on the NOTIFY that mt_events' trigger sends at every commit, whoever the writer. It raises the signal too after each (re)connection,
/// for what was missed while there was none.
/// </summary>
internal sealed class CommitListener(NpgsqlDataSource database, Signal committed, Backoff backoff, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var faults = 0;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                connection.Notification += (_, _) => committed.Raise();
                await using (var listen = new NpgsqlCommand("listen kg_events", connection))
                    await listen.ExecuteNonQueryAsync(ct);
                committed.Raise();
                faults = 0;
                while (true)
                    await connection.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.ListenerLost(logger, ++faults, e);
                await Task.WhenAny(Task.Delay(backoff.After(faults), time, ct));
            }
        }
    }
}
