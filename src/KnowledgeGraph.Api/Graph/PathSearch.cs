using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Graph;

/// <summary>
/// Ways between two entities. From both ends the graph is walked half the length each; every way of that length lies within the edges so
/// met, and is found among them in memory, the shorter ways first. An edge is followed whatever its direction.
/// </summary>
internal sealed class PathSearch(NpgsqlDataSource database, EdgeFilter filter, Moment moment)
{
    /// <summary>Edges of an entity that are followed to each side; a hub has more, and then the answer says that it is not all.</summary>
    private const int FanOut = 2000;

    private const int MaxNodes = 20_000;

    public bool IsTruncated { get; private set; }

    /// <summary>The edges of each step, for the ways found.</summary>
    public ILookup<(string, string), FoundEdge> Edges { get; private set; } = Enumerable.Empty<FoundEdge>().ToLookup(edge => ("", ""));

    /// <summary>The ways of at most <paramref name="length"/> edges, or only the shortest.</summary>
    public async Task<List<string[]>> FindAsync(string from, string to, int length, bool shortestOnly, int limit, CancellationToken cancellation)
    {
        var (ahead, back) = (Search(from), Search(to));
        var paths = new List<string[]>();
        for (var next = 1; next <= length && paths.Count <= limit && !(shortestOnly && paths.Count > 0); next++)
        {
            await (ahead.Depth <= back.Depth ? ahead : back).ExpandAsync(MaxNodes, cancellation);
            IsTruncated |= ahead.IsTruncated || back.IsTruncated;
            var edges = ahead.Edges.Concat(back.Edges).DistinctBy(edge => edge.Recorded).ToList();
            var near = edges.SelectMany(edge => new[] { (edge.Edge.Source, edge.Edge.Target), (edge.Edge.Target, edge.Edge.Source) })
                .Distinct().ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
            Edges = edges.ToLookup(edge => Pair(edge.Edge.Source, edge.Edge.Target));
            paths.AddRange(Ways(near, from, to, next).Take(limit + 1 - paths.Count));
        }

        return paths;
    }

    public static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    // Simple ways of exactly this length, in the order of their ids; a branch that is too far from the end is not entered.
    private static IEnumerable<string[]> Ways(ILookup<string, string> near, string from, string to, int length)
    {
        var left = DistancesTo(near, to, length);
        return From([from]);

        IEnumerable<string[]> From(string[] way)
        {
            if (way.Length == length + 1)
                return way[^1] == to ? [way] : [];
            return near[way[^1]]
                .Where(next => left.TryGetValue(next, out var distance) && distance <= length - way.Length && !way.Contains(next) && (next != to || way.Length == length))
                .Order(StringComparer.Ordinal)
                .SelectMany(next => From([.. way, next]));
        }
    }

    private static Dictionary<string, int> DistancesTo(ILookup<string, string> near, string to, int length)
    {
        var distances = new Dictionary<string, int>(StringComparer.Ordinal) { [to] = 0 };
        var frontier = new List<string> { to };
        for (var distance = 1; distance < length; distance++)
            frontier = [.. frontier.SelectMany(id => near[id]).Where(id => distances.TryAdd(id, distance))];
        return distances;
    }

    private GraphSearch Search(string root)
    {
        var search = new GraphSearch(database, filter, moment, FanOut);
        search.Start(root);
        return search;
    }
}
