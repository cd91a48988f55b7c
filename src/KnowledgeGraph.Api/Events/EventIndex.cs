using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Events;

/// <summary>The index of the log: where an entity or a type occurs, and how much of each type there is.</summary>
public sealed class EventIndex(string schema) : IProjection
{
    public static ViewSet Set { get; } = new(
        "event_index",
        ViewScript.Read("Events.EventIndex.sql"),
        Version: "2",
        [("entities", "entity_id || ' ' || sequence"), ("types", "type || ' ' || sequence"), ("type_counts", "type")],
        schema => new EventIndex(schema));

    public string Name => Set.CheckpointName;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct)
    {
        await CopyRows.WriteAsync(
            transaction,
            $"{schema}.entities (entity_id, sequence)",
            [.. Several.Select(events, stored => (stored.Sequence, Entities: EventEntities.In(stored.Body.Span))).SelectMany(one => one.Entities, (one, entity) => (Entity: entity, one.Sequence))],
            (copy, row) => copy.Row(2).Text(row.Entity).Bigint(row.Sequence),
            ct);
        await CopyRows.WriteAsync(
            transaction, $"{schema}.types (type, sequence)", events, (copy, stored) => copy.Row(2).Text(stored.Type).Bigint(stored.Sequence), ct);
        var types = events.GroupBy(stored => stored.Type, StringComparer.Ordinal).ToList();
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.type_counts as held (type, events, first_sequence, last_sequence)
            select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
            on conflict (type) do update set events = held.events + excluded.events, last_sequence = excluded.last_sequence
            """,
            [
                types.Select(type => type.Key).ToArray(),
                types.Select(type => type.LongCount()).ToArray(),
                types.Select(type => type.First().Sequence).ToArray(),
                types.Select(type => type.Last().Sequence).ToArray(),
            ],
            ct);
    }
}
