using System.Text.Json;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Facts;

/// <summary>A place in the text, UTF-16 code units, end exclusive.</summary>
public record MentionView
{
    public required string Quote { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    /// <summary>Up to 80 UTF-16 code units of the text before; only where one fact is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Before { get; init; }

    /// <summary>Up to 80 UTF-16 code units of the text after; only where one fact is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? After { get; init; }
}

/// <summary>Which report says it, in which words, and which event recorded that.</summary>
public sealed record EvidenceView : MentionView
{
    /// <summary>The report's id.</summary>
    public required string Report { get; init; }

    /// <summary>The report's title.</summary>
    public string? Title { get; init; }

    public string? FileName { get; init; }

    /// <summary>The publishing house as an entity.</summary>
    public string? PublisherId { get; init; }

    public string? Publisher { get; init; }

    /// <summary>Date of publication, ISO 8601 at the precision known.</summary>
    public string? Date { get; init; }

    /// <summary>The sources that the report names, outermost first.</summary>
    public required IReadOnlyList<string> Attribution { get; init; }

    public required string Rule { get; init; }

    /// <summary>Position of the event in the log.</summary>
    public required long Sequence { get; init; }

    /// <summary>Position of the event in the report's stream.</summary>
    public required long StreamVersion { get; init; }

    public required DateTimeOffset Recorded { get; init; }

    /// <summary>The columns that <see cref="Of(NpgsqlDataReader, int)"/> reads, from <c>facts f</c> and <c>reports r</c>.</summary>
    internal const string Columns = "f.body, f.sequence, f.stream_version, f.recorded, r.id, r.title, r.file_name, r.publisher_id, r.publisher, r.date";

    /// <summary>Of a fact of which nothing else is wanted: only its words are read.</summary>
    /// <param name="row">Where <see cref="Columns"/> were selected.</param>
    /// <param name="at">The first of them.</param>
    internal static EvidenceView Of(NpgsqlDataReader row, int at) =>
        Of(row, at, JsonSerializer.Deserialize<Words>(row.GetFieldValue<byte[]>(at), Json.Options)!);

    internal static EvidenceView Of(NpgsqlDataReader row, int at, Words words) => new()
    {
        Report = row.GetString(at + 4),
        Title = row.Optional<string>(at + 5),
        FileName = row.Optional<string>(at + 6),
        PublisherId = row.Optional<string>(at + 7),
        Publisher = row.Optional<string>(at + 8),
        Date = row.Optional<string>(at + 9),
        Quote = words.Quote,
        Start = words.Start,
        End = words.End,
        Attribution = words.Attribution,
        Rule = words.Rule,
        Sequence = row.GetInt64(at + 1),
        StreamVersion = row.GetInt64(at + 2),
        Recorded = row.GetFieldValue<DateTimeOffset>(at + 3),
    };

    /// <summary>Where facts come from that hold at a moment.</summary>
    internal static List<(Guid Fact, EvidenceView Evidence)> Read(ReadBatch batch, IEnumerable<Guid> facts, Moment moment) => batch.Add(
        $"select f.id, {Columns} from views.facts f join views.reports r on r.id = f.report_id where f.id = any($1) and {Moment.Holds("f", "$2")}",
        [facts.Distinct().ToArray(), moment.Sequence],
        row => (row.GetGuid(0), Of(row, 1)));

    /// <summary>What a fact says in the report's words.</summary>
    internal sealed record Words(string Quote, int Start, int End, IReadOnlyList<string> Attribution, string Rule);
}
