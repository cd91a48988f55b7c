namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Finds page feet, page numbers and running headers.</summary>
internal static class Furniture
{
    public static void Mark(IReadOnlyList<Line> lines)
    {
        var pages = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.StartsPage)
            {
                pages.Add(i);
            }

            if (line.Role == LineRole.Content && line.Hint is LineHint.None or LineHint.Paragraph && (LayoutWords.IsFoot(line.Key) || IsPageOf(line.Key)))
            {
                line.Role = LineRole.Furniture;
            }
        }

        MarkPageNumbers(lines);
        MarkRunning(lines);
    }

    /// <summary>1/5, 第3页, 第3页共12页, page3of12, -3-: a page number that says what it is.</summary>
    private static bool IsPageOf(string key)
    {
        if (key.Length is 0 or > 16 || !key.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        var rest = key.Replace("page", "", StringComparison.Ordinal).Replace("of", "", StringComparison.Ordinal);
        if (rest.AsSpan().ContainsAnyExcept("0123456789第页共/-—–|·."))
        {
            return false;
        }

        var isFraction = key.IndexOf('/') is > 0 and < 4 && key.Length <= 7 && char.IsAsciiDigit(key[0]) && char.IsAsciiDigit(key[^1]) && key.Count(c => c == '/') == 1 && !key.Contains('-');
        return key.Contains('页') || key.StartsWith("page", StringComparison.Ordinal) || isFraction || (key[0] is '-' or '—' or '–' && key[^1] is '-' or '—' or '–' && key.Length <= 7);
    }

    /// <summary>Numbers alone between blank lines that count upwards from page to page.</summary>
    private static void MarkPageNumbers(IReadOnlyList<Line> lines)
    {
        var candidates = new List<(Line Line, int Number)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Role == LineRole.Content && line.Hint == LineHint.None && line.Length <= 3 && int.TryParse(line.Span, System.Globalization.NumberStyles.None, null, out var number)
                && IsEdge(lines, i - 1) && IsEdge(lines, i + 1))
            {
                candidates.Add((line, number));
            }
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            var follows = i > 0 && candidates[i].Number - candidates[i - 1].Number is 1 or 2;
            var precedes = i + 1 < candidates.Count && candidates[i + 1].Number - candidates[i].Number is 1 or 2;
            if (follows || precedes || candidates[i].Line.StartsPage)
            {
                candidates[i].Line.Role = LineRole.Furniture;
            }
        }
    }

    private static bool IsEdge(IReadOnlyList<Line> lines, int index) =>
        index < 0 || index >= lines.Count || lines[index].Role is LineRole.Blank or LineRole.Furniture;

    /// <summary>
    /// A short line that stands beside a page break at least twice, its figures aside, and more than once in the report is a running
    /// header. What merely repeats in the flow of the text (a source line, a section title) has no page break beside it.
    /// </summary>
    private static void MarkRunning(IReadOnlyList<Line> lines)
    {
        var beside = new Dictionary<string, List<Line>>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Role == LineRole.Furniture || lines[i].StartsPage)
            {
                Collect(lines, i, -1, beside);
                Collect(lines, i, 1, beside);
            }
        }

        foreach (var group in beside.Values)
        {
            if (group.Distinct().Count() < 2)
            {
                continue;
            }

            foreach (var line in group)
            {
                line.Role = LineRole.Furniture;
            }
        }
    }

    /// <summary>Up to three lines before or after the break.</summary>
    private static void Collect(IReadOnlyList<Line> lines, int index, int step, Dictionary<string, List<Line>> beside)
    {
        var seen = 0;
        var first = step > 0 && lines[index].StartsPage && lines[index].Role != LineRole.Furniture ? index : index + step;
        for (var i = first; i >= 0 && i < lines.Count && seen < 3; i += step)
        {
            var line = lines[i];
            if (line.Role is LineRole.Blank or LineRole.Furniture)
            {
                continue;
            }

            seen++;
            if (line.Role != LineRole.Content || line.Hint is not (LineHint.None or LineHint.Paragraph) || line.Length > 80 || line.Span.Contains('\t') || line.Span.Count("  ") >= 4 || LineShape.EndsSentence(line.Span)
                || LineShape.IsSource(line) || LineShape.IsNote(line) || LineShape.MarkerOf(line.Span).Found || LineShape.CaptionLabel(line.Span) > 0)
            {
                return;
            }

            var key = new string([.. line.Key.Where(character => !char.IsAsciiDigit(character))]);
            if (key.Length >= 2)
            {
                if (!beside.TryGetValue(key, out var group))
                {
                    beside[key] = group = [];
                }

                group.Add(line);
            }
        }
    }
}
