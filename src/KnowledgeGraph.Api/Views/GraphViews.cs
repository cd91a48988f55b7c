using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Views;

/// <summary>
/// The views: reports, facts, entities and timelines as a fold over the events and nothing else. They are one projection with one
/// checkpoint, so that whatever one transaction reads is of one moment of the log, and rows of one view may be joined to another's.
/// The schema is a parameter: replay folds the same events into a second schema with the same code.
/// </summary>
/// <remarks>
/// A row depends on the events up to a sequence, never on how these came in batches: facts and aliases are kept from the event that
/// brought them first, an entity's name from the one that gave it last, counts and dates are sums, least and greatest.
/// </remarks>
public sealed class GraphViews(string schema) : IProjection
{
    public static ViewSet Set { get; } = new(
        "views",
        ViewSet.ReadScript("Views.Views.sql") + ViewSet.ReadScript("Claims.Claims.sql"),
        Version: 2,
        [
            ("reports", "id"),
            ("clock", "sequence::text"),
            ("facts", "id || ' ' || from_sequence"),
            ("timeline", "entity_id || ' ' || fact_id || ' ' || from_sequence"),
            ("entities", "id || ' ' || from_sequence"),
            ("entity_aliases", "entity_id || ' ' || alias || ' ' || from_sequence"),
            ("entity_summaries", "entity_id"),
            ("identity", "entity_id || ' ' || from_sequence"),
            ("claim_cells", "cell::text"),
            ("claim_values", "entity_id || ' ' || cell || ' ' || fact_id || ' ' || stage || ' ' || from_sequence"),
            ("claims", "id || ' ' || from_sequence"),
        ],
        schema => new GraphViews(schema));

    public string Name => Set.CheckpointName;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        await ClockRows.WriteAsync(transaction, schema, events, cancellation);
        await RecordAsync(transaction, EventBatch.Read(events), cancellation);
    }

    private async Task RecordAsync(NpgsqlTransaction transaction, EventBatch batch, CancellationToken cancellation)
    {
        await ReportRows.WriteAsync(transaction, schema, batch.Reports, cancellation);
        var opened = await FactRows.WriteAsync(transaction, schema, batch.Facts, cancellation);
        var appearances = Appearance.In(batch);
        await EntityRows.WriteAsync(transaction, schema, appearances, cancellation);
        await SummaryRows.AddAsync(transaction, schema, batch, appearances, opened, cancellation);
        await WriteAsync(transaction, new FactChanges([], 0, opened), cancellation);
    }

    /// <summary>The views that are made from the facts that hold, and from nothing else.</summary>
    private async Task WriteAsync(NpgsqlTransaction transaction, FactChanges changes, CancellationToken cancellation)
    {
        await TimelineRows.WriteAsync(transaction, schema, changes, cancellation);
        await ClaimRows.WriteAsync(transaction, schema, changes, cancellation);
    }
}
