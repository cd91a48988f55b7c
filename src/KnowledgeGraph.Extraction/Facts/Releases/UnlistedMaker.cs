using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>
/// A developer that no vocabulary knows, by where it stands: it opens the clause of the word of releasing, perhaps behind what it is (法国初创公司,
/// the start-up), and only a date, a place, a licence or an adverb stand between the two (砚山智能 8 月 7 日发布…, Lumen Labs has open-sourced…).
/// </summary>
public static class UnlistedMaker
{
    // What stands before a company's name and says what it is.
    private static readonly string[] Descriptions =
    [
        "初创公司", "初创企业", "新创公司", "新创企业", "创业公司", "人工智能公司", "AI 公司", "AI公司", "芯片公司", "科技公司", "独角兽企业", "独角兽", "新创", "初创", "开发商", "芯片商", "大厂", "厂商", "机构", "公司", "企业", "旗下",
        "start-up", "startup", "company", "lab", "maker", "developer", "unicorn", "designer", "firm", "newcomer", "team at", "rival",
    ];

    // What an adverb of time, a licence, a place or a partner opens between name and verb.
    private static readonly string[] Between =
    [
        "以", "在", "于", "将", "把", "正式", "宣布", "联合", "携手", "与", "和", "同", "今", "昨", "近日", "日前", "本周", "上周", "周", "本月", "上月", "当天", "当日", "同日", "凌晨", "刚刚", "随后", "此前", "也", "又", "还", "则", "已", "计划", "拟", "即将", "预计", "最新", "同步", "首次", "率先", "全面", "重磅", "低调", "悄然", "对外", "面向", "向", "再度", "再次", "陆续", "同时", "(", "（",
    ];

    private static readonly string[] Adverbs =
    [
        "has", "have", "had", "also", "will", "is", "to", "set", "due", "plans", "planning", "expects", "on", "in", "this", "last", "next", "week", "month", "today", "yesterday", "tomorrow", "quietly", "just", "officially", "finally", "now", "then", "recently", "earlier", "later", "formally", "publicly", "meanwhile", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "the", "says", "said", "it", "and", "early", "late", "about", "preparing",
    ];

    // Han words that no developer's name holds.
    private static readonly string[] NoName =
    [
        "的", "了", "其", "该", "这", "那", "某", "多家", "各", "双方", "公司", "企业", "客户", "用户", "厂商", "伙伴", "开发者", "官方", "政府", "市场", "行业", "产业", "业界", "全球", "国内", "海外", "国产", "我们", "他们", "会议", "大会", "论坛", "期间", "模型", "芯片", "产品", "版本", "平台", "系统", "功能", "服务", "应用", "新品", "预计", "此次", "本次", "首个", "首款", "一款", "一个", "两款", "三款", "多款", "报告", "消息", "媒体", "分析", "市占", "方面", "目前", "过去", "未来", "今年", "去年", "明年", "年内", "随着", "通过", "由于", "因为", "如果", "虽然", "有望", "可能", "连续", "成功", "加速", "持续", "不断", "竞争", "巨头", "头部", "开源", "发布", "推出", "上线", "作者", "编辑", "后续", "随即", "据悉", "另外", "此外", "要闻", "新闻", "动态", "事件", "速递", "概念", "板块", "指数", "资金", "研究人员", "学者", "专家", "同场", "现场", "同日", "同台", "新增",
    ];

    // Authorities and institutions of another kind publish papers.
    private const string Offices = "部局委厅署会省市院办";

    private static readonly string[] Origins = ["based", "backed", "funded", "owned"];

    private static readonly string[] Nations = ["Chinese", "French", "German", "Israeli", "Japanese", "Korean", "Indian", "British", "Canadian", "American", "Dutch", "Swiss", "Taiwanese", "Singaporean", "Start-up", "Startup", "AI"];

    /// <summary>The unknown developer that opens the clause of a verb; null where the clause opens with anything else.</summary>
    public static Maker? Before(SentenceContext context, Span verb)
    {
        var sentence = context.Sentence;
        var from = Opening(sentence, Clauses.Start(sentence, verb.Start), verb.Start);
        if (from >= verb.Start)
            return null;
        return char.IsAsciiLetterOrDigit(sentence.Passage.Text[from]) ? Latin(context, from, verb) : Han(context, from, verb);
    }

    // Dates and bullets that open the clause, and the words that say what the company is.
    private static int Opening(Sentence sentence, int from, int to)
    {
        var text = sentence.Passage.Text;
        for (var moved = true; moved && from < to;)
        {
            moved = false;
            while (from < to && !char.IsLetterOrDigit(text[from]))
                from++;
            if (sentence.All<DateValue>().FirstOrDefault(date => date.Start == from && date.End <= to) is { } date)
                (from, moved) = (date.End, true);
        }

        var described = Descriptions.SelectMany(word => Ends(sentence, word, from, Math.Min(to, from + 20))).DefaultIfEmpty(from).Max();
        return described < to ? sentence.SkipSpace(described) : from;
    }

    private static IEnumerable<int> Ends(Sentence sentence, string word, int from, int to) =>
        sentence.Find([word], from, to) is { } found && found.End < to ? [found.End] : [];

    private static Maker? Latin(SentenceContext context, int from, Span verb)
    {
        var sentence = context.Sentence;
        var name = sentence.All<Name>().FirstOrDefault(name => name.Start <= from + 4 && name.Start >= from - 4 && name.End <= verb.Start && !name.Quoted);
        if (name is null || name.Kind is not null || name.Candidates.Count > 0 || context.Report.Kinds.Kind(name) is not null || sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start < name.End && m.End > name.Start))
            return null;
        var words = name.Text.Split(' ').SkipWhile(word => Nations.Contains(word, StringComparer.Ordinal) || Origins.Any(origin => word.EndsWith("-" + origin, StringComparison.Ordinal))).ToList();
        var text = string.Join(' ', words);
        return text.Length > 2 && char.IsAsciiLetterUpper(text[0]) && HeadNouns.Ending(text) is null && IsBetween(sentence, name.End, verb.Start) ? new Maker(Participant.Unknown(EntityKind.Company, text), name.Start) : null;
    }

    private static Maker? Han(SentenceContext context, int from, Span verb)
    {
        var sentence = context.Sentence;
        var text = sentence.Passage.Text;
        var end = from;
        while (end < verb.Start && end - from <= 10 && text[end] is >= '\u4e00' and <= '\u9fff' && !(end - from >= 2 && Between.Any(word => sentence.Has(word, end, out _))) && !sentence.All<DateValue>().Any(date => date.Start == end))
            end++;
        var name = text[from..end];
        var isName = name.Length is >= 2 and <= 10 && (!Offices.Contains(name[^1], StringComparison.Ordinal) || name.EndsWith("研究院", StringComparison.Ordinal)) && !NoName.Any(word => name.Contains(word, StringComparison.Ordinal)) && !sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start < end && m.End > from && m.Start == from && m.End >= end)
            && !sentence.All<Name>().Any(other => other.Start < end && other.End > from);
        return isName && IsBetween(sentence, end, verb.Start) ? new Maker(Participant.Unknown(EntityKind.Company, name), from) : null;
    }

    // Nothing, a date, or what one of the words above opens.
    private static bool IsBetween(Sentence sentence, int from, int to)
    {
        var at = sentence.SkipSpace(from);
        if (at >= to || sentence.All<DateValue>().Any(date => date.Start == at) || Between.Any(word => sentence.Has(word, at, out _)))
            return true;
        var rest = sentence.Slice(at, to);
        foreach (var date in sentence.All<DateValue>().Where(date => date.Start >= at && date.End <= to).OrderByDescending(date => date.Start))
            rest = rest.Remove(date.Start - at, Math.Min(date.Length, rest.Length - (date.Start - at)));
        return rest.All(c => c < 128) && rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Adverbs.Contains(word.ToLowerInvariant(), StringComparer.Ordinal));
    }
}
