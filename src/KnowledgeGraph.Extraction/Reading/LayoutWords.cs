using System.Collections.Frozen;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Words by which broker reports mark their own parts; all in the form of <see cref="Line.Key"/>: folded, lower case, without spaces.</summary>
internal static class LayoutWords
{
    public static readonly FrozenSet<string> ContentsHeadings = Set(
        "目录", "内容目录", "正文目录", "报告目录", "图表目录", "图目录", "表目录", "图片目录", "表格目录", "插图目录", "图表索引", "contents", "tableofcontents",
        "listoffigures", "listoftables", "listofexhibits", "inthisissue", "inthisreport");

    public static readonly FrozenSet<string> RelatedHeadings = Set(
        "相关研究报告", "相关报告", "相关研究", "相关阅读", "近期报告", "近期研究", "近期研究报告", "往期报告", "往期回顾", "历史报告", "前期报告", "最近相关报告", "延伸阅读",
        "relatedreports", "relatedresearch", "relatedreading", "recentreports", "recentresearch", "previousreports", "previousresearch", "furtherreading");

    /// <summary>A line that is one of these, or begins with one and a colon, opens legal text.</summary>
    private static readonly string[] LegalOpenings =
    [
        "免责声明", "免责条款", "免责申明", "重要声明", "特别声明", "法律声明", "郑重声明", "一般声明", "分析师声明", "分析师承诺", "分析师保证", "分析师披露", "分析员声明", "研究员声明",
        "分析师认证", "作者声明", "利益披露", "利益冲突", "披露声明", "信息披露", "重要披露", "披露事项", "风险披露声明", "合规声明", "版权声明", "适当性声明", "法律主体声明", "行业投资评级的说明",
        "投资评级的说明", "投资评级说明", "投资评级定义", "投资评级标准", "评级说明", "投资评等说明", "评等说明", "评等定义", "投资评等", "评级标准", "评级定义", "评级体系", "评级指南", "股票评级说明", "证券投资咨询业务的说明",
        "disclaimer", "disclaimers", "legaldisclaimer", "disclosures", "disclosure", "importantdisclosures", "importantdisclosure", "importantnotice", "importantdisclaimer",
        "legalnotice", "analystcertification", "analystcertifications", "analystdeclaration", "analystdisclosures", "ratingdefinitions", "ratingsdefinitions", "ratingdefinition", "ratingsystem",
        "ratingssystem", "stockratings", "keytoratings", "guidetoratings", "investmentratings", "disclosureappendix", "conflictsofinterest", "generaldisclosures", "legalentities", "copyright",
    ];

    /// <summary>Headings of content that close a legal part which stood in the middle of a report.</summary>
    public static readonly FrozenSet<string> ContentHeadings = Set(
        "投资要点", "核心观点", "摘要", "报告摘要", "主要观点", "投资逻辑", "投资建议", "投资策略", "风险提示", "风险因素", "行情回顾", "市场回顾", "本周观点", "周观点", "正文", "引言", "结论",
        "summary", "keypoints", "keytakeaways", "overview", "introduction", "investmentthesis", "risks", "keyrisks");

    private static readonly string[] FootPhrases =
    [
        "请务必阅读", "敬请参阅", "请仔细阅读", "请阅读最后", "请参阅最后", "请参阅末页", "请参见末页", "请参考末页", "务请阅读", "请通过合法途径", "本报告仅供", "市场有风险投资需谨慎",
        "seelastpage", "seethelastpage", "pleaseseethelast", "seeimportantdisclosures", "importantdisclosuresappear", "pleasereadthedisclaimer", "seedisclaimer", "pleaserefertothe", "seeendofreport", "fordisclosures",
        "refertoimportantdisclosures", "pleaseseedisclosures", "seetheendofthisreport", "seedisclosures",
    ];

    private static readonly string[] ContactLabels =
    [
        "电话:", "邮箱:", "电邮:", "邮编:", "地址:", "传真:", "总机:", "网址:", "热线:", "客服:", "tel:", "tel.", "fax:", "email:", "e-mail:", "phone:", "address:", "执业证书", "执业编号", "sac执业", "证书编号", "中央编号",
    ];

    private static readonly string[] AnalystLabels =
    [
        "分析师:", "证券分析师:", "首席分析师:", "分析员:", "研究员:", "联系人:", "研究助理:", "研究助手:", "作者:", "撰文:", "analyst:", "analysts:", "researchanalyst:", "author:", "authors:", "contact:",
    ];

    public static bool OpensLegal(string key) => LegalLength(key) is var length and > 0 && (key.Length == length || key[length] is ':');

    /// <summary>The legal heading stands alone on its line, its text follows below.</summary>
    public static bool IsLegalHeading(string key) => LegalLength(key) is var length and > 0 && key.TrimEnd(':').Length == length;

    /// <summary>Length of the legal heading at the key's start, a house's name or a numeral before it included; 0 where there is none.</summary>
    private static int LegalLength(string key)
    {
        var best = 0;
        foreach (var opening in LegalOpenings)
        {
            var at = key.IndexOf(opening, 0, Math.Min(key.Length, 24 + opening.Length), StringComparison.Ordinal);
            if (at < 0 || (at > 0 && !IsHousePrefix(key.AsSpan(0, at))))
            {
                continue;
            }

            var end = at + opening.Length;
            var tail = key.IndexOf(':', end);
            var rest = tail < 0 ? key.Length : tail;
            if (rest - end <= 8 && !key.AsSpan(end, rest - end).ContainsAny("，,。.;") && rest > best)
            {
                best = rest;
            }
        }

        return best > 0 ? best : RatingTitle(key);
    }

    /// <summary>国信证券投资评级: a house's name and its ratings, alone on a line.</summary>
    private static int RatingTitle(string key) =>
        key.Length <= 12 && (key.EndsWith("证券投资评级", StringComparison.Ordinal) || key.EndsWith("公司投资评级", StringComparison.Ordinal)) && !key.StartsWith("重点", StringComparison.Ordinal)
            ? key.Length
            : 0;

    private static bool IsHousePrefix(ReadOnlySpan<char> prefix) =>
        prefix.Length <= 14 && !prefix.ContainsAny("，,。.:;及与和") && !prefix.EndsWith("见") && !prefix.EndsWith("阅读") && !prefix.EndsWith("的");

    public static bool IsFoot(string key)
    {
        if (key.Length > 120)
        {
            return false;
        }

        foreach (var phrase in FootPhrases)
        {
            var at = key.IndexOf(phrase, StringComparison.Ordinal);
            if (at >= 0 && (phrase != "本报告仅供" || at == 0) && at < 60)
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsContact(string key) => StartsWithAny(key, ContactLabels);

    public static bool IsAnalystLine(string key) => StartsWithAny(key, AnalystLabels);

    private static bool StartsWithAny(string key, string[] labels)
    {
        foreach (var label in labels)
        {
            if (key.StartsWith(label, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
