using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Policies;

/// <summary>The title of a document, without its marks.</summary>
internal sealed record PolicyTitle(int Start, int End, string Text);

/// <summary>Tells titles of rules, plans and laws from those of newspapers and papers.</summary>
internal static class PolicyTitles
{
    // What a document of an authority calls itself; white papers and reports are none.
    private static readonly string[] Genres =
    [
        "意见", "方案", "办法", "措施", "条例", "规划", "计划", "通知", "指引", "指南", "规定", "法", "决定", "纲要", "行动", "政策", "标准", "规范", "细则", "建议", "公告", "令", "案例集", "目录", "清单", "框架", "蓝图", "战略", "倡议", "宣言", "草案", "决议", "路线图", "要求", "要点", "规则", "准则", "协定", "守则", "法案", "计画", "规程", "公约", "章程", "大纲", "修正案", "提案", "方针", "新政", "举措", "指导意见", "实施细则", "备忘录", "协议", "子法", "专项", "工程", "承诺", "原则", "手册", "导则", "条款",
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

    /// <summary>A title in 「…」 or “…”, which also mark names and speech: it must end as a document's does and be no short word.</summary>
    public static PolicyTitle? Marked(Sentence sentence, int open)
    {
        var text = sentence.Passage.Text;
        var close = text[open] switch { '「' => text.IndexOf('」', open), '『' => text.IndexOf('』', open), '“' => text.IndexOf('”', open), _ => -1 };
        if (close < 0 || close >= sentence.End)
            return null;
        var title = text[(open + 1)..close];
        var bare = Bare(title);
        return title.Length is >= 5 and <= 60 && title.IndexOfAny([',', '。', ';']) < 0 && Genres.Any(genre => bare.EndsWith(genre, StringComparison.Ordinal)) ? new PolicyTitle(open, close + 1, title) : null;
    }

    // 晶创台湾方案 2.0, 行动计划(2026—2028年): neither a version nor what stands in brackets is the genre.
    private static string Bare(string title) => title.Split('(')[0].TrimEnd().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ' ', 'V');

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
    private static bool IsCapital(string text, Span word) => char.IsAsciiLetterUpper(text[word.Start]) && !Days.Contains(text[word.Start..word.End], StringComparer.Ordinal);

    private static bool Joins(string text, Span word) => Joiners.Contains(text[word.Start..word.End], StringComparer.Ordinal);

    private static Span? WordBefore(Sentence sentence, int at)
    {
        var text = sentence.Passage.Text;
        var end = at;
        if (end - 1 < sentence.Start || text[end - 1] != ' ')
            return null;
        end--;
        var start = end;
        while (start > sentence.Start && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '&' or '\'' or '’'))
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
