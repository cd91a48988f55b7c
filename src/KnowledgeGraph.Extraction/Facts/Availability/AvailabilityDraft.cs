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
            // 10 月 1 日起停止…: what a day still to come is given for has not happened.
            .Select(draft => draft.Status == FactStatus.Reported && EventDraft.IsAhead(context, draft.When) ? draft with { Status = FactStatus.Announced } : draft);
    }
}
