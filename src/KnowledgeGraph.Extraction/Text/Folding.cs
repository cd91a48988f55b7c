namespace KnowledgeGraph.Extraction.Text;

/// <summary>
/// The one folding that passages and vocabulary share: width and compatibility forms that stand for a single character become that character.
/// Case is kept, since names need it.
/// </summary>
public static class Folding
{
    private static readonly char[] Table = Build();

    /// <summary>The character that rules and vocabulary see in place of <paramref name="c"/>; one UTF-16 unit gives one, so offsets stay.</summary>
    public static char Fold(char c) => Table[c];

    public static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = Table[source[i]];
    });

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++)
            table[i] = (char)i;
        for (var c = '\uFF01'; c <= '\uFF5E'; c++)
            table[c] = (char)(c - 0xFEE0);
        table['\u3000'] = ' ';
        table['\u00A0'] = ' ';
        return table;
    }
}
