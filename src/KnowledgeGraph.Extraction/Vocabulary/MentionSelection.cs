using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>From all matches to mentions: one per span and kind, the longest of each kind, none inside an everyday phrase.</summary>
internal static class MentionSelection
{
    private static readonly string[] Order =
    [
        EntityKind.Company, EntityKind.Model, EntityKind.Chip, EntityKind.Product, EntityKind.Index, EntityKind.Organisation,
        EntityKind.Publisher, EntityKind.Person, EntityKind.Asset, EntityKind.Sector,
    ];

    public static int KindOrder(VocabularyEntry entry)
    {
        var index = Array.IndexOf(Order, entry.Kind);
        return index < 0 ? Order.Length : index;
    }

    public static IReadOnlyList<Mention> Longest(List<SurfaceMatch> matches)
    {
        var mentions = new List<Mention>();
        var reach = new Dictionary<string, int>(StringComparer.Ordinal);
        var blocked = 0;
        var name = 0;
        foreach (var place in matches.GroupBy(match => match.Start))
        {
            blocked = Math.Max(blocked, place.Where(match => match.Form.Entry.Kind == VocabularyReader.NotNames).Select(match => match.End).DefaultIfEmpty(0).Max());
            var names = name;
            var company = reach.GetValueOrDefault(EntityKind.Company);
            foreach (var kind in place.GroupBy(match => match.Form.Entry.Kind))
            {
                var end = kind.Max(match => match.End);
                // 澜起科技|部分股权: inside a company's name no authority begins.
                if (kind.Key == EntityKind.Organisation && place.Key < company)
                    continue;
                if (kind.Key == VocabularyReader.NotNames || end <= Math.Max(blocked, name) || end <= reach.GetValueOrDefault(kind.Key))
                    continue;
                reach[kind.Key] = end;
                names = EntityKind.All.Contains(kind.Key) ? Math.Max(names, end) : names;
                mentions.Add(new Mention(place.Key, end, kind.Key, [.. kind.Where(match => match.End == end).Select(match => match.Form.Entry.Id).Distinct()]));
            }

            name = names;
        }

        return mentions;
    }
}
