using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>Finds the values of a passage: numbers, percent, money, multiples, quantities, dates and periods, Chinese and English. Linear in the text's length.</summary>
public static class ValueParser
{
    private static readonly System.Collections.Frozen.FrozenSet<string> None = System.Collections.Frozen.FrozenSet.ToFrozenSet(
        ["-", "–", "—", "--", "——", "−", "/", "\\", "…", "...", "na", "n.a.", "n.a", "n/a", "nm", "n.m.", "n.m", "nr", "nil", "*", "不适用", "未披露", "暂无", "无", "空"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// All values of the passage by start, longer first; offsets into its text. A date may be given as a period as well (5月), an amount is
    /// given once, in its largest reading. Never throws.
    /// </summary>
    public static IReadOnlyList<Annotation> Parse(Passage passage, ValueContext context)
    {
        var times = new TimeScanner(passage.Text, context).Run();
        var amounts = new AmountScanner(passage.Text, context, times).Run();
        return [.. times.Concat(amounts).OrderBy(value => value.Start).ThenByDescending(value => value.End)];
    }

    /// <summary>
    /// The one amount that a table cell holds: a <c>NumberValue</c>, <c>PercentValue</c>, <c>MoneyValue</c>, <c>MultipleValue</c> or
    /// <c>QuantityValue</c>, offsets into the cell; null for a dash, n.a. and for anything that is more or other than one amount. An amount
    /// in brackets is negative, as accounts print it.
    /// </summary>
    public static Annotation? ParseCell(string cell, ValueContext context)
    {
        var start = cell.Length - cell.AsSpan().TrimStart().Length;
        var end = cell.AsSpan().TrimEnd().TrimEnd("*†‡#^").TrimEnd().Length;
        if (end <= start || None.Contains(cell[start..end]))
            return null;
        var isBracketed = cell[start] is '(' or '（' && cell[end - 1] is ')' or '）';
        // (5.3)% is the same as (5.3%).
        if (cell[start] is '(' && cell.AsSpan(start, end - start).EndsWith(")%"))
            return Whole(string.Concat(cell.AsSpan(0, start), " ", cell.AsSpan(start + 1, end - start - 3), "%"), context, start + 1, end - 1) is PercentValue value ? Negate(value with { Start = start, End = end }) : null;
        if (!isBracketed)
            return Whole(cell[..end], context, start, end);
        return Whole(string.Concat(new string(' ', start + 1), cell.AsSpan(start + 1, end - start - 2)), context, start + 1, end - 1) is { } inner ? Negate(inner with { Start = start, End = end }) : null;
    }

    private static Annotation? Whole(string cell, ValueContext context, int start, int end)
    {
        var found = new AmountScanner(cell, context, []) { IsCell = true }.Run();
        return found is [var only] && only.Start == start && only.End == end && only is not ToleranceValue ? only : null;
    }

    private static Annotation Negate(Annotation value) => value switch
    {
        NumberValue number => number with { Amount = -number.Amount },
        PercentValue percent => percent with { Percent = -percent.Percent, IsSigned = true },
        MoneyValue money => money with { Amount = -money.Amount },
        MultipleValue multiple => multiple with { Times = -multiple.Times },
        QuantityValue quantity => quantity with { Amount = -quantity.Amount },
        _ => value,
    };
}
