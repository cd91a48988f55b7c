using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>The authors, by the labels and by-lines in which houses give them; licence numbers, telephones and titles are left out.</summary>
internal static partial class AnalystFinder
{
    public static IReadOnlyList<string> Find(Masthead masthead)
    {
        var names = new List<string>();
        foreach (var line in masthead.Lines.Where(line => line.Text.Length <= 260 && !line.IsTableRow))
        {
            var early = line.Index <= masthead.BodyStart || line.Index < 60;
            foreach (Match label in Label().Matches(line.Text))
            {
                if (early || label.Index == 0)
                {
                    Add(names, ChineseNames(line.Text[(label.Index + label.Length)..]));
                }
            }

            if (early && EnglishLabel().Match(line.Text) is { Success: true } english)
            {
                Add(names, EnglishNames(english.Groups["names"].Value));
            }

            if (line.Index < 15 && names.Count == 0)
            {
                Add(names, ByLine(line.Text));
            }

            if (line.Index < 12 && Reporter().Match(line.Text) is { Success: true } reporter)
            {
                Add(names, [reporter.Groups["name"].Value]);
            }
        }

        return [.. names.Select(name => AsPrinted(masthead, name))];
    }

    private static void Add(List<string> names, IEnumerable<string> found)
    {
        foreach (var name in found.Where(name => name.Length >= 2 && !names.Contains(name, StringComparer.Ordinal)))
        {
            names.Add(name);
        }
    }

    /// <summary>张真桢(执业 S1…), 邵 蔓 S17…, 王五、赵六: ideographs up to whatever is no name.</summary>
    private static IEnumerable<string> ChineseNames(string text)
    {
        var match = NameRun().Match(text);
        if (!match.Success)
        {
            return [];
        }

        var parts = match.Value.Split([' ', '、', ',', '/', '，'], StringSplitOptions.RemoveEmptyEntries);
        var names = new List<string>();
        for (var i = 0; i < parts.Length; i++)
        {
            // A name of two characters is set with a space between them to the width of three.
            var spaced = parts[i].Length == 1 && i + 1 < parts.Length && parts[i + 1].Length == 1;
            names.Add(spaced ? parts[i] + parts[++i] : parts[i]);
        }

        return names.Where(name => name.Length is >= 2 and <= 4);
    }

    private static IEnumerable<string> EnglishNames(string text)
    {
        foreach (var part in NameSeparator().Split(text))
        {
            if (EnglishName().Match(Qualification().Replace(part, "").Trim()) is { Success: true } name)
            {
                yield return name.Value;
            }
        }
    }

    /// <summary>策略 / TMT:陈锦荣 Kenneth Chan, CFA(CE: BQX 118) | 刘嘉敏 Carmen Lau: names in both scripts, parted by bars.</summary>
    private static IEnumerable<string> ByLine(string text)
    {
        var bare = Brackets().Replace(text, "");
        if (!Licence().IsMatch(text) && !(bare.Contains('|', StringComparison.Ordinal) && bare.Contains(':', StringComparison.Ordinal)))
        {
            return [];
        }

        var colon = bare.IndexOf(':', StringComparison.Ordinal);
        return bare[(colon + 1)..].Split('|').Select(part => Qualification().Replace(part, "").Trim(' ', ',')).Where(part => TwoScripts().IsMatch(part) && !TitleFinder.IsLabel(part));
    }

    private static string AsPrinted(Masthead masthead, string name)
    {
        foreach (var line in masthead.Lines)
        {
            var at = Text.Folding.Fold(line.Raw).IndexOf(name, StringComparison.Ordinal);
            if (at >= 0)
            {
                return line.Raw.Substring(at, name.Length);
            }
        }

        return name;
    }

    [GeneratedRegex(@"(?:证券|首席|高级|行业|资深)?(?:分析师|分析员|研究员|撰文|作者)(?:姓名)?\s?[::]\s?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[\u4E00-\u9FFF](?:[\u4E00-\u9FFF]|[ 、,/，](?=[\u4E00-\u9FFF]))*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameRun();

    [GeneratedRegex(@"(?:\b(?:Compiled|Written|Edited|Prepared|Authored) by\s|^By\s|\b(?:Lead |Senior |Research )?Analysts?\s?:\s?|\bAuthors?\s?:\s?)(?<names>[A-Z](?:[^.\d|]|(?<=\b[A-Z])\.){2,120})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishLabel();

    [GeneratedRegex(@"\s(?:and|&)\s|[,;/|]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameSeparator();

    [GeneratedRegex(@"^(?:[A-Z][a-z'’-]+|[A-Z]\.?|[A-Z][a-z]+-[A-Z][a-z]+)(?:\s(?:[A-Z][\w'’-]+|[A-Z]\.)){1,3}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishName();

    [GeneratedRegex(@",?\s?\b(?:CFA|CPA|PhD|MBA|FRM|Ph\.D\.?|CAIA)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Qualification();

    [GeneratedRegex(@"\([^)]{0,60}\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\b(?:CE|CFA|SFC|CE No)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Licence();

    [GeneratedRegex(@"^(?:[\u4E00-\u9FFF]{2,4}(?:\s[A-Z][a-z'’-]+(?:\s[A-Z][A-Za-z'’-]+){0,2})?|[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’.-]*){1,2})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TwoScripts();

    [GeneratedRegex(@"记者\s?(?<name>[\u4E00-\u9FFF]{2,4})\s?[/╱(]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reporter();
}
