namespace KnowledgeGraph.Extraction.Rules;

/// <summary>收入 378 亿: behind a metric that is counted in money, a bare number of hundreds of millions is an amount in the report's own currency.</summary>
public static class BareAmounts
{
    private const int Near = 14;

    private static readonly string[] Counted =
    [
        "metric/revenue", "metric/net-income", "metric/adjusted-net-income", "metric/operating-income", "metric/gross-profit", "metric/capex", "metric/free-cash-flow", "metric/operating-cash-flow",
        "metric/market-cap", "metric/valuation", "metric/market-size", "metric/industry-spend", "metric/run-rate-revenue", "metric/research-expense", "metric/share-buyback", "metric/cash",
    ];

    public static IEnumerable<MoneyValue> Find(Sentence sentence, string homeCurrency) =>
        from number in sentence.All<NumberValue>()
        where sentence.Slice(number) is [.., '亿' or '兆']
        let metric = sentence.All<Mention>().LastOrDefault(m => m.End <= number.Start && number.Start - m.End <= Near && m.Kind == "metric")
        where metric is not null && Counted.Contains(metric.Id) && Bridge.Weight(sentence, metric.End, number.Start) <= 1
        select new MoneyValue(number.Start, number.End, number.Amount, homeCurrency, CurrencyStated: false, number.High, number.Bound);
}
