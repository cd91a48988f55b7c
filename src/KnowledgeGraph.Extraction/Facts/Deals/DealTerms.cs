using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>What was agreed: the sum (the cap, where there is one), the capacity, the years, the stake.</summary>
internal sealed record DealTerms(MoneyValue? Amount, string? Capacity, string? Term, PercentValue? Stake, int End)
{
    private static readonly string[] Valuation = ["估值", "市值", "valuation", "valued", "valuing", "market cap", "pre-money", "post-money", "营收", "收入", "revenue", "股价", "每股"];

    private static readonly string[] Capacities = ["GW", "MW", "TPUs", "GPUs", "chips", "CPUs", "servers"];

    private static readonly (string Word, int Years)[] Counts =
    [
        ("一", 1), ("两", 2), ("二", 2), ("三", 3), ("四", 4), ("五", 5), ("六", 6), ("七", 7), ("八", 8), ("十", 10), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("ten", 10),
    ];

    private static readonly Pattern Years =
        Seq(Opt(Lit("未来", "为期", "租期", "合同期", "合约期", "期间", "长约", "签了", "签下", "延长", "今后", "期限", "长达", "over", "for", "a", "next", "the next")), Number(), Lit("年期", "年内", "年", "-year", "-Year", "years", "year"));

    public static DealTerms None { get; } = new(null, null, null, null, 0);

    /// <summary>The terms in a stretch of a sentence.</summary>
    public static DealTerms In(Sentence sentence, int from, int to)
    {
        var money = sentence.Within<MoneyValue>(from, to).FirstOrDefault(m => m.Per is null && m.Amount >= 10000 && !IsOther(sentence, m));
        money = money is null ? null : Raised(sentence, money, to) ?? money;
        var capacity = sentence.Within<QuantityValue>(from, to).Where(q => Capacities.Contains(q.Unit)).OrderBy(q => Array.IndexOf(Capacities, q.Unit)).FirstOrDefault();
        var years = Years.In(sentence).FirstOrDefault(match => match.Start >= from && match.End <= to && IsTerm(sentence, match));
        var stake = sentence.Within<PercentValue>(from, to).FirstOrDefault(p => !p.IsPoints && IsStake(sentence, p));
        var end = new[] { money?.End, capacity?.End, years?.End, stake?.End }.Max() ?? from;
        return new DealTerms(money, capacity is null ? null : Text(capacity), years is null ? null : Text(years, sentence), stake, end);
    }

    public (string, JsonNode?)[] Values =>
    [
        ("amount", Amount is null ? null : JsonValue.Create(Amount.High ?? Amount.Amount)), ("currency", Amount?.Currency), ("bound", Amount?.Bound.Word()),
        ("capacity", Capacity), ("term", Term), ("stakePercent", Stake is null ? null : JsonValue.Create(Stake.Percent)),
    ];

    // 由 113 亿元调升到 172 亿元: what holds now.
    private static MoneyValue? Raised(Sentence sentence, MoneyValue before, int to) =>
        sentence.Within<MoneyValue>(before.End, to).FirstOrDefault() is { } after && after.Start - before.End <= 10 && sentence.Contains(["调升", "上调", "提高", "提升", "调整", "增加", "增至", "扩大", "追加", "调高", "下调", "调降", "修订", "raised to", "increased to", "up to"], before.End, after.Start) ? after : null;

    // A deal valued at $250bn is worth that; a company valued at it is not what was paid.
    private static bool IsOther(Sentence sentence, MoneyValue money) =>
        !sentence.Contains(["deal valued at", "transaction valued at", "valuing the deal", "deal worth", "法人估值", "法人估", "估值约当", "contract valued at", "agreement valued at", "交易价值", "交易估值"], Math.Max(sentence.Start, money.Start - 24), money.Start) && sentence.Contains(Valuation, Math.Max(sentence.Start, money.Start - 10), Math.Min(sentence.End, money.End + 12));

    private static bool IsStake(Sentence sentence, PercentValue percent) =>
        sentence.Contains(["股份", "股权", "持股", "权益", "stake", "of the company", "interest", "equity"], percent.End, Math.Min(sentence.End, percent.End + 14))
        || (sentence.Has("of", sentence.SkipSpace(percent.End), out var of) && sentence.All<Mention>().Any(m => m.Kind == Domain.Entities.EntityKind.Company && m.Start == sentence.SkipSpace(of)))
        || sentence.Contains(["持股", "股份", "占股", "持有", "参股", "取得", "后者占", "占比", "控股", "stake of"], Math.Max(sentence.Start, percent.Start - 6), percent.Start);

    // 2026 年 is a date, 三年级 no term; 三年 needs a word that makes it one, five-year does not.
    private static bool IsTerm(Sentence sentence, PatternMatch match)
    {
        var text = sentence.Slice(match.Start, match.End);
        return text.Contains("year", StringComparison.OrdinalIgnoreCase) || text[0] is '未' or '为' or '今' or '期' or '长' or '租' or '合' or '签' or '延' || text.EndsWith("年期", StringComparison.Ordinal)
            || sentence.Contains(["协议", "合同", "合约", "长约", "购电", "付款", "支付"], match.End, Math.Min(sentence.End, match.End + 12));
    }

    private static Pattern Number() => Alt(Lit([.. Counts.Select(count => count.Word)]).As("count"), Lit("1", "2", "3", "4", "5", "6", "7", "8", "10", "15", "20").As("count"));

    private static string Text(PatternMatch years, Sentence sentence)
    {
        var word = sentence.Slice(years.Get<Span>("count"));
        var known = Counts.FirstOrDefault(count => count.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        var number = known.Word is null ? word : known.Years.ToString(CultureInfo.InvariantCulture);
        return number == "1" ? "1 year" : $"{number} years";
    }

    private static string Text(QuantityValue capacity)
    {
        var number = capacity.Amount.ToString("0.###", CultureInfo.InvariantCulture);
        return capacity.Unit is "MW" or "GW" ? number + capacity.Unit : capacity.Amount >= 1_000_000 && capacity.Amount % 100_000 == 0
            ? $"{(capacity.Amount / 1_000_000).ToString("0.#", CultureInfo.InvariantCulture)} million {capacity.Unit}" : $"{number} {capacity.Unit}";
    }
}
