using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Policies;

/// <summary>Who may issue a policy; offsets into the passage.</summary>
internal sealed record Authority(int Start, int End, Participant Who);

/// <summary>Ministries, bureaus, provinces, parliaments, heads of state: known ones, and those whose name says what they are.</summary>
internal static partial class Authorities
{
    private static readonly string[] Adverbs =
    [
        "正式", "已", "联合", "近日", "日前", "今日", "共同", "精心", "编撰", "会同", "最新", "宣布", "近期", "首次", "于", "审议", "等部门", "等单位", "办公室", "召开", "会议", "了", "拟", "将", "即将", "公开", "提请", "同日", "昨日", "本周", "编制", "组织", "率先", "部门", "起草", "表决", "投票", "一致", "高票", "原则", "火速", "正式对外", "接连", "初审", "二读", "三读", "全票", "下令", "要求", "批准", "同意", "决定", "则", "对外", "即", "也", "亦", "又", "还", "同步", "抢先", "此前", "早前", "先后", "陆续", "随后", "再次", "再度", "向社会", "就", "月中", "月初", "月底", "月末", "上旬", "中旬", "下旬", "在", "官网", "再", "昨", "今", "当天", "当日", "当晚", "晚间", "隔天", "次日", "翌日",
    ];

    private static readonly (string[] Words, string Place)[] Places =
    [
        (["美国", "白宫", "White House", "US", "U.S.", "Congress", "Senate", "Sen.", "Rep.", "Trump", "特朗普", "华府", "华盛顿", "Washington", "Nasdaq", "NYSE", "House of Representatives", "California", "加州"], "美国"),
        (["欧盟", "欧洲", "布鲁塞尔", "European", "EU", "Brussels"], "欧盟"), (["英国", "UK", "British"], "英国"), (["日本", "Japan"], "日本"), (["韩国", "首尔", "Korea"], "韩国"), (["香港", "Hong Kong", "港交所", "联交所"], "香港"), (["台湾", "行政院", "Taiwan"], "台湾"),
        (["印度", "India"], "印度"), (["新加坡", "Singapore"], "新加坡"),
    ];

    private static readonly Dictionary<string, string> InEnglish = new(StringComparer.Ordinal)
    {
        ["美国"] = "US",
        ["欧盟"] = "EU",
        ["英国"] = "UK",
        ["日本"] = "Japan",
        ["韩国"] = "South Korea",
        ["香港"] = "Hong Kong",
        ["台湾"] = "Taiwan",
        ["印度"] = "India",
        ["新加坡"] = "Singapore",
    };

    public static IReadOnlyList<Authority> Before(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (AtEnd(context, at) is { Count: > 0 } near)
            return near;
        // 会议通过…: who met stands in a clause before.
        var known = sentence.Within<Mention>(sentence.Start, at).LastOrDefault(mention => mention.Kind is EntityKind.Organisation or EntityKind.Person && !IsOfCompany(context, mention));
        if (known is not null)
            return [Of(known, sentence)];
        var shaped = Shape().Matches(sentence.Slice(sentence.Start, at)).LastOrDefault();
        if (shaped is not null && Named(sentence, sentence.Start + shaped.Index, sentence.Start + shaped.Index + shaped.Length) is { } named)
            return [named];
        return Member(sentence, at) is { } member ? [member] : English(sentence, at) is { } english ? [english] : [];
    }

    /// <summary>Those that end right at a verb, adverbs and dates aside.</summary>
    public static IReadOnlyList<Authority> Near(SentenceContext context, int at) => AtEnd(context, at);

    /// <summary>The exchange named last before a position: its rules are its own.</summary>
    public static Authority? Exchange(SentenceContext context, int at) =>
        context.Sentence.Within<Mention>(context.Sentence.Start, at).LastOrDefault(mention => mention.Kind == EntityKind.Organisation && Exchange().IsMatch(context.Report.Vocabulary.Entry(mention.Id).Name)) is { } found ? Of(found, context.Sentence) : null;

    /// <summary>The place that a title begins with: 《南通市…措施》.</summary>
    public static Authority? OfTitle(Sentence sentence, PolicyTitle title)
    {
        var place = Place().Match(title.Text);
        return place.Success ? new Authority(title.Start + 1, title.Start + 1 + place.Length, Participant.Unknown(EntityKind.Organisation, place.Value)) : null;
    }

    /// <summary>Whether a text is the name of an authority and nothing else.</summary>
    public static bool IsOne(ReportContext report, string text) =>
        report.Vocabulary.MatchWhole(text, EntityKind.Organisation) is not null || (text.Length is >= 2 and <= 26 && Whole().IsMatch(text)) || (text.Length is > 3 and <= 80 && Office().Match(text) is { Success: true, Index: 0 } office && office.Length == text.Length);

    public static string? Jurisdiction(ReportContext report, Participant issuer)
    {
        var name = issuer.Candidates.Count > 0 ? issuer.Name + " " + report.Vocabulary.Entry(issuer.Candidates[0]).Name : issuer.Name;
        var abroad = Places.FirstOrDefault(place => place.Words.Any(word => name.Contains(word, StringComparison.Ordinal)));
        if (abroad.Place is not null)
            return issuer.Name.Any(c => c >= '\u4e00') ? abroad.Place : InEnglish.GetValueOrDefault(abroad.Place, abroad.Place);
        var local = Place().Match(issuer.Name);
        return local.Success && local.Value != "国家" ? local.Value : name.Any(c => c >= '\u4e00') ? "中国" : null;
    }

    // The run of ideographs that ends at the verb, adverbs and a list's tail cut off: 工信部、国家发改委等八部门联合(印发).
    private static List<Authority> AtEnd(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var end = TrimmedEnd(sentence, at);
        var start = end;
        while (start > sentence.Start && IsNameCharacter(sentence.Passage.Text[start - 1]))
            start--;
        start = sentence.All<DateValue>().Where(date => date.Start <= start && date.End > start && date.End < end).Select(date => date.End).FirstOrDefault(start);
        var found = new List<Authority>();
        foreach (var item in Listed.Items(sentence, start, end).Reverse())
        {
            // 人工智能与机器人产业联盟 holds a joiner itself; only 、 parts authorities for sure, which each item must prove.
            if (Named(sentence, item.Start, item.End) is not { } authority)
                break;
            found.Insert(0, authority);
        }

        if (Named(sentence, start, end) is { } whole && !sentence.Slice(start, end).Contains('、', StringComparison.Ordinal))
            return [Known(context, whole)];
        return [.. found.Select(authority => Known(context, authority))];
    }

    private static int TrimmedEnd(Sentence sentence, int at)
    {
        var isCut = true;
        while (isCut)
        {
            isCut = false;
            while (at > sentence.Start && sentence.Passage.Text[at - 1] == ' ')
                at--;
            var text = sentence.Slice(sentence.Start, at);
            var group = Group().Match(text);
            var adverb = group.Success ? group.Value : Adverbs.OrderByDescending(word => word.Length).FirstOrDefault(word => text.EndsWith(word, StringComparison.Ordinal));
            if (adverb is not null)
                (at, isCut) = (at - adverb.Length, true);
            else if (sentence.All<DateValue>().FirstOrDefault(date => date.End == at) is { } date)
                (at, isCut) = (date.Start, true);
        }

        return at;
    }

    private static Authority? Named(Sentence sentence, int start, int end)
    {
        foreach (var lead in new[] { "近日", "日前", "据悉", "其中", "此外", "由", "在", "隔天", "当天", "次日", "翌日", "随后", "昨日", "今日", "政府方面" })
        {
            if (end - start > lead.Length && sentence.Slice(start, end).StartsWith(lead, StringComparison.Ordinal))
                start += lead.Length;
        }

        var text = sentence.Slice(start, end);
        return text.Length is >= 2 and <= 26 && Whole().IsMatch(text) ? new Authority(start, end, Participant.Unknown(EntityKind.Organisation, text)) : null;
    }

    // The UK government, California's governor, the House Select Committee: the last run of words before a position that names an office.
    private static Authority? English(Sentence sentence, int at)
    {
        var match = Office().Matches(sentence.Slice(sentence.Start, at)).LastOrDefault();
        if (match is null)
            return null;
        var name = match.Value.StartsWith("The ", StringComparison.Ordinal) ? match.Value[4..] : match.Value;
        var end = sentence.Start + match.Index + match.Length;
        return new Authority(end - name.Length, end, Participant.Unknown(EntityKind.Organisation, name));
    }

    /// <summary>Whose a title is: South Korea's AI Basic Act.</summary>
    public static Authority? Owner(Sentence sentence, PolicyTitle title)
    {
        var match = Possessive().Match(sentence.Slice(sentence.Start, title.Start));
        return match.Success ? new Authority(sentence.Start + match.Groups["name"].Index, sentence.Start + match.Groups["name"].Index + match.Groups["name"].Length, Participant.Unknown(EntityKind.Organisation, match.Groups["name"].Value)) : null;
    }

    // A vocabulary entry where the whole name is one; 行政院会 is 行政院 in session.
    private static Authority Known(SentenceContext context, Authority authority)
    {
        var mention = context.Sentence.All<Mention>().FirstOrDefault(m => m.Kind is EntityKind.Organisation or EntityKind.Person && m.Start == authority.Start && (m.End == authority.End || (m.End == authority.End - 1 && context.Sentence.Passage.Text[m.End] == '会')));
        return mention is null ? authority : Of(mention, context.Sentence);
    }

    // Sen. Marsha Blackburn
    private static Authority? Member(Sentence sentence, int at)
    {
        var name = sentence.Within<Name>(sentence.Start, at).LastOrDefault(n => n.Kind is null or EntityKind.Person && n.Text.Contains(' ', StringComparison.Ordinal));
        if (name is null)
            return null;
        var title = new[] { "Sen. ", "Rep. ", "Senator ", "Governor ", "Gov. ", "President ", "Commissioner " }.FirstOrDefault(word =>
            name.Start - word.Length >= 0 && string.CompareOrdinal(sentence.Passage.Text, name.Start - word.Length, word, 0, word.Length) == 0);
        return title is null ? null : new Authority(name.Start - title.Length, name.End, Participant.Unknown(EntityKind.Person, title + name.Text));
    }

    private static bool IsOfCompany(SentenceContext context, Mention mention)
    {
        var entry = context.Report.Vocabulary.Entry(mention.Id);
        return entry.Maker is not null || Exchange().IsMatch(entry.Name);
    }

    private static Authority Of(Mention mention, Sentence sentence) => new(mention.Start, mention.End, Participant.Of(mention, sentence));

    private static bool IsNameCharacter(char c) => c is (>= '\u4e00' and <= '\u9fff') or '、' or '·';

    [GeneratedRegex("(?:经产省|总务省|部|局|委|委员会|办|办公厅|厅|署|院|国科会|金管会|国发会|数发部|公平会|省|市|州|区|县|政府|联盟|协会|学会|司|国会|议会|参议院|众议院|欧盟|白宫|全会|代表大会|常委会|法院|部门|中心|银行|特朗普|拜登|总统|总理|首相|州长|省长|市长|行政长官|内阁|内阁会议|国务会议|院会|常务会议|州长|总督|众院|参院|两院|下院|上院|证监会|银保监会|金管局|交易所|上交所|深交所|北交所|港交所|联交所|证交所|总局|布鲁塞尔|华府|意大利|法国|德国|加拿大|澳洲|澳大利亚|巴西|马来西亚|沙特|阿联酋|以色列|俄罗斯|西班牙|荷兰|瑞士|上海|北京|天津|重庆|深圳|广东|浙江|江苏|山东|四川|安徽|湖北|福建|杭州|苏州|广州|成都|合肥|武汉|南京|香港|台北|韩国|日本|美国|英国|印度|欧盟|新加坡|越南)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex("[\u4e00-\u9fff]{2,20}(?:部|局|委|委员会|办公厅|厅|署|国务院|政府|联盟|协会|国会|议会|全会|代表大会|常委会)(?=闭幕|召开|举行|审议|会议|$|[,、])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();

    [GeneratedRegex("\\b(?:[A-Z][A-Za-z.]*(?:['’]s)? (?:of |for |and |on )?)*(?:Commission|Ministry|Department|Senate|House|Congress|Parliament|Council|Committee|Administration|Agency|Authority|Bureau|Office|Treasury|Cabinet|Legislature|Assembly|Bundestag|Diet|[Gg]overnment|[Gg]overnor|[Mm]inistry|[Rr]egulator|[Ll]awmakers|[Pp]resident|[Cc]abinet|Trump)(?: (?:of|for|on) (?:[A-Z][A-Za-z]*, )*(?:[A-Z][A-Za-z]*(?: and)? ?)+)?\\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Office();

    [GeneratedRegex("(?<name>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2})['’]s $", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Possessive();

    [GeneratedRegex("^(?:国家|[\u4e00-\u9fff]{2,3}?(?:省|市|自治区|特区))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("等[一二三四五六七八九十0-9]{1,2}(?:个)?(?:部门|单位|部委)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Group();

    [GeneratedRegex("交易所|交所|Exchange|主板|科创板|创业板", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exchange();
}
