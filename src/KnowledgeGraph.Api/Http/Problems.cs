using System.Text.Json.Serialization;

namespace KnowledgeGraph.Api.Http;

/// <summary>A kind of error, RFC 9457. <c>/problems/NAME</c> is its type and says what it means.</summary>
public sealed record ProblemKind(string Name, int Status, string Title)
{
    public string Type => $"/problems/{Name}";

    public Problem With(string? detail = null, string? parameter = null) => new(this, detail, parameter);
}

/// <summary>An error as problem+json.</summary>
public sealed class Problem(ProblemKind kind, string? detail, string? parameter) : IResult
{
    public ProblemKind Kind { get; } = kind;

    public ProblemBody Body => new(Kind.Type, Kind.Title, Kind.Status, detail, parameter);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Kind.Status;
        if (Kind.Status == StatusCodes.Status503ServiceUnavailable)
            httpContext.Response.Headers.RetryAfter = "1";
        return httpContext.Response.WriteAsJsonAsync(Body, Json.Options, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>The members of a problem.</summary>
/// <param name="Type">Stable; a client may branch on it.</param>
/// <param name="Title">Says the same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong this time.</param>
/// <param name="Parameter">The query parameter, path segment or field at fault.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter);

/// <summary>Every kind of error that the service answers with.</summary>
public static class Problems
{
    public static ProblemKind UnknownParameter { get; } = new("unknown-parameter", 400, "There is no such query parameter.");

    public static ProblemKind InvalidParameter { get; } = new("invalid-parameter", 400, "A parameter has a value that it cannot have.");

    public static ProblemKind BadRequest { get; } = new("bad-request", 400, "The request cannot be understood.");

    public static ProblemKind KeyRequired { get; } = new("key-required", 401, "A key is needed, one that exists and is not revoked.");

    public static ProblemKind ScopeMissing { get; } = new("scope-missing", 403, "The key does not allow this.");

    public static ProblemKind ForeignOrigin { get; } = new("foreign-origin", 403, "A page from elsewhere may not change anything here.");

    public static ProblemKind NotFound { get; } = new("not-found", 404, "There is nothing here.");

    public static ProblemKind MethodNotAllowed { get; } = new("method-not-allowed", 405, "This resource has other methods; see Allow.");

    public static ProblemKind ReplayRunning { get; } = new("replay-running", 409, "Another replay is running.");

    public static ProblemKind CurationConflict { get; } = new("curation-conflict", 409, "The decision does not fit what holds now.");

    public static ProblemKind Stale { get; } = new("stale", 412, "What the decision is about has been decided on since it was read.");

    public static ProblemKind TooLarge { get; } = new("too-large", 413, "The report is larger than the service accepts.");

    public static ProblemKind UnsupportedFormat { get; } = new("unsupported-format", 415, "This kind of file is not read.");

    public static ProblemKind Unreadable { get; } = new("unreadable", 422, "The file is empty or damaged.");

    public static ProblemKind TooManyRequests { get; } = new("too-many-requests", 429, "The client asks too often; see Retry-After.");

    public static ProblemKind Internal { get; } = new("internal", 500, "The service failed; the request may be repeated.");

    public static ProblemKind NotReady { get; } = new("not-ready", 503, "The service is starting or has lost its database.");

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        UnknownParameter, InvalidParameter, BadRequest, KeyRequired, ScopeMissing, ForeignOrigin, NotFound, MethodNotAllowed, ReplayRunning, CurationConflict, Stale, TooLarge,
        UnsupportedFormat, Unreadable, TooManyRequests, Internal, NotReady,
    ];

    /// <summary>The kind for a status that something other than an endpoint set; a status of no kind of ours keeps its number.</summary>
    public static ProblemKind ForStatus(int status) =>
        status switch
        {
            400 => BadRequest,
            _ => All.FirstOrDefault(kind => kind.Status == status)
                ?? new ProblemKind("http", status, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)),
        };
}
