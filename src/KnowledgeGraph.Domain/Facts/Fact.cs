using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>Whether the assertion is of something past, promised, expected, whispered or contradicted.</summary>
public enum FactStatus
{
    /// <summary>Has happened, was measured.</summary>
    Reported,

    /// <summary>A party's own commitment to something not yet done.</summary>
    Announced,

    /// <summary>An expectation about the future, whoever holds it.</summary>
    Forecast,

    /// <summary>Unnamed sources or hedging words.</summary>
    Rumored,

    /// <summary>The text says that it is not so.</summary>
    Denied,
}

/// <summary>What somebody who checked a fact found.</summary>
public enum FactStanding
{
    Unchecked,
    Confirmed,
    Denied,
}

/// <summary>A place in the report's text that carries a fact. Offsets are UTF-16 code units; <c>Quote</c> is the text between them.</summary>
public sealed record Evidence(string Quote, int Start, int End);

/// <summary>
/// One assertion that one report makes, in the terms of the ontology: a type, who takes part, when, how sure, the figures, the source
/// that the report names, and where it says so. Role and value names and their kinds are those of <see cref="FactSchema"/>.
/// </summary>
public sealed record Fact
{
    /// <summary>Deterministic: see <see cref="FactId"/>.</summary>
    public required Guid Id { get; init; }

    public required string Type { get; init; }

    /// <summary>Role name -> the entities that share it; a role that the text leaves open is absent.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Entity>> Roles { get; init; }

    /// <summary>ISO 8601 at the precision of the text, or null.</summary>
    public string? When { get; init; }

    public FactStatus Status { get; init; }

    /// <summary>Value name -> a string, a decimal, or a list of strings (<see cref="ValueKind"/>).</summary>
    public required IReadOnlyDictionary<string, JsonNode> Values { get; init; }

    /// <summary>Value name -> somevalue or novalue, by correction; such a name has no value (<see cref="FactCorrection"/>).</summary>
    public IReadOnlyDictionary<string, string> ValueStates { get; init; } = new Dictionary<string, string>();

    /// <summary>What somebody who checked it found.</summary>
    public FactStanding Standing { get; init; }

    /// <summary>Whether a correction changed what the report's words were read as.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>Sources that the report names, outermost first.</summary>
    public IReadOnlyList<string> Attribution { get; init; } = [];

    /// <summary>Where the report says it, the best place first; never empty.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>The rule that found it, as <c>zh/earnings/metric-amount</c>.</summary>
    public required string Rule { get; init; }
}
