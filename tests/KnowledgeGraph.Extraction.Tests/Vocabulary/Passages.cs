using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

internal static class Passages
{
    public static Passage Of(string text) => new(text, [.. Enumerable.Range(0, text.Length)]);
}
