using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Claims;

namespace KnowledgeGraph.Api.Graph;

/// <summary>An edge between two entities, from the one who does to the one to whom it is done, with the facts that carry it.</summary>
public sealed record EdgeView
{
    /// <summary>kind/slug.</summary>
    public required string Source { get; init; }

    /// <summary>developed, launched, makes, built-on, successor-of, replaces, trained-on, trained-by-data-of, runs-on, supplies, customer-of,
    /// invested-in, partner-of (without direction), acquired, rates, listed-on, restricted-by or works-at.</summary>
    public required string Relation { get; init; }

    /// <summary>kind/slug.</summary>
    public required string Target { get; init; }

    /// <summary>The surest status of its facts: reported, announced, forecast or rumored.</summary>
    public required string Status { get; init; }

    /// <summary>The first day that a fact dates it to; null where none is dated.</summary>
    public required DateOnly? Since { get; init; }

    /// <summary>The day on which it ended; null while it lasts.</summary>
    public required DateOnly? Until { get; init; }

    /// <summary>How many facts carry or deny it; 100 stands for 100 or more.</summary>
    public required int FactCount { get; init; }

    /// <summary>The last recorded of these, at most 5.</summary>
    public required IReadOnlyList<EdgeFactView> Facts { get; init; }
}

/// <summary>A fact that carries an edge.</summary>
/// <param name="Id">The fact's id.</param>
/// <param name="Effect">begins, ends or denies.</param>
/// <param name="Status">reported, announced, forecast, rumored or denied.</param>
/// <param name="Date">The first day of when it happened, else its report's; null where neither is known.</param>
public sealed record EdgeFactView(Guid Id, string Effect, string Status, DateOnly? Date);

/// <summary>An entity of a graph.</summary>
/// <param name="Id">kind/slug.</param>
/// <param name="Kind">company, model, …</param>
/// <param name="Name">Its name at the moment of the answer.</param>
/// <param name="Depth">Edges between it and the root.</param>
public sealed record GraphNode(string Id, string Kind, string Name, int Depth);

/// <summary>What was left out of a graph by its limits.</summary>
/// <param name="Nodes">There are more entities within the depth than <c>nodes</c>.</param>
/// <param name="Edges">There are more edges between those shown than <c>edges</c>.</param>
public sealed record Truncation(bool Nodes, bool Edges);

/// <summary>The entities around one, the strongest edges first.</summary>
/// <param name="Root">The entity that was asked for, under the id that stands for it.</param>
/// <param name="Nodes">The root first, then by depth.</param>
/// <param name="Edges">All that were met on the way; edges between two entities of the last depth are not looked for.</param>
/// <param name="Truncated">What the limits left out.</param>
/// <param name="Sequence">The sequence that it was read at.</param>
public sealed record GraphView(string Root, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<EdgeView> Edges, Truncation Truncated, long Sequence);

/// <summary>An entity's edge, and who is at its other end.</summary>
/// <param name="Neighbour">The other end.</param>
/// <param name="Direction">out: the entity is the edge's source; in: its target.</param>
/// <param name="Edge">The edge.</param>
public sealed record NeighbourView(EntityName Neighbour, string Direction, EdgeView Edge);

/// <summary>The neighbours of an entity in one relation.</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Direction">out: the entity is the edges' source; in: their target.</param>
/// <param name="Count">How many there are; 100 stands for 100 or more.</param>
/// <param name="Strongest">Those that most facts carry, at most 5.</param>
public sealed record RelatedEntities(string Relation, string Direction, long Count, IReadOnlyList<EntityName> Strongest);

/// <summary>An edge with the names of its ends.</summary>
/// <param name="Source">Who does.</param>
/// <param name="Target">To whom it is done.</param>
/// <param name="Edge">The edge.</param>
/// <param name="SourceMaker">The company that makes, develops or owns the source, where that is known.</param>
/// <param name="TargetMaker">The same of the target.</param>
public sealed record NamedEdge(
    EntityName Source,
    EntityName Target,
    EdgeView Edge,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EntityName? SourceMaker,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EntityName? TargetMaker);

/// <summary>A way from one entity to another.</summary>
/// <param name="Length">Its edges.</param>
/// <param name="Nodes">The entities on it, from the first to the last.</param>
/// <param name="Steps">For each step all edges between its two entities, whatever their direction.</param>
public sealed record PathView(int Length, IReadOnlyList<EntityName> Nodes, IReadOnlyList<IReadOnlyList<EdgeView>> Steps);

/// <summary>Ways between two entities, the shortest first.</summary>
/// <param name="From">Where they begin.</param>
/// <param name="To">Where they end.</param>
/// <param name="Paths">None where there is no way of that length.</param>
/// <param name="Truncated">There are more ways than asked for, or entities with too many edges were not followed to the end.</param>
/// <param name="Sequence">The sequence that it was read at.</param>
public sealed record PathsView(string From, string To, IReadOnlyList<PathView> Paths, bool Truncated, long Sequence);
