namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Whether a line's end is the end of a paragraph or only of the printed line. PDF text breaks lines at a fixed width, so a line that has
/// no room for the next line's first word goes on there.
/// </summary>
internal sealed class LineWrap
{
    private const int Narrowest = 44;

    private readonly bool _markdown;

    /// <summary>Width of the printed line in columns; 0 where lines are not broken at a width.</summary>
    private readonly int _width;

    public LineWrap(IReadOnlyList<Line> lines, bool markdown)
    {
        _markdown = markdown;
        _width = EstimateWidth(lines);
    }

    public bool IsWrapped => _width > 0;

    private static int EstimateWidth(IReadOnlyList<Line> lines)
    {
        var widths = new List<int>();
        for (var i = 0; i + 1 < lines.Count; i++)
        {
            if (!IsProse(lines[i]) || !IsProse(lines[i + 1]) || LineShape.MarkerOf(lines[i + 1].Span).Found)
            {
                continue;
            }

            var width = LineShape.Width(lines[i].Span);
            if (width >= Narrowest)
            {
                widths.Add(width);
            }
        }

        if (widths.Count < 3)
        {
            return 0;
        }

        widths.Sort();
        var typical = widths[widths.Count * 4 / 5];
        var near = widths.Count(width => width > typical * 0.85 && width < typical * 1.15);
        return near * 2 > widths.Count && typical <= 240 ? typical : 0;
    }

    private static bool IsProse(Line line) => line.Role is LineRole.Content or LineRole.Legal && line.Hint == LineHint.None && line.Length > 0 && !line.Span.Contains('\t');

    /// <summary>Whether the paragraph of <paramref name="line"/> goes on in the line right below.</summary>
    public bool Continues(Line line, Line next, bool isList)
    {
        if (IsFull(line, next))
        {
            return true;
        }

        if (_markdown)
        {
            return !line.EndsWithHardBreak && (isList || !LineShape.EndsSentence(line.Span) || LineShape.Width(line.Span) > Narrowest);
        }

        var last = LineShape.LastVisible(line.Span);
        var nextStartsLower = char.IsLower(next.Span[0]);
        return last is '，' or '、' or ',' or '（' or '(' or '《' or '“'
            || (nextStartsLower && (char.IsLetterOrDigit(last) || last == '-'))
            || (_width == 0 && LineShape.Width(line.Span) >= 56 && !LineShape.EndsSentence(line.Span) && LineShape.Width(line.Span) <= 160 && LineShape.Width(next.Span) > 4);
    }

    /// <summary>No room for the first word of the next line.</summary>
    private bool IsFull(Line line, Line next)
    {
        if (_width == 0)
        {
            return false;
        }

        var width = LineShape.Width(line.Span) + line.Indent;
        var word = FirstWord(next.Span);
        var fill = LineShape.EndsSentence(line.Span) ? 0.95 : 0.9;
        return width >= _width * 0.6 && width + word + (word > 2 ? 1 : 0) >= _width * fill;
    }

    private static int FirstWord(ReadOnlySpan<char> span)
    {
        // An opening bracket stays with what follows it.
        var end = span[0] is '（' or '《' or '“' or '「' or '(' ? 1 : 0;
        if (end < span.Length && LineShape.IsWide(span[end]))
        {
            return 2 + end;
        }

        while (end < span.Length && end < 30 && !char.IsWhiteSpace(span[end]) && !LineShape.IsWide(span[end]))
        {
            end++;
        }

        return end;
    }
}
