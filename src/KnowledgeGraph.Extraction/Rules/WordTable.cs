namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Words by their first characters: which of many stand at a place, for the price of one look.</summary>
internal sealed class WordTable
{
    private readonly Dictionary<char, string[]> byFirst;

    /// <param name="words">In the order in which they are tried.</param>
    public WordTable(IEnumerable<string> words) => byFirst = words.GroupBy(word => TextFilter.Fold(word[0])).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The words that begin with the character at a position inside the sentence; none past its end.</summary>
    public string[] Candidates(Sentence sentence, int at) =>
        at < sentence.End && byFirst.TryGetValue(TextFilter.Fold(sentence.Passage.Text[at]), out var words) ? words : [];

    /// <summary>The first of the words that stands at a position, or null.</summary>
    public string? Standing(Sentence sentence, int at)
    {
        foreach (var word in Candidates(sentence, at))
        {
            if (sentence.Has(word, at, out _))
                return word;
        }

        return null;
    }

    public bool StandsAt(Sentence sentence, int at) => Standing(sentence, at) is not null;
}
