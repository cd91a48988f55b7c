using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Funding;

/// <summary>The part of a sentence that speaks of one round: between semicolons, of which lists are made.</summary>
internal static class Segment
{
    public static Span Of(Sentence sentence, Annotation at)
    {
        var text = sentence.Passage.Text;
        var start = text.LastIndexOf(';', at.Start, at.Start - sentence.Start + 1);
        var end = text.IndexOf(';', at.End, sentence.End - at.End);
        var colon = text.LastIndexOf(": ", at.Start, at.Start - sentence.Start + 1, StringComparison.Ordinal);
        return new Span(Math.Max(Math.Max(sentence.Start, start + 1), colon + 1), end < 0 ? sentence.End : end);
    }
}

/// <summary>Figures of a round.</summary>
internal sealed partial record FundingTerms(MoneyValue? Amount, MoneyValue? Valuation, string? Round, PercentValue? Stake, DateValue? Date)
{
    private static readonly string[] ValueWords = ["估值", "valuation", "valued at", "valuing", "pre-money", "post-money"];

    private static readonly string[] Leads = ["领投", "参投", "跟投", "联合领投", "led by", "co-led by", "co-leading", "leading", "from", "backed by", "joined by"];

    public (string, JsonNode?)[] Values =>
    [
        ("amount", Amount is null ? null : JsonValue.Create(Amount.High ?? Amount.Amount)), ("currency", (Amount ?? Valuation)?.Currency), ("bound", Amount?.Bound.Word()), ("round", Round),
        ("valuation", Valuation is null ? null : JsonValue.Create(Valuation.Amount)), ("stakePercent", Stake is null ? null : JsonValue.Create(Stake.Percent)),
    ];

    /// <param name="at">Where the raising is told: the sum is the nearest to it that is no valuation.</param>
    public static FundingTerms In(Sentence sentence, Span segment, int at)
    {
        var money = sentence.Within<MoneyValue>(segment.Start, segment.End).Where(m => m.Per is null).ToList();
        var valuation = money.FirstOrDefault(m => IsValuation(sentence, m));
        var amount = money.Where(m => m != valuation && !IsPart(sentence, m)).MinBy(m => Math.Min(Math.Abs(m.Start - at), Math.Abs(m.End - at)));
        if (amount is not null && Math.Abs(amount.Start - at) > 40)
            amount = null;
        // About $2bn behind the sum, without more words, is what the company is worth.
        if (valuation is null && amount is not null)
            valuation = money.FirstOrDefault(m => m.Start > amount.End && m.Amount > amount.Amount && sentence.Contains(["at", "about"], Math.Max(amount.End, m.Start - 8), m.End));
        var round = RoundName().Match(sentence.Slice(segment.Start, segment.End));
        var date = sentence.Within<DateValue>(segment.Start, segment.End).Where(d => EventDraft.IsDate(sentence, d)).OrderBy(d => d.IsRelative).FirstOrDefault();
        return new FundingTerms(amount, valuation, round.Success ? round.Value.Trim() : null, null, date);
    }

    /// <summary>Who puts money in: before 领投, behind led by.</summary>
    public static IReadOnlyList<Party> Investors(SentenceContext context, Annotation at, Party company)
    {
        var sentence = context.Sentence;
        var segment = Segment.Of(sentence, at);
        if (sentence.Find(Leads, at.Start, segment.End) is not { } lead)
            return [];
        var isBehind = sentence.Slice(lead.Start, lead.End).EndsWith("by", StringComparison.Ordinal) || sentence.Has("from", lead.Start, out _);
        var parties = isBehind ? PartyLists.Behind(context, lead.End, reach: 8, limit: segment.End)
            : PartyNames.In(context, Math.Max(segment.Start, PartyLists.ClauseStart(sentence, lead.Start)), lead.Start);
        return [.. parties.Where(party => !party.IsThing && !party.IsSame(company))];
    }

    private static bool IsValuation(Sentence sentence, MoneyValue money) =>
        sentence.Contains(ValueWords, Math.Max(sentence.Start, money.Start - 12), money.Start)
        // Behind the sum only in the same breath: 9000 亿美元的估值, at a $1.7bn valuation.
        || (sentence.Find(ValueWords, money.End, Math.Min(sentence.End, money.End + 24)) is { } word && word.Start - money.End <= (sentence.Passage.Text[word.Start] >= '\u4e00' ? 2 : 14)
            && !sentence.Slice(money.End, word.Start).Contains(',', StringComparison.Ordinal));

    // ($50bn Amazon, $30bn Nvidia): an investor's share of the round.
    private static bool IsPart(Sentence sentence, MoneyValue money)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, money.Start - 4), money.Start).TrimEnd();
        return before.EndsWith('(') || before.EndsWith("其中", StringComparison.Ordinal) || sentence.Contains(["用于", "投向"], money.Start, Math.Min(sentence.End, money.End + 4));
    }

    [GeneratedRegex("Pre-?[A-H]\\+?[ ]?轮|[A-K]\\d?\\+{0,2}[ ]?轮|天使轮|种子轮|战略融资|首轮外部融资|首轮融资|首轮|定增|配售|Series [A-K]\\d?|[Ss]eed|Pre-IPO", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoundName();
}
