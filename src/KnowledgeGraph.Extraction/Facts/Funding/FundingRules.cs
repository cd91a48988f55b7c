using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>A company raises money from investors: the sum, the round, who leads, at what valuation.</summary>
public static class FundingRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/funding/raise", Lit(FundingWords.Raise).As("word"), Raised),
        new("zh/funding/round", Lit("轮").As("word"), OfRound),
        new("zh/funding/investors-put-in", Seq(Lit("投资者", "投资人", "投资方").As("who"), Gap(8, ",。;"), Lit("投入", "认购", "出资", "投资"), Opt(Lit("了", "约", "逾", "近")), Ann<MoneyValue>("amount")), PutIn),
        .. EnglishFundingRules.All,
    ];

    /// <summary>Whether a round tells this figure: a valuation inside a round is the round's, not a fact of its own.</summary>
    internal static bool Uses(SentenceContext context, MoneyValue money) =>
        All.SelectMany(rule => rule.Pattern.In(context.Sentence).SelectMany(match => rule.Build(match, context))).Any(draft => draft.Consumes.Contains(context.Source(money)));

    private static IEnumerable<FactDraft> Raised(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        return sentence.Contains(FundingWords.NoRaise, Math.Max(sentence.Start, word.Start - 4), Math.Min(sentence.End, word.End + 6)) ? [] : Round(context, word);
    }

    // 完成 6 亿元 B 轮, 红杉领投: the round without a word of raising.
    private static IEnumerable<FactDraft> OfRound(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        return FundingTerms.RoundEndingWith(sentence, word) is { } round && !sentence.Contains(FundingWords.Raise, word.End, Math.Min(sentence.End, word.End + 5)) ? Round(context, round) : [];
    }

    private static IEnumerable<FactDraft> Round(SentenceContext context, Span word)
    {
        var sentence = context.Sentence;
        var segment = Segment.Of(sentence, word);
        var money = FundingTerms.Right(sentence, segment, word);
        var investors = FundingTerms.Investors(context, word);
        // A round that is done is told even where its sum is not: 完成数亿元 A+ 轮融资.
        var isTold = money.Amount is not null || money.Valuation is not null
            || (money.Round is not null && sentence.Contains(["完成", "获得", "获", "宣布", "拿下", "斩获", "官宣"], PartyLists.ClauseStart(sentence, word.Start), word.Start) && !sentence.Contains(["轮次", "多轮", "几轮", "两轮", "三轮"], segment.Start, segment.End));
        var at = money.Amount is { } amount ? Math.Min(amount.Start, word.Start) : word.Start;
        return isTold ? Draft(context, Raisers.Of(context, segment, at, investors), money, word) : [];
    }

    private static IEnumerable<FactDraft> PutIn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (who, amount) = (match.Get<Span>("who"), match.Get<MoneyValue>("amount"));
        if (!context.AndEarlier.Select(here => here.Sentence).Any(here => here.Contains(FundingWords.Raise, here.Start, here.End)))
            return [];
        // 15 名额外投资者: the phrase names them.
        var start = who.Start;
        while (start > sentence.Start && char.IsLetterOrDigit(sentence.Passage.Text[start - 1]) | sentence.Passage.Text[start - 1] == ' ' && who.End - start < 12)
            start--;
        var words = sentence.Slice(start, who.End).Trim();
        foreach (var lead in new[] { "另有", "其中", "由", "已有", "包括" })
            words = words.StartsWith(lead, StringComparison.Ordinal) ? words[lead.Length..].Trim() : words;
        var company = Raisers.Told(context, start);
        if (company is null)
            return [];
        var draft = context.Event(
            "FundingRaised", start, amount.End, [("company", company.Who), ("investors", Participant.Unknown(EntityKind.Organisation, words))],
            [("amount", JsonValue.Create(amount.Amount)), ("currency", amount.Currency), ("bound", amount.Bound.Word())]);
        return [draft with { Consumes = [context.Source(amount)] }];
    }

    internal static IEnumerable<FactDraft> Draft(SentenceContext context, Party? company, FundingTerms terms, Annotation word)
    {
        if (company is null)
            yield break;
        var start = new[] { company.Start, word.Start, terms.Amount?.Start ?? word.Start }.Min();
        var end = new[] { word.End, terms.Amount?.End ?? 0, terms.Valuation?.End ?? 0, company.End }.Max();
        var investors = FundingTerms.Investors(context, word).Where(party => !party.IsSame(company)).ToList();
        var draft = context.Event("FundingRaised", start, end, [("company", company.Who)], terms.Values);
        var roles = new Dictionary<string, IReadOnlyList<Participant>>(draft.Roles, StringComparer.Ordinal);
        if (investors.Count > 0)
            roles["investors"] = [.. investors.Select(investor => investor.Who)];
        yield return draft with
        {
            Roles = roles,
            When = terms.Date?.Date.Text ?? draft.When,
            // 公司另拟定增募资: the plan's word stands before the first that tells of money.
            Status = context.Status(Math.Min(start, PartyLists.ClauseStart(context.Sentence, word.Start)), end, isFigure: false),
            Consumes = [.. new[] { terms.Amount, terms.Valuation }.OfType<MoneyValue>().Select(context.Source)],
        };
    }
}
