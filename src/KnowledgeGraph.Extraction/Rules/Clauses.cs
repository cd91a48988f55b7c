namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Clauses inside a sentence: the stretches between commas, semicolons, colons and brackets.</summary>
public static class Clauses
{
    private const string Marks = "，。；：！？,;:!?()（）\n";

    /// <summary>Where the clause that holds a position starts; a decimal comma or point does not cut.</summary>
    public static int Start(Sentence sentence, int position)
    {
        var at = Math.Min(position, sentence.End);
        while (at > sentence.Start && !Cuts(sentence.Passage.Text, at - 1))
            at--;
        return sentence.SkipSpace(at);
    }

    /// <summary>Where the clause that holds a position ends, its mark excluded.</summary>
    public static int End(Sentence sentence, int position)
    {
        var at = position;
        while (at < sentence.End && !Cuts(sentence.Passage.Text, at))
            at++;
        return at;
    }

    private static bool Cuts(string text, int at) =>
        Marks.Contains(text[at], StringComparison.Ordinal)
        && !(text[at] is ',' or ':' && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]));
}
