using System.Globalization;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>One fact for each thing that the change is of.</summary>
internal static class AvailabilityDraft
{
    private static readonly string[] Regions = ["全球", "海外", "中国", "美国", "欧洲", "欧盟", "日本", "韩国", "印度", "加拿大", "英国", "东南亚", "香港", "台湾", "globally", "worldwide", "US", "Europe", "EU", "UK", "Japan", "India", "China"];

    public static IEnumerable<FactDraft> Of(SentenceContext context, IReadOnlyList<Party> things, string change, Participant? by, Participant? affected, int start, int end)
    {
        var region = Regions.FirstOrDefault(word => context.Sentence.Contains([word], start, Math.Min(context.Sentence.End, end + 12)));
        return things.Select(thing => context.Event("AvailabilityChanged", start, end, [("subject", thing.Who), ("by", by), ("affected", affected)], [("change", change), ("region", region)]))
            .Select(draft => IsAhead(context, draft) ? draft with { Status = FactStatus.Announced } : draft);
    }

    // 10 月 1 日起停止…: what a day still to come is given for has not happened.
    private static bool IsAhead(SentenceContext context, FactDraft draft) =>
        draft.Status == FactStatus.Reported && context.Report.ReportDate is { } today && DateOnly.TryParseExact(draft.When, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > today;
}
