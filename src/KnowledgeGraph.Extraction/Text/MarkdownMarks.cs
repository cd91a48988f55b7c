namespace KnowledgeGraph.Extraction.Text;

/// <summary>Finds the inline marks of Markdown that carry no words: emphasis, code ticks, escapes, link and image targets.</summary>
internal static class MarkdownMarks
{
    /// <summary>Stands in place of a position whose character is a mark.</summary>
    public const int Dropped = -2;

    public static void Drop(string text, List<int> positions, bool starEmphasis)
    {
        var openEmphasis = -1;
        for (var i = 0; i < positions.Count; i++)
        {
            switch (At(text, positions, i))
            {
                case '\\' when At(text, positions, i + 1) is '*' or '_' or '`' or '#' or '|' or '[' or ']' or '~' or '-' or '.' or '!' or '>' or '+':
                    positions[i++] = Dropped;
                    break;
                case '`':
                    positions[i] = Dropped;
                    break;
                case '*' or '_' or '~' when At(text, positions, i + 1) == At(text, positions, i) && IsPairMark(text, positions, i):
                    positions[i] = positions[i + 1] = Dropped;
                    i++;
                    break;
                case '*' or '_' when starEmphasis:
                    openEmphasis = Emphasis(text, positions, i, openEmphasis);
                    break;
                case ']' when At(text, positions, i + 1) == '(':
                    DropLink(text, positions, i);
                    break;
            }
        }

        positions.RemoveAll(position => position == Dropped);
    }

    private static char At(string text, List<int> positions, int index) =>
        index >= 0 && index < positions.Count && positions[index] >= 0 ? text[positions[index]] : '\n';

    /// <summary>Double underscores inside a word belong to the word (__init__ stays whole only where letters touch both sides).</summary>
    private static bool IsPairMark(string text, List<int> positions, int index) =>
        At(text, positions, index) != '_' || !(char.IsLetterOrDigit(At(text, positions, index - 1)) && char.IsLetterOrDigit(At(text, positions, index + 2)));

    private static int Emphasis(string text, List<int> positions, int index, int open)
    {
        var mark = At(text, positions, index);
        var before = At(text, positions, index - 1);
        var after = At(text, positions, index + 1);
        if (open >= 0 && At(text, positions, open) == mark && !char.IsWhiteSpace(before) && (mark == '*' || !char.IsLetterOrDigit(after)))
        {
            positions[open] = positions[index] = Dropped;
            return -1;
        }

        return !char.IsWhiteSpace(after) && (mark == '*' || !char.IsLetterOrDigit(before)) ? index : open;
    }

    /// <summary>[words](target): brackets and target go, the words stay; only where the target has no space but before a title.</summary>
    private static void DropLink(string text, List<int> positions, int close)
    {
        var open = close - 1;
        for (; open >= 0 && At(text, positions, open) is not ('[' or '\n'); open--)
        {
            if (close - open > 300)
            {
                return;
            }
        }

        var end = close + 2;
        for (; end < positions.Count && At(text, positions, end) is not (')' or '\n'); end++)
        {
            if (end - close > 2000)
            {
                return;
            }
        }

        if (At(text, positions, open) != '[' || At(text, positions, end) != ')' || !IsTarget(text, positions, close + 2, end))
        {
            return;
        }

        positions[open] = Dropped;
        if (At(text, positions, open - 1) == '!')
        {
            positions[open - 1] = Dropped;
        }

        for (var i = close; i <= end; i++)
        {
            positions[i] = Dropped;
        }
    }

    private static bool IsTarget(string text, List<int> positions, int start, int end)
    {
        var target = new string([.. Enumerable.Range(start, end - start).Select(i => At(text, positions, i))]);
        return target.Length == 0 || target[0] is '#' or '/' or '<' or '.' || target.Contains("://", StringComparison.Ordinal)
            || target.StartsWith("mailto:", StringComparison.Ordinal) || target.StartsWith("www.", StringComparison.Ordinal);
    }
}
