using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>Tables of shares or indices: a close, its change, or both, one fact a row.</summary>
public static partial class PriceTableRules
{
    public static IReadOnlyList<TableRule> All { get; } = [new("price/table-row", Rows)];

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        var price = table.Column(ColumnRole.Price);
        var change = table.Column(ColumnRole.Change);
        if (price is null && change is null)
            yield break;
        foreach (var row in table.Rows)
        {
            if (row.Number(price) is null && row.Change(change) is null)
                continue;
            if (row.Subject(EntityKind.Company) is not { Kind: EntityKind.Company or EntityKind.Index or EntityKind.Asset or EntityKind.Sector } subject)
                continue;
            var moved = row.Change(change);
            var (period, when) = moved is null ? (null, table.QuoteDay) : Period(table, change!.Header + " " + table.Caption);
            yield return row.Draft("PriceChanged", [("subject", subject)],
                [
                    ("instrument", subject.Kind switch { EntityKind.Company => "share", EntityKind.Asset => "crypto", _ => "index" }),
                    ("period", period), ("changePercent", moved), ("price", row.Number(price)),
                    ("currency", price is not null && subject.Kind == EntityKind.Company ? row.Currency(price, subject) : null),
                    ("ytdPercent", row.Number(table.Column(ColumnRole.YearToDate))), ("relativePoints", row.Number(table.Column(ColumnRole.Relative))),
                ],
                price, change, table.Column(ColumnRole.YearToDate), table.Column(ColumnRole.Relative)) with
            {
                When = when,
            };
        }
    }

    [GeneratedRegex(@"\d{1,2}\s?月\s?\d{1,2}\s?日", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DayOfMonth();

    private static (string?, string?) Both(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) is var text ? (text, text) : default;

    private static readonly string[] Weeks = ["周", "week", "1W", "w/w", "WoW", "Wk %", "5-day", "five-day", "5 day", "5D", "5日", "五日", "five sessions"];

    /// <summary>Header and caption say how long (周涨跌幅, 月涨跌幅, 本周), caption or report say which week or month.</summary>
    public static (string? Period, string? When) Period(TableContext table, string text)
    {
        var covers = table.Report.Metadata.Covers;
        // 截至 10 月 14 日收盘: a day says nothing of a month.
        text = DayOfMonth().Replace(text, "");
        var isWeek = Weeks.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        var isMonth = !isWeek && (text.Contains('月', StringComparison.Ordinal) || text.Contains("1M", StringComparison.OrdinalIgnoreCase));
        if (!isWeek && !isMonth && (text.Contains("日涨", StringComparison.Ordinal) || text.Contains("日跌", StringComparison.Ordinal) || text.Contains("当日", StringComparison.Ordinal) || text.Contains("单日", StringComparison.Ordinal) || text.Contains("1D", StringComparison.OrdinalIgnoreCase)))
            return table.Day is null && table.Report.MarketDay is { } session ? Both(session) : (table.QuoteDay, table.QuoteDay);
        if (table.Span is { } span && (span.Label.Contains('/', StringComparison.Ordinal) || (isMonth && span.Label.Length == 7)))
            return (span.Label, span.Label[(span.Label.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        if (isMonth && PricePeriods.Month(table.Report) is { } month)
            return (month, month);
        if (isWeek && covers is { } week)
            return (PricePeriods.Label(week), table.Day ?? week.End.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        // Without a week of its own the report speaks of that of the caption's day, else of the one before it came out.
        if (isWeek)
        {
            var named = table.Day is { } day ? PricePeriods.WeekOf(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) : table.Report.ReportDate is { } report ? PricePeriods.WeekBefore(report) : ((DateOnly Start, DateOnly End)?)null;
            if (named is { } days)
                return (PricePeriods.Label(days), table.Day ?? days.End.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        return (null, table.QuoteDay);
    }
}
