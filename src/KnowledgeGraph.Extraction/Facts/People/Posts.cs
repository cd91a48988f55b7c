using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.People;

/// <summary>Posts and titles beside a person's name.</summary>
internal static class Posts
{
    private static readonly string[] Words =
    [
        "首席执行官", "首席财务官", "首席技术官", "首席运营官", "首席科学家", "首席产品官", "首席营销官", "联合创始人", "创始人", "创办人", "执行长", "财务长", "技术长", "营运长", "副总裁", "总裁", "董事长", "副董事长", "董事", "总经理", "主管", "高管", "负责人", "研究员", "科学家", "工程师", "主席", "院长", "部长", "总监", "合伙人", "教授", "掌门人", "经理", "研究主管", "副总", "资深副总", "执行副总", "策略长", "产品长", "科技长", "资讯长", "法务长", "人资长", "行政总裁", "架构师", "院士", "董秘", "董事会秘书", "主任", "所长", "理事长", "顾问", "共同创办人", "总工程师", "首席架构师", "首席战略官", "首席商务官", "首席信息官", "首席安全官", "首席增长官", "首席AI官", "首席人工智能官", "首席投资官", "首席人力官", "首席代表", "首席研究员", "总编辑", "主编", "组长", "带头人", "主理人", "副主席", "副院长", "发言人", "掌舵者", "组员", "成员", "骨干", "专家", "学者", "博士", "协理", "特助", "处长", "课长", "厂长", "操盘手", "舵手", "一号位", "联席总裁", "联席CEO", "控制官", "智能体官", "体验官", "增长官", "研发长", "产品负责人", "业务负责人", "策略官", "司长", "局长", "署长", "秘书长", "行长", "会长", "总干事", "独立非执董", "非执董", "执董", "独董", "独立董事", "监事", "监事长", "监事会主席", "副行长", "财务总监", "运营总监", "技术总监", "总经理助理", "助理", "店长", "共同营运长", "共同执行长", "副手", "二号人物", "大班",
        "CEO", "CFO", "CTO", "COO", "EVP", "SVP", "VP", "president", "chairman", "chair", "chief executive", "chief scientist", "director", "head", "board", "chief", "officer", "founder", "co-founder", "scientist", "researcher", "lead", "vice president", "CRO", "CPO", "CMO", "CIO", "engineer", "architect", "adviser", "advisor", "manager", "counsel", "treasurer", "partner",
    ];

    /// <summary>The post behind a verb, to the end of its phrase, or null where none is named.</summary>
    /// <param name="isNeeded">Whether the verb calls for one; else it must follow at once (辞去 CEO).</param>
    public static string? After(Sentence sentence, int from, bool isNeeded)
    {
        var end = from;
        while (end < sentence.End && end - from < 60 && sentence.Passage.Text[end] is not (',' or '。' or ';' or '(' or ')' or ':' or '、' or '.' or '「' or '」'))
            end++;
        var post = sentence.Find(Words, from, end);
        if (post is null)
            return null;
        // The phrase runs on behind the word (EVP for Copilot), or before it (超级智能团队负责人).
        var company = sentence.All<Mention>().Where(m => m.Start >= from && m.End <= post.Value.Start && m.Kind == Domain.Entities.EntityKind.Company).Select(m => m.End).DefaultIfEmpty(from).Max();
        var last = sentence.Find(Words, post.Value.End, end)?.End ?? post.Value.End;
        var isChinese = sentence.Passage.Text[post.Value.End - 1] >= '\u4e00';
        var of = sentence.Find(["for", "of"], last, Math.Min(end, last + 5));
        if (!isChinese && sentence.Find(["effective", "from", "at", "on", "starting", "after", "by", "next", "this", "who", "replacing", "succeeding", "in"], last, end) is { } stop)
            end = stop.Start;
        var text = sentence.Slice(company, isChinese || of is null || of.Value.Start >= end ? last : end).Trim().TrimStart('\'', '’', '的').Trim();
        foreach (var lead in new[] { "the ", "its ", "their ", "a ", "as ", "new ", "公司", "其" })
            text = text.StartsWith(lead, StringComparison.OrdinalIgnoreCase) ? text[lead.Length..] : text;
        return text.Length is > 1 and <= 40 && (isNeeded || post.Value.Start - from < 24) ? text : null;
    }

    public static bool Within(Sentence sentence, int from, int to) => sentence.Contains(Words, from, to);

    /// <summary>Where the last post in a run of ideographs ends, so that a name may begin there.</summary>
    public static int? EndIn(Sentence sentence, int from, int to)
    {
        int? end = null;
        for (var at = sentence.Find(Words, Math.Max(sentence.Start, from - 4), to); at is { } found; at = sentence.Find(Words, found.End, to))
            end = found.End >= from ? found.End : end;
        return end < to ? end : null;
    }

    /// <summary>The post that ends right before a name.</summary>
    public static string? Before(Sentence sentence, int at)
    {
        while (at > sentence.Start && sentence.Passage.Text[at - 1] == ' ')
            at--;
        return Words.OrderByDescending(word => word.Length).FirstOrDefault(word => at - word.Length >= sentence.Start && sentence.Has(word, at - word.Length, out var end) && end == at);
    }
}
