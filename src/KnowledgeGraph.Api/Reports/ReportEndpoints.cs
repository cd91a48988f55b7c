using System.Text.Json;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Daemon;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace KnowledgeGraph.Api.Reports;

/// <summary>The answer to a report handed in.</summary>
/// <param name="Report">As <c>GET /reports/ID</c> has it.</param>
/// <param name="Facts">How many facts of each type it gave.</param>
public sealed record IngestedReport(ReportView Report, IReadOnlyDictionary<string, long> Facts);

public static class ReportEndpoints
{
    private const string NoWait = "respond-async";

    // How soon it is seen that another node has ended a job.
    private static readonly TimeSpan ElsewherePoll = TimeSpan.FromMilliseconds(50);

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/reports").WithTags("Reports");
        reports.MapPost("", PostAsync)
            .Needs(Scope.Ingest)
            .WithName("ingestReport")
            .WithSummary("Hand in a report: the file as body, or a multipart form with the field 'file'. Answers once its facts can be read.")
            .WithDescription(
                """
                The report is stored before it is worked on: what was taken is not lost, whatever becomes of connection and host, and the same file may
                be handed in again at any time. With 'Prefer: respond-async' the answer comes at once and names the job.
                """)
            .TakesHeader("Prefer", "respond-async: do not wait for the facts.")
            .Produces<IngestedReport>(201).Produces<IngestedReport>(200).Produces<Job>(202)
            .Refuses(400).Refuses(413).Refuses(415).Refuses(422);
        reports.MapGet("", ListAsync)
            .Needs(Scope.Read)
            .WithName("listReports")
            .WithSummary("All reports, the last recorded first.")
            .Produces<Page<ReportView>>().Refuses(400);
        reports.MapGet("{id}", GetAsync)
            .Needs(Scope.Read)
            .WithName("getReport")
            .WithSummary("A report: what it says of itself, and how many facts of each type it gave.")
            .Produces<ReportView>().Refuses(400).Refuses(404);
        reports.MapGet("{id}/text", TextAsync)
            .Needs(Scope.Read)
            .WithName("getReportText")
            .WithSummary("The text into which all offsets of the report's facts point, in UTF-16 code units.")
            .Produces<string>(200, "text/plain").Refuses(400).Refuses(404);
        reports.MapGet("{id}/facts", FactsAsync)
            .Needs(Scope.Read)
            .WithName("listReportFacts")
            .WithSummary("The facts of a report, in the order of its text.")
            .Produces<Page<FactView>>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> PostAsync(
        HttpContext context,
        ReportIngest ingest,
        Inbox inbox,
        Jobs jobs,
        ProjectionDaemon daemon,
        NpgsqlDataSource database,
        KnowledgeGraphOptions options,
        string? fileName,
        string? publisher,
        string? title,
        [PartialDateText] string? date,
        CancellationToken cancellation)
    {
        // Our own count answers better than the server's, which cuts the connection; that one stays as a backstop.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ReportUpload.DrainedAtMost(options.MaxReportBytes) * 2;
        var uploaded = await ReportUpload.ReadAsync(context.Request, options.MaxReportBytes, cancellation);
        if (uploaded is not UploadResult.Received upload)
            return ((UploadResult.Refused)uploaded).Problem;
        var id = ReportIngest.IdOf(upload.Bytes);
        var known = await ingest.LastSequenceAsync(id, cancellation);
        var opened = known is null && await inbox.OpenAsync(id, upload.Bytes, upload.Hints, cancellation);
        if (known is null && PrefersNoWait(context.Request))
        {
            inbox.Arrived.Raise();
            context.Response.Headers["Preference-Applied"] = NoWait;
            return Results.Accepted($"/jobs/{id}", await jobs.FindAsync(id, cancellation));
        }

        if (known is null && await EndedAsync(inbox, id, cancellation) is { State: "failed" } failed)
            return Jobs.ProblemOf(failed);
        await daemon.WaitForAsync(GraphViews.Set.CheckpointName, known ?? (await ingest.LastSequenceAsync(id, cancellation))!.Value, cancellation);
        var answer = await IngestedAsync(database, id, cancellation);
        return opened ? Results.Created($"/reports/{id}", answer) : Results.Ok(answer);
    }

    /// <summary>A report that is recorded and in the views.</summary>
    internal static async Task<IngestedReport> IngestedAsync(NpgsqlDataSource database, string id, CancellationToken cancellation)
    {
        var report = await FindAsync(database, await Moments.NowAsync(database, cancellation), id, cancellation)
            ?? throw new InvalidOperationException($"Report {id} is registered and not in the view.");
        return new IngestedReport(report, report.Facts);
    }

    // Works on the job here if nobody else does, and else waits for it. A client that goes away leaves it to the workers.
    private static async Task<InboxEntry> EndedAsync(Inbox inbox, string id, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var ended = inbox.Ended.Next;
                await inbox.WorkAsync(id, cancellation);
                if (await inbox.FindAsync(id, cancellation) is { State: not "waiting" } entry)
                    return entry;
                await Task.WhenAny(ended, Task.Delay(ElsewherePoll, cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            inbox.Arrived.Raise();
            throw;
        }
    }

    private static bool PrefersNoWait(HttpRequest request) => request.Headers.GetCommaSeparatedValues("Prefer")
        .Any(preference => preference.Split(';')[0].Trim().Equals(NoWait, StringComparison.OrdinalIgnoreCase));

    private static async Task<IResult> ListAsync(NpgsqlDataSource database, Moment moment, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new ReportCursor(long.MaxValue) : Cursor.Decode<ReportCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var rows = await ReadAsync(database, moment, "and r.from_sequence < $3 order by r.from_sequence desc limit $4", [after.Sequence, count + 1], cancellation);
        return Results.Ok(Page.Of(rows, count, row => Cursor.Encode(new ReportCursor(row.Sequence)), moment.Sequence));
    }

    private static async Task<IResult> GetAsync(NpgsqlDataSource database, Moment moment, [ReportId] string id, CancellationToken cancellation) =>
        await FindAsync(database, moment, id, cancellation) is { } report ? Results.Ok(report) : Missing(id);

    private static async Task<IResult> TextAsync(Documents documents, [ReportId] string id, CancellationToken cancellation) =>
        await documents.TextAsync(id, cancellation) is { } text ? Results.Text(text, "text/plain", System.Text.Encoding.UTF8) : Missing(id);

    private static async Task<IResult> FactsAsync(
        NpgsqlDataSource database, Moment moment, [ReportId] string id, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new ReportCursor(0) : Cursor.Decode<ReportCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var rows = await FactView.ReadAsync(
            database, moment, "and f.report_id = $3 and f.sequence > $4 order by f.sequence limit $5", [id, after.Sequence, count + 1], cancellation);
        if (rows.Count == 0 && await FindAsync(database, moment, id, cancellation) is null)
            return Missing(id);
        return Results.Ok(Page.Of(rows, count, row => Cursor.Encode(new ReportCursor(row.Evidence!.Sequence)), moment.Sequence));
    }

    private static async Task<ReportView?> FindAsync(NpgsqlDataSource database, Moment moment, string id, CancellationToken cancellation) =>
        (await ReadAsync(database, moment, "and r.id = $3", [id], cancellation)).SingleOrDefault();

    private static Task<List<ReportView>> ReadAsync(NpgsqlDataSource database, Moment moment, string which, object?[] parameters, CancellationToken cancellation) =>
        database.QueryAsync(
            $"""
            select r.body, (
                select coalesce(json_object_agg(type, facts order by type), '{"{}"}')
                from (select type, count(*) as facts from views.facts f where f.report_id = r.id and {Moment.Holds("f", "$1")} group by type) counted)
            from views.reports r
            where {Moment.Holds("r", "$1")} and ($2::date is null or r.date_start <= $2)
                {which}
            """,
            [moment.Sequence, moment.Day, .. parameters],
            row => JsonSerializer.Deserialize<ReportView>(row.GetString(0), Json.Options)! with
            {
                Facts = JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(1), Json.Options)!,
            },
            cancellation);

    private static Problem Missing(string id) => Problems.NotFound.With($"There is no report {id}.", nameof(id));

    private sealed record ReportCursor(long Sequence);
}
