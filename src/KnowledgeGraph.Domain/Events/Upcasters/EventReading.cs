using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Domain.Events.Upcasters;

/// <summary>
/// Reads recorded events of any version as the present records.
/// <para>
/// An event's version stands in its stored name, as Marten has it for events with a schema version: the first has none, the second ends in <c>_v2</c>, and so
/// on. A recorded event is never rewritten. When a record changes so that old bodies no longer fit it, its present name gets the next number in
/// <see cref="EventTypes"/>, and an <see cref="Upcaster"/> from the former name to that one joins <see cref="Upcasters"/>; older ones stay, each knows
/// only its next. A member that may be absent needs none of this.
/// </para>
/// </summary>
public sealed class EventReading
{
    private readonly Func<string, Type?> find;
    private readonly Dictionary<string, Upcaster> steps;

    /// <param name="find">The present record behind a stored name; null for others.</param>
    /// <param name="upcasters">The steps from earlier versions.</param>
    /// <exception cref="ArgumentException">Two steps begin at one name, a present name has a step, or steps lead to no present record.</exception>
    public EventReading(Func<string, Type?> find, IReadOnlyList<Upcaster> upcasters)
    {
        this.find = find;
        steps = upcasters.ToDictionary(upcaster => upcaster.From, StringComparer.Ordinal);
        foreach (var upcaster in upcasters)
        {
            if (find(upcaster.From) is not null)
                throw new ArgumentException($"{upcaster.From} is a present name and needs no step.", nameof(upcasters));
            if (!Knows(upcaster.From))
                throw new ArgumentException($"The steps from {upcaster.From} lead to no present record.", nameof(upcasters));
        }
    }

    /// <summary>As this version reads.</summary>
    public static EventReading Present { get; } = new(EventTypes.Find, Upcasters);

    /// <summary>The steps from all earlier versions. There are none yet: every stored name is of a first version.</summary>
    public static IReadOnlyList<Upcaster> Upcasters => [];

    /// <summary>Whether events of this stored name can be read.</summary>
    public bool Knows(string name)
    {
        // No more steps than there are: a circle leads nowhere.
        for (var taken = 0; taken <= steps.Count; taken++)
        {
            if (find(name) is not null)
                return true;
            if (!steps.TryGetValue(name, out var step))
                return false;
            name = step.To;
        }

        return false;
    }

    /// <summary>The event as a present record; null where the stored name is not known.</summary>
    /// <param name="name">As it is stored.</param>
    /// <param name="data">The body as JSON in UTF-8.</param>
    /// <exception cref="JsonException">The body does not fit.</exception>
    public object? Read(string name, ReadOnlySpan<byte> data)
    {
        if (find(name) is { } present)
            return JsonSerializer.Deserialize(data, present, FactMapping.EventJson);
        if (!Knows(name))
            return null;
        var body = JsonNode.Parse(data)!.AsObject();
        while (steps.TryGetValue(name, out var step))
        {
            body = step.Change(body);
            name = step.To;
        }

        return body.Deserialize(find(name)!, FactMapping.EventJson);
    }
}
