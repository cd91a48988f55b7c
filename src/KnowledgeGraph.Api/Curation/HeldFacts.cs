using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

/// <summary>A fact that was recorded by a moment.</summary>
/// <param name="Fact">As it held then; null where it did not.</param>
/// <param name="PublisherId">Who published the report that says it.</param>
internal sealed record KnownFact(Fact? Fact, string? PublisherId);

internal static class HeldFacts
{
    /// <summary>Null where no such fact had been recorded.</summary>
    public static async Task<KnownFact?> FindAsync(NpgsqlDataSource database, Guid id, Moment moment, CancellationToken cancellation) =>
        (await database.QueryAsync(
            $"""
            select held.body, r.publisher_id
            from views.facts f
                join views.reports r on r.id = f.report_id
                left join views.facts held on held.id = f.id and {Moment.Holds("held", "$2")}
            where f.id = $1 and f.from_sequence = f.sequence and f.sequence <= $2
            """,
            [id, moment.Sequence],
            row => new KnownFact(row.Optional<string>(0) is { } body ? FactJson.FromJson(JsonNode.Parse(body)!.AsObject()) : null, row.Optional<string>(1)),
            cancellation)).SingleOrDefault();
}
