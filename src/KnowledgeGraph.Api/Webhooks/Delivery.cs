using System.Globalization;
using System.Net.Http.Headers;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>
/// Sends what is in the outbox, in order for each entity.
/// <para>
/// A delivery may go when nothing older of the same webhook that shares a lane with it is still to be delivered. The older one stays in the outbox, seen by
/// all, until its delivery is committed; so while one node sends it, no other takes what must come after. Deliveries that share no
/// entity do not wait for each other: a receiver that stumbles over one event gets the rest. One that was given up holds up nothing any more.
/// </para>
/// </summary>
public sealed class Delivery(NpgsqlDataSource database, EventLog log, Targets targets, DeliveryPolicy policy, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = targets.CreateClient(Patience);

    /// <summary>Sends one event to one webhook, if there is one that is due.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var due = await transaction.QueryAsync(
            """
            select o.webhook_id, o.sequence, o.attempts, w.url, w.secret
            from kg.outbox o join kg.webhooks w on w.id = o.webhook_id
            where not o.is_dead and o.due <= $1 and not w.paused
                and not exists (
                    select from kg.outbox older
                    where older.webhook_id = o.webhook_id and older.sequence < o.sequence and not older.is_dead and older.lanes && o.lanes)
            order by o.due, o.sequence
            limit 1
            for no key update of o skip locked
            """,
            [time.GetUtcNow()],
            row => new Due(row.GetGuid(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3), row.GetString(4)),
            cancellation);
        if (due is not [var one])
            return false;
        if (await SendAsync(one, cancellation) is { } error)
            await PutOffAsync(transaction, one, error, cancellation);
        else
            await transaction.ExecuteAsync("delete from kg.outbox where webhook_id = $1 and sequence = $2", [one.WebhookId, one.Sequence], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    public void Dispose() => client.Dispose();

    /// <returns>What went wrong; null for nothing.</returns>
    private async Task<string?> SendAsync(Due due, CancellationToken cancellation)
    {
        var body = new LoggedEvent((await log.ReadEventsAsync([due.Sequence], cancellation)).Single()).Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, due.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Kg-Webhook", due.WebhookId.ToString());
        request.Headers.Add("Kg-Sequence", due.Sequence.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(Signature.Header, Signature.Of(due.Secret, body, time.GetUtcNow()));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return fault is OperationCanceledException ? $"It did not answer within {Patience.TotalSeconds:F0} s." : fault.Message;
        }
    }

    private Task<int> PutOffAsync(NpgsqlTransaction transaction, Due due, string error, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var next = policy.Next(due.Attempts + 1, now);
        return transaction.ExecuteAsync(
            "update kg.outbox set attempts = $3, due = $4, is_dead = $5, last_error = $6 where webhook_id = $1 and sequence = $2",
            [due.WebhookId, due.Sequence, due.Attempts + 1, next ?? now, next is null, error],
            cancellation);
    }

    private sealed record Due(Guid WebhookId, long Sequence, int Attempts, string Url, string Secret);
}
