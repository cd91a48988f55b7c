using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Whether a line begins or ends with something written as a date; what date it is does not matter here.</summary>
internal static partial class DateShape
{
    public static bool StartsWithDate(ReadOnlySpan<char> span) => Leading().IsMatch(span[..Math.Min(span.Length, 40)]);

    public static bool EndsWithDate(ReadOnlySpan<char> span) => Trailing().IsMatch(span[Math.Max(0, span.Length - 40)..]);

    [GeneratedRegex(@"^(?:\d{4}[-./年]\s?\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(@"(?:\d{4}[-./年]\s?\d{1,2}(?:[-./月]\s?\d{1,2}日?)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{8})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Trailing();
}
