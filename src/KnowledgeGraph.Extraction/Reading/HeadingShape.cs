namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Whether an unmarked or numbered line of text is a heading, by its shape and by what stands around it.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly ref struct HeadingShape(IReadOnlyList<Line> lines, LineWrap wrap, int index)
{
    private readonly Line _line = lines[index];

    public int Level(Marker marker, out int markerLength)
    {
        markerLength = 0;
        var body = _line.Span[marker.Length..];
        if (body.IsEmpty || _line.Length > 120 || body.Contains('\t') || LineShape.Width(_line.Span) > 110)
        {
            return 0;
        }

        if (marker.Sort is MarkerSort.Bullet)
        {
            return 0;
        }

        if (marker.Found)
        {
            markerLength = marker.Length;
            return IsNumbered(marker, body) ? Math.Clamp(marker.Depth, 1, 5) : 0;
        }

        if (IsBracketed(body) || IsBold(body))
        {
            return 3;
        }

        return IsSubject(body) ? 4 : IsTitle(body) ? 2 : 0;
    }

    private bool IsNumbered(Marker marker, ReadOnlySpan<char> body)
    {
        var ends = LineShape.EndsSentence(body) && LineShape.LastVisible(body) is not (':' or '：');
        if (ends || _line.Span[0] == '>')
        {
            return false;
        }

        switch (marker.Sort)
        {
            case MarkerSort.Ideographic:
                return LineShape.Width(body) <= 90 && !RunsOn();
            case MarkerSort.Section:
                // 2.5 亿元… is a number, 4.2 公司新闻 a heading.
                return LineShape.Width(body) <= 90 && !RunsOn() && body[0] is not ('万' or '亿' or '億' or '兆' or '%' or '倍' or '元' or '个' or '月' or '-' or '~') && (PreviousIsGap() || marker.Depth > 1);
            default:
                return LineShape.Width(body) <= 90 && !RunsOn() && Next() is { } next && (LineShape.MarkerOf(next.Span) is { Found: true } below ? (StandsFree() || OpensInCapitals(body)) && below.Sort != marker.Sort : IsBody(next) || OpensInCapitals(body));
        }
    }

    /// <summary>2. PREVIEWS between two blank lines.</summary>
    private bool StandsFree() => PreviousIsGap() && NextIsBlank();

    /// <summary>2. SK HYNIX - memory still the bottleneck: no item of prose begins in capitals.</summary>
    private static bool OpensInCapitals(ReadOnlySpan<char> body)
    {
        var end = body.IndexOfAny("-–—:(");
        var name = end < 0 ? body : body[..end];
        return name.Count(' ') <= 5 && name.IndexOfAnyInRange('a', 'z') < 0 && LettersOf(name) >= 4;
    }

    private static int LettersOf(ReadOnlySpan<char> name)
    {
        var letters = 0;
        foreach (var character in name)
        {
            letters += char.IsAsciiLetterUpper(character) ? 1 : 0;
        }

        return letters;
    }

    /// <summary>The line is only the first part of a wrapped paragraph.</summary>
    private bool RunsOn() =>
        index + 1 < lines.Count && !lines[index + 1].IsBlank && lines[index + 1].Role == LineRole.Content && lines[index + 1].Hint == LineHint.None && !UnitReader.OpensItem(lines[index + 1])
            && wrap.Continues(_line, lines[index + 1], isList: false);

    /// <summary>【行业动态】 alone on its line.</summary>
    private bool IsBracketed(ReadOnlySpan<char> body) => body[0] == '【' && body[^1] == '】' && body.IndexOf('】') == body.Length - 1 && body.Length <= 40;

    private bool IsBold(ReadOnlySpan<char> body) =>
        body.StartsWith("**") && body.EndsWith("**") && body.Length > 4 && body.Length <= 80 && body[2..^2].IndexOf("**") < 0 && !LineShape.IsStop(LineShape.LastVisible(body));

    /// <summary>英伟达： — the subject of what follows.</summary>
    private bool IsSubject(ReadOnlySpan<char> body)
    {
        var bare = body.TrimEnd("* ");
        return bare.Length is > 1 and <= 30 && bare[^1] is ':' or '：' && bare.Length <= 30 && !bare.ContainsAny("，。；,;") && Next() is not null && (PreviousIsGap() || NextIsBlank());
    }

    /// <summary>A short line without a stop that stands free and is followed by the text that it heads.</summary>
    private bool IsTitle(ReadOnlySpan<char> body)
    {
        if (LineShape.EndsSentence(body) || body.Contains('。') || body[^1] is '，' or '、' or ',' || LineShape.Width(body) > 90 || !PreviousIsGap() || RunsOn() || _line.Span[0] is '>' or '|' or '(' or '（')
        {
            return false;
        }

        if (CellShape.IsFigure(body) || body.Length < 2 || !HasWord(body))
        {
            return false;
        }

        return Next() is { } next && IsBody(next);
    }

    private static bool HasWord(ReadOnlySpan<char> body)
    {
        var letters = 0;
        foreach (var character in body)
        {
            letters += char.IsLetter(character) ? 1 : 0;
        }

        return letters * 3 >= body.Length;
    }

    private bool PreviousIsGap() =>
        index == 0 || lines[index - 1].IsBlank || lines[index - 1].Role != LineRole.Content || lines[index - 1].Hint != LineHint.None || LineShape.EndsSentence(lines[index - 1].Span)
            || IsHead(lines[index - 1]) || LineShape.IsSource(lines[index - 1]);

    private static bool IsHead(Line line)
    {
        var marker = LineShape.MarkerOf(line.Span);
        return marker.Sort is MarkerSort.Hash or MarkerSort.Ideographic || (marker.Sort is MarkerSort.Number && OpensInCapitals(line.Span[marker.Length..]));
    }

    private bool NextIsBlank() => index + 1 < lines.Count && lines[index + 1].IsBlank;

    private Line? Next()
    {
        for (var i = index + 1; i < lines.Count && i < index + 12; i++)
        {
            if (!lines[i].IsBlank && lines[i].Role != LineRole.Furniture)
            {
                return lines[i].Role == LineRole.Content ? lines[i] : null;
            }
        }

        return null;
    }

    /// <summary>Something that a heading heads: prose, an item, a row, a caption; not another short line.</summary>
    private static bool IsBody(Line next) =>
        LineShape.EndsSentence(next.Span) || LineShape.Width(next.Span) > 70 || LineShape.MarkerOf(next.Span).Found || next.Span.Contains('\t') || next.Span[0] is '|' or '【'
            || next.Hint is LineHint.Table or LineHint.ListItem || LineShape.CaptionLabel(next.Span) > 0 || LineShape.IsSource(next);
}
