using System.Text.Json;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Events;

/// <summary>
/// Which entities an event names: every string of its body that is an entity's id, hence has no white space. Needs no knowledge of the type, so that
/// an event that this version does not know is found by its entities all the same.
/// </summary>
public static class EventEntities
{
    /// <param name="data">The body as JSON in UTF-8.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static IReadOnlySet<string> In(ReadOnlySpan<byte> data)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Contains((byte)'/') && reader.GetString() is { } text
                && EntityId.TryParse(text) is not null && !text.Any(char.IsWhiteSpace))
                found.Add(text);
        }

        return found;
    }
}
