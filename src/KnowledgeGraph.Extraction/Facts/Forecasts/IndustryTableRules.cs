using System.Globalization;
using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Tables of markets by year: 细分市场 | 2026E | 2027E | CAGR, in money by the caption or the corner; a market in each row.</summary>
public static partial class IndustryTableRules
{
    private static readonly string[] Captions = ["市场规模", "市场空间", "市场容量", "市场预测", "产值", "market size", "market model", "market forecast", "addressable market", "TAM"];

    private static readonly string[] Corners = ["市场", "细分市场", "子市场", "market", "segment of the market", "submarket"];

    public static IReadOnlyList<TableRule> All { get; } = [new("forecast/market-table", Build)];

    private static IEnumerable<FactDraft> Build(TableContext table)
    {
        var corner = table.Columns[0].Header;
        if (table.Table.Columns < 2 || table.Report.Publisher is not { } house || !(Captions.Any(word => table.Caption.Contains(word, StringComparison.OrdinalIgnoreCase)) || Corners.Contains(corner.Trim(), StringComparer.OrdinalIgnoreCase)))
            yield break;
        var unit = TableFacet.Read(table.Caption, table.Report).Unit ?? TableFacet.Read(corner, table.Report).Unit;
        if (unit is not { IsMoney: true })
            yield break;
        var issuer = Issuer(table) ?? house;
        foreach (var row in table.Rows)
        {
            var name = row.Text(table.Columns[0]).Trim();
            if (name.Length is < 2 or > 60 || table.Report.Vocabulary.MatchWhole(name) is { Kind: EntityKind.Company or "metric" })
                continue;
            var entry = table.Report.Vocabulary.MatchWhole(name, EntityKind.Sector);
            var market = entry is null ? Participant.Unknown(EntityKind.Sector, name) : new Participant(EntityKind.Sector, name, [entry.Id]);
            foreach (var column in table.Columns.Skip(1))
            {
                if (Figure(table, row, column, unit) is { } figure)
                    yield return row.Draft("ForecastIssued", [("issuer", issuer), ("subject", market)], [("metric", "market-size"), .. figure], [column]) with { Status = FactStatus.Forecast, When = issuer == house ? table.Report.Metadata.Date?.Text : null };
            }
        }
    }

    // A year that is not over, or the rate between two years; a year that is over was measured, and stands in the text if it matters.
    private static (string, System.Text.Json.Nodes.JsonNode?)[]? Figure(TableContext table, TableRow row, Column column, HeaderUnit unit)
    {
        var value = ValueParser.ParseCell(row.Text(column), table.Report.Values);
        if (Years().Match(column.Header) is { Success: true } years)
        {
            var rate = value switch { PercentValue percent => percent.Percent, NumberValue number when column.Header.Contains('%', StringComparison.Ordinal) => number.Amount, _ => (decimal?)null };
            return rate is { } growth ? [("period", $"{Year(years.Groups["from"].Value)}/{Year(years.Groups["to"].Value)}"), ("yoyPercent", growth)] : null;
        }

        var facet = TableFacet.Read(column.Header, table.Report);
        if (facet is not { Period: { Label.Length: 4, LastDay: { } last } period, Basis: CellBasis.Unstated or CellBasis.Estimate } || !(last > table.Report.ReportDate))
            return null;
        return value switch
        {
            MoneyValue { High: null } money => [("period", period.Label), ("amount", money.Amount), ("currency", money.Currency)],
            NumberValue { High: null } number => [("period", period.Label), ("amount", number.Amount * unit.Multiplier), ("currency", unit.Currency ?? table.Report.Values.HomeCurrency)],
            _ => null,
        };
    }

    // Source: IDC — whose figures they are, where it is not the house alone.
    private static Participant? Issuer(TableContext table) =>
        table.Table.Source is { } source && table.Report.Vocabulary.Find(source).FirstOrDefault(m => m.Kind is EntityKind.Publisher or EntityKind.Organisation) is { } mention && mention.Candidates[0] != table.Report.Publisher?.Candidates.FirstOrDefault()
            ? new Participant(mention.Kind, source.Text[mention.Start..mention.End], mention.Candidates) : null;

    private static string Year(string digits) => digits.Length == 2 ? string.Create(CultureInfo.InvariantCulture, $"20{digits}") : digits;

    [GeneratedRegex("(?:CAGR|复合|年均)[^0-9]{0,12}(?<from>(?:20)?[0-9]{2})[AEF]?[ ]?(?:[-–—~/]|至|to)[ ]?(?<to>(?:20)?[0-9]{2})|(?<from>(?:20)?[0-9]{2})[AEF]?[ ]?(?:[-–—~/]|至)[ ]?(?<to>(?:20)?[0-9]{2})[AEF]?[年]?[ ]?(?:CAGR|复合|年均)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Years();
}
