using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>Which rating is the higher of two, where a table gives the old beside the new without saying what was done.</summary>
internal static class RatingScale
{
    // The vocabulary's ratings from the best to the worst; those of one row differ by house only.
    private static readonly string[][] Steps =
    [
        ["buy", "recommended"], ["add", "overweight", "outperform", "stronger-than-market", "prudent-recommended", "positive"], ["watch", "hold", "neutral"], ["underperform", "underweight"], ["sell"],
    ];

    private static readonly string[] New = ["首次", "首予", "新增", "new", "-", "–", "—", "NR", "N/R", "未评级", "未覆盖", "无"];

    /// <summary>raise, lower, maintain or initiate; null where the two cannot be compared.</summary>
    public static string? Action(string before, string after, VocabularyIndex vocabulary)
    {
        if (New.Contains(before, StringComparer.OrdinalIgnoreCase) || vocabulary.MatchWhole(before, "rating-action")?.Value == "initiate")
            return "initiate";
        if (before == after)
            return before.Length == 0 ? null : "maintain";
        var (from, to) = (Step(before, vocabulary), Step(after, vocabulary));
        return from < 0 || to < 0 || from == to ? null : to < from ? "raise" : "lower";
    }

    private static int Step(string rating, VocabularyIndex vocabulary) =>
        vocabulary.MatchWhole(rating, "rating") is { } entry ? Array.FindIndex(Steps, step => step.Contains(entry.Id[(entry.Id.IndexOf('/', StringComparison.Ordinal) + 1)..])) : -1;
}
