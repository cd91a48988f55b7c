using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Tests.Values;

/// <summary>Writes values in a short form, so that a table of cases reads line by line.</summary>
internal static class ValueText
{
    public static readonly ValueContext Mainland = new(new DateOnly(2026, 5, 24), "CNY");

    public static string Amounts(string text, ValueContext? context = null) =>
        Join(text, context, value => value is not (DateValue or PeriodValue));

    public static string Dates(string text, ValueContext? context = null) => Join(text, context, value => value is DateValue);

    public static string Periods(string text, ValueContext? context = null) => Join(text, context, value => value is PeriodValue);

    public static string Spans(string text) =>
        string.Join(" ; ", Parse(text, null).Where(value => value is not (DateValue or PeriodValue)).Select(value => text[value.Start..value.End]));

    public static string Short(Annotation? value) => value switch
    {
        null => "none",
        NumberValue number => $"{Range(number.Amount, number.High)}{Of(number.Bound)}",
        PercentValue percent => $"{(percent.IsSigned && percent.Percent > 0 ? "+" : "")}{Range(percent.Percent, percent.High)}{(percent.IsPoints ? "pp" : "%")}{Of(percent.Bound)}",
        MoneyValue money => $"{(money.CurrencyStated ? "" : "?")}{money.Currency} {Range(money.Amount, money.High)}{(money.Per is null ? "" : " per " + money.Per)}{Of(money.Bound)}",
        QuantityValue quantity => $"{Range(quantity.Amount, quantity.High)} {quantity.Unit}{Of(quantity.Bound)}",
        MultipleValue multiple => $"{Range(multiple.Times, multiple.High)}x{Of(multiple.Bound)}",
        ToleranceValue tolerance => $"±{tolerance.Percent}{(tolerance.IsPoints ? "pp" : "%")}",
        DateValue date => date.Date.Text,
        PeriodValue period => period.Label,
        _ => value.ToString(),
    };

    private static string Join(string text, ValueContext? context, Func<Annotation, bool> wanted) =>
        string.Join(" ; ", Parse(text, context).Where(wanted).Select(Short));

    private static IReadOnlyList<Annotation> Parse(string text, ValueContext? context) =>
        ValueParser.Parse(new Passage(text, []), context ?? Mainland);

    private static string Range(decimal low, decimal? high) => FormattableString.Invariant($"{low:0.####}{(high is { } top ? FormattableString.Invariant($"..{top:0.####}") : "")}");

    private static string Of(Bound? bound) => bound is { } known ? " " + known.ToString().ToLowerInvariant() : "";
}
