using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>
/// The authors, by the labels and by-lines in which houses give them, or by the licence, address or telephone that stands with a name. Assistants,
/// contacts and those who only edited or recorded are left out, and so are licence numbers and titles.
/// </summary>
internal static partial class AnalystFinder
{
    private const int EarlyLines = 60;

    // Addresses and telephones of a house stand at the end as well, its authors' on the cover.
    private const int CoverLines = 45;

    public static IReadOnlyList<string> Find(Masthead masthead)
    {
        var names = new List<string>();
        for (var i = 0; i < masthead.Lines.Count; i++)
        {
            var line = masthead.Lines[i];
            if (line.Text.Length > 260)
            {
                continue;
            }

            Add(names, Labelled(masthead, line));
            var inBothScripts = line.Index < 15 && names.Count == 0 ? ByLine(line.Text).ToList() : [];
            Add(names, inBothScripts);
            if (inBothScripts.Count == 0 && line.Index < CoverLines && !Other().IsMatch(line.Text))
            {
                Add(names, WithContact(masthead, i));
            }
        }

        return [.. names.Select(masthead.AsPrinted)];
    }

    private static void Add(List<string> names, IEnumerable<string> found)
    {
        foreach (var name in found.Where(name => name.Length >= 2 && !CoverLabels.IsRating(name) && !names.Contains(name, StringComparer.Ordinal)))
        {
            names.Add(name);
        }
    }

    // 分析师：张真桢, 证券分析师 卢知微, 执笔：尤芷若　段行, By Hollis Grange, Authors / Lucinda Amaro, Partner
    private static IEnumerable<string> Labelled(Masthead masthead, TextLine line)
    {
        var early = line.Index <= masthead.BodyStart || line.Index < EarlyLines;
        foreach (Match label in Label().Matches(line.Text))
        {
            var hasColon = label.Value.IndexOfAny([':', '|', '\t']) >= 0;
            if (early || label.Index == 0)
            {
                foreach (var name in ChineseNames(Brackets().Replace(line.Text[(label.Index + label.Length)..], "")).TakeWhile(name => hasColon || FamilyNames.IsName(name)))
                {
                    yield return name;
                }
            }
        }

        if (early && !line.IsTableRow && EnglishLabel().Match(line.Text) is { Success: true } english)
        {
            foreach (var name in EnglishNames(english.Groups["names"].Value))
            {
                yield return name;
            }
        }

        if (line.Index < EarlyLines && Alone().IsMatch(line.Text))
        {
            foreach (var name in masthead.Lines.Skip(line.Index + 1).Take(4).Select(next => EnglishNames(next.Text).FirstOrDefault()).TakeWhile(name => name is not null))
            {
                yield return name!;
            }
        }

        // Imogen Farrow / Daniel Okonjo, CFA / Mei-Lin Castellanos: a line of names alone.
        if (line.Index < 12 && line.Text.Length <= 100 && EnglishNames(line.Text).ToList() is { Count: >= 2 } alone && alone.Sum(name => name.Length) * 4 >= Qualification().Replace(Brackets().Replace(line.Text, ""), "").Length * 3)
        {
            foreach (var name in alone)
            {
                yield return name;
            }
        }

        if (line.Index < 12 && Reporter().Match(line.Text) is { Success: true } reporter)
        {
            yield return reporter.Groups["name"].Value;
        }

        foreach (Match bracketed in InRole().Matches(line.Text).Where(_ => line.Index < EarlyLines))
        {
            yield return bracketed.Groups["name"].Value;
        }
    }

    // 韩颂　S0910526020008; 杨若谷, CFA　+852 3189 0000; two names over two addresses; Ross Delacroix, CFA / +1 212 526 0000
    private static IEnumerable<string> WithContact(Masthead masthead, int i)
    {
        var line = masthead.Lines[i];
        var next = i + 1 < masthead.Lines.Count ? masthead.Lines[i + 1].Text : "";
        var isOwn = Contact().IsMatch(line.Text);
        if (!isOwn && !(Contact().Match(next) is { Success: true, Index: < 4 } or { Success: true, Value: ['@', ..] }))
        {
            return [];
        }

        var head = isOwn ? line.Text[..Contact().Match(line.Text).Index] : line.Text;
        var chinese = HeadName().Matches(head).Select(match => match.Groups["name"].Value.Replace(" ", "", StringComparison.Ordinal)).ToList();
        if (chinese.Count > 0)
        {
            return chinese.TakeWhile(FamilyNames.IsName);
        }

        return EnglishHead().Match(head) is { Success: true } english && !NotPerson().IsMatch(english.Groups["name"].Value) ? [english.Groups["name"].Value] : [];
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

        // 撰文：老秦　排版：阿苔: what a colon follows is the next label.
        if (match.Length < text.Length && text[match.Length..].TrimStart() is [':', ..])
        {
            names.RemoveAt(names.Count - 1);
        }

        return names.Where(name => name.Length is >= 2 and <= 4);
    }

    private static IEnumerable<string> EnglishNames(string text)
    {
        foreach (var part in NameSeparator().Split(Brackets().Replace(text, "")))
        {
            if (EnglishName().Match(Qualification().Replace(part, "").Trim()) is { Success: true } name && !NotPerson().IsMatch(name.Value))
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
        return bare[(colon + 1)..].Split('|').Select(part => Qualification().Replace(part, "").Trim(' ', ',')).Where(part => TwoScripts().IsMatch(part) && !TitleFinder.IsLabel(part) && !NotPerson().IsMatch(part));
    }

    [GeneratedRegex(@"(?<![\u4E00-\u9FFF])(?:(?:证券|首席|高级|行业|资深|联席|产业)*(?:分析师|分析员|研究员|顾问)|撰文|撰稿|撰稿人|参与撰写|作者|执笔|主笔|主编|责任编辑|编辑|组长|首席|基金经理|项目负责人|写信人|记者|主持|与会)(?:姓名)?\s?(?:[::|\t]\s?|\s+)(?!:)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[\u4E00-\u9FFF](?:[\u4E00-\u9FFF]|[ 、,/，](?=[\u4E00-\u9FFF]))*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameRun();

    [GeneratedRegex(@"(?:\b(?:Compiled|Written|written|Edited|Prepared|Authored) by:?\s|(?:^|[.|·—]\s?)[Bb]y\s|\b(?:Lead |Senior |Research )?Analysts?\s?:\s?|\b[Aa]uthors?\s?:\s?|\bPortfolio managers?\s?:\s?|\b[Dd]ata science\s?:\s?)(?<names>[A-Z](?:[^.\d|@]|(?<=\b[A-Z])\.|(?<=\bDr)\.){2,120})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishLabel();

    [GeneratedRegex(@"^(?:Authors?|Analysts?|Research analysts?)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Alone();

    [GeneratedRegex(@"\s(?:and|&)\s|[,;/|]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameSeparator();

    [GeneratedRegex(@"(?<=^(?:Dr|Prof|Mr|Ms)\.?\s|^)(?:[A-Z][a-z'’-]+|[A-Z]\.?(?:\s[A-Z]\.)?|[A-Z][a-z]+-[A-Z][a-z]+)(?:\s(?:[A-Z][\w'’-]+|[A-Z]\.|van|von|de|der)){1,3}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishName();

    [GeneratedRegex(@",?\s?\b(?:CFA|CPA|PhD|MBA|FRM|Ph\.D\.?|CAIA|AC)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Qualification();

    [GeneratedRegex(@"\([^)]{0,60}\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\b(?:CE|CFA|SFC|CE No)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Licence();

    [GeneratedRegex(@"^(?:[\u4E00-\u9FFF]{2,4}(?:\s[A-Z][a-z'’-]+(?:\s[A-Z][A-Za-z'’-]+){0,2})?|[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’.-]*){1,2})$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TwoScripts();

    [GeneratedRegex(@"记者\s?(?<name>[\u4E00-\u9FFF]{2,4})\s?[/╱(]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reporter();

    [GeneratedRegex(@"(?<![\u4E00-\u9FFF])(?<name>[\u4E00-\u9FFF]{2,4})\s?\((?:首席|资深|高级|证券)?(?:分析师|分析员|研究员)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InRole();

    // Who helps, sells, takes calls or minutes is no author.
    [GeneratedRegex(@"助理|助手|联系人|联络|客服|热线|销售|覆核|审稿|校对|记录|整理|总机|编辑部|研究部电话|\b(?:Associate|Sales|Contact|Client|desk|ir|service|morning|research|hi|ads|bd)\b[:@]?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Other();

    [GeneratedRegex(@"\bS\d{12,13}\b|[\w.]+@[\w.-]+|@|(?:\+\s?\d|\(\d{2,4}\)|\b0\d{1,3}-|\b\d{3}-\d{3})[\d\s()-]{5,}|SAC|SFC|\bCE\b|执业|证书|中央编号|登记编号", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Contact();

    [GeneratedRegex(@"(?<![\u4E00-\u9FFF])(?<name>[\u4E00-\u9FFF]{2,4}|[\u4E00-\u9FFF]\s[\u4E00-\u9FFF])(?![\u4E00-\u9FFF:])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HeadName();

    [GeneratedRegex(@"^(?:[▲•◆·*\s]|Dr\.?\s)*(?<name>[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+|van|von|de|der)){1,3}?)(?=\s*(?:$|,|\||[—–-]|\(|AC\b))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnglishHead();

    [GeneratedRegex(@"\b(?:Research|Securities|Capital|Markets|Equity|Equities|Bank|Group|Limited|Ltd|Partners|Management|Technology|Semiconductors?|Internet|Strategy|Team|Sales|Asia|Pacific|Hong|Kong|London|York|Street|Road|Office|Price|Rating|Target|Market|Tower|House|Notes?|Weekly|Daily)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotPerson();
}
