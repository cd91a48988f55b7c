using KnowledgeGraph.Api.Http;

namespace KnowledgeGraph.Api.Operations;

public static class ReplayEndpoint
{
    public static void MapOperations(this IEndpointRouteBuilder routes) => routes.MapPost("/operations/replay", RunAsync)
        .WithTags("Operations")
        .WithName("replay")
        .WithSummary("Builds every view anew from the events alone, beside the live ones, and compares them row by row. Changes nothing.")
        .Produces<ReplayReport>().Refuses(409);

    private static async Task<IResult> RunAsync(Replay replay, CancellationToken cancellation) =>
        await replay.RunAsync(cancellation) is { } report
            ? Results.Ok(report)
            : Problems.ReplayRunning.With("Another replay is running; ask again when it has ended.");
}
