using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>A deal as a sentence tells it, on its way to a draft.</summary>
internal sealed record Deal(string Kind, IReadOnlyList<Party> Parties, int Start, int End)
{
    public Party? Customer { get; init; }

    public Party? Supplier { get; init; }

    public Party? Investor { get; init; }

    public Party? Target { get; init; }

    public DealTerms Terms { get; init; } = DealTerms.None;

    /// <summary>Overrides what the sentence's words say of its status.</summary>
    public FactStatusOverride Status { get; init; }

    /// <summary>The draft, or nothing where fewer than two different parties are left.</summary>
    public IEnumerable<FactDraft> Draft(SentenceContext context)
    {
        var parties = Parties.Where((party, at) => !Parties.Take(at).Any(party.IsSame)).ToList();
        // 误作收购, 应为合资: what was wrong is no deal.
        if (parties.Count < 2 || context.Sentence.Contains(["有误", "误作", "误写", "误植", "误为"], context.Sentence.Start, context.Sentence.End))
            yield break;
        var end = Math.Max(End, Terms.End);
        var draft = context.Event(
            "DealAnnounced", Start, end,
            [("customer", Customer?.Who), ("supplier", Supplier?.Who), ("investor", Investor?.Who), ("target", Target?.Who)],
            [("kind", Kind), .. Terms.Values]);
        var roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal) { ["parties"] = [.. parties.Select(party => party.Who)] };
        yield return draft with
        {
            Roles = roles,
            Status = Status == FactStatusOverride.NotYetDone && draft.Status == Domain.Facts.FactStatus.Reported ? Domain.Facts.FactStatus.Announced : draft.Status,
            Consumes = Terms.Amount is { } amount ? [context.Source(amount)] : [],
        };
    }
}

/// <summary>Whether a deal that no word calls done or planned counts as done.</summary>
internal enum FactStatusOverride
{
    AsWorded,

    /// <summary>A purchase of a company that is announced is not yet made.</summary>
    NotYetDone,
}
