using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Parties;

/// <summary>Who acts before a verb and who is named behind it, alone or in a list (A、B 和 C; A, B and C).</summary>
internal static class PartyLists
{
    private static readonly string[] Joiners = ["、", "和", "及", "与", "以及", "&", "/", ",", "and", ", and", "⇄", "以及其", "×"];

    private static readonly string[] Oblique =
    [
        "向", "对", "从", "由", "据", "被", "给", "为", "来自", "搭载", "采用", "基于", "较", "比", "除", "于", "在", "获", "通过", "把", "将", "让", "使", "赴",
        "from", "to", "with", "by", "for", "of", "in", "on", "at", "via", "per", "than", "versus", "vs", "against", "its", "their",
    ];

    // Around a name in a list of those who act together.
    private static readonly string[] Leading = ["老股东", "股东", "新投资方", "知名机构", "机构", "由", "其中", "包括", "投资方", "产业方", "领投方", "跟投方"];

    private static readonly string[] Trailing = ["联合", "共同", "独家", "继续", "超额", "持续", "分别", "等", "参与", "联手", "牵头", "旗下基金", "领衔"];

    private static readonly string[] Selves = ["公司", "该公司", "本公司"];

    private static readonly string[] Apposing = ["a", "an", "the", "which", "who", "whose", "formerly", "one of", "itself", "maker of", "backed by", "owned by", "based in", "founded by", "part of"];

    /// <summary>Who acts at a position: the last party of the sentence before it that is not governed by a preposition, and those joined to it.</summary>
    public static IReadOnlyList<Party> Subjects(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var end = at;
        while (end > sentence.Start)
        {
            var start = ClauseStart(sentence, end);
            // X, a private GPU lender in Reno, orders: what stands between the commas only says who X is.
            if (end < at && IsApposition(sentence, start, end))
            {
                end = start - 1;
                continue;
            }

            if (InClause(context, start, end, isOwn: end == at) is { Count: > 0 } found)
                return found;
            end = start - 1;
        }

        return [];
    }

    private static bool IsApposition(Sentence sentence, int start, int end)
    {
        var text = sentence.Passage.Text;
        return start > sentence.Start && text[start - 1] == ',' && end < text.Length && text[end] == ','
            && Apposing.Any(word => sentence.Has(word, sentence.SkipSpace(start), out _));
    }

    // In the verb's own clause the nearest acts; in a clause before, only who opens it: 微软投资 OpenAI, 还为 …
    private static IReadOnlyList<Party> InClause(SentenceContext context, int start, int end, bool isOwn)
    {
        var sentence = context.Sentence;
        var parties = PartyNames.In(context, start, end);
        for (var last = parties.Count - 1; last >= 0; last--)
        {
            var first = last;
            while (first > 0 && IsJoined(sentence, parties[first - 1].End, parties[first].Start))
                first--;
            var acts = !IsOblique(sentence, parties[first]) && (isOwn || (first == 0 && parties[0].Start - start <= 12 && !IsObject(sentence, parties[0])));
            if (acts)
                return [.. parties.Skip(first).Take(last - first + 1)];
            last = first;
        }

        return [];
    }

    // 10 月 27 日认购诺基亚新股, 向 …: whom the clause before did something to does not act now.
    private static bool IsObject(Sentence sentence, Party party) =>
        Doing.Any(word => party.Start - word.Length >= sentence.Start && sentence.Has(word, party.Start - word.Length, out _));

    private static readonly string[] Doing = ["认购", "收购", "并购", "投资", "入股", "参股", "买下", "吃下", "注资", "领投", "采购", "引入", "击败", "起诉", "挖来", "授权"];

    /// <summary>The same without things (models, products), which are sold, not sellers; the company carried over where the sentence names none.</summary>
    public static IReadOnlyList<Party> Companies(SentenceContext context, int at)
    {
        var subjects = Subjects(context, at).Where(party => !party.IsThing).ToList();
        if (subjects.Count > 0)
            return subjects;
        // 将买下 X, 公司已澄清: in a note on one company the company is that one.
        if (context.Report.MainCompany is { } main && Selves.Any(word => context.Sentence.Has(word, context.Sentence.SkipSpace(ClauseEnd(context.Sentence, at) + 1), out _) || context.Sentence.Has(word, ClauseStart(context.Sentence, at), out _)))
            return [new Party(at, at, main)];
        if (LeadIn(context, at) is { } lead)
            return [lead];
        return Carried(context, at) is { } carried ? [carried] : [];
    }

    // 【X】拟…: the name that opens an item, whoever it is.
    private static Party? LeadIn(SentenceContext context, int at)
    {
        var text = context.Sentence.Passage.Text;
        return text.StartsWith('【') && text.IndexOf('】', StringComparison.Ordinal) is > 2 and < 11 and var close && context.Topic.Company is null && PartyNames.Unknown(context.Sentence, 1, close) is { } named ? named with { Start = at, End = at } : null;
    }

    /// <summary>Who the text went on about before this sentence, a company that no vocabulary knows included; its place is the position given.</summary>
    public static Party? Carried(SentenceContext context, int at)
    {
        // In a note on one company what names nobody is told of that one, whoever the sentence before named.
        if (context.Report.MainCompany is { } main && context.Topic.Company is null)
            return new Party(at, at, main);
        foreach (var before in context.Earlier)
        {
            var sentence = before.Sentence;
            if (sentence.All<Mention>().Any(mention => mention.Kind == EntityKind.Company && !before.IsOblique(mention)))
                break;
            if (PartyNames.In(before, sentence.Start, Math.Min(sentence.End, sentence.Start + 40)).FirstOrDefault(party => party.Who.Kind == EntityKind.Company && party.Start - sentence.Start <= 12) is { } told)
                return told with { Start = at, End = at };
        }

        return context.CarriedCompany() is { } carried ? new Party(at, at, carried) : null;
    }

    /// <summary>The parties listed behind a position: the first within reach, and those joined to it.</summary>
    public static IReadOnlyList<Party> Behind(SentenceContext context, int from, int reach, int limit = int.MaxValue)
    {
        var sentence = context.Sentence;
        var stop = ClauseEnd(sentence, from);
        var parties = PartyNames.In(context, from, Math.Min(limit, sentence.End));
        if (parties.Count == 0 || parties[0].Start > Math.Min(stop, from + reach))
            return [];
        var count = 1;
        while (count < parties.Count && IsJoined(sentence, parties[count - 1].End, parties[count].Start))
            count++;
        return [.. parties.Take(count)];
    }

    /// <summary>
    /// A stretch that names parties and nothing else (由 A、B 和 C 联合): what a known or shaped name does not cover is a name that nobody knows, joiners and
    /// adverbs aside.
    /// </summary>
    public static IReadOnlyList<Party> Listed(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var found = PartyNames.In(context, from, to).ToList();
        foreach (var (start, end) in Pieces(sentence, from, to))
        {
            if (!found.Exists(party => party.Start < end && start < party.End) && PartyNames.Unknown(sentence, start, end) is { } unknown)
                found.Add(unknown);
        }

        return [.. found.OrderBy(party => party.Start)];
    }

    private static IEnumerable<(int Start, int End)> Pieces(Sentence sentence, int from, int to)
    {
        while (from < to)
        {
            var mark = sentence.Find(["、", "和", "与", "及", "以及", ",", "/", "等"], from, to) ?? (to, to);
            var (start, end) = (from, mark.Start);
            foreach (var lead in Leading.Where(word => sentence.Has(word, start, out _)))
                start += lead.Length;
            while (Trailing.FirstOrDefault(word => end - word.Length > start && sentence.Has(word, end - word.Length, out _)) is { } tail)
                end -= tail.Length;
            if (end > start)
                yield return (start, end);
            from = mark.End;
        }
    }

    /// <summary>Where the clause of a position ends: at a comma or stronger mark, the commas of figures aside.</summary>
    public static int ClauseEnd(Sentence sentence, int from)
    {
        for (var at = from; at < sentence.End; at++)
        {
            if (IsClauseMark(sentence, at))
                return at;
        }

        return sentence.End;
    }

    public static int ClauseStart(Sentence sentence, int to)
    {
        for (var at = to - 1; at >= sentence.Start; at--)
        {
            if (IsClauseMark(sentence, at))
                return at + 1;
        }

        return sentence.Start;
    }

    /// <summary>Whether nothing but a joiner, and what stands in brackets behind the first name, is between two names.</summary>
    public static bool IsJoined(Sentence sentence, int from, int to)
    {
        var between = WithoutBrackets(sentence.Slice(from, to)).Trim();
        return between.Length > 0 && Joiners.Any(joiner => between.Equals(joiner, StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsOblique(Sentence sentence, Party party)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, party.Start - 12), party.Start).TrimEnd();
        return Oblique.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase)
            && (!char.IsAsciiLetter(word[0]) || before.Length == word.Length || !char.IsAsciiLetter(before[^(word.Length + 1)])));
    }

    public static string WithoutBrackets(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.IndexOf(')', StringComparison.Ordinal);
        return open >= 0 && close > open ? text[..open] + text[(close + 1)..] : text;
    }

    // 1,200 万, not 2.0,7 月: three digits and no more follow.
    private static bool IsThousands(string text, int at) =>
        at > 0 && at + 3 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && (at + 4 >= text.Length || !char.IsAsciiDigit(text[at + 4]));

    private static bool IsClauseMark(Sentence sentence, int at)
    {
        var text = sentence.Passage.Text;
        return text[at] is ';' or '。' or '!' or '?' or ':'
            || (text[at] == ',' && !IsThousands(text, at));
    }
}
