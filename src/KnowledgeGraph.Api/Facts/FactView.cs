using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Facts;

/// <summary>A fact with its evidence, as it is answered: the ontology's fields, the report that says it and the event that recorded it.</summary>
public record FactView
{
    public required Guid Id { get; init; }

    public required string Type { get; init; }

    /// <summary>Role name to an entity (id, name, aliases), or to a list of them where several share it.</summary>
    public required JsonObject Roles { get; init; }

    /// <summary>When it happened or takes effect, ISO 8601 at the precision that the text supports.</summary>
    public required string? When { get; init; }

    /// <summary>reported, announced, forecast, rumored or denied.</summary>
    public required string Status { get; init; }

    /// <summary>Numbers in base units; words from the ontology's lists.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>Value name to somevalue (there is one, undisclosed) or novalue (there is none), by correction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? ValueStates { get; init; }

    /// <summary>confirmed or denied, by somebody who checked it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Standing { get; init; }

    /// <summary>True where a correction changed what the report's words were read as; the fact's history tells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Corrected { get; init; }

    /// <summary>The sources that the report names, outermost first.</summary>
    public required IReadOnlyList<string> Attribution { get; init; }

    /// <summary>The report's own words.</summary>
    public required string Quote { get; init; }

    /// <summary>Offset of the quote in the report's text, in UTF-16 code units.</summary>
    public required int Start { get; init; }

    /// <summary>Exclusive.</summary>
    public required int End { get; init; }

    /// <summary>The rule that found it.</summary>
    public required string Rule { get; init; }

    /// <summary>Further places where the report says the same.</summary>
    public IReadOnlyList<MentionView> Mentions { get; init; } = [];

    /// <summary>Where it comes from.</summary>
    public EvidenceView? Evidence { get; init; }

    /// <summary>The columns that <see cref="Of{T}"/> reads, from <c>facts f</c> and <c>reports r</c>.</summary>
    internal const string Columns = EvidenceView.Columns;

    internal static T Of<T>(NpgsqlDataReader row)
        where T : FactView
    {
        var fact = JsonSerializer.Deserialize<T>(row.GetString(0), Json.Options)!;
        return fact with { Evidence = EvidenceView.Of(row, 0, new EvidenceView.Words(fact.Quote, fact.Start, fact.End, fact.Attribution, fact.Rule)) };
    }

    /// <param name="database">Where the views are.</param>
    /// <param name="moment">The facts that held then; their sequence is $1, the day $2.</param>
    /// <param name="which">SQL after the conditions of the moment: further ones, from $3 on, order and limit.</param>
    /// <param name="parameters">From $3 on.</param>
    /// <param name="cancellation">Stops the read.</param>
    internal static Task<List<FactView>> ReadAsync(NpgsqlDataSource database, Moment moment, string which, object?[] parameters, CancellationToken cancellation) =>
        ReadBatch.RunAsync(database, batch => Read(batch, moment, which, parameters), cancellation);

    /// <inheritdoc cref="ReadAsync"/>
    internal static List<FactView> Read(ReadBatch batch, Moment moment, string which, object?[] parameters) => batch.Add(
        $"""
        select {Columns}
        from views.facts f join views.reports r on r.id = f.report_id
        where {Moment.Holds("f", "$1")}
            and ($2::date is null or exists (select from views.timeline t where t.fact_id = f.id and t.from_sequence = f.from_sequence and t.starts <= $2))
            {which}
        """,
        [moment.Sequence, moment.Day, .. parameters],
        Of<FactView>);
}
