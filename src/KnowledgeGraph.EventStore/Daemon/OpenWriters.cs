using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>A transaction that has drawn, or is about to draw, event numbers and has not ended.</summary>
/// <param name="Transaction">PostgreSQL's virtual transaction id.</param>
/// <param name="Process">Server process, to terminate if need be; null for a prepared transaction, which has none.</param>
/// <param name="After">All its numbers are above this; null for a foreign writer, whose numbers are not known.</param>
/// <param name="Age">Since its transaction began or was prepared; null where this role may not see it.</param>
/// <param name="State">
/// As in pg_stat_activity: <c>idle in transaction</c> is a writer that somebody forgot. <c>prepared</c>: it waits for COMMIT PREPARED.
/// </param>
/// <param name="Application">The connection's application name; of a prepared transaction its own.</param>
public sealed record OpenWriter(string Transaction, int? Process, long? After, TimeSpan? Age, string? State, string? Application);

/// <summary>The writers that pg_locks shows.</summary>
internal static class OpenWriters
{
    /// <summary>
    /// transaction, process (null: prepared) and after of every open writer. 19271 is the tag of <c>kg.writer_key</c>; objsubid 1 says that the key was one
    /// bigint, whose upper half is classid and whose lower half is objid, both unsigned.
    /// </summary>
    public const string Query = """
        select virtualtransaction as transaction, min(pid) as process,
               min(((classid::bigint & 65535) << 32) | objid::bigint) filter (where locktype = 'advisory') as after
          from pg_catalog.pg_locks
         where granted
           and database = (select oid from pg_catalog.pg_database where datname = current_database())
           and ((locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'events.mt_events_sequence'::regclass)
             or (locktype = 'advisory' and mode = 'ShareLock' and objsubid = 1 and classid::bigint >> 16 = 19271))
         group by virtualtransaction
        """;

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<OpenWriter>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select w.transaction, w.process, w.after, clock_timestamp() - coalesce(a.xact_start, p.prepared),
                   case when w.process is null then 'prepared' else a.state end, coalesce(a.application_name, p.gid)
              from ({Query}) w
              left join pg_catalog.pg_stat_activity a on a.pid = w.process
              left join pg_catalog.pg_locks x on w.process is null
                   and x.virtualtransaction = w.transaction and x.locktype = 'transactionid' and x.pid is null
              left join pg_catalog.pg_prepared_xacts p on p.transaction = x.transactionid
             order by 4 desc nulls last
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var writers = new List<OpenWriter>();
        while (await reader.ReadAsync(ct))
        {
            writers.Add(new OpenWriter(
                reader.GetString(0),
                reader.IsDBNull(1) ? null : reader.GetInt32(1),
                reader.IsDBNull(2) ? null : reader.GetInt64(2),
                reader.IsDBNull(3) ? null : reader.GetTimeSpan(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return writers;
    }
}
