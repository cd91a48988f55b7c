using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Graph;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Rebuilds;

/// <summary>Some of the graph views built without the others, by the code that builds all of them: where the time of a rebuild goes.</summary>
internal sealed class ViewPart(ViewPart.Write write) : IProjection
{
    private readonly Dictionary<string, (string? Publisher, DateOnly? Published)> imprints = new(StringComparer.Ordinal);

    public delegate Task Write(NpgsqlTransaction transaction, EventBatch batch, IReadOnlyList<HeldFact> held, CancellationToken cancellation);

    private static readonly (string Name, Func<string, Write> Of)[] Parts =
    [
        ("events read and folded into nothing", _ => (_, _, _, _) => Task.CompletedTask),
        ("reports: a row for each stream", schema => (transaction, batch, _, cancellation) => ReportRows.WriteAsync(transaction, schema, batch.Reports, cancellation)),
        ("summaries: a document for each entity", schema => (transaction, batch, held, cancellation) =>
            SummaryRows.AddAsync(transaction, schema, batch, Appearance.In(batch), held, cancellation)),
        ("names and aliases of each entity", schema => (transaction, batch, _, cancellation) => EntityRows.WriteAsync(transaction, schema, Appearance.In(batch), cancellation)),
        ("facts", schema => (transaction, batch, _, cancellation) => FactRows.WriteAsync(transaction, schema, batch.Facts, cancellation)),
        ("timeline", schema => (transaction, _, held, cancellation) => TimelineRows.WriteAsync(transaction, schema, FactChanges.Recorded(held), cancellation)),
        ("claims", schema => (transaction, _, held, cancellation) => ClaimRows.WriteAsync(transaction, schema, FactChanges.Recorded(held), cancellation)),
        ("edges", schema => (transaction, _, held, cancellation) => EdgeRows.WriteAsync(transaction, schema, FactChanges.Recorded(held), cancellation)),
    ];

    public static IEnumerable<(string Name, ViewSet Set)> Sets =>
        Parts.Select(part => (part.Name, GraphViews.Set with { Fold = schema => new ViewPart(part.Of(schema)) }));

    public string Name => GraphViews.Set.CheckpointName;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct)
    {
        foreach (var batch in EventBatch.Read(events))
        {
            foreach (var report in batch.Reports)
                imprints.TryAdd(report.Report.ReportId, (report.Report.Publisher?.Id.ToString(), PartialDate.TryParse(report.Report.Date)?.Start));
            await write(transaction, batch, [.. batch.Facts.Select(HeldOf)], ct);
        }
    }

    private HeldFact HeldOf(RecordedFact row)
    {
        var (publisher, published) = imprints[row.ReportId];
        return new HeldFact(row.Fact, row.ReportId, publisher, published, row.Stored.Sequence, row.Stored.Sequence);
    }
}
