using System.Text.Json;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Events;

internal static class NewEvents
{
    /// <summary>A record of the domain as an event to be appended.</summary>
    public static NewEvent Of(Guid id, object body)
    {
        var type = body.GetType();
        return new NewEvent(id, EventTypes.NameOf(type), $"{type.FullName}, {type.Assembly.GetName().Name}", JsonSerializer.Serialize(body, type, FactMapping.EventJson));
    }
}
