using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>What the cells of a column are.</summary>
public enum ColumnRole
{
    Other,
    Name,
    Code,
    Rating,
    Price,
    PointChange,
    Change,
    YearToDate,
    Relative,
    MarketCap,
    TargetPrice,
    Broker,

    /// <summary>A metric of the accounts or a multiple, of one period (EPS 2026E).</summary>
    Estimate,
}

/// <summary>A column by its meaning: role, unit and, for estimates, metric and period.</summary>
/// <param name="Header">All header texts over the column.</param>
/// <param name="Metric">The ontology's metric; null unless the role is Estimate.</param>
/// <param name="Period">The period that the header names, or null.</param>
public sealed record Column(int Index, ColumnRole Role, string Header, HeaderUnit Unit, string? Metric, PeriodValue? Period);

/// <summary>
/// Tells what each column of a table means, from its header and caption, whatever the order of the columns. The last word that fits wins,
/// since headers qualify from left to right (昨收盘价, 周涨跌幅, 目标价).
/// </summary>
public static class TableColumns
{
    // In this order: a header is what the first fitting row says.
    private static readonly (ColumnRole Role, string[] Words)[] Words =
    [
        (ColumnRole.TargetPrice, ["目标价", "目标价格", "Target price", "Price target", "TP", "PT", "Target"]),
        (ColumnRole.MarketCap, ["总市值", "市值", "Market cap", "Mkt cap", "Mkt. cap", "Market value"]),
        (ColumnRole.YearToDate, ["年初至今", "年初以来", "今年以来", "YTD", "Year to date"]),
        (ColumnRole.Relative, ["与所在指数对比", "相对", "超额", "Relative", "vs index", "Rel."]),
        (ColumnRole.PointChange, ["升跌(点)", "涨跌(点)", "涨跌额", "涨跌点", "Points", "Pts"]),
        (ColumnRole.Change, ["涨跌幅", "升跌幅", "单日", "一日", "一周", "一个月", "涨幅", "跌幅", "升跌", "涨跌", "变动", "Change", "Chg", "% chg", "1W", "1M", "1D", "Wk %", "5-day", "5D", "5日", "WoW", "WTD", "Return"]),
        (ColumnRole.Price, ["收盘价", "收市价", "昨收盘", "昨收", "收盘", "收市", "现价", "股价", "最新价", "Close", "Price", "Last", "Closing"]),
        (ColumnRole.Rating, ["评级", "评等", "Rating", "Recommendation", "View", "Stance", "Opinion"]),
        (ColumnRole.Broker, ["大行", "券商", "机构", "Broker", "House", "Brokerage"]),
        (ColumnRole.Code, ["代码", "代号", "Ticker", "Code", "Symbol", "RIC"]),
        (ColumnRole.Name, ["公司名称", "证券名称", "证券简称", "股票名称", "股票简称", "个股名称", "公司简称", "公司", "股份", "名称", "简称", "标的", "个股", "股票", "指数", "板块", "Company", "Name", "Stock", "Index", "Security"]),
    ];

    public static IReadOnlyList<Column> Read(Table table, ReportContext report) =>
        [.. Enumerable.Range(0, table.Columns).Select(index => Read(table.Header(index), index, report))];

    private static Column Read(string header, int index, ReportContext report)
    {
        var unit = UnitParser.Parse(header, report.Values.HomeCurrency) ?? new HeaderUnit();
        var passage = Passage.Plain(header);
        var metric = report.Vocabulary.Find(passage).LastOrDefault(m => m.Kind == "metric");
        var entry = metric is null ? null : report.Vocabulary.Entry(metric.Id);
        var period = ValueParser.Parse(passage, report.Values).OfType<PeriodValue>().LastOrDefault();
        if (RoleOf(header) is var role and not ColumnRole.Other)
            return new Column(index, role, header, unit, null, period);
        return entry is not null && (entry.MetricKinds.Contains("account") || entry.MetricKinds.Contains("forecast") || entry.MetricKinds.Contains("valuation"))
            ? new Column(index, ColumnRole.Estimate, header, unit, entry.Value, period)
            : new Column(index, ColumnRole.Other, header, unit, null, period);
    }

    /// <summary>What a header says of its column by its words alone.</summary>
    internal static ColumnRole RoleOf(string header) => Words.FirstOrDefault(row => ContainsAny(header, row.Words)).Role;

    /// <summary>Whether a header or cell has one of the words; a Latin one must stand by itself.</summary>
    internal static bool ContainsAny(string text, string[] words) => words.Any(word => Contains(text, word));

    /// <summary>Whether a header has a word; a Latin one must stand by itself.</summary>
    internal static bool Contains(string header, string word)
    {
        var at = header.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (!char.IsAsciiLetter(word[0])
            || ((at == 0 || !char.IsAsciiLetter(header[at - 1])) && (at + word.Length == header.Length || !char.IsAsciiLetter(header[at + word.Length]))));
    }
}
