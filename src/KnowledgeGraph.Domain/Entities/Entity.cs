using System.Text.Json.Serialization;

namespace KnowledgeGraph.Domain.Entities;

/// <summary>An entity as a fact names it: its id, its preferred name and every surface form by which a reader may know it.</summary>
public sealed record Entity
{
    public required EntityId Id { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Month in which a company's fiscal year ends, where that is known not to be December.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FiscalYearEnd { get; init; }

    /// <summary>The company that makes, develops or owns it, where that is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityId? Maker { get; init; }

    public override string ToString() => $"{Id} ({Name})";
}
