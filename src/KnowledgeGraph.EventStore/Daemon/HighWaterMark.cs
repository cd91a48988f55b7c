using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>The high-water mark at one moment.</summary>
/// <param name="Sequence">The highest sequence at or below which nothing can still appear.</param>
/// <param name="Highest">The highest sequence committed. Above <paramref name="Sequence"/> only while an open writer holds the mark back.</param>
public sealed record Mark(long Sequence, long Highest);

/// <summary>
/// THE HIGH-WATER MARK, decided by locks and never by time.
/// <para>
/// Numbers are drawn in one order and committed in another. A reader that follows the highest number seen would pass an event whose
/// transaction is still open and never come back for it. The mark is the highest sequence that no open or future transaction can reach below.
/// </para>
/// <para>
/// What the database tells. (1) nextval takes RowExclusiveLock on the sequence and keeps it to the end of the transaction, also past a
/// rolled-back savepoint; pg_locks shows it for every writer, Marten and psql included. (2) A transaction becomes visible before its locks
/// are released, so a lock that is gone means: committed and visible to the next snapshot, or rolled back. (3) pg_locks is no snapshot,
/// but a lock that is held throughout the look is in it: per-backend (fast-path) locks are read first and can only move from there to
/// the shared table, read last. (4) Our writer reads the sequence (L), then takes an advisory lock whose key carries L, then draws:
/// its numbers are above L. The advisory lock lives in the shared table, to the end of the transaction.
/// </para>
/// <para>
/// One look is one statement: its snapshot gives H, the highest committed seq_id, and then, while it runs, it reads pg_locks. A
/// transaction T that will commit a number s &lt;= H drew s before H was drawn or committed, hence held the sequence when the snapshot was
/// taken. Either it still does while pg_locks is read, and is seen; or it has ended, and a later snapshot sees what it committed. So
/// </para>
/// <code>mark = min(H, L of every open writer seen)</code>
/// <para>
/// is safe for anyone who reads the events in a later statement (read committed) or transaction. H is a committed number and not the
/// sequence's last_value, because a crash may hand numbers out again that nobody committed, and never one that somebody did. For the same
/// reason rolled-back and never-used numbers hold nothing up: nobody waits for a number, only for transactions.
/// </para>
/// <para>
/// A foreign writer (sequence lock without advisory lock) has no L. If it was not there at this reader's last look, all its numbers are
/// above the H of that look. At the first look the bound is the furthest checkpoint that any projection has committed: a mark once
/// established holds for ever. Because of (3) a writer of ours that ends during the look may show its sequence lock alone; so before a
/// bound is given to a foreign writer, a second look drops those that have ended. Newcomers of the second look do not matter: they drew after H.
/// </para>
/// <para>
/// PREPARE TRANSACTION passes the locks on, atomically, to an entry without a process, which keeps them over a crash of the server until
/// COMMIT or ROLLBACK PREPARED. Its name may be another than the writer's (it is after a restart). So a prepared writer that is new here may
/// be any of the foreign ones that are gone since the last look: it gets the lowest of their bounds, and while one turns up in the second
/// look, nobody is dropped.
/// </para>
/// <para>
/// What would break this: a sequence with a cache above 1, setval or restart of the sequence, numbers reserved in an earlier transaction
/// than the one that inserts them, or kg.append called in a transaction that has drawn numbers by hand before.
/// </para>
/// </summary>
internal sealed class HighWaterMark
{
    private const string Look = $"""
        with open_writers as materialized ({OpenWriters.Query})
        select (select coalesce(max(seq_id), 0) from events.mt_events), w.transaction, w.after, w.process is null
          from (select 1) one
          left join open_writers w on true
        """;

    private readonly SemaphoreSlim oneLookAtATime = new(1, 1);
    private Dictionary<string, long> foreignBounds = [];
    private long? lastHighest;
    private long established;

    /// <summary>Looks once. The connection must not be in a transaction with a fixed snapshot.</summary>
    public async Task<Mark> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await oneLookAtATime.WaitAsync(ct);
        try
        {
            return await LookAsync(connection, ct);
        }
        finally
        {
            oneLookAtATime.Release();
        }
    }

    private async Task<Mark> LookAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (highest, writers) = await QueryAsync(connection, ct);
        if (highest < lastHighest)
            Forget();

        if (writers.Exists(IsUnbounded))
        {
            var (_, still) = await QueryAsync(connection, ct);
            var names = still.Select(writer => writer.Transaction).ToHashSet(StringComparer.Ordinal);
            if (!still.Exists(writer => writer.Prepared && IsUnbounded(writer)))
                writers = [.. writers.Where(writer => !IsUnbounded(writer) || names.Contains(writer.Transaction))];
        }

        var newcomersBound = writers.Exists(IsUnbounded) ? lastHighest ?? await FurthestCheckpointAsync(connection, ct) : highest;
        foreignBounds = BoundsOf(writers.Where(writer => writer.After is null).ToList(), newcomersBound);
        lastHighest = highest;

        var bounds = writers.Select(writer => writer.After ?? foreignBounds[writer.Transaction]);
        established = Math.Max(established, Math.Min(highest, bounds.DefaultIfEmpty(highest).Min()));
        return new Mark(established, highest);

        bool IsUnbounded(SeenWriter writer) => writer.After is null && !foreignBounds.ContainsKey(writer.Transaction);
    }

    private Dictionary<string, long> BoundsOf(List<SeenWriter> foreigners, long newcomersBound)
    {
        var present = foreigners.Select(writer => writer.Transaction).ToHashSet(StringComparer.Ordinal);
        var gone = foreignBounds.Where(bound => !present.Contains(bound.Key)).Select(bound => bound.Value);
        var preparedBound = gone.Append(newcomersBound).Min();
        return foreigners.ToDictionary(
            writer => writer.Transaction,
            writer => foreignBounds.GetValueOrDefault(writer.Transaction, writer.Prepared ? preparedBound : newcomersBound),
            StringComparer.Ordinal);
    }

    // The database went back behind what was seen (restored, or a crash without durable commits): nothing learnt before holds.
    private void Forget()
    {
        foreignBounds = [];
        lastHighest = null;
        established = 0;
    }

    private static async Task<(long Highest, List<SeenWriter> Writers)> QueryAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Look, connection);
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var highest = 0L;
        var writers = new List<SeenWriter>();
        while (await reader.ReadAsync(ct))
        {
            highest = reader.GetInt64(0);
            if (!await reader.IsDBNullAsync(1, ct))
                writers.Add(new SeenWriter(reader.GetString(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetInt64(2), reader.GetBoolean(3)));
        }

        return (highest, writers);
    }

    private static async Task<long> FurthestCheckpointAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(sequence), 0) from kg.checkpoints", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private sealed record SeenWriter(string Transaction, long? After, bool Prepared);
}
