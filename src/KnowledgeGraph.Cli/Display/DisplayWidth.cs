using System.Globalization;
using System.Text;

namespace KnowledgeGraph.Cli.Display;

/// <summary>How many columns text takes on a terminal: two for Chinese and other wide characters, none for combining ones.</summary>
public static class DisplayWidth
{
    // Unicode's East_Asian_Width W and F, joined where only unassigned places lie between. Source: EastAsianWidth.txt.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x23E9, 0x23EC), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
        (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF01, 0xFF60),
        (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The text on one line, cut to a width with an ellipsis where it is wider.</summary>
    public static string Cut(string text, int width)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Of(line) <= width)
            return line;

        var cut = new StringBuilder();
        var used = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            used += Of(rune);
            if (used > width - 1)
                break;
            cut.Append(rune);
        }

        return cut.Append('…').ToString();
    }

    /// <summary>The text, cut or filled up with spaces to exactly a width.</summary>
    public static string Fit(string text, int width)
    {
        var cut = Cut(text, width);
        return cut + new string(' ', width - Of(cut));
    }

    private static int Of(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        return Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;
    }
}
