using System.Globalization;

namespace KnowledgeGraph.Domain.Values;

/// <summary>
/// A date at the precision that a text supports, in ISO 8601: <c>2026</c>, <c>2026-H1</c>, <c>2026-Q1</c>, <c>2026-05</c>, <c>2026-05-20</c>.
/// </summary>
public sealed record PartialDate
{
    private PartialDate(string text, DateOnly start, DateOnly end) => (Text, Start, End) = (text, start, end);

    public string Text { get; }

    /// <summary>First day covered.</summary>
    public DateOnly Start { get; }

    /// <summary>Last day covered, inclusive.</summary>
    public DateOnly End { get; }

    public bool IsDay => Start == End;

    public static PartialDate Year(int year) => Months($"{year:D4}", year, 1, 12);

    public static PartialDate Half(int year, int half) => Months($"{year:D4}-H{half}", year, (half * 6) - 5, 6);

    public static PartialDate Quarter(int year, int quarter) => Months($"{year:D4}-Q{quarter}", year, (quarter * 3) - 2, 3);

    public static PartialDate Month(int year, int month) => Months($"{year:D4}-{month:D2}", year, month, 1);

    public static PartialDate Day(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day, day);

    public static PartialDate Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not a date like 2026, 2026-H1, 2026-Q1, 2026-05 or 2026-05-20.");

    public static PartialDate? TryParse(string? text)
    {
        if (text is null || text.Length < 4 || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 1)
            return null;
        var rest = text.AsSpan(4);
        return rest switch
        {
            [] => Year(year),
            ['-', 'Q', >= '1' and <= '4'] => Quarter(year, rest[2] - '0'),
            ['-', 'H', '1' or '2'] => Half(year, rest[2] - '0'),
            ['-', _, _] when int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12 => Month(year, month),
            ['-', _, _, '-', _, _] when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => Day(day),
            _ => null,
        };
    }

    public override string ToString() => Text;

    private static PartialDate Months(string text, int year, int first, int count)
    {
        var start = new DateOnly(year, first, 1);
        var lastMonth = first + count - 1;
        return new PartialDate(text, start, new DateOnly(year, lastMonth, DateTime.DaysInMonth(year, lastMonth)));
    }
}
