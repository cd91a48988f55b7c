using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Curation;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Graph;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Extraction.Resolution;
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
        ViewScript.Read("Views.Views.sql", "Claims.Claims.sql", "Graph.Edges.sql"),
        Version: $"8-{SegmentName.Version}",
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
            ("decisions", "id::text"),
            ("edge_facts", "source || ' ' || relation || ' ' || target || ' ' || fact_id || ' ' || from_sequence"),
            ("edges", "source || ' ' || relation || ' ' || target || ' ' || from_sequence"),
            ("edge_sums", "source || ' ' || relation || ' ' || target"),
        ],
        schema => new GraphViews(schema));

    public string Name => Set.CheckpointName;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        await ClockRows.WriteAsync(transaction, schema, events, cancellation);
        foreach (var batch in EventBatch.Read(events))
        {
            await RecordAsync(transaction, batch, cancellation);
            if (batch.Decision is { } decision)
                await DecideAsync(transaction, decision, cancellation);
        }
    }

    private async Task RecordAsync(NpgsqlTransaction transaction, EventBatch batch, CancellationToken cancellation)
    {
        await ReportRows.WriteAsync(transaction, schema, batch.Reports, cancellation);
        var opened = await FactRows.WriteAsync(transaction, schema, batch.Facts, cancellation);
        var appearances = Appearance.In(batch);
        await EntityRows.WriteAsync(transaction, schema, appearances, cancellation);
        await SummaryRows.AddAsync(transaction, schema, batch, appearances, opened, cancellation);
        await WriteAsync(transaction, FactChanges.Recorded(opened), cancellation);
    }

    // One at a time: what a decision does depends on all that stands before it.
    private async Task DecideAsync(NpgsqlTransaction transaction, RecordedDecision recorded, CancellationToken cancellation)
    {
        if (await DecisionRows.WriteAsync(transaction, schema, recorded, cancellation) is not var (decision, id))
            return;
        await ViewSchema.IndexForDecisionsAsync(transaction, Set, schema, "timeline_by_fact", cancellation);
        var sequence = recorded.Stored.Sequence;
        switch (decision)
        {
            case FactDecision about:
                if (decision is FactCorrected { Roles: { } roles })
                    await EntityRows.IntroduceAsync(transaction, schema, [.. roles.SelectMany(role => role.Value)], id, sequence, cancellation);
                await JudgeAsync(transaction, [about.FactId], sequence, cancellation);
                break;
            case PublisherHidden hidden:
                var facts = await FactRows.OfPublishersAsync(transaction, schema, [hidden.Publisher.ToString()], cancellation);
                await JudgeAsync(transaction, facts, sequence, cancellation);
                break;
            case EntitiesMerged or EntitiesSplit:
                var entity = decision is EntitiesMerged merged ? merged.Entity : ((EntitiesSplit)decision).Entity;
                var changed = await IdentityRows.WriteAsync(transaction, schema, entity.ToString(), sequence, cancellation);
                await SummaryRows.RecountAsync(transaction, schema, changed, sequence, cancellation);
                await ClaimStates.RegroupAsync(transaction, schema, changed, sequence, cancellation);
                // Who is hidden with another, or no longer, is so by its facts.
                var publishers = changed.Where(one => one.StartsWith($"{EntityKind.Publisher}/", StringComparison.Ordinal)).ToArray();
                if ((await DecisionRows.HiddenAsync(transaction, schema, publishers, cancellation)).Count > 0)
                    await JudgeAsync(transaction, await FactRows.OfPublishersAsync(transaction, schema, publishers, cancellation), sequence, cancellation);
                break;
            case AliasAdded alias:
                await EntityRows.WriteAliasAsync(transaction, schema, alias, id, sequence, recorded.Decision is CurationUndone, cancellation);
                break;
        }
    }

    private async Task JudgeAsync(NpgsqlTransaction transaction, Guid[] facts, long sequence, CancellationToken cancellation)
    {
        var changes = await FactRows.JudgeAsync(transaction, schema, facts, sequence, cancellation);
        await WriteAsync(transaction, changes, cancellation);
        var touched = await TimelineRows.EntitiesOfAsync(transaction, schema, [.. changes.Closed, .. changes.Opened.Select(held => held.Fact.Id)], cancellation);
        await SummaryRows.RecountAsync(transaction, schema, touched, sequence, cancellation);
    }

    /// <summary>The views that are made from the facts that hold, and from nothing else.</summary>
    private async Task WriteAsync(NpgsqlTransaction transaction, FactChanges changes, CancellationToken cancellation)
    {
        await TimelineRows.WriteAsync(transaction, schema, changes, cancellation);
        await ClaimRows.WriteAsync(transaction, schema, changes, cancellation);
        await EdgeRows.WriteAsync(transaction, schema, changes, cancellation);
    }
}
