using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>
/// The contract, asked of every draft before any rival hears of it: a rule that breaks it loses this one draft and not the report, and
/// cannot take a figure from a rule that keeps it.
/// </summary>
public static class DraftCheck
{
    /// <summary>What is wrong with a draft, or null.</summary>
    /// <param name="length">Length of the document's text, in UTF-16 code units.</param>
    public static string? Problem(FactDraft draft, int length)
    {
        if (FactSchema.Find(draft.Type) is not { } schema)
            return $"'{draft.Type}' is no fact type";
        if (draft.Start < 0 || draft.End > length || draft.Start >= draft.End)
            return $"its evidence is the span {draft.Start} to {draft.End} of a text of {length}";
        var nameless = draft.Roles.Values.SelectMany(role => role).FirstOrDefault(who => who.Candidates.Count == 0 && !who.Name.Any(char.IsLetterOrDigit));
        return nameless is null ? schema.Check(draft.FilledRoles, draft.GivenValues) : $"'{nameless.Name}' is no name";
    }
}
