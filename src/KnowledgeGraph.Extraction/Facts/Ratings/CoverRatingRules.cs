using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>The rating that a report gives its company or its sector on its cover; said once, whatever the number of pages that repeat it.</summary>
public static class CoverRatingRules
{
    public static IReadOnlyList<DocumentRule> All { get; } = [new("rating/cover", Cover)];

    private static IEnumerable<FactDraft> Cover(ReportContext report)
    {
        if (report.Metadata.Rating is not { Length: > 0 } printed || report.Publisher is not { } broker || (report.MainCompany ?? Raters.Sector(report)) is not { } subject)
            yield break;
        var (rating, action) = RatingTableRules.Split(Folding.Fold(printed), report);
        if (Evidence(report.Document.Text, printed, rating) is not { } evidence)
            yield break;
        yield return new FactDraft
        {
            Type = "RatingIssued",
            Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["broker"] = [broker], ["subject"] = [subject] },
            Values = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(StringComparer.Ordinal) { ["rating"] = rating, ["action"] = action },
            When = report.Metadata.Date?.Text,
            IsWhenInferred = true,
            Status = FactStatus.Reported,
            Start = evidence.Start,
            End = evidence.End,
        };
    }

    // As printed, else the word alone where layout tore it from what is done to it (优于大市 · 维持). Folding keeps every offset.
    private static (int Start, int End)? Evidence(string text, string printed, string rating)
    {
        var folded = Folding.Fold(text);
        foreach (var wanted in new[] { Folding.Fold(printed), rating })
        {
            var at = folded.IndexOf(wanted, StringComparison.Ordinal);
            if (at >= 0)
                return (at, at + wanted.Length);
        }

        return null;
    }
}
