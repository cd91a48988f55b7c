using System.Security.Claims;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

public static class CurationEndpoints
{
    public static void MapCuration(this IEndpointRouteBuilder routes)
    {
        var curation = routes.MapGroup("/curation").WithTags("Curation");
        Post<FactRequest>("retractions", "retractFact", "The fact should not have been recorded: it holds no longer.", Of((request, fact) =>
            new FactRetracted { FactId = fact, Author = request.Author!, Reason = request.Reason! }));
        Post<FactRequest>("confirmations", "confirmFact", "Somebody checked the fact and found it true.", Of((request, fact) =>
            new FactConfirmed { FactId = fact, Author = request.Author!, Reason = request.Reason! }));
        Post<FactRequest>("denials", "denyFact", "Somebody checked the fact and found it false. It stays, marked so.", Of((request, fact) =>
            new FactDenied { FactId = fact, Author = request.Author!, Reason = request.Reason! }));
        Post<CorrectionRequest>("corrections", "correctFact", "The fact says something else: values, who takes part, when, how sure.", Corrections.PostAsync);
        Post<MergeRequest>("merges", "mergeEntities", "Two ids are one entity. The merged id answers 308 from then on.", Now<MergeRequest>(Judgements.Merge));
        Post<SplitRequest>("splits", "splitEntity", "A merged id is an entity of its own again.", Now<SplitRequest>(Judgements.Split));
        Post<AliasRequest>("aliases", "addAlias", "An entity is known by a further name.", Now<AliasRequest>(Judgements.AddAlias));
        Post<HidingRequest>("hidings", "hidePublisher", "What a publisher's reports say is left out, those recorded before and those recorded after.", Now<HidingRequest>(Judgements.Hide));
        Post<UndoRequest>("undoings", "undoDecision", "An earlier decision holds no longer; what it did is as if it had not been made.", UndoAsync);
        curation.MapGet("", ListAsync)
            .Needs(Scope.Read)
            .WithName("listDecisions")
            .WithSummary("All decisions, the last first.")
            .Produces<Page<DecisionView>>().Refuses(400);
        curation.MapGet("{id}", GetAsync)
            .Needs(Scope.Read)
            .WithName("getDecision")
            .WithSummary("A decision: who, why, about what, and whether it was undone.")
            .Produces<DecisionView>().Refuses(400).Refuses(404);

        void Post<T>(string resource, string name, string summary, Compose<T> compose)
            where T : CurationRequest =>
            curation.MapPost(resource, (HttpContext context, Curator curator, NpgsqlDataSource database, CancellationToken cancellation) =>
                    PostAsync(context, curator, database, compose, cancellation))
                .Needs(Scope.Curate)
                .WithName(name)
                .WithSummary(summary)
                .TakesHeader("Idempotency-Key", "The same request again with the same key is answered with the same decision.")
                .TakesHeader("If-Match", "The version that was seen; one that has passed is refused.")
                .Accepts<T>("application/json")
                .Produces<DecisionView>(201).Produces<DecisionView>(200)
                .Refuses(400).Refuses(409).Refuses(412);
    }

    internal delegate Task<Draft> Compose<in T>(T request, NpgsqlDataSource database, CancellationToken cancellation);

    /// <summary>A decision about a fact that holds.</summary>
    internal static Draft OfFact<T>(T request, NpgsqlDataSource database, Func<Fact, Verdict> decide, CancellationToken cancellation)
        where T : FactRequest => request.Fact is not { } id
        ? Draft.Missing("fact")
        : new Draft($"curation/fact/{id}", async moment => await HeldFacts.FindAsync(database, id, moment, cancellation) switch
        {
            null => Verdict.Invalid($"There is no fact {id}.", "fact"),
            { Fact: null } => Verdict.Conflict($"The fact {id} is retracted or hidden; its history says by what.", "fact"),
            { Fact: { } fact } => decide(fact),
        });

    private static Compose<FactRequest> Of(Func<FactRequest, Guid, Decision> decide) =>
        Now<FactRequest>((request, database, cancellation) => OfFact(request, database, fact => decide(request, fact.Id), cancellation));

    private static Compose<T> Now<T>(Func<T, NpgsqlDataSource, CancellationToken, Draft> compose) =>
        (request, database, cancellation) => Task.FromResult(compose(request, database, cancellation));

    private static async Task<IResult> PostAsync<T>(
        HttpContext context, Curator curator, NpgsqlDataSource database, Compose<T> compose, CancellationToken cancellation)
        where T : CurationRequest
    {
        var (body, problem) = await RequestBody.ReadAsync<T>(context.Request, cancellation);
        var request = (T?)body?.SignedBy(context.User.FindFirstValue(ClaimTypes.Name));
        if ((problem ?? request!.Fault()) is { } fault)
            return fault;
        var draft = await compose(request!, database, cancellation);
        if (draft.Refusal is not null)
            return draft.Refusal;
        return await curator.DecideAsync(draft, request!, context.Request, cancellation) switch
        {
            CurationResult.Recorded { View: var view } => Results.Created($"/curation/{view.Id}", view),
            CurationResult.Known { View: var view } => Results.Ok(view),
            CurationResult.Refused refused => refused.Problem,
            _ => throw new InvalidOperationException("A curation result that the endpoint does not know."),
        };
    }

    private static async Task<Draft> UndoAsync(UndoRequest request, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (request.Decision is not { } id)
            return Draft.Missing("decision");
        var stream = await database.QueryAsync("select stream from views.decisions where id = $1", [id], row => row.GetString(0), cancellation);
        return stream is not [var key]
            ? Draft.Invalid($"There is no decision {id}.", "decision")
            : new Draft(key, async moment => (await DecisionView.ReadAsync(database, moment, "and d.id = $2", [id], cancellation))[0] switch
            {
                { Type: nameof(CurationUndone) } => Verdict.Conflict("An undoing is not undone: decide anew.", "decision"),
                { UndoneAt: not null } => Verdict.Conflict($"The decision {id} is undone already.", "decision"),
                _ => new CurationUndone { EventId = id, Author = request.Author!, Reason = request.Reason! },
            });
    }

    private static async Task<IResult> ListAsync(NpgsqlDataSource database, Moment moment, [Limit] int? limit, string? cursor, CancellationToken cancellation)
    {
        var count = limit ?? Page.DefaultLimit;
        var after = string.IsNullOrEmpty(cursor) ? new DecisionCursor(long.MaxValue) : Cursor.Decode<DecisionCursor>(cursor);
        if (after is null)
            return Problems.InvalidParameter.With("'cursor' is none that this list gave out.", nameof(cursor));
        var rows = await DecisionView.ReadAsync(
            database, moment, "and d.from_sequence < $2 order by d.from_sequence desc limit $3", [after.Sequence, count + 1], cancellation);
        return Results.Ok(Page.Of(rows, count, row => Cursor.Encode(new DecisionCursor(row.Sequence)), moment.Sequence));
    }

    private static async Task<IResult> GetAsync(Curator curator, Moment moment, [Uuid] string id, CancellationToken cancellation) =>
        await curator.FindAsync(Guid.Parse(id), moment, cancellation) is { } view
            ? Results.Ok(view)
            : Problems.NotFound.With($"There is no decision {id}.", nameof(id));

    private sealed record DecisionCursor(long Sequence);
}
