using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Extraction.Reading;
using Npgsql;

namespace KnowledgeGraph.Api.Reports;

/// <summary>Where a report handed in stands.</summary>
/// <param name="Id">The job's id, which is the report's.</param>
/// <param name="State">waiting, done or failed, as recorded.</param>
/// <param name="IsHeld">Some node is working on it.</param>
/// <param name="Stage">What the last attempt came to: extracting or recording; null before the first.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Ahead">How many are to be worked on before it.</param>
/// <param name="Sequence">Of the report's last event.</param>
/// <param name="Error">Name of the problem's kind.</param>
/// <param name="Detail">What was wrong.</param>
/// <param name="Created">When it was handed in.</param>
/// <param name="Updated">When something last happened to it.</param>
public sealed record InboxEntry(
    string Id,
    string State,
    bool IsHeld,
    string? Stage,
    int Attempts,
    long Ahead,
    long? Sequence,
    string? Error,
    string? Detail,
    DateTimeOffset Created,
    DateTimeOffset Updated);

/// <summary>
/// THE INBOX: a report is stored before anybody works on it, so that what was taken from a client is not lost.
/// <para>
/// A row is a report, by the hash of its bytes, and a job. A worker holds the row's lock from taking it to its end (<c>for no key
/// update skip locked</c>, which lets the row of attempts refer to it meanwhile): who does not get it has nothing to do there, and whose node dies gives it back with its session. There are no leases
/// and no times to agree upon. The report is recorded in a transaction of the log's own, before the row's: when a worker dies between the two,
/// the next one finds the report known, because recording is by hash, and ends the row. A request that waits for its report takes the row
/// itself; workers of all nodes take what nobody waits for.
/// </para>
/// <para>
/// What fails by the report's own fault is failed and stays so until the same bytes are handed in again. What fails by the database's is
/// tried again for ever. What takes the whole host with it is given up after <see cref="MaxAttempts"/> beginnings.
/// </para>
/// </summary>
public sealed class Inbox(NpgsqlDataSource database, ReportIngest ingest, TimeProvider time, ILogger<Inbox> logger)
{
    public const int MaxAttempts = 5;

    // Each holds a connection while it needs another: more at once could wait for each other's.
    private readonly SemaphoreSlim capacity = new(2 * Environment.ProcessorCount);

    /// <summary>Raised when a report was left to the workers.</summary>
    public Signal Arrived { get; } = new();

    /// <summary>Raised when this node has ended a job.</summary>
    public Signal Ended { get; } = new();

    /// <summary>Stores a report. One that waits already, or is recorded, stays as it is; one that failed is opened anew.</summary>
    /// <returns>Whether this call opened the job.</returns>
    public async Task<bool> OpenAsync(string id, ReadOnlyMemory<byte> bytes, ReportHints hints, CancellationToken cancellation)
    {
        var opened = await database.QueryAsync(
            """
            with opened as (
                insert into kg.inbox as held (id, bytes, size, file_name, media_type, publisher, title, date, state, created, updated)
                values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $9)
                on conflict (id) do update set
                    bytes = excluded.bytes, file_name = excluded.file_name, media_type = excluded.media_type, publisher = excluded.publisher,
                    title = excluded.title, date = excluded.date, state = 'waiting', error = null, error_detail = null,
                    created = excluded.created, updated = excluded.updated
                    where held.state = 'failed'
                returning id
            ), forgotten as (
                delete from kg.inbox_attempts where id in (select id from opened)
            )
            select id from opened
            """,
            [id, bytes, (long)bytes.Length, hints.FileName, hints.MediaType, hints.Publisher, hints.Title, hints.Date?.Text, time.GetUtcNow()],
            row => row.GetString(0),
            cancellation);
        return opened.Count > 0;
    }

    public async Task<InboxEntry?> FindAsync(string id, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            """
            select i.id, i.state,
                i.state = 'waiting' and not exists (select from kg.inbox free where free.id = i.id for share skip locked),
                a.stage, coalesce(a.attempts, 0),
                (select count(*) from kg.inbox before where before.state = 'waiting' and i.state = 'waiting' and (before.created, before.id) < (i.created, i.id)),
                i.sequence, i.error, i.error_detail, i.created, greatest(i.updated, a.updated)
            from kg.inbox i left join kg.inbox_attempts a on a.id = i.id
            where i.id = $1
            """,
            [id],
            row => new InboxEntry(
                row.GetString(0),
                row.GetString(1),
                row.GetBoolean(2),
                row.Optional<string>(3),
                row.GetInt32(4),
                row.GetInt64(5),
                row.Optional<long?>(6),
                row.Optional<string>(7),
                row.Optional<string>(8),
                row.GetFieldValue<DateTimeOffset>(9).ToUniversalTime(),
                row.GetFieldValue<DateTimeOffset>(10).ToUniversalTime()),
            cancellation);
        return rows.SingleOrDefault();
    }

    /// <summary>Works on one report, if there is one that nobody works on.</summary>
    /// <param name="id">This one; null for the one that waits longest.</param>
    /// <param name="cancellation">Stops the work; the report then waits again.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> WorkAsync(string? id, CancellationToken cancellation)
    {
        await capacity.WaitAsync(cancellation);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            if (await TakeAsync(transaction, id, cancellation) is not { } taken)
                return false;
            await EndAsync(transaction, taken.Id, await RecordAsync(taken, cancellation), cancellation);
            await transaction.CommitAsync(cancellation);
        }
        finally
        {
            capacity.Release();
        }

        Ended.Raise();
        return true;
    }

    private static async Task<Taken?> TakeAsync(NpgsqlTransaction transaction, string? id, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            """
            select id, bytes, file_name, media_type, publisher, title, date
            from kg.inbox
            where state = 'waiting' and ($1::text is null or id = $1)
            order by created, id
            limit 1
            for no key update skip locked
            """,
            [id],
            row => new Taken(row.GetString(0), row.GetFieldValue<byte[]>(1), new ReportHints
            {
                FileName = row.Optional<string>(2),
                MediaType = row.Optional<string>(3),
                Publisher = row.Optional<string>(4),
                Title = row.Optional<string>(5),
                Date = PartialDate.TryParse(row.Optional<string>(6)),
            }),
            cancellation);
        return rows.SingleOrDefault();
    }

    private async Task<Outcome> RecordAsync(Taken taken, CancellationToken cancellation)
    {
        if (await StageAsync(taken.Id, "extracting", begun: 1, cancellation) > MaxAttempts)
            return new Outcome("failed", null, Problems.Internal.Name, $"Given up: it was begun {MaxAttempts} times and never ended.");
        try
        {
            var result = await ingest.IngestAsync(
                taken.Bytes, taken.Hints, recording: () => StageAsync(taken.Id, "recording", begun: 0, cancellation), cancellation);
            return result switch
            {
                IngestResult.Registered registered => new Outcome("done", registered.Sequence, null, null),
                IngestResult.Known known => new Outcome("done", known.Sequence, null, null),
                IngestResult.Unreadable unreadable => new Outcome("failed", null, KindOf(unreadable.Reason).Name, unreadable.Message),
                _ => throw new InvalidOperationException($"{result.GetType().Name} is no result that the inbox knows."),
            };
        }
        catch (Exception fault) when (cancellation.IsCancellationRequested || Fault.IsOfInfrastructure(fault))
        {
            // It did not bring the host down, so that it does not count.
            await StageAsync(taken.Id, "waiting", begun: -1, CancellationToken.None);
            throw;
        }
        catch (Exception fault)
        {
            logger.JobFailed(taken.Id, fault);
            return new Outcome("failed", null, Problems.Internal.Name, null);
        }
    }

    /// <returns>How often the report has been begun.</returns>
    private async Task<int> StageAsync(string id, string stage, int begun, CancellationToken cancellation)
    {
        var attempts = await database.QueryAsync(
            """
            insert into kg.inbox_attempts as held (id, attempts, stage, updated) values ($1, $2, $3, $4)
            on conflict (id) do update set attempts = held.attempts + excluded.attempts, stage = excluded.stage, updated = excluded.updated
            returning attempts
            """,
            [id, begun, stage, time.GetUtcNow()],
            row => row.GetInt32(0),
            cancellation);
        return attempts[0];
    }

    private Task<int> EndAsync(NpgsqlTransaction transaction, string id, Outcome outcome, CancellationToken cancellation) => transaction.ExecuteAsync(
        "update kg.inbox set state = $2, bytes = null, sequence = $3, error = $4, error_detail = $5, updated = $6 where id = $1",
        [id, outcome.State, outcome.Sequence, outcome.Error, outcome.Detail, time.GetUtcNow()],
        cancellation);

    private static ProblemKind KindOf(UnreadableReason reason) => reason switch
    {
        UnreadableReason.UnsupportedFormat => Problems.UnsupportedFormat,
        UnreadableReason.TooLarge => Problems.TooLarge,
        _ => Problems.Unreadable,
    };

    private sealed record Taken(string Id, byte[] Bytes, ReportHints Hints);

    private sealed record Outcome(string State, long? Sequence, string? Error, string? Detail);
}
