using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>
/// A fold of events into tables. It writes through the connection and transaction it is given and nowhere else, so that its writes and its
/// checkpoint stand or fall together. Event types it does not know are its own business: skip them.
/// </summary>
public interface IProjection
{
    /// <summary>The name of its checkpoint, for ever.</summary>
    string Name { get; }

    /// <summary>
    /// Applies events in order of sequence. Throwing rolls back the batch, which is then tried in smaller parts; an event that fails alone goes
    /// to the dead letters. Faults of the connection or the server (<see cref="Fault.IsOfInfrastructure"/>) are tried again instead.
    /// </summary>
    Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct);
}
