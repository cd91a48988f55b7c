namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// 收入 378 亿, Rev 22.4bn: behind a metric that is counted in money, or beside an amount that is money, a bare number of hundreds of millions is an amount too: in the
/// currency that the text named last, else in the report's own.
/// </summary>
public static class BareAmounts
{
    private const int Near = 14;

    private const int GuidedNear = 28;

    private static readonly string[] Guiding = ["guide", "guides", "guided", "guidance", "guiding", "sees", "seen at", "outlook"];

    // Figures that are set against each other stand no further apart.
    private const int Beside = 30;

    private static readonly string[] Counted =
    [
        "metric/revenue", "metric/net-income", "metric/adjusted-net-income", "metric/operating-income", "metric/gross-profit", "metric/capex", "metric/free-cash-flow", "metric/operating-cash-flow",
        "metric/market-cap", "metric/valuation", "metric/market-size", "metric/industry-spend", "metric/run-rate-revenue", "metric/research-expense", "metric/share-buyback", "metric/cash", "metric/ebitda", "metric/ebita", "metric/inventory", "metric/deferred-revenue", "metric/operating-expenses", "metric/orders", "metric/shipments",
    ];

    // So a figure is set against another of its kind.
    private static readonly string[] Against =
    [
        "此前", "原", "前值", "预期", "预测", "预估", "均值", "共识", "改口", "改为", "提到", "加到", "加至", "上调", "下调", "调高", "调低", "升至", "增至", "降至", "去年", "上年", "同期", "同季", "较", "比", "至", "到", "看",
        "vs", "vs.", "versus", "against", "from", "was", "to", "before", "of that", "Street", "LSEG", "FactSet", "consensus", "cons.", "Guide", "guidance", "guide",
    ];

    /// <param name="sentence">With its values.</param>
    /// <param name="homeCurrency">Of the report.</param>
    /// <param name="lastStated">The currency that the passage named last before the sentence, or null.</param>
    public static IReadOnlyList<MoneyValue> Find(Sentence sentence, string homeCurrency, string? lastStated)
    {
        var found = new List<MoneyValue>();
        foreach (var number in sentence.All<NumberValue>().Where(number => IsScaled(sentence.Slice(number))))
        {
            var last = sentence.All<Mention>().LastOrDefault(m => m.End <= number.Start && m.Kind == "metric");
            var isOfMetric = last is not null && Counted.Contains(last.Id) && ((number.Start - last.End <= Near && Bridge.Weight(sentence, last.End, number.Start) <= 1) || Bridge.Weight(sentence, last.End, number.Start) == 0);
            var isGuided = char.IsAsciiLetter(sentence.Passage.Text[number.End - 1]) && (last is null || last.End < number.Start - GuidedNear) && sentence.Contains(Guiding, Math.Max(sentence.Start, number.Start - GuidedNear), number.Start);
            var isBeside = Before(sentence, found, number.Start) is { } money && number.Start - money.End <= Beside && (last is null || last.End <= money.Start || Counted.Contains(last.Id)) && sentence.Contains(Against, money.End, number.Start);
            if (isOfMetric || isBeside || isGuided)
                found.Add(new MoneyValue(number.Start, number.End, number.Amount, Stated(sentence, number.Start) ?? lastStated ?? homeCurrency, CurrencyStated: false, number.High, number.Bound));
        }

        return found;
    }

    private static MoneyValue? Before(Sentence sentence, List<MoneyValue> found, int at) =>
        sentence.All<MoneyValue>().Concat(found).Where(m => m.End <= at && m.Per is null).MaxBy(m => m.End);

    private static string? Stated(Sentence sentence, int at) => sentence.All<MoneyValue>().LastOrDefault(m => m.CurrencyStated && m.End <= at)?.Currency;

    // 出货 3 亿颗 has a unit of its own and is no number; in English shipments may be of units that nobody names.
    private static bool IsScaled(string number) => number is [.., '亿' or '兆'] || (char.IsAsciiLetter(number[^1]) && number.Any(char.IsAsciiDigit) && number[^1] is not ('k' or 'K'));
}
