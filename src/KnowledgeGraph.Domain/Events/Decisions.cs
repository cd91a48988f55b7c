using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Events;

/// <summary>
/// What somebody decided about recorded facts, entities or publishers. Decisions stand in streams of their own and change nothing that was
/// recorded: they say what holds from then on, and until they are undone.
/// </summary>
public abstract record Decision
{
    /// <summary>Who decided.</summary>
    public required string Author { get; init; }

    /// <summary>For whom, where the author, known by a key, says that it was somebody else's decision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OnBehalfOf { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A decision about one fact.</summary>
public abstract record FactDecision : Decision
{
    public required Guid FactId { get; init; }
}

/// <summary>The fact should not have been recorded: it holds no longer.</summary>
public sealed record FactRetracted : FactDecision;

/// <summary>The fact says something else; what is not named here stays as it was.</summary>
public sealed record FactCorrected : FactDecision
{
    public string? When { get; init; }

    /// <summary>The ontology's word.</summary>
    public string? Status { get; init; }

    /// <summary>Value name -> what it is. Names and kinds are those of the fact's schema.</summary>
    public IReadOnlyDictionary<string, JsonNode>? Values { get; init; }

    /// <summary>Value name -> <c>somevalue</c> (there is one, undisclosed) or <c>novalue</c> (there is none).</summary>
    public IReadOnlyDictionary<string, string>? ValueStates { get; init; }

    /// <summary>Role name -> who takes part in it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Entity>>? Roles { get; init; }
}

/// <summary>Somebody checked the fact and found it true.</summary>
public sealed record FactConfirmed : FactDecision;

/// <summary>Somebody checked the fact and found it false; it was said all the same, and stays.</summary>
public sealed record FactDenied : FactDecision;

/// <summary>Two ids are one entity, known by the second from now on.</summary>
public sealed record EntitiesMerged : Decision
{
    public required EntityId Entity { get; init; }

    public required EntityId Into { get; init; }
}

/// <summary>An id that was merged into another is an entity of its own again.</summary>
public sealed record EntitiesSplit : Decision
{
    public required EntityId Entity { get; init; }

    /// <summary>What it stood for until then.</summary>
    public required EntityId From { get; init; }
}

/// <summary>An entity is known by a further name, which no report may have used.</summary>
public sealed record AliasAdded : Decision
{
    public required EntityId Entity { get; init; }

    public required string Alias { get; init; }
}

/// <summary>What a publisher's reports say is left out, those recorded before and those recorded after.</summary>
public sealed record PublisherHidden : Decision
{
    public required EntityId Publisher { get; init; }
}

/// <summary>An earlier decision holds no longer.</summary>
public sealed record CurationUndone : Decision
{
    /// <summary>The event that recorded it.</summary>
    public required Guid EventId { get; init; }
}
