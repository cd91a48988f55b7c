using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using Npgsql;

namespace KnowledgeGraph.Api.Reports;

/// <summary>How far the work on a report has come.</summary>
public enum JobState
{
    /// <summary>Nobody works on it yet.</summary>
    Waiting,

    /// <summary>Its facts are being found.</summary>
    Extracting,

    /// <summary>They are being recorded, or are and cannot be read in the views yet.</summary>
    Recording,

    /// <summary>They can be read.</summary>
    Done,

    /// <summary>It cannot be recorded. The same bytes again are tried again.</summary>
    Failed,
}

/// <summary>The work on a report.</summary>
/// <param name="Id">The job's id, which is the report's.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Ahead">How many reports are to be worked on before it.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Created">When it was handed in.</param>
/// <param name="Updated">When something last happened to it.</param>
/// <param name="Error">Why it failed; what handing it in with patience would have answered.</param>
/// <param name="Result">What it gave, once it is done.</param>
public sealed record Job(
    string Id,
    JobState State,
    long Ahead,
    int Attempts,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProblemBody? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IngestedReport? Result);

/// <summary>Jobs as they are answered.</summary>
public sealed class Jobs(Inbox inbox, ProjectionDaemon daemon, NpgsqlDataSource database)
{
    public async Task<Job?> FindAsync(string id, CancellationToken cancellation)
    {
        if (await inbox.FindAsync(id, cancellation) is not { } entry)
            return null;
        var state = entry switch
        {
            { State: "failed" } => JobState.Failed,
            { State: "done" } when daemon.HasPassed(GraphViews.Set.CheckpointName, entry.Sequence!.Value) => JobState.Done,
            { State: "done" } or { IsHeld: true, Stage: "recording" } => JobState.Recording,
            { IsHeld: true } => JobState.Extracting,
            _ => JobState.Waiting,
        };
        return new Job(
            id,
            state,
            entry.Ahead,
            entry.Attempts,
            entry.Created,
            entry.Updated,
            state == JobState.Failed ? ProblemOf(entry).Body : null,
            state == JobState.Done ? await ReportEndpoints.IngestedAsync(database, id, cancellation) : null);
    }

    /// <summary>Why a job failed.</summary>
    public static Problem ProblemOf(InboxEntry entry) => Problems.All.First(kind => kind.Name == entry.Error).With(entry.Detail);
}

public static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes) => routes.MapGet("/jobs/{id}", GetAsync)
        .WithTags("Reports").Needs(Scope.Ingest)
        .WithName("getJob")
        .WithSummary("How far the work on a report is that was handed in with 'Prefer: respond-async'.")
        .Produces<Job>().Refuses(400).Refuses(404);

    private static async Task<IResult> GetAsync(HttpContext context, Jobs jobs, [ReportId] string id, CancellationToken cancellation)
    {
        if (await jobs.FindAsync(id, cancellation) is not { } job)
            return Problems.NotFound.With($"There is no job {id}.", nameof(id));
        if (job.State is not (JobState.Done or JobState.Failed))
            context.Response.Headers.RetryAfter = "1";
        return Results.Ok(job);
    }
}
