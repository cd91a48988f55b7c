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
    private static readonly string[] ValueWords = ["估值", "投后", "投前", "valuation", "valued at", "values it at", "valuing", "pre-money", "post-money", "post", "pre"];

    private static readonly string[] Leads = ["领投", "参投", "跟投", "联合领投", "独家投资", "加码", "认购", "参与投资", "超额认购", "独投", "独家投", "参与了", "参与", "加持", "押注", "出资", "led by", "co-led by", "led", "leads", "co-led", "co-leading", "leading", "from", "backed by", "joined by"];

    // Behind these the investors are listed.
    private static readonly string[] Named = ["投资方包括", "投资方为", "投资方有", "投资人包括", "投资者包括", "股东包括", "参与方包括", "领投方为", "领投方是", "领投方包括", "领投机构为", "领投者为", "投资方是", "投资者为", "出资方为", "出资方包括", "投资机构包括", "investors include", "investors including", "backers include", "investors included"];

    // An investor's name before the word for the round.
    private static readonly string[] Bringing = ["领投的", "参投的", "跟投的"];

    public (string, JsonNode?)[] Values =>
    [
        ("amount", Amount is null ? null : JsonValue.Create(Amount.High ?? Amount.Amount)), ("currency", (Amount ?? Valuation)?.Currency), ("bound", Amount?.Bound.Word()), ("round", Round),
        ("valuation", Valuation is null ? null : JsonValue.Create(Valuation.Amount)), ("stakePercent", Stake is null ? null : JsonValue.Create(Stake.Percent)),
    ];

    /// <param name="at">Where the raising is told: the sum is the nearest to it that is no valuation.</param>
    public static FundingTerms In(Sentence sentence, Span segment, int at)
    {
        // 1.80 元 is what a share costs, no round.
        var money = sentence.Within<MoneyValue>(segment.Start, segment.End).Where(m => m is { Per: null, Amount: >= 10000 }).ToList();
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

    /// <summary>The figures, or where the text puts a figure right (误作 A, 实为 B) those that it calls right.</summary>
    public static FundingTerms Right(Sentence sentence, Span segment, Annotation word)
    {
        if (sentence.Find(FundingWords.Corrected, word.End, sentence.End) is not { } right)
            return In(sentence, segment, word.Start);
        var (told, put) = (In(sentence, segment, word.Start), In(sentence, new Span(right.End, sentence.End), right.End));
        return put with { Amount = put.Amount ?? sentence.Within<MoneyValue>(right.End, sentence.End).FirstOrDefault(), Round = put.Round ?? told.Round };
    }

    /// <summary>The name of a round of money that 轮 ends (B+ 轮, 天使轮), or null.</summary>
    public static Span? RoundEndingWith(Sentence sentence, Span word)
    {
        var from = Math.Max(sentence.Start, word.Start - 8);
        return RoundName().Matches(sentence.Slice(from, word.End)).LastOrDefault(match => from + match.Index + match.Length == word.End) is { } match ? new Span(from + match.Index, word.End) : null;
    }

    public static string WithoutRound(string text) => RoundName().Replace(text, "");

    /// <summary>Who puts money in: before 领投, behind led by.</summary>
    public static IReadOnlyList<Party> Investors(SentenceContext context, Annotation at)
    {
        var sentence = context.Sentence;
        var segment = Segment.Of(sentence, at);
        var found = new List<Party>();
        for (var lead = sentence.Find(Leads, sentence.Contains(Bringing, at.Start, segment.End) || sentence.Find(Leads, at.Start, segment.End) is null ? segment.Start : at.Start, segment.End); lead is { } word; lead = sentence.Find(Leads, word.End, segment.End))
            found.AddRange(Beside(context, segment, word.Start, word.End));
        // 获中科创星、毅达资本 4.5 亿元融资: between the getting and the sum stands of whom.
        var clause = Math.Max(segment.Start, PartyLists.ClauseStart(sentence, at.Start));
        if (found.Count == 0 && sentence.Find(["获得", "获", "引入", "拿到"], clause, at.Start) is { } got && sentence.Within<MoneyValue>(got.End, at.Start).FirstOrDefault() is { } sum)
            found.AddRange(PartyLists.Listed(context, got.End, sum.Start));
        if (sentence.Find(Named, segment.Start, segment.End) is { } named)
            found.AddRange(PartyLists.Listed(context, named.End, PartyLists.ClauseEnd(sentence, named.End)));
        return [.. found.Where(party => !party.IsThing).DistinctBy(party => party.Who.Name)];
    }

    private static IEnumerable<Party> Beside(SentenceContext context, Span segment, int start, int end)
    {
        var sentence = context.Sentence;
        var isLed = sentence.Slice(start, end) is "led" or "leads" or "leading" or "co-led" or "co-leading" && !sentence.Has("by", sentence.SkipSpace(end), out _);
        var isBehind = !isLed && char.IsAsciiLetter(sentence.Passage.Text[start]);
        if (isBehind)
            return PartyLists.Behind(context, end, reach: 8, limit: segment.End);
        var clause = Math.Max(segment.Start, PartyLists.ClauseStart(sentence, start));
        // 获中金资本领投的 8 亿元融资: who raises stands before the verb, who leads behind it.
        var got = sentence.Find(["获得", "获", "由", "完成", "引入"], clause, start);
        return PartyLists.Listed(context, got?.End ?? clause, start);
    }

    private static bool IsValuation(Sentence sentence, MoneyValue money) =>
        sentence.Contains(ValueWords, Math.Max(sentence.Start, money.Start - 16), money.Start)
        // Behind the sum only in the same breath: 9000 亿美元的估值, at a $1.7bn valuation.
        || (sentence.Find(ValueWords, money.End, Math.Min(sentence.End, money.End + 24)) is { } word && (sentence.Passage.Text[word.Start] >= '\u4e00' ? sentence.Slice(money.End, word.Start).Trim().TrimStart('的') is "" or "投前" or "投后" or "整体" : word.Start - money.End <= 20)
            && !sentence.All<MoneyValue>().Any(other => other.Start >= money.End && other.End <= word.Start)
            && !sentence.Slice(money.End, word.Start).Contains(',', StringComparison.Ordinal));

    // ($50bn Amazon, $30bn Nvidia): an investor's share of the round.
    private static bool IsPart(Sentence sentence, MoneyValue money)
    {
        var before = sentence.Slice(Math.Max(sentence.Start, money.Start - 4), money.Start).TrimEnd();
        return before.EndsWith('(') || before.EndsWith("其中", StringComparison.Ordinal) || sentence.Find(["用于", "投向"], money.End, Math.Min(sentence.End, money.End + 4)) is { } use && !sentence.Slice(money.End, use.Start).Contains(',', StringComparison.Ordinal);
    }

    [GeneratedRegex("Pre-?[A-H]\\+{0,2}[ ]?轮|[A-K]\\d?\\+{0,2}[ ]?轮|天使轮|种子轮|战略融资|首轮外部融资|首轮融资|首轮|定增|配售|Series [A-K]\\d?|[Ss]eed|Pre-IPO", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoundName();
}
