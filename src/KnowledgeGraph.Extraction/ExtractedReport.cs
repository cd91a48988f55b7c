using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction;

/// <summary>What a report came to: the document, what it says of itself, its facts.</summary>
public sealed record ExtractedReport
{
    /// <summary>SHA-256 of the report's bytes, lower-case hex.</summary>
    public required string ReportId { get; init; }

    public required Document Document { get; init; }

    public required ReportMetadata Metadata { get; init; }

    /// <summary>The publisher as an entity, where it is known.</summary>
    public Entity? Publisher { get; init; }

    /// <summary>In the order of their first evidence; ids are unique.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>Version of rules and vocabulary, as recorded with every fact.</summary>
    public required string Ruleset { get; init; }
}

/// <summary>The outcome of extraction.</summary>
public abstract record ExtractionResult
{
    public sealed record Extracted(ExtractedReport Report) : ExtractionResult;

    public sealed record Unreadable(UnreadableReason Reason, string Message) : ExtractionResult;
}
