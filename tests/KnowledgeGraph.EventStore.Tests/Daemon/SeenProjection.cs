using System.Text.Json;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Daemon;

/// <summary>Notes every event that it is given in the table <c>seen</c>; an event called poison cannot be applied.</summary>
internal sealed class SeenProjection : IProjection
{
    public string Name { get; init; } = "seen";

    public Func<NpgsqlConnection, IReadOnlyList<StoredEvent>, Task> AfterWriting { get; init; } = (_, _) => Task.CompletedTask;

    public static Task CreateTableAsync(Testing.TestDatabase database) =>
        database.ExecuteAsync("create table if not exists seen (projection text, sequence bigint)");

    public async Task ApplyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct)
    {
        foreach (var stored in events)
        {
            var name = JsonDocument.Parse(stored.Data).RootElement.GetProperty("Name").GetString();
            if (name == "poison")
                throw new InvalidOperationException("This event cannot be applied.");

            await using var insert = new NpgsqlCommand(
                name == "sql poison" ? "select $1 || (1 / ($2 * 0))::text" : "insert into seen values ($1, $2)", connection, transaction);
            insert.Parameters.Add(new() { Value = Name });
            insert.Parameters.Add(new() { Value = stored.Sequence });
            await insert.ExecuteNonQueryAsync(ct);
        }

        await AfterWriting(connection, events);
    }
}
