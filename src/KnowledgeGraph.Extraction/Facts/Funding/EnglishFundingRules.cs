using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>Rounds as English tells them: who raises, who leads, the list's shorthand.</summary>
public static class EnglishFundingRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("en/funding/raises", Seq(Lit(["raises", "raised", "raise", "to raise", "raising", .. FundingWords.Gets]).As("verb"), Gap(24, "。;"), Ann<MoneyValue>("amount", m => m.Per is null)), Raises),
        new("en/funding/led-round", Seq(Lit("led", "leads", "to lead", "will lead", "leading", "co-led", "co-leads", "co-leading", "joined", "backed", "anchored").As("verb"), Lit("a", "the", "its", "an"), Gap(12, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null), Gap(24, "。;,"), Lit([.. FundingWords.Series, "raise", "investment", "seed"]).As("word"), Gap(10, "。;"), Lit("in", "for", "of", "by", "at").As("of")), LedRound),
        new("en/funding/put-into", Seq(Lit("investors", "backers", "consortium", "investor group", "syndicate"), Gap(40, "。;"), Lit("put", "puts", "poured", "pumped", "invested", "ploughed", "committed", "injected", "are putting").As("verb"), Gap(12, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null).As("word"), Gap(10, "。;,"), Lit("in", "into").As("of")), LedRound),
        new("en/funding/round", Seq(Ann<MoneyValue>("amount", m => m.Per is null), Gap(14, "。;,"), Lit([.. FundingWords.Series, "seed", "first close", "final close", "funding", "equity raise", "convertible", "convertibles", "note offering", "bond sale", "share sale", "share placement"]).As("word")), Round),
        new("en/funding/round-of", Seq(Lit(FundingWords.Series).As("word"), Gap(10, "。;,"), Lit("of", "at", "worth", "totalling", "totaling", "for"), Gap(18, "。;,"), Ann<MoneyValue>("amount", m => m.Per is null)), Round),
        new("en/funding/at-valuation", Seq(Lit(","), Ann<MoneyValue>("amount", m => m.Per is null), Lit("at"), Ann<MoneyValue>("valuation")), Terse),
    ];

    private static IEnumerable<FactDraft> Raises(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"));
        var isRaise = sentence.Slice(verb).Contains("rais", StringComparison.OrdinalIgnoreCase);
        if (sentence.Contains(FundingWords.NoMoney, verb.Start, amount.Start) || sentence.Contains(FundingWords.NoMoney, amount.End, Math.Min(sentence.End, amount.End + 12)) || !(isRaise ? IsRaised(sentence, verb, amount) : IsGot(context, verb, amount)))
            return [];
        var segment = Segment.Of(sentence, verb);
        var company = Opening(context, verb) ?? PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing && party.Who.Kind == EntityKind.Company) ?? Raisers.Of(context, segment, verb.Start, []);
        var terms = FundingTerms.Right(sentence, segment, verb);
        return company is null ? [] : FundingRules.Draft(context, company, terms with { Amount = terms.Amount ?? amount }, verb);
    }

    // Meta raised $30bn; not: raised its bid for the deal to $30bn.
    private static bool IsRaised(Sentence sentence, Span verb, MoneyValue amount) =>
        !sentence.Contains(["deal", "acquisition", "takeover", "licence", "license", "contract", "order", "bid", "offer", "stake"], verb.End, Math.Min(sentence.End, amount.End + 14)) || sentence.Contains(FundingWords.Rounds, sentence.Start, sentence.End);

    // What was got must be called a round's money, or come from somebody.
    private static bool IsGot(SentenceContext context, Span verb, MoneyValue amount)
    {
        var sentence = context.Sentence;
        var end = Math.Min(PartyLists.ClauseEnd(sentence, amount.End), amount.End + 50);
        if (sentence.Contains(FundingWords.NoRound, verb.Start, end))
            return false;
        return sentence.Contains(FundingWords.Rounds, verb.End, end)
            || (sentence.Slice(verb) is "received" or "receives" or "secured" or "secures" or "got" or "gets" or "attracted" or "attracts" && sentence.Has("from", sentence.SkipSpace(amount.End), out var from) && PartyLists.Behind(context, from, reach: 2).Any(party => !party.IsThing));
    }

    // A maker of cursors, X, raises: behind an apposition the first name of the sentence acts.
    private static Party? Opening(SentenceContext context, Span verb) =>
        PartyNames.In(context, PartyLists.ClauseStart(context.Sentence, verb.Start), verb.Start).FirstOrDefault(party => party.Who.Kind == EntityKind.Company && !PartyLists.IsOblique(context.Sentence, party) && context.Sentence.Passage.Text[party.End] != '-');

    private static IEnumerable<FactDraft> Round(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (amount, word) = (match.Get<MoneyValue>("amount"), match.Get<Span>("word"));
        var first = Math.Min(amount.Start, word.Start);
        // Whoever leads a round is not who raises it.
        if (sentence.Contains(["led", "leads", "leading", "co-led", "to lead"], Math.Max(sentence.Start, first - 20), first))
            return [];
        var segment = Segment.Of(sentence, new Span(first, Math.Max(amount.End, word.End)));
        var investors = FundingTerms.Investors(context, word);
        var company = PartyNames.In(context, segment.Start, first).LastOrDefault(party => party.Who.Kind is EntityKind.Company or EntityKind.Product && IsBefore(sentence, party, first))
            ?? Behind(context, Math.Max(amount.End, word.End))
            ?? PartyLists.Subjects(context, first).LastOrDefault(party => party.Who.Kind == EntityKind.Company && !investors.Any(party.IsSame));
        var terms = FundingTerms.Right(sentence, segment, word);
        return company is null ? [] : FundingRules.Draft(context, company, word.Start > amount.Start ? terms with { Amount = amount } : terms with { Amount = terms.Amount ?? amount }, word);
    }

    // A $600m Series D for Crusoe
    private static Party? Behind(SentenceContext context, int from)
    {
        var at = context.Sentence.SkipSpace(from);
        return new[] { "for", "in", "by" }.Any(word => context.Sentence.Has(word, at, out _)) ? PartyLists.Behind(context, at + 2, reach: 6).FirstOrDefault(party => party.Who.Kind == EntityKind.Company) : null;
    }

    // Sequoia and Thrive led a $200m round in Brume Labs: who leads invests.
    private static IEnumerable<FactDraft> LedRound(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (verb, amount, word) = (match.Get<Span>("verb"), match.Get<MoneyValue>("amount"), match.Get<Span>("word"));
        var company = PartyLists.Behind(context, match.Get<Span>("of").End, reach: 40).FirstOrDefault(party => party.Who.Kind == EntityKind.Company);
        var investors = PartyNames.In(context, sentence.Start, verb.Start).Where(party => !party.IsThing && company?.IsSame(party) == false).ToList();
        if (company is null || investors.Count == 0)
            return [];
        return FundingRules.Draft(context, company, FundingTerms.In(sentence, Segment.Of(sentence, verb), amount.Start) with { Amount = amount }, word)
            .Select(draft => draft with { Roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal) { ["investors"] = [.. investors.Select(party => party.Who)] } });
    }

    // Sunday, $165M at $1.15bn: the shorthand of a list of rounds.
    private static IEnumerable<FactDraft> Terse(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (amount, valuation) = (match.Get<MoneyValue>("amount"), match.Get<MoneyValue>("valuation"));
        var segment = Segment.Of(sentence, amount);
        var start = segment.Start;
        var company = PartyNames.In(context, start, match.Start).LastOrDefault(party => !party.IsThing && party.End == match.Start);
        if (company is null && sentence.All<Name>().FirstOrDefault(name => name.End == match.Start && name.Start >= start) is { } name)
            company = new Party(name.Start, name.End, Participant.Unknown(EntityKind.Company, name.Text));
        if (company is null && WordBefore(sentence, start, match.Start) is { } word)
            company = word;
        var terms = FundingTerms.In(sentence, segment, amount.Start) with { Amount = amount, Valuation = valuation };
        return company is null || valuation.Amount <= amount.Amount ? [] : FundingRules.Draft(context, company, terms, new Span(amount.Start, valuation.End));
    }

    // A weekday or another everyday word that here stands alone as a name (Sunday).
    private static Party? WordBefore(Sentence sentence, int from, int to)
    {
        var text = sentence.Slice(from, to).Trim();
        return text.Length is > 2 and < 24 && char.IsAsciiLetterUpper(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ') ? new Party(to - text.Length, to, Participant.Unknown(EntityKind.Company, text)) : null;
    }

    private static bool IsBefore(Sentence sentence, Party party, int at) => sentence.Slice(party.End, at).Trim() is "" or "," or "'s" or "’s" or "," or "-" or ":" or "(" or "announced a" or "has announced a";
}
