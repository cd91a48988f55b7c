using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>Tables of company figures: what has been measured is an account, what has not is a forecast of the house; growth, consensus and the figure before join the figure that they are of.</summary>
public static class EstimateTableRules
{
    public static IReadOnlyList<TableRule> All { get; } = [new("forecast/table-estimate", Build)];

    private static IEnumerable<FactDraft> Build(TableContext table)
    {
        var all = FigureTable.Read(table).ToList();
        var hasGrowth = all.Exists(figure => figure.Basis == CellBasis.YearGrowth);
        foreach (var group in all.GroupBy(Key))
        {
            var figures = group.ToList();
            var leads = figures.Where(IsLead).ToList();
            // 1Q27A | 1Q27E: what the house had expected of a quarter that is out is no forecast any more.
            leads.RemoveAll(figure => figure.Basis == CellBasis.Estimate && leads.Exists(actual => actual.Basis == CellBasis.Actual && actual.Period?.Label == figure.Period?.Label));
            foreach (var figure in leads.Where(figure => !leads.Exists(newer => hasGrowth && IsYearBefore(figure, newer))))
            {
                var before = leads.Find(older => hasGrowth && IsYearBefore(older, figure));
                if (Draft(table, figure, [.. figures.Where(other => leads.Contains(other) ? other == figure : Belongs(other, figure, leads))], before) is { } draft)
                    yield return draft;
            }
        }
    }

    private static (string Company, string Metric, string? Segment) Key(TableFigure figure) =>
        (figure.Company.Candidates.Count > 0 ? figure.Company.Candidates[0] : figure.Company.Name, figure.Metric, figure.Segment);

    // Growth, consensus or the old figure is of the lead of its period; without a period of its own, of the lead to its left, else of the first in its row.
    private static bool Belongs(TableFigure modifier, TableFigure lead, List<TableFigure> leads) =>
        modifier.Period is { } period ? period.Label == lead.Period?.Label
            : (leads.FindLast(other => other.Row == modifier.Row && other.Column.Index < modifier.Column.Index) ?? leads.Find(other => other.Row == modifier.Row)) == lead;

    // 2Q26A | 2Q25A | y/y: beside its growth the year before is what the figure is measured against, no fact of its own.
    private static bool IsYearBefore(TableFigure older, TableFigure newer) =>
        older.Row == newer.Row && older.Basis is CellBasis.Actual or CellBasis.Unstated && newer.Basis is CellBasis.Actual or CellBasis.Unstated
        && older.Period?.Label is { Length: > 4 } before && newer.Period?.Label is { Length: > 4 } after && before.Length == after.Length
        && string.Equals(before, after.Replace(Year(after), (int.Parse(Year(after), CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), StringComparison.Ordinal);

    private static string Year(string label) => label.StartsWith("FY", StringComparison.Ordinal) ? label[2..6] : label[..4];

    private static bool IsLead(TableFigure figure) => figure.Basis is CellBasis.Unstated or CellBasis.Actual or CellBasis.Estimate or CellBasis.Low;

    private static FactDraft? Draft(TableContext table, TableFigure figure, List<TableFigure> figures, TableFigure? before)
    {
        var report = table.Report;
        var period = figure.Period is null ? null : FigureSurroundings.Resolve(report, figure.Company, figure.Period);
        var isForecast = figure.Basis is CellBasis.Estimate or CellBasis.Low || (figure.Basis == CellBasis.Unstated && IsAhead(period, report, figure.Metric));
        var amount = Terms.IsRatio(figure.Metric) ? "percent" : "amount";
        // A figure without a period says nothing; a multiple of a year that is over was measured by nobody's accounts.
        if (period is null || (!isForecast && IsOperating(figure.Metric)) || (isForecast ? Issuer(table, figure) is null : figure.Metric == "pe"))
            return null;
        JsonNode? Of(CellBasis basis) => figures.Find(other => other.Basis == basis) is { } other ? JsonValue.Create(other.Value) : null;
        var high = isForecast ? Of(CellBasis.High) ?? Metrics.Figure.Node(figure.High) : null;
        var published = !isForecast ? period.LastDay is { } last ? report.Publications.Day(figure.Company, last) : null : Issuer(table, figure) == figure.Company ? report.Publications.Day(figure.Company, null) : null;
        var joined = figures.Where(other => other == figure || (!IsLead(other) && other.Row == figure.Row)).Select(other => other.Column).ToArray();
        return figure.Row.Draft(isForecast ? "ForecastIssued" : "EarningsReported",
            isForecast ? [("issuer", Issuer(table, figure)), ("subject", figure.Company)] : [("company", figure.Company)],
            [
                ("metric", figure.Metric), ("segment", figure.Segment), ("period", period.Label), ("calendarPeriod", period.CalendarLabel),
                (high is not null ? "low" : amount, figure.Value), ("high", high), (high is not null ? amount : "", Of(CellBasis.Middle)), ("currency", figure.Currency),
                ("yoyPercent", Of(CellBasis.YearGrowth)), ("qoqPercent", Of(CellBasis.QuarterGrowth)), (isForecast ? "" : "momPercent", Of(CellBasis.MonthGrowth)), ("consensus", Of(CellBasis.Consensus)), ("previous", Of(CellBasis.Old) ?? Metrics.Figure.Node(figure.Old ?? before?.Value)),
            ],
            [figure.Column, .. joined.Where(column => column != figure.Column)]) with
        {
            Status = isForecast ? FactStatus.Forecast : FactStatus.Reported,
            When = published ?? (isForecast ? report.Metadata.Date?.Text : period.LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            IsWhenInferred = !isForecast && published is null,
        };
    }

    // Users and run rates stand in no account.
    private static bool IsOperating(string metric) => metric is "mau" or "dau" or "users" or "paying-users" or "tokens-processed" or "market-share" or "run-rate-revenue" or "downloads" or "customers" or "activity";

    // Without a mark, a year that had not ended is expected; so is every multiple and, beside one, the earnings that it is of.
    private static bool IsAhead(ResolvedPeriod? period, ReportContext report, string metric) =>
        metric == "pe" || (period?.LastDay is { } last && report.ReportDate is { } today && last > today);

    // 拓维微纳为 Wind 一致预期: the foot says whose estimates a company's are.
    private static Participant? Consensus(TableContext table, Participant company)
    {
        foreach (var foot in new[] { table.Table.Note, table.Table.Source }.OfType<Text.Passage>())
        {
            var at = foot.Text.IndexOf(company.Name, StringComparison.Ordinal);
            var end = at < 0 ? -1 : foot.Text.AsSpan(at).IndexOfAny(";。") is >= 0 and var length ? at + length : foot.Text.Length;
            if (at >= 0 && foot.Text.AsSpan(at, end - at).IndexOfAny(Expected) >= 0 && table.Report.Vocabulary.Find(foot).FirstOrDefault(m => m.Kind is EntityKind.Publisher or EntityKind.Organisation && m.Start >= at && m.End <= end) is { } house)
                return new Participant(house.Kind, foot.Text[house.Start..house.End], house.Candidates);
        }

        return null;
    }

    private static readonly System.Buffers.SearchValues<string> Expected = System.Buffers.SearchValues.Create(["一致预期", "市场预期", "consensus"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Guidance = ["指引", "财测", "guidance", "guide", "outlook"];

    // A starred row is another's estimate, whom the note under the table names (带*为 Wind 一致预期).
    private static Participant? Issuer(TableContext table, TableFigure figure)
    {
        // What a table calls guidance is the company's own; 财测 over a table of ratings is the house's.
        if (Guidance.Any(word => (word != "财测" && table.Caption.Contains(word, StringComparison.OrdinalIgnoreCase)) || figure.Column.Header.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return figure.Company;
        if (Consensus(table, figure.Company) is { } market)
            return market;
        var name = figure.Row.Text(table.Column(ColumnRole.Name) ?? table.Columns[0]);
        var isStarred = name.EndsWith('*') || name.StartsWith('*');
        if (!isStarred || new[] { table.Table.Note, table.Table.Source }.FirstOrDefault(text => text?.Text.Contains('*', StringComparison.Ordinal) == true) is not { } note)
            return table.Report.Publisher;
        var star = note.Text.IndexOf('*', StringComparison.Ordinal);
        var other = table.Report.Vocabulary.Find(note).FirstOrDefault(m => m.Kind == EntityKind.Publisher && m.Start > star);
        return other is null ? null : new Participant(other.Kind, note.Text[other.Start..other.End], other.Candidates);
    }
}
