namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>Names of parts of a business: 数据中心, 数据中心业务 and 数据中心收入 are one part.</summary>
public static class SegmentName
{
    private static readonly string[] Words = ["业务", "收入", "部门", "分部", " segment", " business", " division"];

    /// <summary>The name without the words that only say that it is one.</summary>
    public static string Bare(string segment) => Words.Aggregate(
        segment, (name, word) => name.Length > word.Length && name.EndsWith(word, StringComparison.OrdinalIgnoreCase) ? name[..^word.Length] : name);
}
