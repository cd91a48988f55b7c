using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Facts;

public static class FactEndpoints
{
    private const int ContextLength = 80;

    public static void MapFacts(this IEndpointRouteBuilder routes)
    {
        var facts = routes.MapGroup("/facts").WithTags("Facts").Needs(Scope.Read);
        facts.MapGet("{id}", GetAsync)
            .WithName("getFact")
            .WithSummary("A fact with its evidence: report, publisher, date, quote and the words around it, attribution, rule, place in the log.")
            .Produces<FactView>().Refuses(400).Refuses(404);
        facts.MapGet("{id}/history", FactHistory.GetAsync)
            .WithName("getFactHistory")
            .WithSummary("How a fact was recorded and what was decided about it, each with the fact as it held from then on. "
                + "Its version is what If-Match of a decision takes.")
            .Produces<FactHistory>().Refuses(400).Refuses(404);
    }

    private static async Task<IResult> GetAsync(NpgsqlDataSource database, Documents documents, Moment moment, [Uuid] string id, CancellationToken cancellation)
    {
        var rows = await FactView.ReadAsync(database, moment, "and f.id = $3", [Guid.Parse(id)], cancellation);
        if (rows is not [{ Evidence: { } evidence } fact])
            return Problems.NotFound.With($"There is no fact {id}.", nameof(id));
        var text = await documents.TextAsync(evidence.Report, cancellation) ?? throw new InvalidOperationException($"Report {evidence.Report} has no text.");
        return Results.Ok(fact with { Evidence = InContext(evidence), Mentions = [.. fact.Mentions.Select(InContext)] });

        T InContext<T>(T mention)
            where T : MentionView => mention with { Before = BeforeOf(text, mention.Start), After = AfterOf(text, mention.End) };
    }

    // A cut never parts a surrogate pair: it would not survive UTF-8.
    private static string BeforeOf(string text, int start)
    {
        var from = Math.Max(0, start - ContextLength);
        return text[(from > 0 && char.IsLowSurrogate(text[from]) ? from + 1 : from)..start];
    }

    private static string AfterOf(string text, int end)
    {
        var to = Math.Min(text.Length, end + ContextLength);
        return text[end..(to < text.Length && char.IsLowSurrogate(text[to]) ? to - 1 : to)];
    }
}
