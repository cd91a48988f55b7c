using Npgsql;

namespace KnowledgeGraph.EventStore.Streams;

/// <summary>Rows of mt_events as events.</summary>
internal static class EventRows
{
    public const string Columns =
        "seq_id, id, stream_id, version, type, data::text, timestamp, correlation_id, causation_id, headers::text";

    /// <summary>The end of a condition.</summary>
    public static string Where(ArchivedEvents archived) => archived == ArchivedEvents.Excluded ? " and not is_archived" : "";

    /// <summary>Events with after &lt; sequence &lt;= highest. The caller has established the mark in an earlier statement.</summary>
    public static Task<IReadOnlyList<StoredEvent>> ReadRangeAsync(
        NpgsqlConnection connection, long after, long highest, int limit, CancellationToken ct) =>
        ReadRangeAsync(connection, after, highest, limit, ArchivedEvents.Included, ct);

    public static async Task<IReadOnlyList<StoredEvent>> ReadRangeAsync(
        NpgsqlConnection connection, long after, long highest, int limit, ArchivedEvents archived, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from events.mt_events where seq_id > $1 and seq_id <= $2{Where(archived)} order by seq_id limit $3", connection);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = highest });
        command.Parameters.Add(new() { Value = limit });
        await command.PrepareAsync(ct);
        return await ReadAsync(command, ct);
    }

    public static Task<IReadOnlyList<StoredEvent>> ReadAsync(NpgsqlCommand command, CancellationToken ct) => ReadAsync(command, static stored => stored, ct);

    public static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlCommand command, Func<StoredEvent, T> read, CancellationToken ct)
    {
        var events = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            events.Add(read(new StoredEvent(
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetInt64(3),
                reader.GetString(4),
                reader.GetFieldValue<byte[]>(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                Text(reader, 7),
                Text(reader, 8),
                Text(reader, 9))));
        }

        return events;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
