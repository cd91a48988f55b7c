using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Parties;

/// <summary>Every name of a sentence that can be a party: known companies and institutions, and names by their shape.</summary>
internal static class PartyNames
{
    // Behind these a name only says whose the next one is (Alphabet 旗下 Google).
    private static readonly string[] Owners = ["旗下的", "旗下", "子公司", "控股的", "母公司"];

    // Han words that no name of a company holds: articles, counters, plain nouns.
    private static readonly string[] NoName =
    [
        "的", "了", "其", "该", "这", "那", "某", "多", "各", "等", "一", "两", "三", "几", "数", "双方", "公司", "企业", "客户", "用户", "厂商", "伙伴", "高校", "开发", "供应", "政府", "机构", "案", "价", "要约", "协议", "资产", "股份", "股权", "部分", "全部", "完成", "业务", "项目", "计划", "标的", "对方",
        "将", "已", "被", "对", "为", "在", "向", "与", "和", "及", "从", "由", "并", "是", "有", "正", "拟", "新", "于", "或", "而", "以", "行业", "市场", "产业", "生态", "战略", "深度", "合作", "投资", "收购", "团队", "助手", "平台", "部门", "技术", "产品", "系统", "服务", "芯片", "当地", "全球", "我们", "他们", "商业", "事宜", "事项", "各方", "交易", "谈判", "要求", "品牌", "机制", "项目", "年", "同期",
    ];

    private static readonly string[] LegalForms = [" Inc.", " Inc", " Ltd.", " Ltd", " Corp.", " Corp", " PLC", " plc", " LLC", " GmbH", " AG", " for"];

    private static readonly string[] Institutions = ["中心", "大学", "学院", "基金会", "协会"];

    private static readonly string[] Countries = ["中国", "美国", "英国", "法国", "德国", "日本", "韩国", "印度", "以色列", "加拿大", "荷兰", "瑞典", "台湾", "香港", "本土"];

    public static IReadOnlyList<Party> In(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var found = new List<Party>();
        foreach (var mention in sentence.Within<Mention>(from, to).Where(IsActor))
            Add(found, OfMention(mention, sentence));
        foreach (var name in sentence.Within<Name>(from, to).Where(name => IsPartyName(name) && !IsValue(sentence, name)))
            Add(found, OfName(name, context));
        foreach (var name in CompanyShapes.In(sentence, from, to))
            Add(found, new Party(name.Start, name.End, Participant.Unknown(EntityKind.Company, sentence.Slice(name))));
        return [.. found.Where(party => !IsOwner(sentence, party)).OrderBy(party => party.Start)];
    }

    /// <summary>The whole stretch as a name nobody knows yet (中芯北方), or null where it reads like a description.</summary>
    public static Party? Unknown(Sentence sentence, int from, int to)
    {
        while (from < to && sentence.Passage.Text[from] == ' ')
            from++;
        while (to > from && sentence.Passage.Text[to - 1] == ' ')
            to--;
        from += Countries.FirstOrDefault(country => to - from > country.Length + 1 && sentence.Slice(from, to).StartsWith(country, StringComparison.Ordinal))?.Length ?? 0;
        var text = sentence.Slice(from, to);
        var isName = text.Length is >= 2 and <= 10 && text.All(c => c is >= '\u4e00' and <= '\u9fff') && !NoName.Any(word => text.Contains(word, StringComparison.Ordinal));
        return isName ? new Party(from, to, Participant.Unknown(EntityKind.Company, text)) : null;
    }

    // 国网中心 is not 国网: an institution that has a company's short name for its first half.
    private static Party OfMention(Mention mention, Sentence sentence)
    {
        var isHan = sentence.Passage.Text[mention.End - 1] >= '\u4e00';
        var tail = isHan ? Institutions.FirstOrDefault(word => sentence.Has(word, mention.End, out _)) : null;
        return tail is null ? new Party(mention.Start, mention.End, Participant.Of(mention, sentence))
            : new Party(mention.Start, mention.End + tail.Length, Participant.Unknown(EntityKind.Organisation, sentence.Slice(mention.Start, mention.End + tail.Length)));
    }

    private static bool IsActor(Mention mention) => mention.Kind is EntityKind.Company or EntityKind.Organisation;

    private static bool IsPartyName(Name name) => !name.Quoted && !IsAdjective(name.Text) && name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip
        && (name.Kind is not null || name.Text.Length > 2 || name.Text.Any(char.IsDigit));

    // Paris-based, Nvidia-backed: where from or whose, no name.
    private static bool IsAdjective(string name) => name.LastIndexOf('-') is >= 0 and var at && name[(at + 1)..] is "based" or "backed" or "owned" or "listed" or "led" or "controlled" or "founded" or "headquartered";

    // backed Tessera Cloud: behind a known name and its hyphen the unknown one begins at its capital.
    private static Party OfName(Name name, SentenceContext context)
    {
        var text = context.Sentence.Slice(name);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var lead = space > 0 && IsAdjective("-" + text[..space]) ? space + 1 : 0;
        return new(name.Start + lead, name.End, new Participant(name.Kind ?? EntityKind.Company, Bare(text[lead..]), name.Candidates));
    }

    // The legal form behind an unknown name is no part of what people call it; nor is a preposition that a run of words took along.
    private static string Bare(string name)
    {
        var form = LegalForms.FirstOrDefault(form => name.EndsWith(form, StringComparison.Ordinal));
        return form is null ? name : name[..^form.Length].TrimEnd();
    }

    // 2Q26, $450M Series A, 10 Mar: what is a value is no name.
    private static bool IsValue(Sentence sentence, Name name) =>
        name.Candidates.Count == 0 && sentence.Annotations.Any(a => a is MoneyValue or PercentValue or QuantityValue or PeriodValue or DateValue or MultipleValue && a.Start < name.End && name.Start < a.End);

    // The longer name wins; of two equally long ones the first, which is the vocabulary's.
    private static void Add(List<Party> found, Party party)
    {
        if (found.Exists(other => other.Start <= party.Start && party.End <= other.End))
            return;
        found.RemoveAll(other => party.Start <= other.Start && other.End <= party.End && !(party.Who.Kind == EntityKind.Company && party.Who.Candidates.Count == 0 && other.Who.Candidates.Count > 0));
        // 阿里通义|千问: of two that overlap the known name that ends later is meant.
        if (party.Who.Candidates.Count > 0)
            found.RemoveAll(other => other.Start < party.Start && party.Start < other.End && other.End < party.End);
        if (!found.Exists(other => other.Start < party.End && party.Start < other.End))
            found.Add(party);
    }

    private static bool IsOwner(Sentence sentence, Party party)
    {
        var behind = sentence.SkipSpace(party.End);
        return Owners.Any(word => sentence.Has(word, behind, out _));
    }
}
