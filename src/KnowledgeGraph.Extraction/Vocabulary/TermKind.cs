using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>Kinds of vocabulary entry that are words of the contract and no entities; a mention's kind is one of these or an <see cref="EntityKind"/>.</summary>
public static class TermKind
{
    public const string Metric = "metric";
    public const string Segment = "segment";
    public const string Benchmark = "benchmark";

    /// <summary>What a house thinks of a share or sector: <c>rating/buy</c>.</summary>
    public const string Rating = "rating";

    /// <summary>What it did to its rating: <c>rating-action/maintain</c>.</summary>
    public const string RatingAction = "rating-action";

    /// <summary>A market whose listings trade in one currency; never a mention.</summary>
    public const string Market = "market";
}
