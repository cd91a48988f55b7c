using System.Text;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;
using NpgsqlTypes;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>A role of the sample.</summary>
internal sealed record SampleRole(string Role, string Entity, string Name);

/// <summary>An event of 560 bytes as JSON.</summary>
internal sealed record Sample(string FactId, string ReportId, string Status, IReadOnlyList<SampleRole> Roles, decimal Amount, string Currency, string Period, string Quote);

/// <summary>Events to append.</summary>
internal static class Samples
{
    public const string Type = "sample_recorded";

    public const string DotnetType = "KnowledgeGraph.Benchmarks.Store.Sample, KnowledgeGraph.Benchmarks";

    private static int streams;

    public static string Body { get; } = MakeBody();

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => new NewEvent(Guid.NewGuid(), Type, DotnetType, Body))];

    public static string NewStream() => string.Create(null, $"sample/{Interlocked.Increment(ref streams)}");

    public static StreamAppend[] Streams(int count, int eventsEach) =>
        [.. Enumerable.Range(0, count).Select(_ => new StreamAppend(NewStream(), null, ExpectedVersion.NoStream, Events(eventsEach)))];

    /// <summary>Binary COPY of events for the streams into a table with the columns of mt_events.</summary>
    /// <param name="numbers">The sequences.</param>
    public static async Task CopyAsync(NpgsqlConnection connection, string table, IEnumerable<StreamAppend> streams, IReadOnlyList<long> numbers)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            $"""
            copy {table} (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, is_archived)
            from stdin (format binary)
            """);
        var now = DateTimeOffset.UtcNow;
        var row = 0;
        foreach (var stream in streams)
        {
            for (var version = 1; version <= stream.Events.Count; version++)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(numbers[row++], NpgsqlDbType.Bigint);
                await writer.WriteAsync(stream.Events[version - 1].Id, NpgsqlDbType.Uuid);
                await writer.WriteAsync(stream.Stream, NpgsqlDbType.Varchar);
                await writer.WriteAsync((long)version, NpgsqlDbType.Bigint);
                await writer.WriteAsync(Body, NpgsqlDbType.Jsonb);
                await writer.WriteNullAsync();
                await writer.WriteAsync(Type, NpgsqlDbType.Varchar);
                await writer.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await writer.WriteAsync("*DEFAULT*", NpgsqlDbType.Varchar);
                await writer.WriteAsync(DotnetType, NpgsqlDbType.Varchar);
                await writer.WriteNullAsync();
                await writer.WriteNullAsync();
                await writer.WriteNullAsync();
                await writer.WriteAsync(false, NpgsqlDbType.Boolean);
            }
        }

        await writer.CompleteAsync();
    }

    private static string MakeBody()
    {
        var sample = new Sample(
            "f3c1a7be90d2", "0b7e55d1c86f4a1992aa3c5d", "reported",
            [new("company", "company/example", "Example Semiconductor"), new("metric", "metric/revenue", "revenue"), new("segment", "segment/data-center", "data centre")],
            1234567890.25m, "USD", "2026Q1", "");
        var length = Encoding.UTF8.GetByteCount(System.Text.Json.JsonSerializer.Serialize(sample));
        return System.Text.Json.JsonSerializer.Serialize(sample with { Quote = new string('x', 560 - length) });
    }
}
