namespace KnowledgeGraph.Extraction.Values;

/// <summary>What a value may depend on outside its own words.</summary>
/// <param name="ReportDate">The day against which relative dates resolve; null where the report's date is unknown: then they do not parse.</param>
/// <param name="HomeCurrency">ISO 4217 currency of a bare amount.</param>
/// <param name="Covers">The week that the report covers, where it says so: 本周 and a bare weekday are of that week; else of the report's date.</param>
public sealed record ValueContext(DateOnly? ReportDate, string HomeCurrency, (DateOnly Start, DateOnly End)? Covers = null);
