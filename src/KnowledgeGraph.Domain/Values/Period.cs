using System.Globalization;
using System.Text.RegularExpressions;

namespace KnowledgeGraph.Domain.Values;

/// <summary>
/// A period as facts label it: <c>FY2027Q1</c>, <c>2025Q3</c>, <c>2026H2</c>, <c>2026-9M</c>, <c>2026</c>, <c>2026-05</c>, <c>2026-05-20</c>.
/// A label with FY is the company's own, one without the calendar's; the two are never taken for each other. Stretches
/// (<c>2026-06-29/2026-07-03</c>, <c>2025/2027</c>) and the year to date have a place in time but no period before them to compare with.
/// </summary>
public sealed partial record Period
{
    private readonly string prefix;
    private readonly int year;
    private readonly string part;

    private Period(string prefix, int year, string part, DateOnly start) => (this.prefix, this.year, this.part, Start) = (prefix, year, part, start);

    /// <summary>First day by the label, a fiscal year counted as if it were the calendar's: for order among periods, not as a date.</summary>
    public DateOnly Start { get; }

    /// <summary>The label of the same period a year earlier; null where a year does not shift the label (days, stretches, year to date).</summary>
    public string? YearBefore => part is "" or "-9M" or ['Q' or 'H', _] or ['-', _, _] ? Label(year - 1, part) : null;

    /// <summary>The label of the period of the same length just before: quarter, half, month or year; null for others.</summary>
    public string? Before => part switch
    {
        "" => YearBefore,
        "Q1" => Label(year - 1, "Q4"),
        "H1" => Label(year - 1, "H2"),
        "-01" => Label(year - 1, "-12"),
        ['Q' or 'H', var number] => Label(year, $"{part[0]}{(char)(number - 1)}"),
        ['-', >= '0' and <= '1', _] => Label(year, string.Create(CultureInfo.InvariantCulture, $"-{Start.Month - 1:D2}")),
        _ => null,
    };

    /// <summary>The period of a label; null for a label of none of these forms.</summary>
    public static Period? TryParse(string? label)
    {
        if (label is null || Shape().Match(label) is not { Success: true } match)
            return null;
        var shape = match.Groups["part"].Value;
        var month = shape switch
        {
            ['Q', var quarter] => ((quarter - '1') * 3) + 1,
            "H2" => 7,
            ['-', >= '0' and <= '1', >= '0' and <= '9', ..] => int.Parse(shape.AsSpan(1, 2), CultureInfo.InvariantCulture),
            _ => 1,
        };
        var day = shape.Length >= 6 && shape[0] == '-' ? shape.Substring(4, 2) : "01";
        return DateOnly.TryParseExact($"{match.Groups["year"].Value}-{month:D2}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            ? new Period(match.Groups["prefix"].Value, start.Year, shape, start)
            : null;
    }

    private string Label(int labelYear, string labelPart) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{labelYear:D4}{labelPart}");

    [GeneratedRegex("^(?<prefix>FY)?(?<year>[0-9]{4})(?<part>(Q[1-4]|H[12]|-9M|-YTD|-[01][0-9](-[0-3][0-9](/[0-9-]{10})?)?|/[0-9]{4})?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
