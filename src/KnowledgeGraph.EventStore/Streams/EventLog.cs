using System.Runtime.CompilerServices;
using KnowledgeGraph.EventStore.Daemon;
using Npgsql;

namespace KnowledgeGraph.EventStore.Streams;

/// <summary>Writes made by the caller in the transaction of an append: they stand if and only if the events do.</summary>
public delegate Task Alongside(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct);

/// <summary>
/// Append and read. The protocol of an append, what may race in it and why nothing is lost, stands at the head of
/// <c>Schema/0006_append_streams.sql</c>, which runs it in one round trip; that of reading by sequence at the head of <c>HighWaterMark.cs</c>.
/// <para>
/// Here remains: one append is one transaction. Without writes alongside it is one autocommitted statement. A version conflict is a result
/// and leaves nothing behind. A race lost against a writer that does not queue with ours (Marten) shows as 23505 on one of two constraints,
/// or as a deadlock that PostgreSQL broke, and is tried again from the start with what is then committed; because the caller's own writes
/// come after the append, they have not run by then. Every other error propagates with the transaction rolled back. Where the connection is
/// lost at the commit, whether it took place is unknown: append again with the same event ids, which writes nothing twice.
/// </para>
/// </summary>
public sealed class EventLog(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Streams in one call: each takes a lock, of which PostgreSQL has some thousands in all.</summary>
    public const int MaximumStreams = 1000;

    private const int MaximumAttempts = 8;

    private const string ArchivedState = "KG003";

    private readonly HighWaterMark mark = new();

    /// <summary>Raised after every commit of this process; the daemon wakes up by it.</summary>
    public Signal Committed { get; } = new();

    /// <summary>Appends the events to the stream, all or none.</summary>
    /// <param name="stream">Key of the stream.</param>
    /// <param name="streamType">Marten's aggregate type of a stream that this append creates; null for none.</param>
    /// <param name="alongside">Further writes of the same transaction; not run on a conflict nor when the events stood there already.</param>
    /// <exception cref="PostgresException">22P02 or 22P05: a body is not JSON, or contains U+0000.</exception>
    public async Task<AppendResult> AppendAsync(
        string stream,
        string? streamType,
        ExpectedVersion expected,
        IReadOnlyList<NewEvent> events,
        EventMetadata metadata,
        Alongside? alongside,
        CancellationToken ct)
    {
        return await AppendAsync([new StreamAppend(stream, streamType, expected, events)], metadata, alongside, ct) switch
        {
            BatchResult.Appended { Streams: [var one], Sequence: var sequence } => new AppendResult.Appended(one.Version, sequence, one.Repeated),
            BatchResult.VersionConflicts { Streams: [var one] } => new AppendResult.VersionConflict(one.Actual, one.Archived),
            var other => throw new InvalidOperationException($"One stream gave {other}."),
        };
    }

    /// <summary>
    /// Appends to many streams in one transaction: to all or, where any does not have the version expected of it, to none. A stream in which
    /// its events stand already is left as it is and does not keep the others from being written.
    /// </summary>
    /// <param name="appends">At most <see cref="MaximumStreams"/>, each stream once.</param>
    /// <param name="alongside">Further writes of the same transaction; not run on a conflict nor when all events stood there already.</param>
    /// <exception cref="PostgresException">22P02 or 22P05: a body is not JSON, or contains U+0000.</exception>
    public async Task<BatchResult> AppendAsync(
        IReadOnlyList<StreamAppend> appends, EventMetadata metadata, Alongside? alongside, CancellationToken ct)
    {
        Check(appends);
        var create = appends is [{ Expected: ExpectedVersion.ExactVersion { Version: 0 } }];
        for (var attempt = 1; ; attempt++)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = alongside is null ? null : await connection.BeginTransactionAsync(ct);
            BatchResult? result;
            try
            {
                result = create
                    ? await Append.CreateAsync(connection, appends[0], metadata, time.GetUtcNow(), ct)
                    : await Append.RunAsync(connection, appends, metadata, time.GetUtcNow(), ct);
            }
            catch (PostgresException e) when (IsLostRace(e) && attempt < MaximumAttempts)
            {
                continue;
            }
            catch (PostgresException e) when (e.SqlState == ArchivedState)
            {
                return new BatchResult.VersionConflicts(await ReadArchivedAsync(appends, ct));
            }

            if (result is null)
            {
                // Whether by another append or by this one, earlier, the function says.
                create = false;
                continue;
            }

            if (result is not BatchResult.Appended { Repeated: false })
                return result;

            if (alongside is not null)
            {
                await alongside(connection, transaction!, ct);
                await transaction!.CommitAsync(ct);
            }

            Committed.Raise();
            return result;
        }
    }

    /// <summary>
    /// Closes a stream: it takes no further events, and reads may leave its events out. Nothing of it is lost, and views keep what they hold of it.
    /// </summary>
    /// <returns>false where there is no such stream.</returns>
    public async Task<bool> ArchiveAsync(string stream, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select kg.archive($1)");
        command.Parameters.Add(new() { Value = stream });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Events of one stream after a version, in order, at most <paramref name="limit"/>; none where there is no stream.</summary>
    public Task<IReadOnlyList<StoredEvent>> ReadStreamAsync(string stream, long afterVersion, int limit, CancellationToken ct) =>
        ReadStreamAsync(stream, afterVersion, limit, ArchivedEvents.Included, static stored => stored, ct);

    /// <inheritdoc cref="ReadStreamAsync(string,long,int,CancellationToken)"/>
    /// <param name="read">What is made of each event, while the next ones are on their way.</param>
    public async Task<IReadOnlyList<T>> ReadStreamAsync<T>(
        string stream, long afterVersion, int limit, ArchivedEvents archived, Func<StoredEvent, T> read, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"select {EventRows.Columns} from events.mt_events where stream_id = $1 and version > $2{EventRows.Where(archived)} order by version limit $3",
            connection);
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = afterVersion });
        command.Parameters.Add(new() { Value = limit });
        await command.PrepareAsync(ct);
        return await EventRows.ReadAsync(command, read, ct);
    }

    /// <summary>Events of one stream with after &lt; sequence &lt;= until, in order, at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadStreamAfterAsync(string stream, long after, long until, int limit, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {EventRows.Columns} from events.mt_events where stream_id = $1 and seq_id > $2 and seq_id <= $3 order by version limit $4");
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = limit });
        return await EventRows.ReadAsync(command, ct);
    }

    /// <summary>The events of these sequences, in order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadEventsAsync(long[] sequences, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {EventRows.Columns} from events.mt_events where seq_id = any($1) order by seq_id");
        command.Parameters.Add(new() { Value = sequences });
        return await EventRows.ReadAsync(command, ct);
    }

    /// <summary>Events with after &lt; sequence &lt;= until, in order, at most <paramref name="limit"/>. The caller knows that the mark is not below until.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadRangeAsync(long after, long until, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await EventRows.ReadRangeAsync(connection, after, until, limit, ct);
    }

    /// <summary>Events after a sequence, in order, at most <paramref name="limit"/>, never past the high-water mark.</summary>
    public Task<IReadOnlyList<StoredEvent>> ReadAllAsync(long afterSequence, int limit, CancellationToken ct) =>
        ReadAllAsync(afterSequence, limit, ArchivedEvents.Included, ct);

    /// <inheritdoc cref="ReadAllAsync(long,int,CancellationToken)"/>
    public async Task<IReadOnlyList<StoredEvent>> ReadAllAsync(long afterSequence, int limit, ArchivedEvents archived, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var highest = (await mark.ReadAsync(connection, ct)).Sequence;
        return await EventRows.ReadRangeAsync(connection, afterSequence, highest, limit, archived, ct);
    }

    /// <summary>The events up to the mark as it is now, in order, page by page.</summary>
    public async IAsyncEnumerable<StoredEvent> ReadToMarkAsync(
        long afterSequence, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        var highest = await ReadHighWaterMarkAsync(ct);
        while (true)
        {
            IReadOnlyList<StoredEvent> page;
            await using (var connection = await database.OpenConnectionAsync(ct))
                page = await EventRows.ReadRangeAsync(connection, afterSequence, highest, pageSize, ct);
            foreach (var stored in page)
                yield return stored;

            if (page.Count < pageSize)
                yield break;
            afterSequence = page[^1].Sequence;
        }
    }

    /// <summary>The highest sequence at or below which nothing can still appear.</summary>
    public async Task<long> ReadHighWaterMarkAsync(CancellationToken ct) => (await ReadMarkAsync(ct)).Sequence;

    /// <summary>The high-water mark and how far it is behind the highest event committed.</summary>
    public async Task<Mark> ReadMarkAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await mark.ReadAsync(connection, ct);
    }

    /// <summary>The transactions that hold the mark back or may come to do so, oldest first; what readiness and metrics ask.</summary>
    public async Task<IReadOnlyList<OpenWriter>> ReadOpenWritersAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await OpenWriters.ReadAsync(connection, ct);
    }

    private async Task<IReadOnlyList<StreamConflict>> ReadArchivedAsync(IReadOnlyList<StreamAppend> appends, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id, version from events.mt_streams where id = any($1) and is_archived");
        command.Parameters.Add(new() { Value = appends.Select(append => append.Stream).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            versions.Add(reader.GetString(0), reader.GetInt64(1));
        return [.. appends.Where(append => versions.ContainsKey(append.Stream)).Select(append =>
            new StreamConflict(append.Stream, append.Expected, versions[append.Stream], Archived: true))];
    }

    private static bool IsLostRace(PostgresException e) => e is
    { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "pk_mt_events_stream_and_version" or "pkey_mt_streams_id" }
        or { SqlState: PostgresErrorCodes.DeadlockDetected };

    private static void Check(IReadOnlyList<StreamAppend> appends)
    {
        if (appends.Count is 0 or > MaximumStreams)
            throw new ArgumentException($"An append takes 1 to {MaximumStreams} streams.", nameof(appends));
        if (appends.Count > 1 && appends.DistinctBy(append => append.Stream, StringComparer.Ordinal).Count() < appends.Count)
            throw new ArgumentException("A stream occurs twice.", nameof(appends));
        foreach (var append in appends)
        {
            if (append.Stream.Length == 0)
                throw new ArgumentException("A stream needs a key.", nameof(appends));
            if (append.Events.Count == 0)
                throw new ArgumentException($"The append to {append.Stream} has no event.", nameof(appends));
        }
    }
}
