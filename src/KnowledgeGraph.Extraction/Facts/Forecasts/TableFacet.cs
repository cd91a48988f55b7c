using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Forecasts;

/// <summary>What a figure in a table is, beyond its metric: measured, expected, expected by the market, expected before, or how it moved.</summary>
public enum CellBasis
{
    Unstated,
    Actual,
    Estimate,
    Consensus,
    Old,
    YearGrowth,
    QuarterGrowth,
    MonthGrowth,

    /// <summary>How far two others lie apart: no figure of its own.</summary>
    Difference,

    /// <summary>The ends and the middle of a range that is expected.</summary>
    Low,
    High,
    Middle,
}

/// <summary>What one label of a table says: a header, the name of a row or a caption. Labels of both axes together tell what a cell is.</summary>
/// <param name="Metric">The contract's metric, or null.</param>
/// <param name="Rest">What is left of the label once metric, period, unit and basis are taken away: a part of the company, or empty.</param>
public sealed partial record TableFacet(string? Metric, PeriodValue? Period, CellBasis Basis, HeaderUnit? Unit, string Rest, bool IsLoss)
{
    public static TableFacet Nothing { get; } = new(null, null, CellBasis.Unstated, null, "", IsLoss: false);

    // In this order: 同比变动 is growth before it is a change, and vs consensus a difference before it is a consensus.
    private static readonly (CellBasis Basis, string[] Words)[] Words =
    [
        (CellBasis.YearGrowth, ["同比", "增长率", "增速", "增长", "年增", "年增率", "按年", "较去年", "YoY", "y/y", "y-y", "growth"]),
        (CellBasis.QuarterGrowth, ["环比", "季增", "季增率", "按季", "较上季", "QoQ", "q/q", "q-q"]),
        (CellBasis.MonthGrowth, ["月增率", "月增", "月减", "按月", "较上月", "MoM", "m/m", "m-m"]),
        (CellBasis.Difference, ["差异", "差距", "变动", "变化", "偏离", "超预期幅度", "调整幅度", "vs", "var", "var.", "variance", "diff", "diff.", "difference", "miss", "rev.", "% chg", "delta %", "beat", "beat/miss", "surprise", "change", "chg", "delta", "revision"]),
        (CellBasis.Consensus, ["一致预期", "市场预期", "彭博预期", "市场预测", "共识", "consensus", "cons", "cons.", "street", "expected"]),
        (CellBasis.Old, ["原预测", "旧预测", "调整前", "前次", "前值", "此前", "上年同期", "去年同期", "上期", "原", "旧", "old", "previous", "prior", "before", "year ago", "year-ago", "last year"]),
        (CellBasis.Low, ["下限", "低端", "low", "low end", "bottom"]),
        (CellBasis.High, ["上限", "高端", "high", "high end", "top"]),
        (CellBasis.Middle, ["中值", "中位数", "中点", "mid", "midpoint", "mid-point"]),
        (CellBasis.Estimate, ["新预测", "调整后", "预测", "预计", "新", "new", "revised", "estimate", "estimates", "est", "est.", "forecast", "our", "after", "current", "指引", "guidance"]),
        (CellBasis.Actual, ["实际", "实际值", "已公布", "公布值", "actual", "reported"]),
    ];

    /// <summary>Reads a label.</summary>
    public static TableFacet Read(string label, ReportContext report)
    {
        if (label.Length == 0)
            return Nothing;
        var passage = Passage.Plain(label);
        var metrics = report.Vocabulary.Find(passage).Where(m => m.Kind == "metric" && report.Vocabulary.Entry(m.Id).MetricKinds.Any(kind => kind is "account" or "forecast")).ToList();
        // P/E (x, on new EPS): what stands in brackets says how the metric is counted.
        var metric = metrics.LastOrDefault(m => label.LastIndexOf('(', m.Start) <= label.LastIndexOf(')', m.Start)) ?? metrics.LastOrDefault();
        var period = ValueParser.Parse(passage, report.Values).OfType<PeriodValue>().LastOrDefault();
        var basis = Words.Where(row => row.Words.Any(word => Holds(label, word))).Select(row => row.Basis).FirstOrDefault();
        if (basis == CellBasis.Unstated && Marked().Match(label) is { Success: true } mark)
            basis = mark.Groups["mark"].Value is "A" or "a" ? CellBasis.Actual : CellBasis.Estimate;
        var isAdjusted = metric is not null && label.Contains("经调整", StringComparison.Ordinal) | label.Contains("Non-GAAP", StringComparison.OrdinalIgnoreCase) | label.Contains("扣非", StringComparison.Ordinal) | Holds(label, "adjusted") | Holds(label, "adj.");
        return new TableFacet(
            metric is null ? null : isAdjusted ? Terms.Adjusted(report.Vocabulary.Entry(metric.Id).Value) : report.Vocabulary.Entry(metric.Id).Value,
            period, basis, UnitOf(label, report.Values.HomeCurrency), Left(label, metric, period, report.Values.HomeCurrency), metric is not null && Terms.IsLoss(label[metric.Start..metric.End]));
    }

    /// <summary>Whether it says how a figure grew.</summary>
    public bool IsGrowth => Basis is CellBasis.YearGrowth or CellBasis.QuarterGrowth or CellBasis.MonthGrowth;

    /// <summary>This label's word where it gives one, else the other's.</summary>
    public TableFacet Or(TableFacet other) => new(
        Metric ?? other.Metric, Period ?? other.Period, Basis == CellBasis.Unstated ? other.Basis : Basis, Unit ?? other.Unit, Rest.Length > 0 ? Rest : other.Rest, IsLoss || other.IsLoss);

    // How a metric is counted is no part of a company.
    private static readonly string[] Qualifiers = ["non-GAAP", "Non-IFRS", "GAAP", "IFRS", "经调整", "调整后", "扣非", "adjusted", "adj.", "diluted", "摊薄", "累计", "at close", "at price"];

    // $m unless stated: the unit opens the label.
    private static HeaderUnit? UnitOf(string label, string home) => UnitIn(Exceptions().Replace(label, ""), home);

    private static HeaderUnit? UnitIn(string label, string home) =>
        LastTwo(label, home) ?? UnitParser.Parse(label, home) ?? (Stated().Match(label) is { Success: true } stated ? UnitParser.Parse(stated.Groups["unit"].Value, home) : null) ?? (label.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? UnitParser.Parse(label[..space], home) : null)
        ?? label.Split([',', ';', '(']).Skip(1).Select(part => UnitParser.Parse(part.Trim(' ', ')'), home)).FirstOrDefault(unit => unit is not null);

    // …, US$ bn: the currency stands a word before the scale.
    private static HeaderUnit? LastTwo(string label, string home)
    {
        var words = label.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 2 && UnitParser.Parse($"{words[^2]} {words[^1]}", home) is { Currencies.Count: > 0 } unit ? unit : null;
    }

    private static string Left(string label, Mention? metric, PeriodValue? period, string home)
    {
        var text = label;
        foreach (var span in new Annotation?[] { metric, period }.OfType<Annotation>().OrderByDescending(span => span.Start))
            text = text[..span.Start] + " " + text[span.End..];
        text = Brackets().Replace(text, " ");
        foreach (var word in Qualifiers)
            text = text.Replace(word, " ", StringComparison.OrdinalIgnoreCase);
        foreach (var word in Words.SelectMany(row => row.Words).OrderByDescending(word => word.Length))
        {
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0 && Holds(text, word); at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
                text = text[..at] + new string(' ', word.Length) + text[(at + word.Length)..];
        }

        // A unit without brackets is that of a storey of its own (5 月合并营收 over 亿元).
        return string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => UnitParser.Parse(word, home) is not ({ IsMoney: true } or { Unit: "percent" }))).Trim(' ', ',', ':', '-', '–', '—', '•', '%', '*', '/', '其', '中');
    }

    private static bool Holds(string label, string word)
    {
        var at = label.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (!char.IsAsciiLetter(word[0]) || ((at == 0 || !char.IsAsciiLetterOrDigit(label[at - 1])) && (at + word.Length >= label.Length || !char.IsAsciiLetterOrDigit(label[at + word.Length]))));
    }

    // 2026E, 26F, FY27E, 2024A: the letter behind a year says whether it has been measured.
    [GeneratedRegex(@"[0-9]{2}(?<mark>[AEFaef])(?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marked();

    // 单位：新台币百万元，每股数字为元: the first is that of the amounts.
    [GeneratedRegex(@"(?:单位|货币单位)[:为 ]*(?<unit>[^,;，；)]{1,16})|\bin (?<unit>[^,;)]{1,20})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Stated();

    // $m unless stated, US$ mn except per share: what is said of the rest is of the amounts.
    [GeneratedRegex(@",? (?:unless|except)\b[^,;)]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Exceptions();

    [GeneratedRegex(@"[(\[][^)\]]*[)\]]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Brackets();
}
