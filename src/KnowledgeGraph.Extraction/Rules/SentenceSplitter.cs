namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Cuts a passage into sentences: at 。！？ and at a full stop that ends an English sentence. Semicolons do not cut: what follows one often completes a figure.</summary>
public static class SentenceSplitter
{
    private static readonly string[] Abbreviations = ["no", "vs", "inc", "corp", "ltd", "co", "mr", "ms", "dr", "sen", "rep", "u.s", "e.g", "i.e", "approx", "est", "st", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];

    // What runs on for longer is no prose; rules that look through a whole sentence need an end to it.
    private const int Longest = 1500;

    /// <summary>Sentences in order, white space around them left out; offsets into the text.</summary>
    public static IEnumerable<(int Start, int End)> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsEnd(text, i) && (i - start < Longest || !IsPause(text, i)))
                continue;
            var end = i + 1;
            while (end < text.Length && text[end] is '”' or '’' or '」' or '』' or '"' or ')' or '。')
                end++;
            if (Trim(text, start, end) is { } sentence)
                yield return sentence;
            start = end;
            i = end - 1;
        }

        if (Trim(text, start, text.Length) is { } last)
            yield return last;
    }

    // Past the greatest length any mark or space ends a sentence, and where none comes soon, any character but half a surrogate pair.
    private static bool IsPause(string text, int i)
    {
        var isApart = text[i] is ' ' or ';' or ',' or '、' or ':' or '|' or ')';
        return isApart || (i % (Longest / 2) == 0 && !char.IsHighSurrogate(text[i]));
    }

    private static bool IsEnd(string text, int i) => text[i] switch
    {
        '。' or '!' or '?' or '\n' => true,
        // ①…; ②…: items of a list in one paragraph.
        ';' => i + 1 < text.Length && text[text[i + 1] == ' ' ? Math.Min(i + 2, text.Length - 1) : i + 1] is >= '①' and <= '⑳',
        '.' => EndsEnglishSentence(text, i),
        _ => false,
    };

    private static bool EndsEnglishSentence(string text, int i)
    {
        if (i + 1 < text.Length && text[i + 1] is not (' ' or '"' or ')' or '”'))
            return false;
        // Q3 revenue ........ US$684m: dots that lead from a label to its figure stand apart from both.
        var dots = i;
        while (dots > 0 && text[dots - 1] == '.')
            dots--;
        if (dots > 0 && text[dots - 1] == ' ')
            return false;
        var next = i + 1;
        while (next < text.Length && text[next] is ' ' or '"' or ')' or '”' or '(' or '“')
            next++;
        // xAI and iPhone open a sentence all the same.
        if (next < text.Length && char.IsAsciiLetterLower(text[next]) && !(next + 1 < text.Length && char.IsAsciiLetterUpper(text[next + 1])))
            return false;
        var word = i;
        while (word > 0 && (char.IsAsciiLetter(text[word - 1]) || text[word - 1] == '.'))
            word--;
        var before = text[word..i];
        var isInitial = before.Length == 1 && char.IsAsciiLetterUpper(before[0]) && !(word > 0 && char.IsAsciiDigit(text[word - 1]));
        var isListNumber = word == i && i > 0 && char.IsAsciiDigit(text[i - 1]) && i <= 2;
        return !isInitial && !isListNumber && !Abbreviations.Contains(before.ToLowerInvariant());
    }

    private static (int Start, int End)? Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return start < end ? (start, end) : null;
    }
}
