using System.Text;

namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>Names that differ only in spacing, hyphens or case are one name: Ernie5.1 and Ernie 5.1, GLM-5.1 and GLM 5.1.</summary>
public static class NameKey
{
    /// <summary>The name without spaces, hyphens and case.</summary>
    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '+')
                key.Append(char.ToLowerInvariant(c));
        }

        return key.ToString();
    }

    /// <summary>The name with a space where a word of two or more letters meets a number, or one script another, so that all spellings make one slug.</summary>
    public static string Spaced(string name)
    {
        var spaced = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            // DeepSeekV4: the capital that a number follows begins a word of its own.
            var isVersion = i >= 1 && i + 1 < name.Length && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]) && char.IsAsciiDigit(name[i + 1]);
            var isEdge = i >= 2 && char.IsAsciiDigit(name[i]) && char.IsAsciiLetter(name[i - 1]) && char.IsAsciiLetter(name[i - 2]) && !(char.IsAsciiLetterUpper(name[i - 1]) && char.IsAsciiLetterLower(name[i - 2]));
            var isBack = i >= 1 && i + 1 < name.Length && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetter(name[i + 1]) && char.IsAsciiDigit(name[i - 1]);
            var isScript = i >= 1 && IsHan(name[i]) != IsHan(name[i - 1]);
            if (isVersion || isEdge || isBack || isScript)
                spaced.Append(' ');
            spaced.Append(name[i]);
        }

        return spaced.ToString();
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';
}
