using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Estimates in tables of shares: each figure under a metric and a year is one forecast of the house.</summary>
public static class EstimateTableRules
{
    public static IReadOnlyList<TableRule> All { get; } = [new("forecast/table-estimate", Cells)];

    private static IEnumerable<FactDraft> Cells(TableContext table)
    {
        foreach (var row in table.Rows)
        {
            if (table.Report.Publisher is not { } issuer || row.Subject(EntityKind.Company) is not { Kind: EntityKind.Company } subject)
                continue;
            foreach (var column in table.Columns.Where(c => c.Role == ColumnRole.Estimate && c.Period is not null))
            {
                if (row.Number(column) is not { } value)
                    continue;
                var isRatio = column.Metric is "pe" || Earnings.Terms.IsRatio(column.Metric!);
                yield return row.Draft("ForecastIssued", [("issuer", issuer), ("subject", subject)],
                    [
                        ("metric", column.Metric), ("period", column.Period!.Label), (Earnings.Terms.IsRatio(column.Metric!) ? "percent" : "amount", value),
                        ("currency", isRatio ? null : column.Unit.Currencies.Count == 1 ? column.Unit.Currencies[0] : null),
                    ],
                    column) with
                {
                    Status = FactStatus.Forecast,
                };
            }
        }
    }
}
