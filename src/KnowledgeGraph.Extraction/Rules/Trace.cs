namespace KnowledgeGraph.Extraction.Rules;

/// <summary>A draft that did not become a fact, and why: another draft took its figure, or it broke the contract.</summary>
public sealed record Rejected(FactDraft Draft, FactDraft? Winner, string Reason);
