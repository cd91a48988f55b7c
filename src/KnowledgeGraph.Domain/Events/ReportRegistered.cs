using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Events;

/// <summary>A report came in: the first event of its stream. The bytes and the text are kept beside the log, under the same id.</summary>
public sealed record ReportRegistered
{
    /// <summary>SHA-256 of the report's bytes, lower-case hex.</summary>
    public required string ReportId { get; init; }

    public string? FileName { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Length of the text in UTF-16 code units.</summary>
    public required int TextLength { get; init; }

    public Entity? Publisher { get; init; }

    public string? Title { get; init; }

    /// <summary>Date of publication, ISO 8601 at the precision known.</summary>
    public string? Date { get; init; }

    /// <summary>How the date was found: stated, inferred (from the period covered, say) or given (by the caller); null without a date.</summary>
    public string? DateBasis { get; init; }

    public string? Sector { get; init; }

    public string? Rating { get; init; }

    public IReadOnlyList<string> Analysts { get; init; } = [];

    /// <summary>Version of rules and vocabulary that read the report.</summary>
    public required string Ruleset { get; init; }
}
