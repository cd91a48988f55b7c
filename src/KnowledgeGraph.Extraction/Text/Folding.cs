using System.Collections.Frozen;
using System.Text;

namespace KnowledgeGraph.Extraction.Text;

/// <summary>
/// Folds width and script character by character: full-width forms to ASCII, ligatures and compatibility ideographs to what they stand
/// for, traditional ideographs to simplified ones. Curly quotes and the ideographic marks 。、「」《》 stay.
/// </summary>
public static class Folding
{
    private static readonly FrozenDictionary<char, char> Simplified = LoadSimplified();

    private static readonly FrozenDictionary<char, string> Compatible = LoadCompatible();

    private static readonly char[] Folded = MakeFolded();

    /// <summary>The simplified form of a traditional ideograph; every other character as it is.</summary>
    public static char ToSimplified(char character) =>
        character < '\u3400' ? character : Simplified.GetValueOrDefault(character, character);

    /// <summary>The text with every traditional ideograph replaced; the length does not change.</summary>
    public static string ToSimplified(string text) =>
        string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = ToSimplified(source[i]);
            }
        });

    /// <summary>
    /// The character that passages and vocabulary have in place of this one: width and script folded, case kept. One UTF-16 unit gives one,
    /// so offsets stay.
    /// </summary>
    public static char Fold(char character) => Folded[character];

    public static string Fold(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = Folded[source[i]];
        }
    });

    internal static bool IsDropped(char character) => character
        is '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F');

    /// <summary>
    /// What a ligature, Roman numeral or compatibility ideograph stands for, else null. PDF fonts yield these where the page shows plain
    /// letters and ideographs.
    /// </summary>
    internal static string? Expand(char character) =>
        character >= '\u2160' && Compatible.TryGetValue(character, out var expansion) ? expansion : null;

    internal static bool IsIdeographic(char character) =>
        character is (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60') or (>= '\uD840' and <= '\uDFFF')
            or '\u2014' or '\u2026' or '\u201C' or '\u201D';

    private static char[] MakeFolded()
    {
        var folded = new char[char.MaxValue + 1];
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = (char)i switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(i - 0xFEE0),
                '\u3000' or '\u00A0' or '\u2007' or '\u202F' => ' ',
                '\uFFE5' => '\u00A5',
                '\u2010' or '\u2011' or '\uFE63' => '-',
                var character => Compatible.TryGetValue(character, out var expansion) && expansion.Length == 1 ? ToSimplified(expansion[0]) : ToSimplified(character),
            };
        }

        return folded;
    }

    private static FrozenDictionary<char, char> LoadSimplified()
    {
        var pairs = new Dictionary<char, char>();
        foreach (var line in Rows("traditional.txt"))
        {
            for (var i = 0; i + 1 < line.Length; i += 2)
            {
                pairs[line[i]] = line[i + 1];
            }
        }

        return pairs.ToFrozenDictionary();
    }

    /// <summary>A table of our own, because string normalisation does nothing under invariant globalisation.</summary>
    private static FrozenDictionary<char, string> LoadCompatible() =>
        Rows("compatibility.txt").ToFrozenDictionary(line => line[0], line => line[1..]);

    private static IEnumerable<string> Rows(string resource)
    {
        using var stream = typeof(Folding).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The table {resource} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line is not ['#', ..] && line.Length > 1)
            {
                yield return line;
            }
        }
    }
}
