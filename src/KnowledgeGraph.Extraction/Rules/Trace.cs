namespace KnowledgeGraph.Extraction.Rules;

/// <summary>A draft that did not become a fact, and why: another draft took its figure, or it broke the contract (no winner).</summary>
public sealed record Rejected(FactDraft Draft, FactDraft? Winner, string Reason);

/// <summary>A rule (or the annotation of a block) that threw where it should have built a fact or nothing: a bug, which costs this match and not the report.</summary>
/// <param name="Start">Start of the sentence or table, in offsets of the document's text (UTF-16 code units).</param>
public sealed record RuleFault(string Rule, int Start, Exception Exception);
