using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>One line of the text as the finders of metadata see it: folded, Markdown marks gone.</summary>
/// <param name="Index">Number of the line among those that are not blank.</param>
/// <param name="Start">Offset in the document's text.</param>
internal sealed record TextLine(int Index, int Start, string Raw, string Text)
{
    public string Key { get; } = Line.MakeKey(Text);

    /// <summary>A part of the line in the script in which it is printed, which folding has lost; null where the line has no such part.</summary>
    public string? Printed(string folded) => Printed(Raw, folded);

    public static string? Printed(string raw, string folded) => Folding.Fold(raw).IndexOf(folded, StringComparison.Ordinal) is >= 0 and var at ? raw.Substring(at, folded.Length) : null;

    public bool IsTableRow => Raw.Contains('\t', StringComparison.Ordinal) || Raw.StartsWith('|');
}

/// <summary>The lines of a report, and which of them are its cover or masthead.</summary>
internal sealed partial class Masthead
{
    private const int CoverLines = 60;

    // Nothing that a report says of itself stands deeper in a line than a disclaimer is long.
    private const int LineLength = 2000;

    public Masthead(Document document)
    {
        Document = document;
        var lines = new List<TextLine>();
        foreach (var line in Line.Split(document.Text))
        {
            if (!line.IsBlank)
            {
                var marker = LineShape.MarkerOf(line.Span);
                var skip = marker.Sort == MarkerSort.Hash ? marker.Length : line.Span[0] == '>' ? LineShape.Skip(line.Span, 0, "> ") : 0;
                var text = PassageBuilder.Build(document.Text, [(line.Start + skip, Math.Min(line.End, line.Start + skip + LineLength))], starEmphasis: true).Text;
                lines.Add(new TextLine(lines.Count, line.Start, line.Span.ToString(), text));
            }
        }

        Lines = lines;
        BodyStart = FindBody(lines);
        Cover = [.. lines.Take(CoverLines).Where(line => line.Index < BodyStart || (line.Text.Length <= 60 && !line.IsTableRow))];
    }

    public Document Document { get; }

    public IReadOnlyList<TextLine> Lines { get; }

    /// <summary>A name found in folded lines as the text prints it first.</summary>
    public string AsPrinted(string folded) => Lines.Select(line => line.Printed(folded)).FirstOrDefault(printed => printed is not null) ?? folded;

    /// <summary>Lines above the first prose, and short lines soon after it: houses put names and ratings beside the text, which comes out below it.</summary>
    public IReadOnlyList<TextLine> Cover { get; }

    /// <summary>Index of the first line of prose.</summary>
    public int BodyStart { get; }

    /// <summary>The title that an e-mail's head or a Markdown front matter gives (Subject: …, title: …), or null.</summary>
    public string? Declared => Lines.Take(8).Select(line => HeadTitle().Match(line.Raw)).FirstOrDefault(match => match.Success)?.Groups["title"].Value.Trim().Trim('"');

    public IEnumerable<TextLine> Top => Lines.Take(Math.Min(BodyStart, 30));

    [GeneratedRegex(@"^\s*(?:subject|title|topic|主题|主題|今日主题|今日主題|本期主题|标题|標題|题目|題目|议题|議題)\s?[:：\t]\s*(?<title>.{4,160})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HeadTitle();

    private static int FindBody(List<TextLine> lines)
    {
        for (var i = 0; i < lines.Count && i < CoverLines; i++)
        {
            var line = lines[i];
            var isProse = line.Text.Length > 60 && (LineShape.EndsSentence(line.Text) || LineShape.Width(line.Text) > 90) && !line.Key.Contains("for the week", StringComparison.Ordinal);
            if (isProse && !line.IsTableRow && i > 0 && !LayoutWords.IsAnalystLine(line.Key) && !line.Raw.StartsWith('*'))
            {
                return i;
            }
        }

        return Math.Min(lines.Count, CoverLines);
    }
}
