using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Valuations;

/// <summary>Market values and price targets in tables of shares.</summary>
public static class ValuationTableRules
{
    public static IReadOnlyList<TableRule> All { get; } = [new("valuation/table-market-cap", MarketCaps), new("valuation/table-price-target", Targets)];

    private static IEnumerable<FactDraft> MarketCaps(TableContext table)
    {
        if (table.Column(ColumnRole.MarketCap) is not { } column)
            yield break;
        foreach (var row in table.Rows)
        {
            // A value without its scale is none.
            if (row.Number(column) is not { } value || value < 1_000_000m || row.Subject(EntityKind.Company) is not { Kind: EntityKind.Company } subject)
                continue;
            yield return row.Draft("ValuationReported", [("subject", subject)],
                [("metric", "market-cap"), ("value", value), ("currency", row.Currency(column, subject))], column) with
            {
                When = table.QuoteDay,
            };
        }
    }

    private static IEnumerable<FactDraft> Targets(TableContext table)
    {
        if (table.Column(ColumnRole.TargetPrice) is not { } column)
            yield break;
        foreach (var row in table.Rows)
        {
            if (row.Number(column) is not { } value || row.Subject(EntityKind.Company) is not { Kind: EntityKind.Company } subject)
                continue;
            yield return row.Draft("ValuationReported", [("subject", subject), ("by", Ratings.RatingTableRules.House(row) ?? table.Report.Publisher)],
                [("metric", "price-target"), ("value", value), ("currency", row.Currency(column, subject))], column) with
            {
                Status = FactStatus.Forecast,
            };
        }
    }
}
