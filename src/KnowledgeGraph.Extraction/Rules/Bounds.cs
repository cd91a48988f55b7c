namespace KnowledgeGraph.Extraction.Rules;

public static class Bounds
{
    /// <summary>The ontology's word for a bound, or null.</summary>
    public static string? Word(this Bound? bound) => bound switch
    {
        Bound.Approx => "approx",
        Bound.Min => "min",
        Bound.Max => "max",
        _ => null,
    };
}
