using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace KnowledgeGraph.EventStore.Streams;

/// <summary>
/// The statements of an append; the protocol stands at the head of <c>Schema/0006_append_streams.sql</c>. Each is prepared once for each
/// connection: parsing and planning cost more than running them.
/// </summary>
internal static class Append
{
    /// <summary>
    /// One new stream in one statement, which does a third of the function's work. Its parts depend on each other in the order that the
    /// protocol asks for: sequence read, writer's key, stream, numbers. A stream that is there already yields no row and writes nothing; one
    /// that another transaction is about to make is waited for, with numbers above those of that transaction.
    /// </summary>
    /// <remarks>One event, which is what most new streams begin with, comes as plain parameters: arrays of one cost a twentieth of the append.</remarks>
    internal static string Create(bool isOne) =>
        $"""
        with mark as materialized (
            select pg_advisory_xact_lock_shared(kg.writer_key(case when q.is_called then q.last_value else q.last_value - 1 end)) is null as held
              from events.mt_events_sequence q
        ), stream as (
            insert into events.mt_streams (id, type, version, timestamp, created, tenant_id, is_archived)
            select $1::varchar, $2::varchar, {(isOne ? "1" : "cardinality($3::uuid[])")}, $7::timestamptz, $7, '*DEFAULT*', false from mark
            on conflict (id) do nothing
            returning id
        )
        insert into events.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type,
                                      correlation_id, causation_id, headers, is_archived)
        select nextval('events.mt_events_sequence'), {(isOne
            ? "$3::uuid, stream.id, 1, $6::jsonb, null, $4::varchar, $7, '*DEFAULT*', $5::varchar"
            : "u.id, stream.id, u.place, u.data::jsonb, null, u.type, $7, '*DEFAULT*', u.dotnet_type")},
               $8::varchar, $9::varchar, $10::jsonb, false
          from stream{(isOne ? "" : ", unnest($3, $4::varchar[], $5::varchar[], $6::text[]) with ordinality u (id, type, dotnet_type, data, place)")}
        returning seq_id
        """;

    private static readonly string CreateOne = Create(isOne: true);

    private static readonly string CreateMany = Create(isOne: false);

    private const string Function =
        "select refused, versions, sequence, repeated from kg.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    /// <returns>null where the stream exists.</returns>
    public static async Task<BatchResult?> CreateAsync(
        NpgsqlConnection connection, StreamAppend append, EventMetadata metadata, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(append.Events.Count == 1 ? CreateOne : CreateMany, connection);
        command.Parameters.Add(Of(append.Stream, NpgsqlDbType.Varchar));
        command.Parameters.Add(Of(append.StreamType, NpgsqlDbType.Varchar));
        if (append.Events is [var one])
            AddEvent(command, one);
        else
            AddEvents(command, append.Events);
        AddMetadata(command, metadata, now);
        await command.PrepareAsync(ct);

        await using var reader = await command.ExecuteReaderAsync(ct);
        long? sequence = null;
        while (await reader.ReadAsync(ct))
            sequence = reader.GetInt64(0);
        return sequence is { } last ? new BatchResult.Appended([new(append.Stream, append.Events.Count, Repeated: false)], last) : null;
    }

    public static async Task<BatchResult> RunAsync(
        NpgsqlConnection connection, IReadOnlyList<StreamAppend> appends, EventMetadata metadata, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Function, connection);
        command.Parameters.Add(Of(appends.Select(append => append.Stream).ToArray(), Array(NpgsqlDbType.Varchar)));
        command.Parameters.Add(Of(appends.Select(append => append.StreamType).ToArray(), Array(NpgsqlDbType.Varchar)));
        command.Parameters.Add(Of(
            appends.Select(append => (append.Expected as ExpectedVersion.ExactVersion)?.Version).ToArray(), Array(NpgsqlDbType.Bigint)));
        command.Parameters.Add(Of(appends.Select(append => (long)append.Events.Count).ToArray(), Array(NpgsqlDbType.Bigint)));
        command.Parameters.Add(Of(
            appends.SelectMany((append, i) => Enumerable.Repeat(i + 1, append.Events.Count)).ToArray(), Array(NpgsqlDbType.Integer)));
        command.Parameters.Add(Of(
            appends.SelectMany(append => append.Events.Select((_, i) => i + 1L)).ToArray(), Array(NpgsqlDbType.Bigint)));
        AddEvents(command, appends.Count == 1 ? appends[0].Events : [.. appends.SelectMany(append => append.Events)]);
        AddMetadata(command, metadata, now);
        await command.PrepareAsync(ct);

        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var versions = reader.GetFieldValue<long[]>(1);
        if (!await reader.IsDBNullAsync(0, ct))
        {
            var refused = reader.GetFieldValue<bool[]>(0);
            return new BatchResult.VersionConflicts(
                [.. appends.Zip(versions, refused).Where(row => row.Third).Select(row => new StreamConflict(row.First.Stream, row.First.Expected, row.Second))]);
        }

        var repeated = await reader.IsDBNullAsync(3, ct) ? new bool[versions.Length] : reader.GetFieldValue<bool[]>(3);
        return new BatchResult.Appended(
            [.. appends.Zip(versions, repeated).Select(row => new AppendedStream(row.First.Stream, row.Second, row.Third))], reader.GetInt64(2));
    }

    private static void AddEvent(NpgsqlCommand command, NewEvent one)
    {
        command.Parameters.Add(Of(one.Id, NpgsqlDbType.Uuid));
        command.Parameters.Add(Of(one.Type, NpgsqlDbType.Varchar));
        command.Parameters.Add(Of(one.DotnetType, NpgsqlDbType.Varchar));
        command.Parameters.Add(Of(one.Data, NpgsqlDbType.Jsonb));
    }

    private static void AddEvents(NpgsqlCommand command, IReadOnlyList<NewEvent> events)
    {
        command.Parameters.Add(Of(events.Select(e => e.Id).ToArray(), Array(NpgsqlDbType.Uuid)));
        command.Parameters.Add(Of(events.Select(e => e.Type).ToArray(), Array(NpgsqlDbType.Varchar)));
        command.Parameters.Add(Of(events.Select(e => e.DotnetType).ToArray(), Array(NpgsqlDbType.Varchar)));
        command.Parameters.Add(Of(events.Select(e => e.Data).ToArray(), Array(NpgsqlDbType.Text)));
    }

    private static void AddMetadata(NpgsqlCommand command, EventMetadata metadata, DateTimeOffset now)
    {
        command.Parameters.Add(Of(now, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Of(metadata.CorrelationId, NpgsqlDbType.Varchar));
        command.Parameters.Add(Of(metadata.CausationId, NpgsqlDbType.Varchar));
        command.Parameters.Add(Of(HeadersOf(metadata), NpgsqlDbType.Jsonb));
    }

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlDbType Array(NpgsqlDbType element) => NpgsqlDbType.Array | element;

    private static string? HeadersOf(EventMetadata metadata)
    {
        if (metadata is { Headers: null, User: null })
            return null;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata.Headers ?? new Dictionary<string, string>())
            headers[name] = value;
        if (metadata.User is { } user)
            headers["user"] = user;
        return headers.Count == 0 ? null : JsonSerializer.Serialize(headers);
    }
}
