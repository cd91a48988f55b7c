using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>The part of a company that a figure is of: the noun phrase right before the metric (数据中心收入, GPU 云收入, data-center revenue).</summary>
/// <param name="Name">Null where the figure is of the whole company.</param>
/// <param name="Start">Where the phrase starts, offset into the passage; the metric's start where there is none.</param>
/// <param name="Owner">The company behind a product that is the segment (可灵 -> 快手), else null.</param>
public sealed record Segment(string? Name, int Start, Participant? Owner);

public static partial class Segments
{
    private static readonly string[] Noise =
    [
        "该季", "账单", "本财年", "本财", "本行料", "我们料", "本行", "料", "次季", "末季", "部门", "期内", "中期", "年内", "板块", "分部", "相关", "累计", "首度", "连续", "来自", "受惠", "带动", "使", "令", "推动", "拉动", "帮助", "随着", "由于", "因为", "归属于上市公司股东的", "归属", "实现", "贡献", "当中", "部分", "公司", "其中", "本季度", "本季", "当季", "单季度", "单季", "单月", "季度", "报告期内", "整体", "合计", "全年", "总", "其", "的", "该", "而", "同期", "预计", "预期", "预估", "预料", "估计", "财测", "展望", "今年", "去年", "业绩", "财报显示", "目标", "方面", "上半年", "下半年", "前三季度", "和", "及", "则", "也", "一般性业务", "年度", "首次", "最新", "此前", "指引", "公布", "截至", "末", "月", "年", "第",
        "’s", "'s", "reports", "printed", "prints", "posts", "generating", "drove", "driving", "lifted", "helped", "pushed", "took", "brought", "total", "net", "overall", "the", "its", "quarterly", "full-year", "annual", "company", "group", "and", "of", "reported", "posted", "with", "while", "s", "a", "expects", "sees", "for", "to", "from", "that", "our", "their", "has", "had", "adjusted", "GAAP", "Non-GAAP", "non", "on", "IFRS", "Non-IFRS", "全财年", "整个",
        "美元", "新台币", "人民币", "港元", "指", "并", "将", "把", "以及", "单看", "另外", "另", "合并", "擬", "拟", "管理层", "决议",
        "we", "they", "it", "at", "an", "in", "by", "is", "was", "are", "were", "this", "that", "which", "now", "then", "but", "as", "model", "models", "expect", "see", "forecast", "forecasts", "estimate", "estimates", "record", "strong", "about", "after", "before", "because", "since", "when", "where", "guided", "guides", "had", "delivered", "generated", "posting", "reporting", "against", "into", "than", "looks", "made", "makes", "swung", "turned", "saw", "booked", "hit", "earned", "spent", "put", "also", "guide", "next", "previous", "prior", "last", "年度", "财季", "自结", "合并", "缴出", "交出", "当季", "上季", "次季", "单季",
    ];

    // No part of a company is named with these: what stands before the last of them tells something else.
    private static readonly string[] Telling =
    [
        "我们", "给的是", "给出的是", "给出", "依次录得", "分别录得", "依次", "分别", "这份", "最刺眼", "上调", "下调", "调高", "调低", "上修", "下修", "调升", "调降", "同时", "把", "将", "使得", "受益于", "得益于", "表示", "认为", "显示", "披露", "公告", "发布",
        "management", "which", "that", "said", "says", "told", "is", "are", "was", "were", "has", "have", "had", "will", "should", "would", "while", "because", "pointed to", "points to", "guided", "expects", "now", "year", "quarter", "board", "analysts", "Street",
    ];

    private static readonly string[] Broken = [",", "。", ";", ":", "、", "(", ")", "“", "”", "【", "】", "|", "→", "\t"];

    public static Segment Before(SentenceContext context, Mention metric)
    {
        var sentence = context.Sentence;
        var text = sentence.Passage.Text;
        var start = sentence.Start;
        foreach (var mark in Broken)
        {
            var at = metric.Start == sentence.Start ? -1 : text.LastIndexOf(mark, metric.Start - 1, metric.Start - sentence.Start, StringComparison.Ordinal);
            start = Math.Max(start, at + 1);
        }

        // AI 服务器占服务器营收比重: the part stands before the word.
        var share = metric.Start == sentence.Start ? -1 : text.IndexOf('占', start, metric.Start - start);
        var end = share > start ? share : metric.Start;
        if (From(sentence, start, metric) is { } source)
            return source;
        // A company, a period, a date or a figure ends the phrase on its left.
        start = sentence.Annotations.Where(a => a.End <= end && a.End > start && a is PeriodValue or DateValue or MoneyValue or PercentValue or Growth or Mention { Kind: EntityKind.Company or EntityKind.Publisher or "metric" })
            .Select(a => a.End).DefaultIfEmpty(start).Max();
        // 剔除股权激励费用后的经调整毛利率: what is left out is no part.
        if (sentence.Find(["剔除", "扣除", "撇除", "不计", "若计入", "排除"], start, end) is { } without)
            start = sentence.Find(["后的", "后", "的"], without.End, end)?.End ?? end;
        for (var told = sentence.Find(Telling, start, end); told is { } cut; told = sentence.Find(Telling, start, end))
            start = cut.End;
        var (from, phrase) = Strip(text, start, end);
        if (phrase.Length < 2 && Announced(sentence, metric) is { } announced)
            (from, phrase) = announced;
        if (phrase.Length < 2 && BeforePeriod(context, metric, start) is { } named)
            (from, phrase) = named;
        if (phrase.Length is < 2 or > 24 || IsPeriod().IsMatch(phrase) || phrase.Any(char.IsDigit) && phrase.All(c => char.IsDigit(c) || c == ' '))
            return new Segment(OfTopic(context, metric), metric.Start, null);
        var product = sentence.All<Mention>().FirstOrDefault(m => m.Kind is EntityKind.Product or EntityKind.Model && m.Start >= from && m.End <= metric.Start);
        var maker = product is null ? null : context.Report.Vocabulary.Entry(product.Id).Maker;
        var hasCompany = context.CompanyMention(metric.Start) is not null;
        return new Segment(phrase, from, maker is null || hasCompany ? null : new Participant(EntityKind.Company, context.Report.Vocabulary.Entry(maker).Name, [maker]));
    }

    private static readonly string[] OfAccounts = ["metric/revenue", "metric/operating-income", "metric/operating-margin", "metric/gross-margin", "metric/revenue-share"];

    private static readonly string[] Wholes = ["公司", "整体", "总", "合计", "集团", "全公司", "group", "total", "overall", "company"];

    // 云计算：上半年收入…: the part is named before all of the item; what the clause calls the whole is not of it.
    private static string? OfTopic(SentenceContext context, Mention metric)
    {
        var clause = Clauses.Start(context.Sentence, metric.Start);
        var isWhole = context.Sentence.Contains(Wholes, clause, metric.Start) && !context.Sentence.Contains(["占"], clause, metric.Start);
        return context.Topic.Part is { } part && OfAccounts.Contains(metric.Id) && !isWhole && !context.Sentence.Within<Mention>(clause, metric.Start).Any(m => m.Kind == EntityKind.Company) ? part : null;
    }

    // 个人订阅业务全年收入, 云业务 2026 年一季度收入: the period stands between the part and the metric.
    private static (int From, string Phrase)? BeforePeriod(SentenceContext context, Mention metric, int at)
    {
        var sentence = context.Sentence;
        if (sentence.All<PeriodValue>().LastOrDefault(p => p.End <= metric.Start && metric.Start - p.End <= 1 && p.End == at) is not { } period)
            return null;
        var text = sentence.Passage.Text;
        var start = Clauses.Start(sentence, period.Start);
        start = sentence.Annotations.Where(a => a.End <= period.Start && a.End > start && a is PeriodValue or DateValue or MoneyValue or PercentValue or Growth or Mention { Kind: EntityKind.Company or EntityKind.Publisher or "metric" }).Select(a => a.End).DefaultIfEmpty(start).Max();
        var (from, phrase) = Strip(text, start, period.Start);
        var isPart = phrase.Length is >= 2 and <= 16 && (PartEndings.Any(ending => phrase.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) || sentence.Within<Mention>(from, period.Start).Any(m => m.Kind == "segment"));
        return isPart ? (from, phrase) : null;
    }

    private static readonly string[] PartEndings = ["业务", "板块", "分部", "事业部", "事业群", "产品线", "服务", "事业", "部门", "segment", "business", "division", "unit"];

    // 来自小米与金山生态的收入: whom it comes from may be companies.
    private static Segment? From(Sentence sentence, int start, Mention metric)
    {
        var text = sentence.Passage.Text;
        if (metric.Start - start < 5 || text[metric.Start - 1] != '的' || sentence.Find(["来自于", "来自"], start, metric.Start) is not { } cue)
            return null;
        var phrase = text[cue.End..(metric.Start - 1)].Trim();
        return phrase.Length is >= 2 and <= 16 ? new Segment(phrase, cue.Start, null) : null;
    }

    /// <summary>Of a part that is known as a company too (AWS, 谷歌云), the accounts are its owner's, with the part as their segment.</summary>
    public static (Participant Company, Segment Segment) Whole(SentenceContext context, string metric, Participant company, Segment segment)
    {
        var owner = company.Candidates.Count == 0 || !Terms.HasSegments(metric) ? null : context.Report.Vocabulary.Entry(company.Candidates[0]).Maker;
        return owner is null ? (company, segment) : (new Participant(EntityKind.Company, context.Report.Vocabulary.Entry(owner).Name, [owner]), segment with { Name = segment.Name is { } named && !PartEndings.Contains(named, StringComparer.OrdinalIgnoreCase) ? named : context.Report.Vocabulary.Entry(company.Candidates[0]).Name });
    }

    // 智能云基础设施是最核心的引擎：一季度收入 88 亿元: the part stands before the colon.
    private static (int From, string Phrase)? Announced(Sentence sentence, Mention metric)
    {
        var text = sentence.Passage.Text;
        var colon = metric.Start == sentence.Start ? -1 : text.LastIndexOf(':', metric.Start - 1, metric.Start - sentence.Start);
        if (colon < 0 || metric.Start - colon > 12 || sentence.Within<MoneyValue>(colon, metric.Start).Any())
            return null;
        var clause = Math.Max(sentence.Start, text.LastIndexOfAny([',', ';', '。'], Math.Max(0, colon - 1)) + 1);
        var verb = sentence.Find(["是", "为", "方面"], clause, colon);
        if (verb is not { } cut || sentence.Within<Mention>(clause, cut.Start).Any(m => m.Kind == EntityKind.Company))
            return null;
        var (from, phrase) = Strip(text, clause, cut.Start);
        return phrase.Length is >= 2 and <= 16 ? (from, phrase) : null;
    }

    private static (int From, string Phrase) Strip(string text, int start, int end)
    {
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            while (start < end && text[start] is ' ' or '-' or '·' or '\'' or '’')
                start++;
            while (end > start && text[end - 1] is ' ' or '-')
                end--;
            foreach (var noise in Noise)
            {
                if (end - start >= noise.Length && !(noise == "其" && end - start > 1 && text[start + 1] == '他') && !(noise == "指" && end - start > 1 && "纹数挥导定示标出称".Contains(text[start + 1], StringComparison.Ordinal)) && string.Compare(text, start, noise, 0, noise.Length, StringComparison.OrdinalIgnoreCase) == 0 && IsWhole(text, start, start + noise.Length, end))
                    (start, isChanged) = (start + noise.Length, true);
                if (end - start >= noise.Length && string.Compare(text, end - noise.Length, noise, 0, noise.Length, StringComparison.OrdinalIgnoreCase) == 0 && IsWhole(text, end - noise.Length, end, end))
                    (end, isChanged) = (end - noise.Length, true);
            }
        }

        return (start, start < end ? text[start..end] : "");
    }

    // FQ4, Q1, 2H: a period in whatever spelling is no part of a company.
    [GeneratedRegex("^(?:F?[QH][1-4]|[1-4][QH]|F?Y)(?:[ ]?(?:FY)?[0-9]{2,4})?[AEF]?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex IsPeriod();

    private static bool IsWhole(string text, int start, int end, int limit) =>
        !char.IsAsciiLetter(text[start]) || ((end >= limit || !char.IsAsciiLetterOrDigit(text[end])) && (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1])));
}
