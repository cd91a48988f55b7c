namespace KnowledgeGraph.Extraction.Reading;

/// <summary>What the source format itself says about a line; text files say nothing.</summary>
internal enum LineHint
{
    None,
    Heading,
    ListItem,

    /// <summary>A paragraph that is whole: no line before or after belongs to it.</summary>
    Paragraph,
    Table,
    Caption,
}

/// <summary>What a line was found to be before blocks are made.</summary>
internal enum LineRole
{
    Content,
    Blank,

    /// <summary>Page feet, running headers, page numbers.</summary>
    Furniture,
    Contents,
    Related,
    Legal,
    Contact,
}

/// <summary>One line of the text, white space at both ends and the line's end left out. Offsets are UTF-16 code units.</summary>
internal sealed class Line(string text, int rawStart, int start, int end)
{
    private string? _key;

    /// <summary>Where the line begins, indentation included.</summary>
    public int RawStart { get; } = rawStart;

    public int Start { get; } = start;

    public int End { get; } = end;

    public LineHint Hint { get; init; }

    /// <summary>Depth of a hinted heading or list item.</summary>
    public int Level { get; init; }

    public Table? Table { get; init; }

    public LineRole Role { get; set; }

    /// <summary>A page begins with this line.</summary>
    public bool StartsPage { get; init; }

    /// <summary>Two spaces or a backslash at the end: in Markdown the line ends here.</summary>
    public bool EndsWithHardBreak => End + 1 < text.Length && text[End] == ' ' && text[End + 1] == ' ';

    public int Indent => Start - RawStart;

    public int Length => End - Start;

    public bool IsBlank => Start == End;

    public ReadOnlySpan<char> Span => text.AsSpan(Start, Length);

    /// <summary>The line's words for comparison: Markdown marks and all white space dropped, width and script folded, lower case.</summary>
    public string Key => _key ??= MakeKey(Span);

    public static string MakeKey(ReadOnlySpan<char> span)
    {
        var key = new System.Text.StringBuilder(Math.Min(span.Length, 400));
        foreach (var character in span)
        {
            var folded = Text.Folding.Fold(character);
            if (!char.IsWhiteSpace(folded) && folded is not ('*' or '`') && !(key.Length == 0 && folded is '#' or '>'))
            {
                key.Append(char.ToLowerInvariant(folded));
            }

            if (key.Length >= 400)
            {
                break;
            }
        }

        return key.ToString();
    }

    /// <summary>The text cut into lines at LF, CR, CR LF and form feed; a form feed starts a page.</summary>
    public static List<Line> Split(string text)
    {
        var lines = new List<Line>();
        var start = 0;
        var page = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('\n' or '\r' or '\f' or '\u2028' or '\u2029'))
            {
                continue;
            }

            lines.Add(Trimmed(text, start, i, page));
            page = i < text.Length && text[i] == '\f';
            i += i + 1 < text.Length && text[i] == '\r' && text[i + 1] == '\n' ? 1 : 0;
            start = i + 1;
        }

        return lines;
    }

    private static Line Trimmed(string text, int rawStart, int rawEnd, bool startsPage)
    {
        var (start, end) = Trim(text, rawStart, rawEnd);
        return new Line(text, rawStart, start, end) { StartsPage = startsPage, Role = start == end ? LineRole.Blank : LineRole.Content };
    }

    /// <summary>The stretch without white space and invisible characters at its ends; empty at its start where nothing is left.</summary>
    public static (int Start, int End) Trim(string text, int start, int end)
    {
        var first = start;
        while (first < end && IsInvisible(text[first]))
        {
            first++;
        }

        while (end > first && IsInvisible(text[end - 1]))
        {
            end--;
        }

        return first == end ? (start, start) : (first, end);
    }

    private static bool IsInvisible(char character) => char.IsWhiteSpace(character) || Text.Folding.IsDropped(character);
}
