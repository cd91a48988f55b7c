using System.Globalization;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>
/// Tables of operating figures: a metric by the row or the column, periods on the other axis or in the caption, whose figure it is in the
/// metric's label (豆包 MAU), in the row's name or over the table.
/// </summary>
public static class MetricTableRules
{
    public static IReadOnlyList<TableRule> All { get; } = [new("metric/table", Rows)];

    /// <summary>What a header or the name of a row says.</summary>
    private sealed record Label(string Text, Mention? Metric, Participant? Who, PeriodValue? Period, HeaderUnit? Unit, GrowthBasis? Growth);

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        var caption = Read(table.Caption, table);
        var headers = table.Columns.Select(column => Read(column.Header, table)).ToList();
        foreach (var row in table.Rows)
        {
            var label = Read(row.Cells[0].Passage.Text.Trim(), table);
            foreach (var column in table.Columns.Skip(1))
            {
                if (headers[column.Index].Growth is null && Draft(row, column, label, headers, caption) is { } draft)
                    yield return draft;
            }
        }
    }

    private static FactDraft? Draft(TableRow row, Column column, Label label, List<Label> headers, Label caption)
    {
        var (table, header) = (row.Context, headers[column.Index]);
        var said = header.Metric is not null ? header : label.Metric is not null ? label : caption;
        if (said.Metric is not { } metric || label.Growth is not null || table.Column(ColumnRole.Price) is not null || OperatingMetric.Of(table.Report.Vocabulary.Entry(metric.Id)) is not { } name)
            return null;
        var unit = header.Unit ?? label.Unit ?? caption.Unit;
        if (Value(row, column, unit, name) is not { } figure || !OperatingMetric.Fits(name, figure))
            return null;
        var who = said.Who ?? label.Who ?? header.Who ?? (label.Metric is null && table.Columns[0].Role == ColumnRole.Name ? row.Subject(EntityKind.Company) : null) ?? caption.Who ?? (label.Metric is null && label.Period is null ? null : table.Topic.Company ?? table.Report.MainCompany);
        var period = header.Period ?? label.Period ?? caption.Period ?? table.Span;
        if (who is null || (period is null && table.Day is null))
            return null;
        var resolved = period is null ? null : FigureSurroundings.Resolve(table.Report, who, period);
        // What has not been measured yet is a forecast, of which the tables of estimates know.
        if (resolved?.LastDay is { } end && table.Report.ReportDate is { } today && end > today)
            return null;
        var growth = column.Index + 1 < headers.Count && headers[column.Index + 1] is { Growth: { } basis, Period: null } ? (Basis: basis, Column: table.Columns[column.Index + 1]) : default((GrowthBasis Basis, Column Column)?);
        return row.Draft("MetricReported", [("subject", who)],
            [
                ("metric", name == "paying-users" ? "users" : name), ("value", figure.Amount), ("unit", OperatingMetric.Unit(name, figure, said.Text + " " + table.Caption)), ("currency", figure.IsMoney ? figure.Unit : null), ("period", resolved?.Label),
                ("yoyPercent", growth is { Basis: GrowthBasis.Year } year ? row.Number(year.Column) : null), ("qoqPercent", growth is { Basis: GrowthBasis.Quarter } quarter ? row.Number(quarter.Column) : null),
            ],
            column, growth?.Column) with
        {
            When = resolved is null ? table.Day : resolved.Label is { Length: 7 } month && month[4] == '-' && char.IsAsciiDigit(month[5]) ? month : resolved.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IsWhenInferred = true,
        };
    }

    // A bare number takes scale and unit of its label.
    private static Figure? Value(TableRow row, Column column, HeaderUnit? unit, string metric)
    {
        if (Figure.Of(row.Value(column)) is not { } figure || figure.Unit is not null)
            return Figure.Of(row.Value(column));
        var isPercent = unit?.Unit == "percent" || (unit is null && metric == "market-share");
        var amount = figure.Amount * (unit?.Multiplier ?? 1m);
        return isPercent ? Figure.Of(new PercentValue(figure.Span.Start, figure.Span.End, amount, IsPoints: false, IsSigned: false))
            : unit is { IsMoney: true } ? figure with { Span = new MoneyValue(figure.Span.Start, figure.Span.End, amount, unit.Currency ?? row.Context.Report.Values.HomeCurrency, CurrencyStated: true), Amount = amount, Unit = unit.Currency ?? row.Context.Report.Values.HomeCurrency }
            : figure with { Amount = amount, Unit = unit?.Unit };
    }

    private static Label Read(string text, TableContext table)
    {
        var passage = Passage.Plain(text);
        var mentions = table.Report.Vocabulary.Find(passage);
        var metric = mentions.LastOrDefault(m => m.Kind == "metric" && OperatingMetric.Of(table.Report.Vocabulary.Entry(m.Id)) is not null);
        var named = mentions.FirstOrDefault(m => FigureSubject.IsSubject(m.Kind) && (metric is null || m.End <= metric.Start));
        var name = named is null ? NameFinder.Find(passage, mentions).FirstOrDefault(n => n.Kind is not null && FigureSubject.IsSubject(n.Kind) && (metric is null || n.End <= metric.Start)) : null;
        var who = named is not null ? new Participant(named.Kind, text[named.Start..named.End], named.Candidates) : name is not null ? new Participant(name.Kind!, name.Text, name.Candidates) : null;
        GrowthBasis? growth = TableColumns.ContainsAny(text, ["同比", "年增", "YoY", "y/y"]) ? GrowthBasis.Year : TableColumns.ContainsAny(text, ["环比", "季增", "QoQ", "q/q", "增速", "变动", "MoM", "m/m", "月增", "growth", "change"]) ? GrowthBasis.Quarter : null;
        return new Label(text, metric, who, ValueParser.Parse(passage, table.Report.Values).OfType<PeriodValue>().LastOrDefault(), UnitParser.Parse(text, table.Report.Values.HomeCurrency), growth);
    }
}
