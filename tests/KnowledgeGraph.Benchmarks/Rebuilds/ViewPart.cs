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

    private static readonly (string Name, string[] Tables, Func<string, Write> Of)[] Parts =
    [
        ("events read and folded into nothing", ["clock"], _ => (_, _, _, _) => Task.CompletedTask),
        ("reports: a row for each stream", ["reports"], schema => (transaction, batch, _, cancellation) => ReportRows.WriteAsync(transaction, schema, batch.Reports, cancellation)),
        ("summaries: a document for each entity", ["entity_summaries", "identity"], schema => (transaction, batch, held, cancellation) =>
            SummaryRows.AddAsync(transaction, schema, batch, Appearance.In(batch), held, cancellation)),
        ("names and aliases of each entity", ["entities", "entity_aliases"], schema => (transaction, batch, _, cancellation) =>
            EntityRows.WriteAsync(transaction, schema, Appearance.In(batch), cancellation)),
        // What is hidden is asked of all that was decided: no table stands alone there.
        ("facts", [], schema => (transaction, batch, _, cancellation) => FactRows.WriteAsync(transaction, schema, batch.Facts, cancellation)),
        ("timeline", ["timeline"], schema => (transaction, _, held, cancellation) => TimelineRows.WriteAsync(transaction, schema, FactChanges.Recorded(held), cancellation)),
        ("claims", ["claims", "claim_cells", "claim_values", "identity"], schema => (transaction, _, held, cancellation) => ClaimRows.WriteAsync(transaction, schema, FactChanges.Recorded(held), cancellation)),
        ("edges", ["edges", "edge_facts", "edge_sums", "identity"], schema => (transaction, _, held, cancellation) => EdgeRows.WriteAsync(transaction, schema, FactChanges.Recorded(held), cancellation)),
    ];

    public static IEnumerable<(string Name, ViewSet Set)> Sets => Parts.Select(part => (part.Name, GraphViews.Set with
    {
        Script = part.Tables.Length == 0 ? GraphViews.Set.Script : Only(part.Tables),
        Tables = part.Tables.Length == 0 ? GraphViews.Set.Tables : [.. GraphViews.Set.Tables.Where(view => part.Tables.Contains(view.Table))],
        Fold = schema => new ViewPart(part.Of(schema)),
    }));

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

    // As a projection into these tables alone would have it: no other tables, no functions that read others.
    private static ViewScript Only(string[] tables)
    {
        var script = GraphViews.Set.Script;
        return new ViewScript(Of(script.Tables), Of(script.Decisions), Of(script.Readers));

        string Of(string statements) => string.Concat(statements.Split(";\n").Select(statement => statement + ";\n").Where(statement => tables.Any(table =>
            statement.Contains($"create table {{schema}}.{table} (", StringComparison.Ordinal) || statement.Contains($" on {{schema}}.{table} ", StringComparison.Ordinal))));
    }

    private HeldFact HeldOf(RecordedFact row)
    {
        var (publisher, published) = imprints[row.ReportId];
        return new HeldFact(row.Fact, row.ReportId, publisher, published, row.Stored.Sequence, row.Stored.Sequence);
    }
}
