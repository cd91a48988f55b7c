namespace KnowledgeGraph.Extraction.Rules;

/// <summary>One way in which a sentence states a fact: a pattern, and a pure builder that returns facts or nothing.</summary>
/// <param name="Id">language/type/what, as <c>zh/earnings/metric-amount</c>; recorded with every fact that it finds.</param>
public sealed record Rule(string Id, Pattern Pattern, Func<PatternMatch, SentenceContext, IEnumerable<FactDraft>> Build);

/// <summary>One way in which a table states facts.</summary>
public sealed record TableRule(string Id, Func<TableContext, IEnumerable<FactDraft>> Build);

/// <summary>One way in which a report as a whole states facts, as on its cover.</summary>
public sealed record DocumentRule(string Id, Func<ReportContext, IEnumerable<FactDraft>> Build);
