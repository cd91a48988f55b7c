using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Facts.People;

/// <summary>A person in a sentence.</summary>
/// <param name="Title">The post that stands before the name (首席科学家杨立昆).</param>
/// <param name="IsCertain">The vocabulary knows the name, or a post or a Latin spelling stands beside it.</param>
internal sealed record PersonName(int Start, int End, Participant Who, string? Title, bool IsCertain);

/// <summary>People by the vocabulary, or by shape: behind a post, a family name with one or two characters, two capitalised words.</summary>
internal static class PersonNames
{
    // Where a name may begin inside a run of ideographs: who appoints, who was there before.
    private static readonly string[] Openers = ["由", "委任", "任命", "聘请", "聘任", "延揽", "挖角", "前任", "现任", "新任", "原任", "接替", "接棒", "其", "派", "指派", "提名", "擢升", "推举", "选举", "和", "与", "及"];

    private static readonly string[] Asides = ["who", "formerly", "from", "ex-", "late of", "a", "an", "the", "its", "previously", "most recently", "until recently", "head of", "co-founder", "chief", "one of"];

    private static readonly string[] Titles =
    [
        "CEO", "CFO", "CTO", "COO", "CRO", "CPO", "CIO", "CMO", "EVP", "SVP", "VP", "President", "Chairman", "Chair", "Chairwoman", "Controller", "Chief", "Director", "Head", "Founder", "Co-founder", "Professor", "Dr", "Dr.", "Mr", "Mr.", "Ms", "Ms.", "Sir", "Engineer", "Former", "Ex-CEO", "Vice", "Treasurer", "Secretary", "Scientist", "Researcher", "Executive", "Co-CEO", "Interim",
    ];

    private static readonly string[] Adverbs = ["将", "已", "宣布", "即将", "正式", "近日", "日前", "于", "拟", "会", "将会", "确认", "由", "被曝", "或将", "已经", "据悉", "今日", "此前", "突然", "也", "则", "获", "并", "今年", "同期", "因个人原因", "因健康原因", "因工作变动", "因家庭原因", "因私人原因", "月底", "年底", "年中", "月初", "早前", "近期", "先前", "先后", "陆续", "或", "可能", "一并", "同时", "决定", "would", "might", "could", "may", "that", "后将", "提出", "申请", "于近日", "在近期", "悄然", "随后", "之后", "另", "均", "本月底", "本月初", "上月底", "该职务", "就已", "都已", "所属", "will", "has", "have", "is", "to", "also", "abruptly", "formally", "officially", "have been", "are", "was", "had", "just", "recently", "already", "reportedly", "is said to", "plans", "intends", "decided", "as", "明春", "今秋", "今夏", "今冬", "明夏", "明年初", "年内", "下月", "下周", "届满", "届龄", "同日", "当日", "当天", "即日", "即日起", "今起", "周内", "年满", "主动", "自愿", "突然间", "is expected to", "are expected to", "expected to", "is set to", "is due to", "is to", "is about to", "was said to", "is understood to", "officially", "quietly", "suddenly", "也已", "亦", "亦已", "随之", "一同", "一并", "一齐", "日前已", "正式", "紧接着", "也将", "亦将", "隔天", "上周五", "上周", "刚", "刚刚", "昨日", "昨晚", "今早", "再", "又", "于今日", "宣告", "突", "忽然", "遭到", "自请", "也于", "则于", "则将", "将于", "该", "now", "has now", "had already"];

    private static readonly string[] NotPeople = ["AI", "Labs", "Lab", "Robotics", "Systems", "Group", "Capital", "Ventures", "Partners", "Technologies", "Inc", "Corp", "Studio", "Cloud", "Research", "Team", "Media", "Energy", "Networks", "Space", "Series", "Free", "House"];

    private static readonly string[] WhereFrom = ["从", "自", "由", "离开", "告别", "辞别", "作别"];

    public static PersonName? Before(Sentence sentence, int at, int floor = 0)
    {
        var end = TrimmedEnd(sentence, at);
        string? latin = null;
        var text = sentence.Passage.Text;
        // OpenAI's head of hardware, Caleb Winters, is leaving; Anil Deshpande, who ran software, left.
        if (end > sentence.Start && text[end - 1] == ',' && text[end..].Length > 0)
            return BesideComma(sentence, end - 1, floor);
        if (end > sentence.Start && text[end - 1] == ')')
        {
            var open = text.LastIndexOf('(', end - 1);
            if (open < sentence.Start)
                return null;
            var inside = text[(open + 1)..(end - 1)];
            latin = inside.Length > 3 && inside.All(c => char.IsAsciiLetter(c) || c is ' ' or '.' or '-' or '·') ? inside : null;
            end = TrimmedEnd(sentence, open);
        }

        return EndingAt(sentence, end, latin, Math.Max(floor, sentence.Start));
    }

    private static PersonName? BesideComma(Sentence sentence, int comma, int floor)
    {
        var text = sentence.Passage.Text;
        var open = comma > sentence.Start ? text.LastIndexOf(',', comma - 1, comma - sentence.Start) : -1;
        if (EndingAt(sentence, comma, null, Math.Max(floor, sentence.Start)) is { } apposed && (open < 0 || sentence.SkipSpace(open + 1) == apposed.Start || text[comma - 1] < '\u4e00'))
            return open > 0 ? apposed with { IsCertain = true } : apposed;
        if (open <= sentence.Start || comma - open > 90 || text[open - 1] >= '\u4e00')
            return null;
        var aside = sentence.SkipSpace(open + 1);
        var isAside = Asides.Any(word => sentence.Has(word, aside, out _)) || sentence.Slice(aside, comma).Contains("'s ", StringComparison.Ordinal) || sentence.Slice(aside, comma).Contains("’s ", StringComparison.Ordinal) || Posts.Within(sentence, aside, comma);
        return isAside && EndingAt(sentence, open, null, Math.Max(floor, sentence.Start)) is { } person ? person with { IsCertain = true } : null;
    }

    /// <summary>The person in a stretch that names nothing else: 任命 [李明] 为; appoints [Jane Roe] as.</summary>
    public static PersonName? Within(Sentence sentence, int from, int to) => Before(sentence, to, from) is { } person && person.Start >= from ? person with { IsCertain = true } : null;

    private static PersonName? EndingAt(Sentence sentence, int end, string? latin, int floor)
    {
        var known = sentence.All<Mention>().FirstOrDefault(mention => mention.Kind == EntityKind.Person && mention.End == end);
        if (known is not null)
            return new PersonName(known.Start, end, Participant.Of(known, sentence), Posts.Before(sentence, known.Start), IsCertain: true);
        if (sentence.All<Name>().FirstOrDefault(name => name.End == end && name.Kind is null or EntityKind.Person) is { } titled && Untitled(titled) is { } bare)
            return new PersonName(bare.Start, end, Participant.Unknown(EntityKind.Person, bare.Text), titled.Text[..(bare.Start - titled.Start)].Trim(), IsCertain: true);
        if (sentence.All<Name>().FirstOrDefault(name => name.End == end && IsLatinPerson(name)) is { } two && !sentence.All<Mention>().Any(m => m.Start < two.End && two.Start < m.End && m.Kind != EntityKind.Person))
            return new PersonName(two.Start, end, Participant.Unknown(EntityKind.Person, two.Text), Posts.Before(sentence, two.Start), Posts.Before(sentence, two.Start) is not null);
        return Han(sentence, end, latin, floor);
    }

    private static PersonName? Han(Sentence sentence, int end, string? latin, int floor)
    {
        var text = sentence.Passage.Text;
        var start = end;
        while (start > floor && end - start < 24 && (text[start - 1] is (>= '\u4e00' and <= '\u9fff') or '·'))
            start--;
        // A name in four or more characters has a point between its parts; behind a post it begins where the post ends.
        var post = Posts.EndIn(sentence, start, end);
        var from = post ?? start;
        var opener = end - from > 3 || post is null ? OpenedAt(sentence, from, end) : null;
        from = opener ?? BehindHouse(sentence, from, end) ?? from;
        if (opener is null && post is null && end - from > 3)
            from = BehindCalling(text, from, end) ?? from;
        opener ??= from > start && post is null ? from : null;
        var name = text[from..end];
        var isBounded = post is not null || opener is not null || from == floor || !char.IsLetterOrDigit(text[from - 1]);
        var isFamily = FamilyNames.IsName(name);
        var isForeign = (latin is not null || name.Contains('·', StringComparison.Ordinal)) && name.Length is >= 2 and <= 12;
        var covered = sentence.All<Mention>().Any(m => m.Start < end && from < m.End && m.Kind != EntityKind.Person);
        if (name.Length == 0 || !isBounded || covered || name[^1] is '总' or '董' or '氏' || !(isFamily || isForeign))
            return null;
        return new PersonName(from, end, Participant.Unknown(EntityKind.Person, name), post is null ? null : Posts.Before(sentence, from), IsCertain: post is not null || opener is not null || latin is not null);
    }

    // 旷视印奇就任: the name begins where the house's ends, or behind whose it is (Groq 的…).
    private static int? BehindHouse(Sentence sentence, int from, int end)
    {
        var house = sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Company && m.Start < end && m.End > from && m.End < end);
        return house is null ? null : sentence.Has("的", house.End, out var of) ? of : house.End;
    }

    // 前财政司副司长黄伟纶, 女将沈嘉: two or three characters behind one that ends what people are.
    private static int? BehindCalling(string text, int from, int end)
    {
        for (var start = end - 3; start <= end - 2; start++)
        {
            if (start > from && "长官师员授裁监将的".Contains(text[start - 1], StringComparison.Ordinal) && FamilyNames.LengthAt(text, start) > 0 && text[start + 1] is not ('管' or '层' or '方' or '家' or '人' or '员' or '面'))
                return start;
        }

        return null;
    }

    // 宣布由林哲宇: the name is the two or three characters behind the word that calls for one.
    private static int? OpenedAt(Sentence sentence, int from, int end)
    {
        for (var start = end - 2; start >= Math.Max(from, end - 4); start--)
        {
            if (Openers.Any(word => start - word.Length >= from && sentence.Has(word, start - word.Length, out _)))
                return start;
        }

        return null;
    }

    // CFO Petra Lindqvist, Controller Amit Rao: the post is written like a part of the name.
    private static Name? Untitled(Name name)
    {
        var cut = 0;
        for (var space = name.Text.IndexOf(' ', StringComparison.Ordinal); space > 0 && Titles.Contains(name.Text[cut..space], StringComparer.OrdinalIgnoreCase); space = name.Text.IndexOf(' ', cut))
            cut = space + 1;
        var bare = name with { Start = name.Start + cut, Text = name.Text[cut..] };
        return cut > 0 && IsLatinPerson(bare) ? bare : null;
    }

    private static bool IsLatinPerson(Name name)
    {
        var words = name.Text.Split(' ');
        return name.Kind is null or EntityKind.Person && !name.Quoted && words.Length is 2 or 3 or 4 && words.All(word => word.Length > 0 && char.IsAsciiLetterUpper(word[0]) && word.All(c => char.IsAsciiLetter(c) || c is '-' or '\'' or '.') && word.Skip(1).Any(char.IsAsciiLetterLower))
            && !words.Any(NotPeople.Contains);
    }

    private static int TrimmedEnd(Sentence sentence, int at)
    {
        var isCut = true;
        while (isCut)
        {
            isCut = false;
            while (at > sentence.Start && sentence.Passage.Text[at - 1] == ' ')
                at--;
            // Before the adverbs, of which 月底 ends dates.
            if (sentence.All<DateValue>().FirstOrDefault(date => date.End == at) is { } date)
            {
                (at, isCut) = (date.Start, true);
                continue;
            }

            // 从 A 跳槽到, 离开 A 加入: where from.
            if (sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.End == at) is { } house && WhereFrom.FirstOrDefault(word => house.Start - word.Length > sentence.Start && sentence.Has(word, house.Start - word.Length, out _)) is { } word)
            {
                (at, isCut) = (house.Start - word.Length, true);
                continue;
            }

            // 因退休离任: for what reason.
            if (sentence.Passage.Text.LastIndexOf('因', Math.Max(at - 1, 0), Math.Min(10, Math.Max(at - sentence.Start, 0))) is > 0 and var reason && reason > sentence.Start && at - reason is > 1 and <= 9 && sentence.Slice(reason, at).All(c => c >= '\u4e00'))
            {
                (at, isCut) = (reason, true);
                continue;
            }

            // 自 8 月起出任: the particles of a date.
            if (at - 1 > sentence.Start && sentence.Passage.Text[at - 1] == '起' && sentence.Annotations.FirstOrDefault(day => day is DateValue or PeriodValue && day.End == at - 1) is { } since)
            {
                at = sentence.Passage.Text[since.Start - (since.Start > sentence.Start ? 1 : 0)] is '自' or '从' or '于' ? since.Start - 1 : since.Start;
                isCut = true;
                continue;
            }

            var adverb = Adverbs.OrderByDescending(word => word.Length).FirstOrDefault(word => at - word.Length >= sentence.Start && sentence.Has(word, at - word.Length, out var end) && end == at);
            if (adverb is not null)
                (at, isCut) = (at - adverb.Length, true);
        }

        return at;
    }
}
