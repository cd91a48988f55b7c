using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Parties;

/// <summary>Every name of a sentence that can be a party: known companies and institutions, and names by their shape.</summary>
internal static class PartyNames
{
    // Behind these a name only says whose the next one is (Alphabet 旗下 Google).
    private static readonly string[] Owners = ["旗下的", "旗下", "子公司", "控股的", "母公司", "竞品", "竞争对手", "兄弟公司", "姊妹公司", "关联公司", "同门", "控股股东"];

    // Han words that no name of a company holds: articles, counters, plain nouns.
    private static readonly string[] NoName =
    [
        "的", "了", "其", "该", "这", "那", "某", "多", "各", "等", "几", "数", "双方", "一家", "两家", "三家", "多家", "三方", "两者", "一个", "一款", "一同", "一起", "一致", "三大", "两大", "四大", "五大", "一名", "一位", "一些", "一步", "一批", "两地", "三地", "公司", "企业", "客户", "用户", "厂商", "伙伴", "高校", "开发", "供应", "政府", "机构", "案", "价", "要约", "协议", "资产", "股份", "股权", "部分", "全部", "完成", "业务", "项目", "计划", "标的", "对方",
        "将", "已", "被", "对", "为", "在", "向", "与", "和", "及", "从", "由", "并", "是", "有", "正", "拟", "新", "于", "或", "而", "以", "行业", "市场", "产业", "生态", "战略", "深度", "合作", "投资", "收购", "团队", "助手", "平台", "部门", "技术", "产品", "系统", "服务", "芯片", "当地", "全球", "我们", "他们", "商业", "事宜", "事项", "各方", "交易", "谈判", "要求", "品牌", "机制", "项目", "年", "同期", "融资", "募资", "轮", "通过", "发行", "同时", "海外", "透露", "表示", "预计", "另外", "此外", "目前", "办理", "董事会", "决议", "否认", "澄清", "回应", "它", "他", "她", "考虑", "最快", "最早", "申请", "上市", "挂牌",
    ];

    private static readonly string[] LegalForms = [" Inc.", " Inc", " Ltd.", " Ltd", " Corp.", " Corp", " PLC", " plc", " LLC", " GmbH", " AG", " for"];

    private static readonly string[] Institutions = ["中心", "大学", "学院", "基金会", "协会"];

    // Behind a known short name these make another company of it: 澜起智算 is not 澜起.
    private static readonly string[] OtherHouses = ["智算", "半导体", "微电子", "光子", "量子", "智造", "创投", "资本", "生医", "生技", "航太", "航天", "医疗", "物流"];

    // Endings of investors' names, which else are what people do with money.
    private static readonly string[] Houses = ["投资", "资本", "创投", "基金", "开发", "管顾", "管理顾问", "控股", "集团", "服务", "系统", "技术", "市场"];

    // What stands before a name and says what it is.
    private static readonly string[] Callings = ["公司", "企业", "新创", "初创", "独角兽", "厂商", "业者", "开发商", "服务商", "供应商", "运营商", "软体商", "软件商", "设备商", "芯片商", "平台", "商", "新秀", "大厂", "龙头", "团队", "厂"];

    private static readonly string[] Adverbs = ["宣布", "正式", "近日", "日前", "近期", "昨日", "今日", "昨天", "今天", "上周", "本周", "上月", "本月", "刚刚", "据悉", "再度", "再次", "率先", "首次"];

    private static readonly string[] Countries = ["中国", "美国", "英国", "法国", "德国", "日本", "韩国", "印度", "以色列", "加拿大", "荷兰", "瑞典", "台湾", "香港", "本土"];

    private static readonly HashSet<string> Places = new(StringComparer.Ordinal) { "China", "Japan", "Taiwan", "Korea", "South Korea", "India", "Europe", "America", "Britain", "Germany", "France", "Italy", "Spain", "Ireland", "Norway", "Sweden", "Finland", "Brazil", "Mexico", "Canada", "Australia", "Singapore", "Malaysia", "Vietnam", "Thailand", "Indonesia", "Israel", "Russia", "Saudi Arabia", "UAE", "Abu Dhabi", "Dubai", "Qatar", "Hong Kong", "Shanghai", "Shenzhen", "Hangzhou", "Texas", "California", "Ohio", "Virginia", "Michigan", "Wisconsin", "Arizona", "Nevada", "New York", "London", "Paris", "Berlin", "Tokyo", "Seoul", "Taipei" };

    public static IReadOnlyList<Party> In(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var found = new List<Party>();
        foreach (var mention in sentence.Within<Mention>(from, to).Where(IsActor))
            Add(found, OfMention(mention, sentence));
        foreach (var name in sentence.Within<Name>(from, to).Where(name => IsPartyName(name) && !IsOfPaper(sentence, name) && !IsOpeningVerb(sentence, name) && !IsValue(sentence, name) && !IsOfStory(sentence, name) && !IsPlace(sentence, name)))
            Add(found, OfName(name, context));
        foreach (var name in CompanyShapes.In(sentence, from, to))
            Add(found, new Party(name.Start, name.End, Participant.Unknown(EntityKind.Company, sentence.Slice(name))));
        return [.. found.Where(party => !IsOwner(sentence, party) && !IsGloss(sentence, party, found)).OrderBy(party => party.Start)];
    }

    /// <summary>The whole stretch as a name nobody knows yet (中芯北方), or null where it reads like a description.</summary>
    public static Party? Unknown(Sentence sentence, int from, int to)
    {
        while (from < to && sentence.Passage.Text[from] == ' ')
            from++;
        while (to > from && sentence.Passage.Text[to - 1] == ' ')
            to--;
        // 芯聚能(6938): code, field or state in brackets belong to no name.
        if (to > from && sentence.Passage.Text.IndexOf('(', from, to - from) is > 0 and var open)
            to = open;
        while (Adverbs.FirstOrDefault(word => to - word.Length > from && sentence.Has(word, to - word.Length, out _)) is { } adverb)
            to -= adverb.Length;
        from += Countries.FirstOrDefault(country => to - from > country.Length + 2 && sentence.Slice(from, to).StartsWith(country, StringComparison.Ordinal))?.Length ?? 0;
        var text = sentence.Slice(from, to);
        var ending = Houses.FirstOrDefault(word => text.Length >= word.Length + 2 && text.EndsWith(word, StringComparison.Ordinal));
        var stem = ending is null ? text : text[..^ending.Length];
        var isName = text.Length is >= 2 and <= 10 && text.All(c => c is >= '\u4e00' and <= '\u9fff') && !NoName.Any(word => stem.Contains(word, StringComparison.Ordinal));
        return isName ? new Party(from, to, Participant.Unknown(EntityKind.Company, text)) : null;
    }

    /// <summary>One that the text does not name (安徽某汽车集团), or null.</summary>
    public static Party? Anonymous(Sentence sentence, int from, int to) =>
        sentence.Slice(from, to) is { Length: >= 4 and <= 12 } text && text.Contains('某', StringComparison.Ordinal) && new[] { "集团", "公司", "银行", "车企", "厂商", "运营商", "大厂", "平台", "企业", "机构", "客户" }.Any(word => text.EndsWith(word, StringComparison.Ordinal))
            ? new Party(from, to, Participant.Unknown(EntityKind.Company, text)) : null;

    /// <summary>The unknown name at the end of a stretch, behind what says what it is (边缘 AI 软体商拓奕), or the whole stretch.</summary>
    public static Party? Slot(Sentence sentence, int from, int to)
    {
        var start = from;
        for (var at = sentence.Find(Callings, from, to); at is { } found && found.End + 2 <= to; at = sentence.Find(Callings, found.End, to))
            start = found.End;
        return Unknown(sentence, start, to);
    }

    // 国网中心 is not 国网: an institution that has a company's short name for its first half.
    private static Party OfMention(Mention mention, Sentence sentence)
    {
        var isHan = sentence.Passage.Text[mention.End - 1] >= '\u4e00';
        var tail = isHan ? Institutions.FirstOrDefault(word => sentence.Has(word, mention.End, out _)) : null;
        if (tail is null && isHan && mention.Length == 2 && OtherHouses.FirstOrDefault(word => sentence.Has(word, mention.End, out _)) is { } other)
            return new Party(mention.Start, mention.End + other.Length, Participant.Unknown(EntityKind.Company, sentence.Slice(mention.Start, mention.End + other.Length)));
        return tail is null ? new Party(mention.Start, mention.End, Participant.Of(mention, sentence))
            : new Party(mention.Start, mention.End + tail.Length, Participant.Unknown(EntityKind.Organisation, sentence.Slice(mention.Start, mention.End + tail.Length)));
    }

    private static bool IsActor(Mention mention) => mention.Kind is EntityKind.Company or EntityKind.Organisation;

    // Agreed to buy: a verb that opens a sentence is written like a name.
    private static bool IsOpeningVerb(Sentence sentence, Name name) => name.Start == sentence.Start && name.Candidates.Count == 0 && !name.Text.Contains(' ', StringComparison.Ordinal) && (name.Text.EndsWith("ed", StringComparison.Ordinal) || name.Text.EndsWith("ing", StringComparison.Ordinal));

    private static bool IsPartyName(Name name) => !name.Quoted && !Places.Contains(name.Text) && !IsAdjective(name.Text) && !IsAdjective("-" + name.Text) && name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip
        && (name.Kind is not null || name.Text.Length > 2 || name.Text.Any(char.IsDigit));

    // Paris-based, Nvidia-backed: where from or whose, no name.
    private static bool IsAdjective(string name) => name.LastIndexOf('-') is >= 0 and var at && name[(at + 1)..] is "based" or "backed" or "owned" or "listed" or "led" or "controlled" or "founded" or "headquartered";

    // backed Tessera Cloud: behind a known name and its hyphen the unknown one begins at its capital.
    private static Party OfName(Name name, SentenceContext context)
    {
        var text = context.Sentence.Slice(name);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var lead = space > 0 && IsAdjective("-" + text[..space]) ? space + 1 : 0;
        return new(name.Start + lead, name.End, new Participant(name.Kind ?? (lead == 0 ? context.Report.Kinds.Kind(name) : null) ?? EntityKind.Company, Bare(text[lead..]), name.Candidates));
    }

    // The legal form behind an unknown name is no part of what people call it; nor is a preposition that a run of words took along.
    private static string Bare(string name)
    {
        var form = LegalForms.FirstOrDefault(form => name.EndsWith(form, StringComparison.Ordinal));
        return form is null ? name : name[..^form.Length].TrimEnd();
    }

    // a Handelsblatt story, the Register report: what prints it is no party.
    private static bool IsOfStory(Sentence sentence, Name name) =>
        name.Candidates.Count == 0 && new[] { "story", "report", "article", "piece", "reporter", "scoop" }.Any(word => sentence.Has(word, sentence.SkipSpace(name.End), out _));

    // The Bristol accelerator designer said: where a company is from, told by the noun of what it does.
    private static bool IsPlace(Sentence sentence, Name name)
    {
        var lead = sentence.Slice(Math.Max(sentence.Start, name.Start - 4), name.Start);
        if (name.Candidates.Count > 0 || name.Text.Contains(' ', StringComparison.Ordinal) || !(lead.EndsWith("The ", StringComparison.Ordinal) || lead.EndsWith("the ", StringComparison.Ordinal)))
            return false;
        return sentence.Find(Doers, name.End, Math.Min(sentence.End, name.End + 34)) is { } doer && sentence.Slice(name.End, doer.Start).All(c => char.IsAsciiLetterLower(c) || c is ' ' or '-' || char.IsAsciiLetterUpper(c));
    }

    private static readonly string[] Doers = ["designer", "maker", "start-up", "startup", "company", "group", "firm", "lab", "developer", "builder", "operator", "chipmaker", "supplier", "unicorn", "specialist", "house", "provider", "outfit", "lender", "fund"];

    // The Information: a paper, whatever part of its name a run of words took.
    private static bool IsOfPaper(Sentence sentence, Name name) => name.Candidates.Count == 0 && sentence.All<Mention>().Any(m => m.Kind == EntityKind.Publisher && m.Start <= name.Start && name.End <= m.End);

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

    // 深言科技(DeepLang): the same once more.
    private static bool IsGloss(Sentence sentence, Party party, List<Party> found) =>
        party.Start > sentence.Start && sentence.Passage.Text[party.Start - 1] == '(' && party.End < sentence.End && sentence.Passage.Text[party.End] is ')' or ','
        && found.Exists(other => other.End == party.Start - 1 || (other.End == party.Start - 2 && sentence.Passage.Text[party.Start - 2] == ' '));

    private static bool IsOwner(Sentence sentence, Party party)
    {
        var behind = sentence.SkipSpace(party.End);
        return Owners.Any(word => sentence.Has(word, behind, out _));
    }
}
