using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace KnowledgeGraph.Api.Http;

/// <summary>Errors that no endpoint answered itself: no route, wrong method, a broken request, a fault.</summary>
public static class Errors
{
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync, SuppressDiagnosticsCallback = static fault => fault.Exception is BadHttpRequestException });
        app.UseStatusCodePages(static context => Problems.ForStatus(context.HttpContext.Response.StatusCode)
            .With($"{context.HttpContext.Request.Method} {context.HttpContext.Request.Path}").ExecuteAsync(context.HttpContext));
    }

    public static void MapProblems(this IEndpointRouteBuilder routes) => routes.MapGet("/problems/{name}", static (string name) =>
        Problems.All.FirstOrDefault(kind => kind.Name == name) is { } kind
            ? Results.Json(new ProblemBody(kind.Type, kind.Title, kind.Status, null, null))
            : Problems.NotFound.With()).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Declares that the endpoint answers with a problem of this status.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces<ProblemBody>(status, "application/problem+json");

    /// <summary>Declares a header of the request that the endpoint reads.</summary>
    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new HeaderParameter(name, description));

    private static Task HandleAsync(HttpContext context)
    {
        var problem = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException request => Problems.ForStatus(request.StatusCode).With(request.Message),
            NpgsqlException { IsTransient: true } => Problems.NotReady.With("The database did not answer."),
            _ => Problems.Internal.With(),
        };
        return problem.ExecuteAsync(context);
    }
}
