using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Who takes part, before resolution: the vocabulary's candidates for the words, best first, or none where the name is new.
/// </summary>
/// <param name="Kind">An <c>EntityKind</c>; for a known name that of the best candidate.</param>
/// <param name="Name">As the text gives it.</param>
/// <param name="Candidates">Ids of vocabulary entries.</param>
public sealed record Participant(string Kind, string Name, IReadOnlyList<string> Candidates)
{
    public static Participant Unknown(string kind, string name) => new(kind, name, []);

    public static Participant Of(Mention mention, Sentence sentence) => new(mention.Kind, sentence.Slice(mention), mention.Candidates);

    /// <summary>Whether both may be the same: of one name, or with a candidate in common.</summary>
    public bool MayBe(Participant other) =>
        string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase) || (Candidates.Count > 0 && Candidates.Intersect(other.Candidates, StringComparer.Ordinal).Any());
}

/// <summary>What a rule hands over: a fact whose participants are not yet resolved and whose rivals are not yet heard.</summary>
public sealed record FactDraft
{
    public required string Type { get; init; }

    /// <summary>Set by the engine to the id of the rule that made the draft.</summary>
    public string Rule { get; init; } = "";

    public required IReadOnlyDictionary<string, IReadOnlyList<Participant>> Roles { get; init; }

    /// <summary>Values by name; null entries are dropped.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Values { get; init; }

    public string? When { get; init; }

    /// <summary>The date is not the text's: the last day of the period stands in for a day that it does not give.</summary>
    public bool IsWhenInferred { get; init; }

    public FactStatus Status { get; init; }

    public IReadOnlyList<string> Attribution { get; init; } = [];

    /// <summary>The evidence, in offsets of the document's text (UTF-16 code units).</summary>
    public required int Start { get; init; }

    public required int End { get; init; }

    /// <summary>
    /// Spans of the document's text whose figure this fact uses up: one number, one fact. Two drafts that want the same figure are rivals.
    /// </summary>
    public IReadOnlyList<(int Start, int End)> Consumes { get; init; } = [];

    /// <summary>The roles that somebody fills.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Participant>> FilledRoles =>
        Roles.Where(role => role.Value.Count > 0).ToDictionary(StringComparer.Ordinal);

    /// <summary>The values that are given.</summary>
    public IReadOnlyDictionary<string, JsonNode> GivenValues =>
        Values.Where(value => value.Value is not null && value.Key.Length > 0).ToDictionary(value => value.Key, value => value.Value!, StringComparer.Ordinal);

    /// <summary>How many roles and values are filled: the second criterion among rivals.</summary>
    public int Slots => Roles.Count(role => role.Value.Count > 0) + Values.Count(value => value.Value is not null);
}
