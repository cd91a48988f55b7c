using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Graph;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Exports;

/// <summary>An entity in an export.</summary>
/// <param name="Id">The id that facts name.</param>
/// <param name="Kind">company, model, …</param>
/// <param name="Name">Its name.</param>
/// <param name="SameAs">The id that stands for it; null where it is that itself.</param>
internal sealed record ExportedEntity(string Id, string Kind, string Name, string? SameAs);

/// <summary>An edge in an export, between ids that facts name.</summary>
internal sealed record ExportedEdge(EdgeKey Key, string Status, DateOnly? Since, DateOnly? Until);

/// <summary>
/// What an export holds, row by row as the database sends it: nothing is gathered, so that memory does not grow with the export. All reads
/// are as of one sequence, so that they fit together whatever is recorded meanwhile.
/// </summary>
/// <param name="Database">Where the views are.</param>
/// <param name="Moment">The moment that is exported.</param>
/// <param name="Members">The ids of a neighbourhood, all that were merged among them; null for everything.</param>
internal sealed record ExportReads(NpgsqlDataSource Database, Moment Moment, string[]? Members)
{
    public IAsyncEnumerable<ExportedEntity> EntitiesAsync(CancellationToken cancellation) => Database.StreamAsync(
        $"""
        select e.id, e.kind, e.name, nullif(views.canonical(e.id, $1), e.id)
        from views.entities e
        where {Moment.Holds("e", "$1")} and ($2::text[] is null or e.id = any($2))
        order by e.id
        """,
        [Moment.Sequence, Members],
        row => new ExportedEntity(row.GetString(0), row.GetString(1), row.GetString(2), row.Optional<string>(3)),
        cancellation);

    /// <summary>In the order of the log.</summary>
    public IAsyncEnumerable<FactView> FactsAsync(CancellationToken cancellation) => Database.StreamAsync(
        $"""
        select {FactView.Columns}
        from views.facts f join views.reports r on r.id = f.report_id
        where {Moment.Holds("f", "$1")}
            and ($2::date is null or exists (select from views.timeline t where t.fact_id = f.id and t.from_sequence = f.from_sequence and t.starts <= $2))
            and ($3::text[] is null or f.id in (select t.fact_id from views.timeline t where t.entity_id = any($3) and {Moment.Holds("t", "$1")}))
        order by f.sequence
        """,
        [Moment.Sequence, Moment.Day, Members],
        FactView.Of<FactView>,
        cancellation);

    /// <summary>Edges between entities of the export.</summary>
    public IAsyncEnumerable<ExportedEdge> EdgesAsync(CancellationToken cancellation) => Database.StreamAsync(
        $"""
        select e.source, e.relation, e.target, e.status, e.since, e.until
        from views.edges e
        where {Moment.Holds("e", "$1")}
            and ($2::date is null or ((e.since is null or e.since <= $2) and (e.until is null or e.until > $2)))
            and ($3::text[] is null or (e.source = any($3) and e.target = any($3)))
        order by e.source, e.relation, e.target
        """,
        [Moment.Sequence, Moment.Day, Members],
        row => new ExportedEdge(EdgeRows.KeyOf(row, 0), row.GetString(3), row.Optional<DateOnly?>(4), row.Optional<DateOnly?>(5)),
        cancellation);
}
