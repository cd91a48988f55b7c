using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Policies;

/// <summary>The title of a document, without its marks.</summary>
internal sealed record PolicyTitle(int Start, int End, string Text);

/// <summary>Tells titles of rules, plans and laws from those of newspapers and papers.</summary>
internal static partial class PolicyTitles
{
    // What a document of an authority calls itself; white papers and reports are none.
    private static readonly string[] Genres =
    [
        "意见", "方案", "办法", "措施", "条例", "规划", "计划", "通知", "指引", "指南", "规定", "法", "决定", "纲要", "行动", "政策", "标准", "规范", "细则", "建议", "公告", "令", "案例集", "目录", "清单", "框架", "蓝图", "战略", "倡议", "宣言", "草案", "决议", "路线图", "要求", "要点", "规则", "准则", "协定", "守则", "法案", "计画", "规程", "公约", "章程", "大纲", "修正案", "提案", "方针", "新政", "举措", "指导意见", "实施细则", "备忘录", "协议", "子法", "专项", "工程", "承诺", "原则", "手册", "导则", "条款", "通函", "总结", "咨询文件", "谘询总结", "谘询文件", "裁定", "初裁", "预案", "若干条", "通告", "批复", "复函", "意见稿", "名录", "章则", "规约", "总则", "标准体系", "释义", "安排",
    ];

    private static readonly string[] Days =
    [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] Joiners = ["of", "for", "on", "and", "the", "to", "in", "with", "&"];

    public static readonly string[] Nouns =
    [
        "Act", "Framework", "Plan", "Strategy", "Order", "Directive", "Regulation", "Regulations", "Guidelines", "Guidance", "Bill", "Code", "Blueprint", "Roadmap", "Law", "Rule", "Rules", "Measures", "Requirements", "Policy", "Programme", "Program", "Charter", "Standards", "Declaration", "Accord", "Proclamation", "Memorandum", "Agenda", "Initiative", "Principles", "Opinions",
    ];

    /// <summary>The 《…》 that opens at a position, or null where it is no document of an authority.</summary>
    public static PolicyTitle? Quoted(Sentence sentence, int open)
    {
        var text = sentence.Passage.Text;
        var close = text.IndexOf('》', open);
        if (close < 0)
            return null;
        var title = text[(open + 1)..close];
        var bare = Bare(title);
        return title.Length is >= 4 and <= 80 && Genres.Any(genre => bare.EndsWith(genre, StringComparison.Ordinal) || bare.Contains(genre + "(", StringComparison.Ordinal)) ? new PolicyTitle(open, close + 1, title) : null;
    }

    /// <summary>The title that fills a cell: in its marks, or a text that ends as a document does.</summary>
    public static string? OfCell(string cell)
    {
        var open = cell.IndexOf('《', StringComparison.Ordinal);
        var close = cell.LastIndexOf('》');
        var title = open >= 0 && close > open ? cell[(open + 1)..close] : cell.Trim('"', '“', '”', '「', '」');
        var bare = Bare(title);
        var isTitle = open >= 0 || Genres.Any(genre => bare.EndsWith(genre, StringComparison.Ordinal)) || Nouns.Any(noun => title.Split(' ').Contains(noun, StringComparer.Ordinal));
        return isTitle && title.Length is >= 4 and <= 120 ? title : null;
    }

    /// <summary>A title in 「…」 or “…”, which also mark names and speech: it must end as a document's does and be no short word.</summary>
    public static PolicyTitle? Marked(Sentence sentence, int open, bool isSure = false)
    {
        var text = sentence.Passage.Text;
        var close = text[open] switch { '「' => text.IndexOf('」', open), '『' => text.IndexOf('』', open), '“' => text.IndexOf('”', open), _ => -1 };
        if (close < 0 || close >= sentence.End)
            return null;
        var title = text[(open + 1)..close];
        var bare = Bare(title);
        return title.Length is >= 5 and <= 60 && title.IndexOfAny([',', '。', ';']) < 0 && (isSure || Genres.Any(genre => bare.EndsWith(genre, StringComparison.Ordinal))) ? new PolicyTitle(open, close + 1, title) : null;
    }

    /// <summary>What is known by its number: SB 912, Rule 5760.</summary>
    public static PolicyTitle? Numbered(Sentence sentence, Span noun)
    {
        var match = Number().Match(sentence.Passage.Text, noun.Start, sentence.End - noun.Start);
        return match.Success ? new PolicyTitle(noun.Start, noun.Start + match.Length, match.Value) : null;
    }

    [GeneratedRegex("\\G(?:[SAH]\\.?B\\.?|H\\.?R\\.?|Rule|Order|Directive) ?\\d{1,5}(?![\\d.,]\\d|%)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    // 晶创台湾方案 2.0, 行动计划(2026—2028年): neither a version nor what stands in brackets is the genre.
    private static string Bare(string title) => Parties.PartyLists.WithoutBrackets(title).TrimEnd().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ' ', 'V');

    /// <summary>The run of capitalised words around a noun that names a document (National Policy Framework for Artificial Intelligence).</summary>
    public static PolicyTitle? English(Sentence sentence, Span noun)
    {
        var text = sentence.Passage.Text;
        if (!char.IsAsciiLetterUpper(text[noun.Start]))
            return null;
        var (start, words) = (noun.Start, 1);
        while (WordBefore(sentence, start) is { } before && (IsCapital(text, before) || Joins(text, before)))
            (start, words) = (before.Start, words + (IsCapital(text, before) ? 1 : 0));
        var end = noun.End;
        while (WordAfter(sentence, end) is { } after && (IsCapital(text, after) || (Joins(text, after) && WordAfter(sentence, after.End) is { } next && IsCapital(text, next))))
            (end, words) = (after.End, words + (IsCapital(text, after) ? 1 : 0));
        while (WordAfter(sentence, start - 1) is { } first && (Joins(text, first) || text[first.Start..first.End] is "The" or "A" or "An"))
            start = sentence.SkipSpace(first.End);
        return (words >= 3 || (words == 2 && text[noun.Start..noun.End] is "Act" or "Law" or "Bill")) && start <= noun.Start ? new PolicyTitle(start, end, text[start..end]) : null;
    }

    // A day or month behind a title is when, not what.
    private static bool IsCapital(string text, Span word) => (char.IsAsciiLetterUpper(text[word.Start]) || (text[word.Start] == '(' && text[word.End - 1] == ')' && char.IsAsciiLetterUpper(text[word.Start + 1]))) && !Days.Contains(text[word.Start..word.End], StringComparer.Ordinal);

    private static bool Joins(string text, Span word) => Joiners.Contains(text[word.Start..word.End], StringComparer.Ordinal);

    private static Span? WordBefore(Sentence sentence, int at)
    {
        var text = sentence.Passage.Text;
        var end = at;
        if (end - 1 < sentence.Start || text[end - 1] != ' ')
            return null;
        end--;
        var start = end;
        while (start > sentence.Start && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '&' or '\'' or '’' || (text[start - 1] is '(' or ')' && text[end - 1] == ')')))
            start--;
        return start < end ? new Span(start, end) : null;
    }

    private static Span? WordAfter(Sentence sentence, int at)
    {
        var text = sentence.Passage.Text;
        var start = at < 0 ? 0 : at;
        if (start >= sentence.End || (start > 0 && text[start] != ' ' && !(at + 1 < sentence.End && (start == 0 || text[start - 1] is ' '))))
            start++;
        if (start < sentence.End && text[start] == ' ')
            start++;
        var end = start;
        while (end < sentence.End && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '&' or '\'' or '’'))
            end++;
        return start < end ? new Span(start, end) : null;
    }
}
