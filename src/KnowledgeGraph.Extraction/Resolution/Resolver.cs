using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>How a participant became an entity: 1 for the only owner of an alias, less where the context had to choose or nothing was known.</summary>
public sealed record Resolved(Participant Participant, Entity Entity, decimal Score, string Reason);

/// <summary>
/// Mentions to entities, for one report. A name of the vocabulary is its entry; one that several entries own is the entry that the report
/// speaks of elsewhere, else the first; a name that nobody owns becomes an entity of its own, under the kind that the report's releases
/// give it. Two entities are never merged here on a shared alias.
/// </summary>
public sealed class Resolver
{
    private readonly VocabularyIndex vocabulary;
    private readonly HashSet<string> certain;
    private readonly Originals originals;
    private readonly Dictionary<string, string> kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<EntityId, SortedSet<string>> surfaces = [];
    private readonly Dictionary<EntityId, Participant> makers = [];

    private readonly Dictionary<(string Kind, string Name, string Candidates), Resolved> resolutions = [];

    public Resolver(VocabularyIndex vocabulary, Originals originals, IReadOnlyList<FactDraft> drafts)
    {
        this.vocabulary = vocabulary;
        var participants = drafts.SelectMany(draft => draft.Roles.Values).SelectMany(role => role).ToList();
        certain = [.. participants.Where(p => p.Candidates.Count == 1).Select(p => p.Candidates[0])];
        foreach (var (type, role) in new[] { ("ModelReleased", "model"), ("ProductLaunched", "product"), ("ChipAnnounced", "chip") })
        {
            foreach (var participant in drafts.Where(draft => draft.Type == type).SelectMany(draft => draft.Roles.GetValueOrDefault(role) ?? []))
                kinds.TryAdd(NameKey.Of(participant.Name), participant.Kind);
        }

        foreach (var participant in participants.Where(IsNew))
        {
            var id = NewId(participant);
            if (!surfaces.TryGetValue(id, out var names))
                surfaces[id] = names = new SortedSet<string>(StringComparer.Ordinal);
            names.Add(participant.Name);
            names.Add(originals.Of(participant.Name));
            // 中国智能算力, whose market's size it is, and 中国智能算力市场 are one.
            if (participant.Kind == EntityKind.Sector && participant.Name.Any(c => c >= '\u4e00') && !participant.Name.EndsWith("市场", StringComparison.Ordinal))
                names.Add(originals.Of(participant.Name) + "市场");
            if (Introduced(participant) is { } entry)
                names.UnionWith([entry.Name, originals.Of(entry.Name)]);
        }

        foreach (var draft in drafts)
            AddOwned(draft);
        this.originals = originals;
    }

    // Reka Core 3, 寒武纪思元 690: a thing of a company is called with the company's name before it or without.
    private void AddOwned(FactDraft draft)
    {
        var all = new[] { "developer", "company", "maker" }.SelectMany(role => draft.Roles.GetValueOrDefault(role) ?? []).ToList();
        foreach (var thing in new[] { "model", "product", "chip" }.SelectMany(role => draft.Roles.GetValueOrDefault(role) ?? []).Where(IsNew))
        {
            if (all is [{ Kind: EntityKind.Company } only])
                makers.TryAdd(NewId(thing), only);
            foreach (var owner in all.Select(owner => owner.Name).Where(owner => surfaces.ContainsKey(NewId(thing))))
            {
                var rest = thing.Name.StartsWith(owner, StringComparison.OrdinalIgnoreCase) ? thing.Name[owner.Length..].Trim() : "";
                var whole = char.IsAsciiLetterOrDigit(thing.Name[0]) || char.IsAsciiLetter(owner[^1]) ? $"{owner} {thing.Name}" : owner + thing.Name;
                surfaces[NewId(thing)].Add(rest.Length > 1 ? rest : whole);
            }
        }
    }

    /// <summary>A word that rules saw folded, as the report prints it.</summary>
    public string Printed(string folded) => originals.Of(folded);

    /// <summary>All that was resolved so far, each participant once, in the order of asking.</summary>
    public IReadOnlyList<Resolved> Resolutions => [.. resolutions.Values];

    public Resolved Resolve(Participant participant)
    {
        var key = (participant.Kind, participant.Name, string.Join(' ', participant.Candidates));
        if (!resolutions.TryGetValue(key, out var resolved))
            resolutions[key] = resolved = Decide(participant);
        return resolved;
    }

    private Resolved Decide(Participant participant)
    {
        if (IsNew(participant))
        {
            var id = NewId(participant);
            var names = surfaces.GetValueOrDefault(id) ?? [participant.Name];
            var unlisted = new Entity { Id = id, Name = originals.Of(Introduced(participant)?.Name ?? participant.Name), Aliases = [.. names], Maker = MakerOf(id, participant) };
            return new Resolved(participant, unlisted, 0.5m, "no entry has this name");
        }

        var spoken = participant.Candidates.Count == 1 ? null : participant.Candidates.FirstOrDefault(certain.Contains);
        var entity = Spelled(vocabulary.Entry(spoken ?? participant.Candidates[0]).ToEntity(), originals.Of(participant.Name));
        return participant.Candidates.Count == 1 ? new Resolved(participant, entity, 1m, "its only owner")
            : spoken is not null ? new Resolved(participant, entity, 0.8m, "of several owners the one that the report names elsewhere")
            : new Resolved(participant, entity, 0.6m, $"first of {participant.Candidates.Count} owners");
    }

    // Who released it by this report, else who makes the family with whose name it begins.
    private EntityId? MakerOf(EntityId id, Participant participant) =>
        makers.TryGetValue(id, out var maker) ? Resolve(maker).Entity.Id
        : id.Kind is not (EntityKind.Model or EntityKind.Chip) ? null
        : vocabulary.FamilyOf(participant.Name, id.Kind)?.Maker is { } known ? EntityId.Parse(known) : null;

    // 白宮 of an entry that knows 白宫: the report's spelling in its script is an alias too.
    private static Entity Spelled(Entity entity, string printed) =>
        printed.Any(c => c >= '\u4e00') && entity.Name != printed && !entity.Aliases.Contains(printed) ? entity with { Aliases = [.. entity.Aliases, printed] } : entity;

    private bool IsNew(Participant participant) => participant.Candidates.Count == 0 || Introduced(participant) is not null;

    private VocabularyEntry? Introduced(Participant participant) =>
        participant.Candidates.Count > 0 && vocabulary.Find(participant.Candidates[0]) is { IsIntroduced: true } entry ? entry : null;

    private EntityId NewId(Participant participant) => Introduced(participant) is { } entry ? EntityId.Parse(entry.Id) :
        EntityId.FromName(kinds.GetValueOrDefault(NameKey.Of(participant.Name), participant.Kind), NameKey.Spaced(participant.Name));
}
