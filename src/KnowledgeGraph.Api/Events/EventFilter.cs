using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Events;

/// <summary>An event with what its readers ask of it, found out once for all of them.</summary>
public sealed class LoggedEvent(StoredEvent stored)
{
    private readonly Lazy<IReadOnlySet<string>> entities = new(() => EventEntities.In(stored.Body.Span));
    private readonly Lazy<byte[]> json = new(() => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(EventView.Of(stored), Http.Json.Options));

    public StoredEvent Stored { get; } = stored;

    public IReadOnlySet<string> Entities => entities.Value;

    /// <summary>The event as it is answered, on one line.</summary>
    public ReadOnlyMemory<byte> Json => json.Value;
}

/// <summary>Which events are asked for; null is all.</summary>
/// <param name="Types">Stored names.</param>
/// <param name="Stream">Key of the stream.</param>
/// <param name="Entity">Id of an entity that the event names.</param>
public sealed record EventFilter(IReadOnlySet<string>? Types, string? Stream, string? Entity)
{
    public bool Matches(LoggedEvent logged) =>
        (Types is null || Types.Contains(logged.Stored.Type))
        && (Stream is null || logged.Stored.Stream == Stream)
        && (Entity is null || logged.Entities.Contains(Entity));
}
