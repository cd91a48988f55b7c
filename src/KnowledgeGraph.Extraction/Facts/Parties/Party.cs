using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Parties;

/// <summary>Somebody or something that acts or is acted on in a sentence; offsets into the passage.</summary>
public sealed record Party(int Start, int End, Participant Who)
{
    public bool IsThing => Who.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip;

    public bool IsSame(Party other) =>
        string.Equals(Who.Name, other.Who.Name, StringComparison.OrdinalIgnoreCase) || (Who.Candidates.Count > 0 && Who.Candidates.Intersect(other.Who.Candidates, StringComparer.Ordinal).Any());
}
