using System.Globalization;
using System.Text.Json;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

/// <summary>What came of a decision.</summary>
internal abstract record CurationResult
{
    public sealed record Recorded(DecisionView View) : CurationResult;

    /// <summary>It had been recorded before, under the same idempotency key.</summary>
    public sealed record Known(DecisionView View) : CurationResult;

    public sealed record Refused(Problem Problem) : CurationResult;
}

/// <summary>
/// DECIDE: a decision is checked against what holds, and recorded if that has not moved meanwhile.
/// <para>
/// Decisions that could contradict one another stand in one stream: all merges and splits in <c>curation/identity</c>, those about a fact, an
/// entity's aliases or a publisher in a stream each. The version of the stream is read, the views are waited for until they have passed its
/// last event, the decision is checked against them and appended if the stream still has that version; else all of it is done again. So
/// two people cannot merge each into the other's entity, whatever the order in which they are served, and a caller that says by
/// <c>If-Match</c> which version it has seen is refused instead of being tried again.
/// </para>
/// <para>
/// With an idempotency key the event's id is a hash of key, stream and request: the same request again finds its own event and records none.
/// </para>
/// </summary>
public sealed class Curator(EventLog log, ProjectionDaemon daemon, NpgsqlDataSource database)
{
    private const int MaximumAttempts = 10;

    /// <param name="draft">What is to be recorded, and where.</param>
    /// <param name="body">What the caller sent.</param>
    /// <param name="request">Whence If-Match and Idempotency-Key.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal async Task<CurationResult> DecideAsync(
        Draft draft, CurationRequest body, HttpRequest request, CancellationToken cancellation)
    {
        var stream = draft.Stream;
        var (expected, problem) = ExpectedOf(request);
        if (problem is not null)
            return new CurationResult.Refused(problem);
        for (var attempt = 1; ; attempt++)
        {
            var (version, last) = await HeadAsync(stream, cancellation);
            await daemon.WaitForAsync(last, cancellation);
            var now = await Moments.NowAsync(database, cancellation);
            var id = EventIdOf(request, stream, body);
            if (await FindAsync(id, now, cancellation) is { } known)
                return new CurationResult.Known(known);
            var (decided, refusal) = await draft.Decide(now);
            if (refusal is not null)
                return new CurationResult.Refused(refusal);
            if (expected is not null && expected != version)
                return new CurationResult.Refused(Stale(stream, version));
            var appended = await log.AppendAsync(
                stream, "curation", ExpectedVersion.Exactly(version), [NewEvents.Of(id, decided! with { OnBehalfOf = body.OnBehalfOf })], new EventMetadata(User: decided!.Author), alongside: null, cancellation);
            switch (appended)
            {
                case AppendResult.Appended { Sequence: var sequence, Repeated: var repeated }:
                    await daemon.WaitForAsync(sequence, cancellation);
                    var view = await FindAsync(id, await Moments.NowAsync(database, cancellation), cancellation)
                        ?? throw new InvalidOperationException($"Decision {id} is recorded and not in the view.");
                    return repeated ? new CurationResult.Known(view) : new CurationResult.Recorded(view);
                case AppendResult.VersionConflict conflict when expected is not null || attempt == MaximumAttempts:
                    return new CurationResult.Refused(Stale(stream, conflict.Actual));
            }
        }
    }

    internal async Task<DecisionView?> FindAsync(Guid id, Moment moment, CancellationToken cancellation) =>
        (await DecisionView.ReadAsync(database, moment, "and d.id = $2", [id], cancellation)).SingleOrDefault();

    private async Task<(long Version, long Sequence)> HeadAsync(string stream, CancellationToken cancellation) =>
        (await database.QueryAsync(
            "select version, seq_id from events.mt_events where stream_id = $1 order by version desc limit 1",
            [stream],
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancellation)).SingleOrDefault();

    private static (long? Expected, Problem? Problem) ExpectedOf(HttpRequest request)
    {
        if (request.Headers.IfMatch is not [{ } given])
            return (null, null);
        return given is ['"', .. var version, '"'] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var expected)
            ? (expected, null)
            : (null, Problems.InvalidParameter.With("'If-Match' is a version in quotes, as a fact's history and every decision have it.", "If-Match"));
    }

    private static Problem Stale(string stream, long version) => Problems.Stale.With($"{stream} has version {version} by now.", "If-Match");

    private static Guid EventIdOf(HttpRequest request, string stream, CurationRequest body)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return Guid.CreateVersion7();
        return StableId.Of(string.Join('\n', key, stream, body.GetType().Name, JsonSerializer.Serialize<object>(body, Json.Options)));
    }
}
