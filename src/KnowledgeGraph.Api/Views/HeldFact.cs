using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Api.Views;

/// <summary>A fact as it holds from a sequence of the log on, until a decision closes it.</summary>
/// <param name="Fact">As recorded, or as corrected.</param>
/// <param name="ReportId">The report that says it.</param>
/// <param name="PublisherId">The report's publisher, under the id that the report was registered with.</param>
/// <param name="Published">The first day that the report's date covers; null where it has none.</param>
/// <param name="Recorded">The sequence of the event that recorded it.</param>
/// <param name="From">The sequence from which it holds: that of the recording or of a later decision.</param>
public sealed record HeldFact(Fact Fact, string ReportId, string? PublisherId, DateOnly? Published, long Recorded, long From)
{
    /// <summary>When it happened, else when its report appeared; <see cref="DateOnly.MaxValue"/>, which is PostgreSQL's infinity, where neither is known.</summary>
    public (DateOnly Starts, DateOnly Ends) Happened =>
        PartialDate.TryParse(Fact.When) is { } when ? (when.Start, when.End)
        : Published is { } date ? (date, date)
        : (DateOnly.MaxValue, DateOnly.MaxValue);
}

/// <summary>
/// What one step of the fold did to the facts that hold. Views that are made from facts close their rows of the closed ones (at <c>At</c>)
/// and open rows for the opened ones, in this order: a corrected fact is in both.
/// </summary>
public sealed record FactChanges(IReadOnlyList<Guid> Closed, long At, IReadOnlyList<HeldFact> Opened)
{
    /// <summary>What recordings did: facts were added.</summary>
    public static FactChanges Recorded(IReadOnlyList<HeldFact> opened) => new([], 0, opened);

    /// <summary>Whether a decision, at one sequence, may have closed facts; else recordings, at many, have added some.</summary>
    public bool IsOfDecision => At > 0;

    /// <summary>Closes the rows of a view that has the columns fact_id and to_sequence.</summary>
    internal async Task CloseAsync(Npgsql.NpgsqlTransaction transaction, string table, CancellationToken cancellation)
    {
        if (Closed.Count > 0)
        {
            await transaction.ExecuteAsync(
                $"update {table} set to_sequence = $2 where fact_id = any($1) and to_sequence = {Moment.Open}", [Closed.ToArray(), At], cancellation);
        }
    }
}
