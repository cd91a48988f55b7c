using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Http;

/// <summary>The answer of a probe.</summary>
/// <param name="Status">alive or ready.</param>
public sealed record ProbeAnswer(string Status);

public static class Probes
{
    public static void MapProbes(this IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("").WithTags("Operations").AllowAnonymous().DisableRateLimiting();
        probes.MapGet("/healthz", () => new ProbeAnswer("alive"))
            .WithName("healthz")
            .WithSummary("200 as long as the process lives.")
            .Produces<ProbeAnswer>();
        probes.MapGet("/readyz", ReadyAsync)
            .WithName("readyz")
            .WithSummary("200 once the database is migrated, the seeds are in and the views have caught up, and the database answers; else 503.")
            .Produces<ProbeAnswer>().Refuses(503);
    }

    /// <summary>Before there are tables, only the probes and the description of the service can be answered.</summary>
    public static IApplicationBuilder UseReadinessGate(this IApplicationBuilder app) => app.Use(static (context, next) =>
        context.RequestServices.GetRequiredService<Readiness>().Stage == ReadinessStage.Starting
        && !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/readyz", StringComparison.Ordinal)
            ? Problems.NotReady.With("The service is starting.").ExecuteAsync(context)
            : next(context));

    private static async Task<IResult> ReadyAsync(Readiness readiness, EventLog log, CancellationToken cancellation)
    {
        if (readiness.Stage != ReadinessStage.Ready)
            return Problems.NotReady.With(readiness.Stage == ReadinessStage.Starting ? "The database is being migrated." : "The seeds are being ingested.");
        try
        {
            await log.ReadHighWaterMarkAsync(cancellation);
            return Results.Ok(new ProbeAnswer("ready"));
        }
        catch (NpgsqlException)
        {
            return Problems.NotReady.With("The database does not answer.");
        }
    }
}
