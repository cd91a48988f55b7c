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
        ViewSet.ReadScript("Views.Views.sql"),
        Version: 1,
        [
            ("reports", "id"),
            ("facts", "id::text"),
            ("timeline", "entity_id || ' ' || fact_id"),
            ("entities", "id"),
            ("entity_aliases", "entity_id || ' ' || alias"),
            ("entity_counts", "entity_id || ' ' || type"),
        ],
        schema => new GraphViews(schema));

    public string Name => Set.CheckpointName;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        var batch = EventBatch.Read(events);
        await ReportRows.WriteAsync(transaction, schema, batch.Reports, cancellation);
        var added = await FactRows.WriteAsync(transaction, schema, batch.Facts, cancellation);
        var dates = await ReportRows.DatesAsync(transaction, schema, batch.ReportIds, cancellation);
        await TimelineRows.WriteAsync(transaction, schema, added, dates, cancellation);
        await EntityRows.WriteAsync(transaction, schema, batch.Reports, added, dates, cancellation);
    }
}
