using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Graph;

/// <summary>
/// Walks the graph outward from one entity, a depth at a time: one query for each depth, of each entity so many of its strongest edges.
/// Entities are those of the moment: each step asks under all ids that were merged into one.
/// </summary>
/// <param name="database">Where the views are.</param>
/// <param name="filter">Which edges.</param>
/// <param name="moment">When.</param>
/// <param name="fanOut">Edges of an entity that are followed to each side.</param>
/// <param name="edgesOfStep">Edges that a step follows to each side, its entities equally many: what a walk costs does not grow with the edges that there are.</param>
internal sealed class GraphSearch(NpgsqlDataSource database, EdgeFilter filter, Moment moment, int fanOut, int edgesOfStep = int.MaxValue)
{
    private readonly Dictionary<string, int> depths = new(StringComparer.Ordinal);

    private readonly Dictionary<EdgeKey, FoundEdge> edges = [];

    private List<string> frontier = [];

    /// <summary>The entities met, and how far from the first.</summary>
    public IReadOnlyDictionary<string, int> Depths => depths;

    /// <summary>The edges met, by their recorded ids.</summary>
    public IEnumerable<FoundEdge> Edges => edges.Values;

    /// <summary>Whether an entity had more edges than are followed, or more entities were near than may be.</summary>
    public bool IsTruncated { get; private set; }

    public int Depth { get; private set; }

    public void Start(string root)
    {
        depths[root] = 0;
        frontier = [root];
    }

    /// <summary>Goes one edge further.</summary>
    /// <param name="maxNodes">Entities altogether; the strongest edges decide which.</param>
    /// <param name="cancellation">Stops the walk.</param>
    public async Task ExpandAsync(int maxNodes, CancellationToken cancellation)
    {
        if (frontier.Count == 0)
            return;
        Depth++;
        var followed = Math.Clamp(edgesOfStep / frontier.Count, 1, fanOut);
        var found = await EdgeReads.AroundAsync(database, frontier, filter, moment, EdgeCursor.Start, followed + 1, cancellation);
        var from = frontier.ToHashSet(StringComparer.Ordinal);
        IsTruncated |= found.Where(edge => from.Contains(edge.Edge.Source)).CountBy(edge => edge.Recorded.Source).Any(one => one.Value > followed)
            || found.Where(edge => from.Contains(edge.Edge.Target)).CountBy(edge => edge.Recorded.Target).Any(one => one.Value > followed);
        var next = new List<string>();
        foreach (var edge in found.OrderByDescending(edge => edge.Weight).ThenBy(edge => edge.Edge.Relation, StringComparer.Ordinal)
            .ThenBy(edge => edge.Edge.Source, StringComparer.Ordinal).ThenBy(edge => edge.Edge.Target, StringComparer.Ordinal))
        {
            if (Admit(edge.Edge.Source, maxNodes, next) & Admit(edge.Edge.Target, maxNodes, next))
                edges.TryAdd(edge.Recorded, edge);
        }

        frontier = next;
    }

    private bool Admit(string id, int maxNodes, List<string> next)
    {
        if (depths.ContainsKey(id))
            return true;
        if (depths.Count >= maxNodes)
        {
            IsTruncated = true;
            return false;
        }

        depths[id] = Depth;
        next.Add(id);
        return true;
    }

    /// <summary>The ids under which facts name these entities.</summary>
    public async Task<List<string>> MembersAsync(List<string> ids, CancellationToken cancellation) =>
        [.. (await database.QueryAsync(
            $"select m.id from unnest($1::text[]) as asked (id) cross join lateral {Identity.Members("asked.id", "$2")} m", [ids.ToArray(), moment.Sequence], row => row.GetString(0), cancellation))];
}
