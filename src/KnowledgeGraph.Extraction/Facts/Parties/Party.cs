using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Parties;

/// <summary>Somebody or something that acts or is acted on in a sentence; offsets into the passage.</summary>
public sealed record Party(int Start, int End, Participant Who)
{
    public bool IsThing => Who.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip;

    public bool IsSame(Party other) =>
        Who.MayBe(other.Who);
}
