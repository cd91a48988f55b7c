using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>Whose round it is: a company, or a product that is one by itself (可灵首轮融资).</summary>
internal static class Raisers
{
    private static readonly string[] RoundNouns = ["最新一轮", "新一轮", "首轮外部", "首轮", "本轮", "最新", "外部", "股权", "战略", "第一", "第二", "的", "'s", "’s", "first", "new", "latest", "own", "planned"];

    /// <param name="context">The sentence.</param>
    /// <param name="segment">The part of it that speaks of this round.</param>
    /// <param name="at">Where the raising is told.</param>
    /// <param name="investors">Who puts money in, and so does not raise it.</param>
    public static Party? Of(SentenceContext context, Span segment, int at, IReadOnlyList<Party> investors)
    {
        var sentence = context.Sentence;
        // 快手披露可灵首轮融资, 募资上限为…: whose round it is stands at the first word of it.
        if (sentence.Find(FundingWords.Raise, segment.Start, at) is { } first && !sentence.Has(":", first.End, out _) && !sentence.Contains(FundingWords.NoRaise, Math.Max(sentence.Start, first.Start - 4), first.End))
            at = first.Start;
        if (Corrected(context, at) is { } corrected)
            return corrected;
        var named = PartyNames.In(context, segment.Start, at).Where(party => !investors.Any(investor => investor.IsSame(party)) && !IsOwning(sentence, party)).ToList();
        if (named.LastOrDefault(party => Owns(sentence, party, at)) is { } owner)
            return owner;
        named.RemoveAll(party => party.Who.Kind is not (EntityKind.Company or EntityKind.Product));
        if (Possessor(context, segment, at) is { } unlisted)
            return unlisted;
        if (Invested(context, at) is { } target)
            return target;
        var clause = Math.Max(segment.Start, PartyLists.ClauseStart(sentence, at));
        if (named.FirstOrDefault(party => party.Start >= clause && (!PartyLists.IsOblique(sentence, party) || IsAbout(sentence, party))) is { } acting)
            return acting;
        if (FundingWords.Selves.Any(word => sentence.Has(word, sentence.SkipSpace(clause), out _)))
            return Itself(context, clause);
        if (Opening(context, at) is { } opening)
            return opening;
        return named.LastOrDefault(party => !PartyLists.IsOblique(sentence, party) && party.Start - PartyLists.ClauseStart(sentence, party.Start) <= 12)
            ?? Unlisted(context, segment, at) ?? PartyLists.Carried(context, at);
    }

    /// <summary>Whose round the sentences before told of.</summary>
    public static Party? Told(SentenceContext context, int at)
    {
        if (PartyLists.Subjects(context, at) is { Count: > 0 } subjects)
            return subjects[^1];
        foreach (var before in context.Earlier)
        {
            var sentence = before.Sentence;
            if (sentence.Find(FundingWords.Raise, sentence.Start, sentence.End) is { } told)
                return Of(before, new Span(sentence.Start, sentence.End), told.Start, []) is { } company ? company with { Start = at, End = at } : null;
        }

        return Of(context, Segment.Of(context.Sentence, new Span(at, at)), at, []);
    }

    // 本刊 7 月 22 日称某某融资 3 亿元,有误: who corrects itself raises nothing.
    private static Party? Corrected(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.Find(["本刊", "本报", "本报告", "我刊", "本文", "我们", "本栏", "本周报", "本晨报"], sentence.Start, at) is not { } self || sentence.Find(["称", "误将", "误把", "误称", "误作", "说", "提到", "写道", "载", "刊"], self.End, at) is not { } told)
            return null;
        return PartyNames.In(context, told.End, at).FirstOrDefault() ?? PartyNames.Unknown(sentence, told.End, at);
    }

    // 针对 X 正寻求融资的说法: what is told of X.
    private static bool IsAbout(Sentence sentence, Party party) => sentence.Slice(Math.Max(sentence.Start, party.Start - 3), party.Start).TrimEnd().EndsWith("针对", StringComparison.Ordinal);

    // 该公司: whom the sentence named last, else whom the text goes on about.
    private static Party? Itself(SentenceContext context, int at) =>
        PartyNames.In(context, context.Sentence.Start, at).LastOrDefault(party => party.Who.Kind == EntityKind.Company && !PartyLists.IsOblique(context.Sentence, party)) ?? PartyLists.Carried(context, at);

    private static bool IsOwning(Sentence sentence, Party party) => FundingWords.Owning.Any(word => sentence.Has(word, party.End, out _));

    // X 的 B 轮融资, X(AI 制药)4 亿元 B 轮: between whose it is and the word stand only the sum, the round and what is in brackets.
    private static bool Owns(Sentence sentence, Party party, int at)
    {
        var text = sentence.Slice(party.End, at);
        foreach (var annotation in sentence.Annotations.Where(a => a is MoneyValue or DateValue or NumberValue && a.Start >= party.End && a.End <= at).OrderByDescending(a => a.Start).DistinctBy(a => a.Start))
            text = annotation.End - party.End <= text.Length ? text.Remove(annotation.Start - party.End, annotation.Length) : text;
        text = FundingTerms.WithoutRound(PartyLists.WithoutBrackets(text));
        foreach (var word in RoundNouns)
            text = text.Replace(word, "", StringComparison.Ordinal);
        return text.Trim(' ', '轮', '“', '”', '「', '」').Length == 0;
    }

    // A 联合投资 B, 本轮融资…: B raises. 领投 X 的 B 轮: so does X.
    private static Party? Invested(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, at);
        return clause > sentence.Start && sentence.Find(["投资", "入股", "注资", "领投", "押注"], sentence.Start, clause) is { } verb && PartyLists.Behind(context, verb.End, reach: 1, limit: clause).FirstOrDefault() is { IsThing: false } target
            ? target : null;
    }

    /// <summary>
    /// Who opens the clause of a round, before 完成, 获 or an adverb, where the name has no ending of a company's: 法国语音初创公司深言完成…; and the
    /// short form of a company that the text named in full (禾聚 after 禾聚微电子).
    /// </summary>
    private static Party? Opening(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var clause = PartyLists.ClauseStart(sentence, at);
        if (sentence.Find(FundingWords.Raising, clause, at) is not { } verb)
            return null;
        var end = sentence.All<DateValue>().FirstOrDefault(date => date.Start >= clause && date.Start < verb.Start)?.Start ?? verb.Start;
        var start = clause;
        for (var calling = sentence.Find(FundingWords.Callings, clause, end); calling is { } word; calling = sentence.Find(FundingWords.Callings, word.End, end))
            start = word.End < end ? word.End : start;
        if (PartyNames.In(context, start, end).Count > 0 || PartyNames.Unknown(sentence, start, end) is not { } unknown || unknown.Who.Name.Length > 6)
            return null;
        return Full(context, unknown) ?? (start > clause || unknown.Start == sentence.Start ? unknown : null);
    }

    // 将知行机器人的 A 轮融资误作…: an unknown name before its 的.
    private static Party? Possessor(SentenceContext context, Span segment, int at)
    {
        var sentence = context.Sentence;
        var of = sentence.Passage.Text.LastIndexOf('的', Math.Max(at - 1, segment.Start), Math.Max(at - 1, segment.Start) - segment.Start + 1);
        if (of < 0 || FundingTerms.WithoutRound(sentence.Slice(of + 1, at)).Trim(' ', '轮').Length > 0)
            return null;
        var clause = PartyLists.ClauseStart(sentence, of);
        var start = sentence.Find(["将", "把", "对", "给", "称", "为", "参与", "投资", "领投"], clause, of)?.End ?? clause;
        return PartyNames.Unknown(sentence, start, of);
    }

    // The name that opens the segment, whatever script it has: 镜识科技: 完成…, 微元合成(AI 制药)4 亿元 B 轮.
    private static Party? Unlisted(SentenceContext context, Span segment, int at)
    {
        var sentence = context.Sentence;
        if (sentence.Within<Name>(segment.Start, at).FirstOrDefault(name => name.Quoted && name.Start - segment.Start <= 12 && name.Text.Length is >= 2 and <= 12) is { } quoted)
            return new Party(quoted.Start, quoted.End, Participant.Unknown(EntityKind.Company, quoted.Text));
        var text = sentence.Passage.Text;
        for (var start = segment.Start; start < at;)
        {
            var end = start;
            while (end < at && text[end] is not ('(' or ':' or ',' or '】' or '【') && !sentence.StartingAt(end).Any(a => a is MoneyValue or DateValue))
                end++;
            if (PartyNames.Unknown(sentence, start, end) is { Who.Name.Length: <= 6 } unknown && (text[end] != '】' || end - start > 2))
                return unknown;
            // 投融资: X …, 【X】: what is no name before the mark leads to it.
            if (end >= at || text[end] is not (':' or '【'))
                return null;
            start = end + 1;
        }

        return null;
    }

    private static Party? Full(SentenceContext context, Party brief)
    {
        foreach (var here in context.AndEarlier)
        {
            if (PartyNames.In(here, here.Sentence.Start, here.Sentence.End).LastOrDefault(party => (here != context || party.Start < brief.Start) && party.Who.Name.Length > brief.Who.Name.Length && party.Who.Name.StartsWith(brief.Who.Name, StringComparison.Ordinal)) is { } full)
                return full with { Start = brief.Start, End = brief.End };
        }

        return null;
    }
}
