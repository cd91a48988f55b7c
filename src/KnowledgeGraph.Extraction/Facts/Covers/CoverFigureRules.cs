using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Ratings;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Covers;

/// <summary>
/// What the cover of a note on one company says in lines of label and value: 投资评级：买入（维持）, 目標價：NT$5,200（原 NT$4,600）, 收盘价（元，2025/12/12）,
/// Market cap $349bn. A target that another replaces and a range of the year are no facts.
/// </summary>
public static class CoverFigureRules
{
    // A cover ends where running text begins.
    private const int Most = 1200;

    private static readonly string[] Ratings = ["投资评级", "投资评等", "评级", "评等", "Rating", "Recommendation"];
    private static readonly string[] Targets = ["目标价", "目标价格", "合理价值", "Price target", "Target price", "PT", "TP"];
    private static readonly string[] Closes = ["收盘价", "收市价", "现价", "昨收盘", "当前股价", "股价", "Close", "Price", "Share price", "Last close"];
    private static readonly string[] Caps = ["总市值", "市值", "Market cap", "Mkt cap", "Market capitalisation", "Market capitalization"];

    public static IReadOnlyList<DocumentRule> All { get; } = [new("cover/figures", Cover)];

    private static IEnumerable<FactDraft> Cover(ReportContext report)
    {
        if (report.MainCompany is not { } company)
            yield break;
        foreach (var (label, value, start, end) in Lines(report.Document.Text))
        {
            if (Read(report, company, label, value) is { } read)
                yield return Draft(report, company, read, start, end);
        }
    }

    private sealed record Reading(string Type, Participant? By, (string, JsonNode?)[] Values, FactStatus Status, string? When);

    private static Reading? Read(ReportContext report, Participant company, string label, string value)
    {
        var bare = Bare(label);
        if (Is(bare, Ratings) && report.Publisher is { } broker && value.Length is > 0 and <= 24)
        {
            var (rating, action) = RatingTableRules.Split(value, report);
            return report.Vocabulary.MatchWhole(rating, "rating") is null ? null : new Reading("RatingIssued", broker, [("rating", rating), ("action", action)], FactStatus.Reported, report.Metadata.Date?.Text);
        }

        if (Amount(report, label, value) is not { } amount)
            return null;
        var currency = amount.Currency ?? Listed(report, company);
        var day = ValueParser.Parse(Passage.Plain(label), report.Values).OfType<DateValue>().FirstOrDefault(date => date.Date.IsDay)?.Date.Text ?? report.Metadata.Date?.Text;
        if (Is(bare, Targets))
            return new Reading("ValuationReported", report.Publisher, [("metric", "price-target"), ("value", amount.Value), ("currency", currency)], FactStatus.Forecast, report.Metadata.Date?.Text);
        if (Is(bare, Caps))
            return new Reading("ValuationReported", null, [("metric", "market-cap"), ("value", amount.Value), ("currency", currency)], FactStatus.Reported, day);
        return Is(bare, Closes) ? new Reading("PriceChanged", null, [("instrument", "share"), ("price", amount.Value), ("currency", currency)], FactStatus.Reported, day) : null;
    }

    private static FactDraft Draft(ReportContext report, Participant company, Reading read, int start, int end)
    {
        var roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["subject"] = [company] };
        if (read.By is { } by)
            roles[read.Type == "RatingIssued" ? "broker" : "by"] = [by];
        return new FactDraft
        {
            Type = read.Type,
            Roles = roles,
            Values = read.Values.Where(value => value.Item2 is not null).ToDictionary(value => value.Item1, value => value.Item2, StringComparer.Ordinal),
            When = read.When,
            Status = read.Status,
            Start = start,
            End = end,
            Consumes = [(start, end)],
        };
    }

    // Label and value are parted by a colon or a tab, or by the space behind the label's unit (总市值（亿港元） 331.5); the line as it stands is the evidence.
    private static IEnumerable<(string Label, string Value, int Start, int End)> Lines(string text)
    {
        var at = 0;
        while (at < Math.Min(text.Length, Most))
        {
            var end = text.IndexOfAny(['\n', '\r'], at);
            end = end < 0 ? text.Length : end;
            // | 总市值 | 14,776 亿元 |: a row of two cells as well.
            var line = text[at..end].TrimStart('|').TrimEnd('|', ' ');
            var cut = line.IndexOfAny([':', '：', '\t', '|']);
            cut = cut < 0 && line.IndexOfAny([')', '）']) is > 0 and var unit && unit + 1 < line.Length && line[unit + 1] == ' ' ? unit + 1 : cut;
            // Price, 4 Aug 2026 close         US$119.62: aligned by spaces.
            cut = cut < 0 ? line.IndexOf("  ", StringComparison.Ordinal) : cut;
            if (cut > 0 && line.Length <= 60 && line[(cut + 1)..].Trim() is { Length: > 0 } value)
                yield return (Folding.Fold(line[..cut].Replace("*", "", StringComparison.Ordinal)), Folding.Fold(value.Replace("*", "", StringComparison.Ordinal)), at, end);
            at = end + 1;
        }
    }

    private static (decimal Value, string? Currency)? Amount(ReportContext report, string label, string value)
    {
        // 5,200（原 4,600）: what stands in brackets is what was.
        var open = value.IndexOf('(', StringComparison.Ordinal);
        var unit = UnitParser.Parse(label, report.Values.HomeCurrency);
        return ValueParser.ParseCell(open > 0 ? value[..open] : value, report.Values) switch
        {
            MoneyValue { High: null } money => (money.Amount, money.Currency),
            NumberValue { High: null } number => (number.Amount * (unit?.Multiplier ?? 1), unit?.Currency ?? (unit is { IsMoney: true } ? report.Values.HomeCurrency : null)),
            _ => null,
        };
    }

    private static string? Listed(ReportContext report, Participant company) =>
        company.Candidates.Count > 0 ? report.Vocabulary.Entry(company.Candidates[0]).PriceCurrency() : null;

    private static string Bare(string label)
    {
        var open = label.IndexOfAny(['(', '[', ',']);
        return (open > 0 ? label[..open] : label).Trim();
    }

    private static bool Is(string label, string[] words) => words.Any(word => label.Equals(word, StringComparison.OrdinalIgnoreCase));
}
