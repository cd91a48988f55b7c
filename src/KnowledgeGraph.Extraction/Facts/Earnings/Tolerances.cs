using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Earnings;

/// <summary>A figure with its tolerance right behind it ($108bn, plus or minus 2%; 46%±1.5%; 9.60 +/- 0.20) is a range with a middle.</summary>
public static class Tolerances
{
    /// <summary>Both ends of the range, or null where no tolerance follows the figure.</summary>
    public static (decimal Low, decimal High)? Around(Sentence sentence, Annotation figure)
    {
        if (sentence.All<ToleranceValue>().FirstOrDefault(t => t.Start >= figure.End && t.Start - figure.End <= 3) is not { } tolerance)
            return null;
        return figure switch
        {
            MoneyValue money => Of(money.Amount, tolerance.Amount ?? money.Amount * tolerance.Percent / 100),
            // Of a margin the distance is in points whatever its sign says.
            PercentValue percent when tolerance.Amount is null => Of(percent.Percent, tolerance.Percent),
            _ => null,
        };
    }

    private static (decimal Low, decimal High) Of(decimal middle, decimal distance) => (middle - distance, middle + distance);
}
