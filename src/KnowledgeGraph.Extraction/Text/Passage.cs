namespace KnowledgeGraph.Extraction.Text;

/// <summary>
/// A stretch of a document in the form that rules read: width and script folded, line breaks inside a sentence gone. <c>Map[i]</c> is the
/// offset (UTF-16 code units) in the document's text of the character from which <c>Text[i]</c> was made, so every match leads back to the
/// original to the character. The map never decreases.
/// </summary>
public sealed record Passage(string Text, IReadOnlyList<int> Map)
{
    public static Passage Empty { get; } = new("", []);

    /// <summary>A text that is looked at by itself: its offsets are its own.</summary>
    public static Passage Plain(string text) => new(text, [.. Enumerable.Range(0, text.Length)]);

    /// <summary>The source span, end exclusive, behind a non-empty span of the passage.</summary>
    public (int Start, int End) Source(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, end);
        return (Map[start], Map[end - 1] + 1);
    }
}
