namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Joins the halves of paragraphs, headings and tables that a page break parted, page foot and running header between them or not.</summary>
internal static class Joining
{
    public static List<Unit> Join(string text, List<Unit> units)
    {
        var joined = new List<Unit>(units.Count);
        var last = -1;
        foreach (var unit in units)
        {
            var gap = last >= 0 ? Gap(joined, last, unit) : 0;
            if (last >= 0 && gap >= 0 && TryJoin(text, joined[last], unit, gap))
            {
                continue;
            }

            joined.Add(unit);
            last = unit.Kind == BlockKind.Decoy ? last : joined.Count - 1;
        }

        return joined;
    }

    /// <summary>Blank lines between the two, a page foot counted as several; -1 where something else than furniture stands between.</summary>
    private static int Gap(List<Unit> units, int last, Unit unit)
    {
        var gap = unit.BlankLinesBefore;
        for (var i = last + 1; i < units.Count; i++)
        {
            if (units[i].Kind != BlockKind.Decoy || !units[i].IsFurniture)
            {
                return -1;
            }

            gap += units[i].BlankLinesBefore + 4;
        }

        return gap;
    }

    private static bool TryJoin(string text, Unit first, Unit second, int gap)
    {
        if (first.Raw is { } table && second.Raw is { } more)
        {
            if (!table.TryContinue(more, acrossPages: gap >= 3))
            {
                return false;
            }

            first.End = second.End;
            return true;
        }

        var joins = !first.IsWhole && !second.IsWhole && !first.IsNote && !second.IsNote && second.Marker == MarkerSort.None
            && ((first.Kind is BlockKind.Paragraph or BlockKind.ListItem && second.Kind is BlockKind.Paragraph or BlockKind.Heading && IsTorn(text, first, second, gap))
                || (first.Kind == BlockKind.Heading && second.Kind is BlockKind.Heading or BlockKind.Paragraph && IsTornHeading(text, first, second, gap)));
        if (joins)
        {
            first.Stretches.AddRange(second.Stretches);
            first.End = second.End;
        }

        return joins;
    }

    private static bool IsTorn(string text, Unit first, Unit second, int gap)
    {
        var head = text.AsSpan(first.Stretches[^1].Start, first.Stretches[^1].End - first.Stretches[^1].Start);
        var tail = text.AsSpan(second.Stretches[0].Start, second.Stretches[0].End - second.Stretches[0].Start);
        if (gap == 0 || gap > 14 || LineShape.EndsSentence(head) || head.IsEmpty || tail.IsEmpty || OpensAnew(tail))
        {
            return false;
        }

        var length = first.Stretches.Sum(stretch => LineShape.Width(text.AsSpan(stretch.Start, stretch.End - stretch.Start)));
        var last = LineShape.LastVisible(head);
        if (!Text.Folding.IsIdeographic(last) && !Text.Folding.IsIdeographic(tail[0]) && IsLatin(head))
        {
            return length > 40 && (char.IsLower(tail[0]) || last is ',' or '-' || (gap >= 3 && length > 100 && char.IsLetterOrDigit(last) && LineShape.EndsSentence(tail)));
        }

        var isProse = head.ContainsAny("，。；") || head.Contains(", ", StringComparison.Ordinal) || last is '、';
        var isLong = head.Contains('。') || length > 120 || (gap >= 2 && length > 70) || last is '，' or '、';
        return isProse && isLong && (LineShape.EndsSentence(tail) || LineShape.Width(tail) > 60 || second.Kind != BlockKind.Heading);
    }

    private static bool IsLatin(ReadOnlySpan<char> span)
    {
        var wide = 0;
        foreach (var character in span)
        {
            wide += LineShape.IsWide(character) ? 1 : 0;
        }

        return wide * 5 < span.Length;
    }

    /// <summary>A heading too long for its line: it ends in a comma, and what follows is short as a heading is.</summary>
    private static bool IsTornHeading(string text, Unit first, Unit second, int gap)
    {
        var head = text.AsSpan(first.Stretches[^1].Start, first.Stretches[^1].End - first.Stretches[^1].Start);
        var tail = text.AsSpan(second.Stretches[0].Start, second.Stretches[0].End - second.Stretches[0].Start);
        return gap <= 2 && LineShape.LastVisible(head) is '，' or ',' or '、' && LineShape.Width(tail) < 80 && !LineShape.EndsSentence(tail);
    }

    private static bool OpensAnew(ReadOnlySpan<char> tail) => tail[0] is '【' or '《' or '*' or '#' or '■' || LineShape.MarkerOf(tail).Found || DateShape.StartsWithDate(tail) || StartsWithMonthDay(tail);

    /// <summary>5月19日，… and 5 月 19 日… open a piece of news.</summary>
    private static bool StartsWithMonthDay(ReadOnlySpan<char> tail)
    {
        var digits = LineShape.Skip(tail, 0, "0123456789");
        var month = LineShape.Skip(tail, digits, " ");
        if (digits is 0 or > 2 || month >= tail.Length || tail[month] != '月')
        {
            return false;
        }

        var day = LineShape.Skip(tail, month + 1, " 0123456789");
        return day > month + 1 && day < tail.Length && tail[day] == '日';
    }
}
