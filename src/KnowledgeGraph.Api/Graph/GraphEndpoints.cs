using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Graph;

public static class GraphEndpoints
{
    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/graph", GetAsync)
            .WithTags("Graph").Needs(Scope.Read)
            .WithName("getGraph")
            .WithSummary("The entities around one up to a depth, and the edges between them, the strongest first; says what its limits left out.")
            .Produces<GraphView>().Refuses(400).Refuses(404);
        routes.MapGet("/graph/path", PathAsync)
            .WithTags("Graph").Needs(Scope.Read)
            .WithName("findPaths")
            .WithSummary("The shortest ways between two entities; with all=true every way up to the length.")
            .Produces<PathsView>().Refuses(400).Refuses(404);
        routes.MapGet("/edges", EdgesAsync)
            .WithTags("Graph").Needs(Scope.Read)
            .WithName("findEdges")
            .WithSummary("The edges of a relation, those that most facts carry first; otherMaker=true: only those whose ends are made by different companies, both known.")
            .Produces<Page<NamedEdge>>().Refuses(400);
        routes.MapGet("/entities/{kind}/{slug}/neighbours", NeighboursAsync)
            .WithTags("Graph").Needs(Scope.Read)
            .WithName("getNeighbours")
            .WithSummary("The edges of an entity, those that most facts carry first.")
            .Produces<Page<NeighbourView>>().Produces(308).Refuses(400).Refuses(404);
    }

    private static async Task<IResult> GetAsync(
        NpgsqlDataSource database,
        Moment moment,
        [Required, EntityIdText] string root,
        [Range(1, 4)] int? depth,
        [Relations] string? relations,
        [EntityKinds] string? kinds,
        [Range(1, 1000)] int? nodes,
        [Range(1, 5000)] int? edges,
        CancellationToken cancellation)
    {
        if (await Identity.FindAsync(database, root, moment, cancellation) is not { } entity)
            return Missing(root, nameof(root));
        var (maxNodes, maxEdges) = (nodes ?? 100, edges ?? 500);
        // An edge may be met from either end, so that twice as many are followed as are shown.
        var search = new GraphSearch(database, FilterOf(relations, kinds), moment, maxNodes, maxEdges * 2);
        search.Start(entity.Id);
        for (var i = 0; i < (depth ?? 1); i++)
            await search.ExpandAsync(maxNodes, cancellation);
        var met = search.Edges.GroupBy(edge => edge.Edge).Take(maxEdges + 1).ToList();
        var (shown, nameOf) = await EdgeReads.ShowAsync(database, met.Take(maxEdges).SelectMany(edge => edge), search.Depths.Keys, moment, cancellation);
        return Results.Ok(new GraphView(
            entity.Id,
            [.. search.Depths.Select(node => new GraphNode(node.Key, node.Key[..node.Key.IndexOf('/', StringComparison.Ordinal)], nameOf(node.Key).Name, node.Value))],
            shown,
            new Truncation(search.IsTruncated, met.Count > maxEdges),
            moment.Sequence));
    }

    private static async Task<IResult> PathAsync(
        NpgsqlDataSource database,
        Moment moment,
        [Required, EntityIdText] string from,
        [Required, EntityIdText] string to,
        [Range(1, 6)] int? length,
        bool? all,
        [Relations] string? relations,
        [EntityKinds] string? kinds,
        [Range(1, 100)] int? limit,
        CancellationToken cancellation)
    {
        if (await Identity.FindAsync(database, from, moment, cancellation) is not { } first)
            return Missing(from, nameof(from));
        if (await Identity.FindAsync(database, to, moment, cancellation) is not { } last)
            return Missing(to, nameof(to));
        if (first.Id == last.Id)
            return Problems.InvalidParameter.With("'from' and 'to' are one entity.", nameof(to));
        var search = new PathSearch(database, FilterOf(relations, kinds), moment);
        var count = limit ?? 10;
        var paths = await search.FindAsync(first.Id, last.Id, length ?? 4, shortestOnly: all != true, count, cancellation);
        var shown = paths.Take(count).ToList();
        var pairs = shown.SelectMany(path => path.Zip(path.Skip(1), PathSearch.Pair)).Distinct().ToList();
        var (met, nameOf) = await EdgeReads.ShowAsync(database, pairs.SelectMany(pair => search.Edges[pair]), [], moment, cancellation);
        var edges = met.ToLookup(edge => PathSearch.Pair(edge.Source, edge.Target));
        return Results.Ok(new PathsView(
            first.Id,
            last.Id,
            [.. shown.Select(path => new PathView(
                path.Length - 1,
                [.. path.Select(nameOf)],
                [.. path.Zip(path.Skip(1), IReadOnlyList<EdgeView> (one, other) => [.. edges[PathSearch.Pair(one, other)]])]))],
            search.IsTruncated || paths.Count > count,
            moment.Sequence));
    }

    private static async Task<IResult> NeighboursAsync(
        NpgsqlDataSource database,
        HttpContext context,
        Moment moment,
        [EntityKind] string kind,
        string slug,
        [Relations] string? relations,
        [EntityKinds] string? kinds,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var after = string.IsNullOrEmpty(cursor) ? EdgeCursor.Start : Cursor.Decode<EdgeCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        if (await Identity.FindAsync(database, $"{kind}/{slug}", moment, cancellation) is not { } entity)
            return EntityEndpoints.Missing(kind, slug);
        if (entity.In(context) is { } elsewhere)
            return elsewhere;
        var count = limit ?? Page.DefaultLimit;
        var found = await EdgeReads.AroundAsync(database, [entity.Id], FilterOf(relations, kinds), moment, after, count + 1, cancellation);
        var rows = found.OrderByDescending(edge => edge.Weight).ThenBy(edge => edge.Recorded.Source, StringComparer.Ordinal)
            .ThenBy(edge => edge.Recorded.Relation, StringComparer.Ordinal).ThenBy(edge => edge.Recorded.Target, StringComparer.Ordinal).Take(count + 1).ToList();
        var page = Page.Of(rows, count, edge => Cursor.Encode(EdgeCursor.Of(edge)), moment.Sequence);
        var (edges, nameOf) = await EdgeReads.ShowAsync(database, page.Items, [], moment, cancellation);
        return Results.Ok(new Page<NeighbourView>(
            [.. edges.Select(edge => new NeighbourView(nameOf(OtherOf(edge)), edge.Source == entity.Id ? "out" : "in", edge))],
            page.Next,
            moment.Sequence));

        string OtherOf(EdgeView edge) => edge.Source == entity.Id ? edge.Target : edge.Source;
    }

    private static async Task<IResult> EdgesAsync(
        NpgsqlDataSource database,
        Moment moment,
        [Required, Relation] string relation,
        bool? otherMaker,
        [Limit] int? limit,
        string? cursor,
        CancellationToken cancellation)
    {
        var after = string.IsNullOrEmpty(cursor) ? EdgeCursor.Start : Cursor.Decode<EdgeCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var count = limit ?? Page.DefaultLimit;
        var found = await EdgeReads.OfRelationAsync(database, relation, otherMaker == true, moment, after, count + 1, cancellation);
        var page = Page.Of(found, count, made => Cursor.Encode(EdgeCursor.Of(made.Edge)), moment.Sequence);
        var makers = page.Items.ToLookup(made => (made.Edge.Edge.Source, made.Edge.Edge.Target));
        var (edges, nameOf) = await EdgeReads.ShowAsync(
            database, page.Items.Select(made => made.Edge), page.Items.SelectMany(made => new[] { made.SourceMaker, made.TargetMaker }).OfType<string>(), moment, cancellation);
        return Results.Ok(new Page<NamedEdge>([.. edges.Select(Named)], page.Next, moment.Sequence));

        NamedEdge Named(EdgeView edge)
        {
            var made = makers[(edge.Source, edge.Target)].ToList();
            return new NamedEdge(
                nameOf(edge.Source), nameOf(edge.Target), edge, MakerOf(made.Select(one => one.SourceMaker)), MakerOf(made.Select(one => one.TargetMaker)));
        }

        EntityName? MakerOf(IEnumerable<string?> ids) => ids.FirstOrDefault(id => id is not null) is { } maker ? nameOf(maker) : null;
    }

    private static EdgeFilter FilterOf(string? relations, string? kinds) =>
        new(string.IsNullOrEmpty(relations) ? null : relations.Split(','), string.IsNullOrEmpty(kinds) ? null : kinds.Split(','));

    private static Problem Missing(string id, string parameter) => Problems.NotFound.With($"There is no entity {id}.", parameter);
}

/// <summary>A relation of the graph.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RelationAttribute() : OneOfAttribute(FactEdges.Relations);

/// <summary>Relations of the graph.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RelationsAttribute() : SeveralOfAttribute(FactEdges.Relations);
