using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>What of an HTML page is shown and what is not: scripts, hidden attributes, styles that say display: none.</summary>
internal sealed partial class HtmlVisibility(HashSet<string> hiddenClasses)
{
    public static HtmlVisibility Of(IDocument page)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var style in page.QuerySelectorAll("style"))
        {
            foreach (Match rule in HiddenRule().Matches(style.TextContent))
            {
                hidden.Add(rule.Groups["class"].Value);
            }
        }

        return new HtmlVisibility(hidden);
    }

    public bool Shows(IElement element)
    {
        if (element.LocalName is "script" or "style" or "template" or "head" or "noscript" or "iframe" or "object" or "svg" or "select" or "button" or "textarea" or "input" or "canvas" or "video" or "audio" or "math"
            || element.HasAttribute("hidden"))
        {
            return false;
        }

        var style = element.GetAttribute("style");
        return (style is null || !HiddenStyle().IsMatch(style)) && (hiddenClasses.Count == 0 || !element.ClassList.Any(hiddenClasses.Contains));
    }

    [GeneratedRegex(@"(?:^|[\s,}])\.(?<class>[\w-]+)\s*\{[^}]*?display\s*:\s*none", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HiddenRule();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HiddenStyle();
}
