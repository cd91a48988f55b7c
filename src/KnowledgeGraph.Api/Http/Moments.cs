using System.Globalization;
using System.Reflection;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Http;

/// <summary>
/// Time travel for every endpoint that has a parameter of type <see cref="Moment"/>: reads <c>asOf</c> and <c>at</c>, names the sequence
/// that the answer is of, and answers 304 where the client has the answer of that sequence already. An answer depends on its address and
/// its moment alone, so that the sequence is its ETag.
/// </summary>
public static class Moments
{
    public const string AsOf = "asOf";

    public const string At = "at";

    public const string SequenceHeader = "Kg-Sequence";

    public static bool Takes(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler && handler.GetParameters().Any(parameter => parameter.ParameterType == typeof(Moment));

    public static IApplicationBuilder UseMoments(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint || !Takes(endpoint))
        {
            await next(context);
            return;
        }

        var (moment, problem) = await ReadAsync(context);
        if (problem is not null)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        context.Features.Set(moment);
        context.Response.Headers[SequenceHeader] = moment!.Sequence.ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await next(context);
            return;
        }

        // What is answered depends on Accept too, where an endpoint has several formats: a weak ETag leaves that to Vary.
        var tag = $"W/\"{GraphViews.Set.Version}-{moment.Sequence}\"";
        if (context.Request.Headers.IfNoneMatch.Any(given => given!.Split(',', StringSplitOptions.TrimEntries).Contains(tag)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.ETag = tag;
            return;
        }

        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status200OK)
                context.Response.Headers.ETag = tag;
            return Task.CompletedTask;
        });
        await next(context);
    });

    /// <summary>All that the views have passed.</summary>
    public static async Task<Moment> NowAsync(NpgsqlDataSource database, CancellationToken cancellation) => new(await CheckpointAsync(database, cancellation), null);

    private static async Task<(Moment? Moment, Problem? Problem)> ReadAsync(HttpContext context)
    {
        var asOf = context.Request.Query[AsOf].ToString();
        var at = context.Request.Query[At].ToString();
        var date = PartialDate.TryParse(at);
        if (at.Length > 0 && date is null)
            return (null, Problems.InvalidParameter.With("'at' is a date like 2026, 2026-H1, 2026-Q1, 2026-05 or 2026-05-20.", At));
        var pinned = asOf.Length == 0 ? Cursor.SequenceOf(context.Request.Query["cursor"].ToString()) : null;
        var (sequence, problem) = pinned is null
            ? await SequenceAsync(context, asOf, AsOf)
            : await SequenceAsync(context, pinned.Value.ToString(CultureInfo.InvariantCulture), "cursor");
        return problem is null ? (new Moment(sequence, date), null) : (null, problem);
    }

    /// <summary>The sequence that a parameter means; the checkpoint where it is empty.</summary>
    /// <param name="context">The request.</param>
    /// <param name="text">A sequence, a day or an instant.</param>
    /// <param name="name">The parameter, for the problem.</param>
    public static async Task<(long Sequence, Problem? Problem)> SequenceAsync(HttpContext context, string text, string name)
    {
        var database = context.RequestServices.GetRequiredService<NpgsqlDataSource>();
        var checkpoint = await CheckpointAsync(database, context.RequestAborted);
        if (text.Length == 0)
            return (checkpoint, null);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return sequence <= checkpoint
                ? (sequence, null)
                : (0, Problems.InvalidParameter.With($"'{name}' is beyond {checkpoint}, the last sequence that the views have passed.", name));
        }

        if (InstantOf(text) is not { } instant)
            return (0, Problems.InvalidParameter.With($"'{name}' is a sequence, a day as 2026-05-20 (its end, UTC) or an instant as 2026-05-20T09:30:00Z.", name));
        if (instant > context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            return (0, Problems.InvalidParameter.With($"'{name}' lies ahead.", name));
        var upTo = await ClockRows.UpToAsync(database, instant, context.RequestAborted);
        return (Math.Min(upTo ?? checkpoint, checkpoint), null);
    }

    private static async Task<long> CheckpointAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        (await database.QueryAsync(
            "select sequence from kg.checkpoints where name = $1", [GraphViews.Set.CheckpointName], row => row.GetInt64(0), cancellation))
        is [var sequence] ? sequence : 0;

    private static DateTimeOffset? InstantOf(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day, TimeOnly.MaxValue, TimeSpan.Zero);
        string[] forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        // An instant without an offset is none.
        return text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10
            ? DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null
            : null;
    }
}
