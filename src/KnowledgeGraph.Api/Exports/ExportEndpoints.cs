using System.ComponentModel.DataAnnotations;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Graph;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Exports;

public static class ExportEndpoints
{
    private const int MaxEntities = 1000;

    public static void MapExports(this IEndpointRouteBuilder routes) => routes.MapGet("/exports/{format}", GetAsync)
        .WithTags("Exports").Needs(Scope.Read)
        .WithName("export")
        .WithSummary("Everything as of a moment, or with root the neighbourhood of an entity, streamed. ndjson: entities, facts, edges, a line each; csv and "
            + "parquet: a row for each fact; graphml: entities and edges; jsonld: entities in terms of schema.org, facts and reports in those of PROV-O.")
        .Produces<string>(200, ExportFormat.All[0].MediaType, [.. ExportFormat.All.Skip(1).Select(format => format.MediaType)])
        .Refuses(400).Refuses(404);

    private static async Task<IResult> GetAsync(
        NpgsqlDataSource database,
        Moment moment,
        [ExportFormatName] string format,
        [EntityIdText] string? root,
        [Range(0, 4)] int? depth,
        CancellationToken cancellation)
    {
        string[]? members = null;
        if (!string.IsNullOrEmpty(root))
        {
            if (await Identity.FindAsync(database, root, moment, cancellation) is not { } entity)
                return Problems.NotFound.With($"There is no entity {root}.", nameof(root));
            members = await AroundAsync(database, entity.Id, depth ?? 1, moment, cancellation);
        }

        var writer = ExportFormat.All.First(one => one.Name == format);
        var reads = new ExportReads(database, moment, members);
        return Results.Stream(stream => writer.WriteAsync(reads, stream, cancellation), writer.MediaType, $"knowledge-graph-{moment.Sequence}.{format}");
    }

    private static async Task<string[]> AroundAsync(NpgsqlDataSource database, string root, int depth, Moment moment, CancellationToken cancellation)
    {
        var search = new GraphSearch(database, new EdgeFilter(null, null), moment, MaxEntities);
        search.Start(root);
        for (var i = 0; i < depth; i++)
            await search.ExpandAsync(MaxEntities, cancellation);
        return [.. await search.MembersAsync([.. search.Depths.Keys], cancellation)];
    }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ExportFormatNameAttribute : ValidationAttribute
{
    public ExportFormatNameAttribute()
        : base($"is one of {string.Join(", ", ExportFormat.All.Select(format => format.Name))}.")
    {
    }

    public override bool IsValid(object? value) => ExportFormat.All.Any(format => format.Name == value as string);
}
