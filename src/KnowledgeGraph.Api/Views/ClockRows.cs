using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Views;

/// <summary>
/// Which sequence an instant means. Clocks of several writers may disagree, so that recorded times need not rise with the sequence; a
/// moment holds nothing that was recorded after its instant, hence it ends before the first event that is later.
/// </summary>
internal static class ClockRows
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        var latest = (await transaction.QueryAsync(
            $"select max(recorded) from {schema}.clock", [], row => row.Optional<DateTimeOffset?>(0), cancellation))[0];
        var rows = new List<(DateTimeOffset Recorded, long Sequence)>();
        foreach (var stored in events.Where(stored => latest is null || stored.Timestamp > latest))
        {
            latest = stored.Timestamp.ToUniversalTime();
            rows.Add((latest.Value, stored.Sequence));
        }

        await transaction.ExecuteAsync(
            $"insert into {schema}.clock (recorded, sequence) select * from unnest($1::timestamptz[], $2::bigint[])",
            [rows.Select(row => row.Recorded).ToArray(), rows.Select(row => row.Sequence).ToArray()],
            cancellation);
    }

    /// <summary>The last sequence before the first event that was recorded after the instant; null where none was.</summary>
    public static async Task<long?> UpToAsync(NpgsqlDataSource database, DateTimeOffset instant, CancellationToken cancellation) =>
        (await database.QueryAsync(
            "select sequence - 1 from views.clock where recorded > $1 order by recorded limit 1", [instant.ToUniversalTime()], row => row.GetInt64(0), cancellation))
        is [var sequence] ? sequence : null;
}
