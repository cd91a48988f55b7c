using KnowledgeGraph.Api.Curation;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using Npgsql;

namespace KnowledgeGraph.Api.Facts;

/// <summary>One step in the life of a fact.</summary>
/// <param name="Sequence">Position in the log.</param>
/// <param name="Recorded">When.</param>
/// <param name="Decision">What was decided; absent for the recording itself.</param>
/// <param name="Fact">The fact as it held from then on; null where it did not.</param>
public sealed record FactStep(long Sequence, DateTimeOffset Recorded, DecisionView? Decision, FactView? Fact);

/// <summary>The life of a fact.</summary>
/// <param name="Steps">The recording and all decisions that could bear on it, the first first.</param>
/// <param name="Version">How many decisions stand in the fact's own stream; what If-Match takes.</param>
/// <param name="Sequence">The sequence that this was read at.</param>
public sealed record FactHistory(IReadOnlyList<FactStep> Steps, long Version, long Sequence)
{
    internal static async Task<IResult> GetAsync(NpgsqlDataSource database, Moment moment, [Uuid] string id, CancellationToken cancellation)
    {
        var fact = Guid.Parse(id);
        if (await HeldFacts.FindAsync(database, fact, moment, cancellation) is not { } known)
            return Problems.NotFound.With($"There is no fact {id}.", nameof(id));
        var rows = await database.QueryAsync(
            $"select {FactView.Columns}, f.from_sequence, f.to_sequence from views.facts f join views.reports r on r.id = f.report_id where f.id = $1 order by f.from_sequence",
            [fact],
            row => (Fact: FactView.Of<FactView>(row), From: row.GetInt64(10), To: row.GetInt64(11)),
            cancellation);
        var publisher = known.PublisherId is { } hidden ? await Identity.FindAsync(database, hidden, moment, cancellation) : null;
        string[] publishers = publisher is null ? [] : [publisher.Asked, publisher.Id];
        var decisions = await DecisionView.ReadAsync(
            database,
            moment,
            $"""
            and (d.fact_id = $2 or d.entity_id = any($3) and (d.type = '{nameof(PublisherHidden)}' or exists (
                select from views.decisions u where u.id = d.undoes and u.type = '{nameof(PublisherHidden)}')))
            order by d.from_sequence
            """,
            [fact, publishers],
            cancellation);
        var evidence = rows[0].Fact.Evidence!;
        var version = decisions.Where(decision => decision.Stream == $"curation/fact/{id}").Select(decision => decision.Version).LastOrDefault();
        return Results.Ok(new FactHistory(
            [
                new FactStep(evidence.Sequence, evidence.Recorded, null, HeldAt(evidence.Sequence)),
                .. decisions.Select(decision => new FactStep(decision.Sequence, decision.Recorded, decision, HeldAt(decision.Sequence))),
            ],
            version,
            moment.Sequence));

        FactView? HeldAt(long sequence) => rows.Find(row => row.From <= sequence && row.To > sequence).Fact;
    }
}
