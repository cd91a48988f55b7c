using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Api.Reports;

/// <summary>A report as it is answered.</summary>
public sealed record ReportView
{
    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public required string Id { get; init; }

    public string? FileName { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Length of the text in UTF-16 code units, the unit of all offsets.</summary>
    public required int TextLength { get; init; }

    public Entity? Publisher { get; init; }

    public string? Title { get; init; }

    /// <summary>Date of publication, ISO 8601 at the precision known.</summary>
    public string? Date { get; init; }

    /// <summary>stated, inferred or given; null without a date.</summary>
    public string? DateBasis { get; init; }

    public string? Sector { get; init; }

    public string? Rating { get; init; }

    public required IReadOnlyList<string> Analysts { get; init; }

    /// <summary>Version of rules and vocabulary that read it.</summary>
    public required string Ruleset { get; init; }

    public required DateTimeOffset Recorded { get; init; }

    /// <summary>Position of its registration in the log.</summary>
    public required long Sequence { get; init; }

    /// <summary>How many facts of each type it gave.</summary>
    public IReadOnlyDictionary<string, long> Facts { get; init; } = new Dictionary<string, long>();

    internal static ReportView Of(RegisteredReport row) => new()
    {
        Id = row.Report.ReportId,
        FileName = row.Report.FileName,
        MediaType = row.Report.MediaType,
        Size = row.Report.Size,
        TextLength = row.Report.TextLength,
        Publisher = row.Report.Publisher,
        Title = row.Report.Title,
        Date = row.Report.Date,
        DateBasis = row.Report.DateBasis,
        Sector = row.Report.Sector,
        Rating = row.Report.Rating,
        Analysts = row.Report.Analysts,
        Ruleset = row.Report.Ruleset,
        Recorded = row.Stored.Timestamp.ToUniversalTime(),
        Sequence = row.Stored.Sequence,
    };
}
