namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// One number, one fact. Drafts that want the same figure are rivals: the longest evidence wins, then the most slots, then the order of
/// the rules. Losers stay in the trace.
/// </summary>
public static class Consolidation
{
    /// <param name="drafts">In the order of their rules.</param>
    public static (IReadOnlyList<FactDraft> Kept, IReadOnlyList<Rejected> Rejected) Resolve(IReadOnlyList<FactDraft> drafts)
    {
        var owners = new Dictionary<(int, int), FactDraft>();
        var kept = new HashSet<FactDraft>(ReferenceEqualityComparer.Instance);
        var rejected = new List<Rejected>();
        var ranked = drafts.Select((draft, order) => (draft, order))
            .OrderByDescending(d => d.draft.Slots)
            .ThenByDescending(d => d.draft.End - d.draft.Start)
            .ThenBy(d => d.order);
        foreach (var (draft, _) in ranked)
        {
            var rival = draft.Consumes.Select(figure => owners.GetValueOrDefault(figure)).FirstOrDefault(owner => owner is not null);
            // Two facts of one rule over one sentence may share a figure on purpose (two subjects, one rise).
            if (rival is not null && !(rival.Rule == draft.Rule && rival.Start == draft.Start && rival.End == draft.End))
            {
                rejected.Add(new Rejected(draft, rival, "another fact has its figure"));
                continue;
            }

            kept.Add(draft);
            foreach (var figure in draft.Consumes)
                owners.TryAdd(figure, draft);
        }

        return ([.. drafts.Where(kept.Contains).OrderBy(draft => draft.Start)], rejected);
    }
}
