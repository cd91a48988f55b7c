namespace KnowledgeGraph.Extraction.Reading;

/// <summary>
/// Gives every line its role: what is content and what only looks like it. Each finder walks the lines once, front to back, and touches
/// only lines that no finder before it has claimed.
/// </summary>
internal static class DecoyLines
{
    /// <summary>Marks the lines and returns the keys of the entries of the contents lists: the report's own word on what is a heading.</summary>
    public static HashSet<string> Mark(IReadOnlyList<Line> lines)
    {
        var entries = MarkContents(lines);
        Furniture.Mark(lines);
        MarkRelated(lines);
        MarkContacts(lines);
        MarkLegal(lines, entries);
        return entries;
    }

    private static HashSet<string> MarkContents(IReadOnlyList<Line> lines)
    {
        var entries = new HashSet<string>(StringComparer.Ordinal);
        var inside = false;
        var figures = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Role != LineRole.Content || line.Hint == LineHint.Table)
            {
                inside &= line.Role == LineRole.Blank;
                continue;
            }

            if (LayoutWords.ContentsHeadings.Contains(line.Key.TrimEnd(':')) && NextContent(lines, i) is { } next && IsContentsEntry(next, true))
            {
                (inside, line.Role) = (true, LineRole.Contents);
                figures = line.Key.Contains('图') || line.Key.Contains('表');
                continue;
            }

            var entry = IsContentsEntry(line, inside);
            var wrapped = inside && !entry && NextContent(lines, i) is { } after && IsContentsEntry(after, true)
                && !LineShape.EndsSentence(line.Span) && line.Length < 90 && i + 1 < lines.Count && !lines[i + 1].IsBlank;
            inside = inside && (entry || wrapped);
            if (entry || wrapped)
            {
                line.Role = LineRole.Contents;
                if (!figures && entry)
                {
                    entries.Add(HeadingKey(WithoutPage(line)));
                }
            }
        }

        return entries;
    }

    private static Line? NextContent(IReadOnlyList<Line> lines, int index)
    {
        for (var i = index + 1; i < lines.Count && i <= index + 6; i++)
        {
            if (!lines[i].IsBlank)
            {
                return lines[i];
            }
        }

        return null;
    }

    /// <summary>An entry ends in a page number after leader dots; inside a list a tab or a wide gap will do.</summary>
    private static bool IsContentsEntry(Line line, bool inside)
    {
        var span = line.Span;
        var digits = span.Length;
        while (digits > 0 && char.IsAsciiDigit(span[digits - 1]))
        {
            digits--;
        }

        if (digits == span.Length || span.Length - digits > 3 || digits < 2)
        {
            return false;
        }

        var gap = digits;
        var dots = 0;
        while (gap > 0 && (char.IsWhiteSpace(span[gap - 1]) || span[gap - 1] is '.' or '…' or '·' or '．' or '‥' or '-' or '_'))
        {
            dots += span[gap - 1] is '.' or '·' or '．' or '_' or '-' ? 1 : span[gap - 1] is '…' ? 3 : 0;
            gap--;
        }

        var isGap = span[gap..digits].Contains('\t') || digits - gap >= 3;
        return gap > 0 && (dots >= 4 || (inside && (dots >= 2 || isGap) && span[..gap].IndexOf('\t') < 0));
    }

    private static ReadOnlySpan<char> WithoutPage(Line line) => line.Span.TrimEnd("0123456789").TrimEnd(" \t.…·．_-　");

    /// <summary>A heading's words alone: a contents entry and the heading that it stands for have the same key.</summary>
    public static string HeadingKey(ReadOnlySpan<char> span)
    {
        var key = Line.MakeKey(span);
        return string.Create(key.Length, key, static (target, source) => source.CopyTo(target)).Replace("、", "", StringComparison.Ordinal).TrimEnd('。', '.', ':');
    }

    private static void MarkRelated(IReadOnlyList<Line> lines)
    {
        var inside = false;
        var open = 0;
        foreach (var line in lines)
        {
            if (line.Role is LineRole.Blank or LineRole.Furniture)
            {
                continue;
            }

            if (line.Role == LineRole.Content && LayoutWords.RelatedHeadings.Contains(line.Key.Trim(':', '【', '】', '[', ']')))
            {
                (inside, open, line.Role) = (true, 0, LineRole.Related);
                continue;
            }

            inside = inside && line.Role == LineRole.Content && line.Length < 260 && (open > 0 || LooksLikeTitleEntry(line));
            if (inside)
            {
                line.Role = LineRole.Related;
                open = Math.Clamp(open + line.Span.Count('《') - line.Span.Count('》'), 0, 1);
            }
        }
    }

    /// <summary>A title in brackets or quotes, or a line that begins or ends with a date.</summary>
    private static bool LooksLikeTitleEntry(Line line)
    {
        var body = line.Span[LineShape.MarkerOf(line.Span).Length..];
        if (body.IsEmpty)
        {
            return false;
        }

        if (body[0] is '《' or '"' or '“' or '「' or '〈' || line.Span.EndsWith("》"))
        {
            return true;
        }

        var tail = body.TrimEnd(" )）]】.");
        return line.Length < 200 && (DateShape.EndsWithDate(tail) || DateShape.StartsWithDate(body)) && !LineShape.EndsSentence(body.TrimEnd(")）"));
    }

    private static void MarkContacts(IReadOnlyList<Line> lines)
    {
        foreach (var line in lines)
        {
            if (line.Role == LineRole.Content && line.Hint is not (LineHint.Table or LineHint.Heading) && IsContact(line))
            {
                line.Role = LineRole.Contact;
            }
        }
    }

    /// <summary>Whether a line without any layout of its own holds a mail address or licence.</summary>
    public static bool IsContactText(string text) => HasMailAddress(text) || IsLicence(Line.MakeKey(text));

    private static bool IsContact(Line line)
    {
        if (line.Length > 160 || line.Key.Contains('。'))
        {
            return false;
        }

        return LayoutWords.IsContact(line.Key) || (LayoutWords.IsAnalystLine(line.Key) && line.Length < 120) || HasMailAddress(line.Span) && line.Length < 110 || IsLicence(line.Key);
    }

    private static bool HasMailAddress(ReadOnlySpan<char> span)
    {
        var at = span.IndexOf('@');
        if (at <= 0 || at + 3 >= span.Length || !char.IsAsciiLetterOrDigit(span[at - 1]) || !char.IsAsciiLetterOrDigit(span[at + 1]))
        {
            return false;
        }

        var domain = span[(at + 1)..];
        var end = domain.IndexOfAny(" \t　,;，；)）");
        return domain[..(end < 0 ? domain.Length : end)].IndexOf('.') > 0;
    }

    /// <summary>S0980521120004 alone or after a label: a licence of the securities association.</summary>
    private static bool IsLicence(string key)
    {
        var at = key.IndexOf("s1", StringComparison.Ordinal) is var one and >= 0 ? one : key.IndexOf("s0", StringComparison.Ordinal);
        return at >= 0 && at <= 24 && key.Length <= 80 && at + 14 <= key.Length && !key.AsSpan(at + 1, 13).ContainsAnyExceptInRange('0', '9');
    }

    private static void MarkLegal(IReadOnlyList<Line> lines, HashSet<string> entries)
    {
        var inside = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Role == LineRole.Blank)
            {
                continue;
            }

            if (IsLegalStart(line))
            {
                // A disclaimer of one paragraph ends with it, unless only the tail of the report is left.
                inside |= LayoutWords.IsLegalHeading(HeadOf(line)) || i > lines.Count * 3 / 5;
                line.Role = LineRole.Legal;
                continue;
            }

            inside = inside && !ReopensContent(line, entries);
            line.Role = inside ? LineRole.Legal : line.Role;
        }
    }

    private static bool IsLegalStart(Line line) =>
        line.Role is LineRole.Content or LineRole.Contact && line.Hint != LineHint.Table && LayoutWords.OpensLegal(HeadOf(line));

    /// <summary>The key without a marker and without brackets around the heading.</summary>
    private static string HeadOf(Line line)
    {
        var marker = LineShape.MarkerOf(line.Span);
        var key = marker.Found ? Line.MakeKey(line.Span[marker.Length..]) : line.Key;
        return key.Trim('【', '】', '[', ']', '_', '-', '—');
    }

    private static bool ReopensContent(Line line, HashSet<string> entries)
    {
        if (line.Role != LineRole.Content || line.Length > 80 || LineShape.EndsSentence(line.Span.TrimEnd(":：")) || line.Span.Contains('\t'))
        {
            return false;
        }

        if (line.Hint == LineHint.Heading || LineShape.CaptionLabel(line.Span) > 0 || LayoutWords.ContentHeadings.Contains(line.Key.TrimEnd(':')))
        {
            return true;
        }

        var sort = LineShape.MarkerOf(line.Span).Sort;
        return sort is MarkerSort.Hash or MarkerSort.Section || (sort == MarkerSort.Ideographic && line.Length < 40) || entries.Contains(HeadingKey(line.Span));
    }
}
