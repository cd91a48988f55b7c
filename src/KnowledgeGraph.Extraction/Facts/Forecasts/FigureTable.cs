using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>One figure of a table with all that its labels say of it.</summary>
/// <param name="Segment">The part of the company that it is of, or null.</param>
/// <param name="Value">In base units; percent for ratios and growth.</param>
public sealed record TableFigure(TableRow Row, Column Column, Participant Company, string Metric, string? Segment, PeriodValue? Period, CellBasis Basis, decimal Value, string? Currency, decimal? High = null)
{
    /// <summary>The figure that this one replaces, where one cell gives both (89.8 -> 90.6).</summary>
    public decimal? Old { get; init; }
}

/// <summary>
/// Reads a table of company figures whatever its orientation: metrics in rows and years in columns or the other way round, companies in
/// rows under metric and year, parts of a company by quarter, actual beside consensus, old beside new. Each label, header and caption gives
/// some of metric, period and basis; a cell is what they say together.
/// </summary>
public static class FigureTable
{
    private static readonly string[] Totals = ["合计", "总计", "总", "整体", "公司", "集团", "total", "group", "company"];

    private static readonly string[] ByPart = ["分部", "分业务", "按业务", "业务拆分", "收入构成", "营收构成", "收入结构", "营收拆分", "收入拆分", "by segment", "by division", "by business", "segment results", "segment revenue"];

    private static readonly string[] Divisions = ["分部", "业务", "部门", "事业群", "业务板块", "产品线", "Segment", "Division", "Business", "Business line", "Unit"];

    // These columns have rules of their own.
    private static readonly ColumnRole[] Others = [ColumnRole.Name, ColumnRole.Code, ColumnRole.Rating, ColumnRole.Price, ColumnRole.MarketCap, ColumnRole.TargetPrice, ColumnRole.YearToDate, ColumnRole.Relative, ColumnRole.PointChange, ColumnRole.Broker];

    public static IEnumerable<TableFigure> Read(TableContext table)
    {
        if (table.Table.Columns < 2)
            yield break;
        var caption = TableFacet.Read(table.Caption, table.Report) with { Rest = "", Basis = CellBasis.Unstated };
        caption = caption with { Unit = caption.Unit ?? (table.Table.Note?.Text is { Length: <= 40 } note ? TableFacet.Read(note, table.Report).Unit : null) };
        var corner = TableFacet.Read(table.Columns[0].Header, table.Report);
        var around = caption with { Unit = corner.Unit ?? caption.Unit, Metric = caption.Metric ?? corner.Metric, Period = caption.Period ?? corner.Period };
        var headers = WithMetrics([.. table.Columns.Select(column => TableFacet.Read(column.Header, table.Report))]);
        var rows = table.Rows.Select(row => (Row: row, Label: TableFacet.Read(row.Cells[0].Passage.Text.Trim(), table.Report))).ToList();
        // A table that names no period anywhere is of the quarter that the report is about.
        if (around.Period is null && headers.TrueForAll(header => header.Period is null) && !rows.Exists(row => row.Label.Period is not null))
            around = around with { Period = table.Report.MainPeriod };
        var owner = Owner(table);
        var parts = table.Columns.FirstOrDefault(column => column.Index > 0 && TableColumns.ContainsAny(column.Header, Divisions));
        // Results beside what was expected of them are those of the quarter that the report is about.
        if (around.Period is null && headers.Exists(header => header.Basis is CellBasis.Actual or CellBasis.Consensus) && !headers.Exists(header => header.Period is not null))
            around = around with { Period = table.Report.MainPeriod };
        // 2Q26 revenue | YoY | Op. margin: the one period of the header is that of its neighbours.
        if (around.Period is null && headers.Select(header => header.Period).OfType<PeriodValue>().DistinctBy(period => period.Label).ToList() is [var only])
            around = around with { Period = only };
        TableFacet? above = null;
        // Total revenue, and below it what it is made of; or its parts by name, whatever they are called, and below them the total.
        var isUnderRevenue = false;
        var isByPart = around is { Metric: null, Unit.IsMoney: true } && ByPart.Any(word => table.Caption.Contains(word, StringComparison.OrdinalIgnoreCase));
        Participant? group = null;
        var partRows = RowsOfParts.Of(table, rows);
        foreach (var (row, facet) in rows)
        {
            // A title over the rows below it: whose they are.
            if (row.Cells.Skip(1).All(cell => cell.Passage.Text.Length == 0 || cell == row.Cells[0]))
            {
                group = table.Report.Vocabulary.MatchWhole(row.Cells[0].Passage.Text.Trim(), EntityKind.Company) is { } entry ? new Participant(entry.Kind, row.Cells[0].Passage.Text.Trim(), [entry.Id]) : null;
                continue;
            }

            var (company, label) = Label(table, row, facet, group ?? owner);
            label = isByPart && label is { Metric: null, Basis: CellBasis.Unstated, Period: null, Rest.Length: > 1 } ? label with { Metric = "revenue" } : label;
            isByPart &= label.Metric is null or "revenue";
            label = (isUnderRevenue && IsPart(table, label)) || (label.Metric is null && partRows.Contains(row)) ? label with { Metric = "revenue" } : label;
            isUnderRevenue = label.Metric == "revenue" || (isUnderRevenue && label.Metric is null);
            // A growth row without a metric is of the row above it.
            if (label is { Metric: null, IsGrowth: true } && above is not null)
                label = label with { Metric = above.Metric, Rest = above.Rest };
            else if (label.Metric is not null || label.Rest.Length > 0)
                above = label;
            // 百度 | 智能云: a column of the company's parts.
            if (parts is not null && row.Text(parts) is { Length: > 1 } division)
                label = label with { Rest = division };
            if (company is null)
                continue;
            // A column of years or quarters says in each row of which its figures are.
            var ofRow = around with { Period = table.Columns.Where(column => column.Index > 0).Select(column => PeriodIn(row, column)).OfType<PeriodValue>().FirstOrDefault() ?? around.Period };
            foreach (var column in table.Columns.Where(column => column.Index > 0 && column != parts && !Others.Contains(column.Role)))
            {
                if (Figure(row, column, company, label, headers[column.Index], ofRow) is { } figure)
                    yield return figure;
            }
        }
    }

    private static PeriodValue? PeriodIn(TableRow row, Column column)
    {
        var text = row.Text(column);
        return text.Length is >= 4 and <= 12
            ? ValueParser.Parse(Text.Passage.Plain(text), row.Context.Report.Values).OfType<PeriodValue>().FirstOrDefault(period => period.Start == 0 && period.End >= text.Length - 1)
            : null;
    }

    // Revenue | y/y | q/q | Operating margin: growth is of the metric to its left.
    private static List<TableFacet> WithMetrics(List<TableFacet> headers)
    {
        for (var i = 1; i < headers.Count; i++)
        {
            if (headers[i] is { Metric: null, IsGrowth: true } && (headers[i - 1].Metric is not null || (headers[i - 1].Period is { } left && !headers.Exists(other => IsNextYear(left, other.Period)))))
                headers[i] = headers[i] with { Metric = headers[i - 1].Metric, Period = headers[i].Period ?? headers[i - 1].Period };
        }

        return headers;

        // 2Q26 | 2Q25 | YoY: the growth is of the newer of the two.
        static bool IsNextYear(PeriodValue older, PeriodValue? newer) => newer is not null && older.LastDay?.AddYears(1) is { } day && newer.LastDay is { } last && Math.Abs(last.DayNumber - day.DayNumber) <= 1 && newer.Label.Length == older.Label.Length;
    }

    private static TableFigure? Figure(TableRow row, Column column, Participant company, TableFacet label, TableFacet header, TableFacet around)
    {
        var both = Combine(label, header);
        var metric = both.Metric ?? around.Metric;
        var period = both.Period ?? around.Period;
        var (old, text) = Replaced(row.Text(column));
        if (metric is null || both.Basis == CellBasis.Difference || PeriodIn(row, column) is not null || ValueParser.ParseCell(text, row.Context.Report.Values) is not { } value)
            return null;
        var isGrowth = both.IsGrowth;
        // A percentage beside amounts is how far they lie apart, whatever its column is called.
        if (isGrowth ? value is PercentValue { IsPoints: true } : value is PercentValue && !Terms.IsRatio(metric))
            return null;
        var isRatio = isGrowth || Terms.IsRatio(metric);
        var isPerUnit = metric is "pe" || metric.EndsWith("eps", StringComparison.Ordinal) || metric is "dividend-per-share";
        // The scale of a caption (单位：百万元) is that of its amounts, not of what is counted by the share or in percent.
        var unit = isRatio || isPerUnit ? label.Unit ?? header.Unit : label.Unit ?? header.Unit ?? around.Unit;
        var scale = isRatio || metric == "pe" ? 1 : unit is { IsMoney: true } or { Multiplier: not 1 } ? unit.Multiplier : 1;
        if (Amount(value, scale) is not { } amount || (!isRatio && !isPerUnit && scale == 1 && value is NumberValue))
            return null;
        var currency = value is MoneyValue { CurrencyStated: true } money ? money.Currency : isRatio || metric == "pe" ? null : unit?.Currency ?? around.Unit?.Currency ?? (unit is { IsMoney: true } ? row.Context.Report.Values.HomeCurrency : isPerUnit ? row.Currency(null, company) : null);
        var segment = Segment(label, header, metric);
        return new TableFigure(row, column, company, metric, segment, period, both.Basis, label.IsLoss && !isGrowth ? -Math.Abs(amount) : amount, currency, High(value, scale))
        {
            Old = old is not null && ValueParser.ParseCell(old, row.Context.Report.Values) is { } before ? Amount(before, scale) : null,
        };
    }

    // 89.8 -> 90.6: what was expected before, and now.
    private static (string? Old, string New) Replaced(string text)
    {
        var arrow = text.AsSpan().IndexOfAny('→', '>');
        return arrow <= 0 ? (null, text) : (text[..arrow].TrimEnd('-', '=', ' '), text[(arrow + 1)..].Trim());
    }

    // The row names the growth (增长率), the column whether its year is measured: growth wins, as it says what the number is.
    private static TableFacet Combine(TableFacet label, TableFacet header)
    {
        var joined = label.Or(header);
        return (header.IsGrowth || header.Basis is CellBasis.Difference or CellBasis.Consensus or CellBasis.Old) && !label.IsGrowth ? joined with { Basis = header.Basis } : joined;
    }

    private static string? Segment(TableFacet label, TableFacet header, string metric)
    {
        var rest = label.Rest.Length > 0 ? label.Rest : header.Metric is null ? "" : header.Rest;
        return rest.Length is < 2 or > 30 || !Terms.HasSegments(metric) || Totals.Contains(rest, StringComparer.OrdinalIgnoreCase) ? null : rest;
    }

    private static decimal? High(Annotation value, decimal scale) => value switch
    {
        NumberValue { High: { } high } => Plain(high * scale),
        PercentValue { High: { } high } => high,
        MoneyValue { High: { } high } => high,
        _ => null,
    };

    private static decimal? Amount(Annotation value, decimal scale) => value switch
    {
        NumberValue number => Plain(number.Amount * scale),
        PercentValue percent => percent.Percent,
        MultipleValue multiple => multiple.Times,
        MoneyValue money => Plain(money.Amount * (money.CurrencyStated && scale > 1 && money.Amount >= 1_000_000m ? 1 : scale)),
        _ => null,
    };

    // 300.1 times a hundred million is the same number as 30010000000, digits behind the point included.
    private static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;

    // Who a row is of: the company that it names, else the one that the table is of.
    private static (Participant? Company, TableFacet Label) Label(TableContext table, TableRow row, TableFacet facet, Participant? owner)
    {
        var text = row.Cells[0].Passage.Text.Trim();
        if (facet.Metric is null && facet.Basis == CellBasis.Unstated && (table.Column(ColumnRole.Name) is not null || table.Column(ColumnRole.Code) is not null || table.Report.Vocabulary.MatchWhole(text, EntityKind.Company) is not null))
        {
            // AWS in a table of Amazon's: a part that is known by a name of its own.
            if (owner is { Candidates: [var house, ..] } && table.Report.Vocabulary.MatchWhole(text, EntityKind.Company) is { Maker: { } maker } && maker == house)
                return (owner, new TableFacet("revenue", null, CellBasis.Unstated, null, text, IsLoss: false));
            var subject = Subject(table, row, text);
            return (subject is { Kind: EntityKind.Company } ? subject : null, TableFacet.Nothing);
        }

        // Data center ($bn): money of a part of the company is its revenue.
        return (owner, facet.Unit is { IsMoney: true } && IsPart(table, facet) ? facet with { Metric = "revenue" } : facet);
    }

    private static bool IsPart(TableContext table, TableFacet facet) =>
        facet is { Metric: null, Basis: CellBasis.Unstated } && table.Report.Vocabulary.MatchWhole(facet.Rest, TermKind.Segment) is not null;

    private static Participant? Subject(TableContext table, TableRow row, string text) =>
        table.Column(ColumnRole.Name) is not null || table.Column(ColumnRole.Code) is not null ? row.Subject(EntityKind.Company)
        : table.Report.Vocabulary.MatchWhole(text, EntityKind.Company) is { } entry ? new Participant(entry.Kind, text, [entry.Id]) : null;

    // The caption's company, else the one that headings and text around the table are about.
    private static Participant? Owner(TableContext table)
    {
        if (table.Table.Caption is { } caption)
        {
            var named = table.Report.Vocabulary.Find(caption).Where(m => m.Kind == EntityKind.Company).DistinctBy(m => m.Id).ToList();
            if (named.Count == 1)
                return new Participant(EntityKind.Company, caption.Text[named[0].Start..named[0].End], named[0].Candidates);
        }

        return table.Topic.Company ?? table.Report.MainCompany;
    }
}
