using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>The rating that a report gives its sector on its cover; said once, whatever the number of pages that repeat it.</summary>
public static class CoverRatingRules
{
    public static IReadOnlyList<DocumentRule> All { get; } = [new("rating/cover", Cover)];

    private static IEnumerable<FactDraft> Cover(ReportContext report)
    {
        if (report.Metadata.Rating is not { Length: > 0 } printed || report.Publisher is not { } broker || Raters.Sector(report) is not { } sector)
            yield break;
        var start = report.Document.Text.IndexOf(printed, StringComparison.Ordinal);
        if (start < 0)
            yield break;
        var (rating, action) = RatingTableRules.Split(Folding.Fold(printed), report);
        yield return new FactDraft
        {
            Type = "RatingIssued",
            Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["broker"] = [broker], ["subject"] = [sector] },
            Values = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(StringComparer.Ordinal) { ["rating"] = rating, ["action"] = action },
            When = report.Metadata.Date?.Text,
            Status = FactStatus.Reported,
            Start = start,
            End = start + printed.Length,
        };
    }
}
