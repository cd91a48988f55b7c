using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction;

/// <summary>How a report became its facts: everything that extraction found, chose and left.</summary>
public sealed record ExtractionTrace
{
    public required ExtractedReport Report { get; init; }

    /// <summary>What every rule knew of the report as a whole.</summary>
    public required ReportContext Context { get; init; }

    /// <summary>The document's blocks with all annotations, in its order; null for a block that rules do not read.</summary>
    public required IReadOnlyList<AnnotatedBlock?> Blocks { get; init; }

    /// <summary>Each fact with the drafts that it was made of, in the order of the report's facts.</summary>
    public required IReadOnlyList<FactOrigin> Origins { get; init; }

    /// <summary>The drafts that won against their rivals, in reading order.</summary>
    public required IReadOnlyList<FactDraft> Kept { get; init; }

    /// <summary>The drafts that another draft or the contract put out.</summary>
    public required IReadOnlyList<Rejected> Rejected { get; init; }

    /// <summary>What each participant of the kept drafts became, each once.</summary>
    public required IReadOnlyList<Resolved> Resolutions { get; init; }

    /// <summary>Rules that threw; empty unless a rule has a bug.</summary>
    public required IReadOnlyList<RuleFault> Faults { get; init; }
}

/// <summary>A fact and the drafts that made it: the one that leads, then repeats and parts of it.</summary>
public sealed record FactOrigin(Fact Fact, IReadOnlyList<FactDraft> Drafts);

/// <summary>The outcome of an extraction that keeps its trace.</summary>
public abstract record TraceResult
{
    public sealed record Traced(ExtractionTrace Trace) : TraceResult;

    public sealed record Unreadable(UnreadableReason Reason, string Message) : TraceResult;
}
