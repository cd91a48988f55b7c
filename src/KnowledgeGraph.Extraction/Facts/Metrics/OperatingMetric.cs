using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Facts.Metrics;

/// <summary>What each operating metric is counted in, and so which figures can be its value.</summary>
public static class OperatingMetric
{
    private static readonly string[] People = ["users", "people", "customers", "companies", "developers", "creators", "count", "visits"];

    /// <summary>Whether a unit counts goods that are shipped.</summary>
    public static bool IsGoods(string unit) => unit is "units" or "pieces" or "vehicles" or "servers" or "racks" or "devices" or "wafers" or "GPUs" or "TPUs" or "chips";

    private static readonly string[] Daily = ["日均", "每天", "每日", "单日", "一天", "日处理", "日调用", "日消耗", "a day", "per day", "daily", "each day", "every day"];

    private static readonly string[] Weekly = ["周均", "每周", "周活", "单周", "a week", "per week", "weekly"];

    private static readonly string[] Monthly = ["月均", "每月", "每个月", "单月", "月处理", "月调用", "a month", "per month", "monthly", "each month", "every month"];

    /// <summary>Whether a figure can be the value of a metric: users are counted, shares are percent, run rates are money.</summary>
    public static bool Fits(string metric, Figure figure) => FitsPlain(metric, figure.IsFlow ? figure with { Unit = figure.BaseUnit } : figure);

    private static bool FitsPlain(string metric, Figure figure) => metric switch
    {
        "mau" or "dau" or "users" or "paying-users" or "customers" => IsCount(figure, People),
        "downloads" => IsCount(figure, [.. People, "downloads", "times"]),
        "activity" => IsCount(figure, [.. People, "times", "calls", "queries", "prompts", "messages", "min", "h"]),
        "tokens-processed" => figure is { Unit: "tokens" or "calls" or "times" or "count", Amount: >= 1_000_000m } || figure is { Unit: null, Amount: >= 1_000_000m },
        "market-share" => figure is { IsPercent: true, Amount: > 0 and <= 100 },
        "run-rate-revenue" => figure.IsMoney,
        "orders" => figure.IsMoney || figure.Unit is "GW" or "MW" || figure.Unit is "pieces" or "servers" or "racks" or "devices" or "units" or "orders" or "wafers" or "GPUs" or "chips" or "vehicles",
        "shipments" => figure.IsMoney || (figure.Unit is { } goods && IsGoods(goods)) || figure.Unit is null or "count" && figure.Amount >= 1000,
        "gross-merchandise-value" => figure.IsMoney,
        "capacity" => figure.Unit is "W" or "kW" or "MW" or "GW" or "GPUs" or "TPUs" or "chips" or "wafers" or "pieces" or "units" or "servers" or "racks" or "plants" or "petaflops" or "exaflops" or "x" or "percent" or "sqm" || figure is { Unit: "count", Amount: >= 100 },
        "utilisation" or "net-retention" or "other" => figure.IsPercent,
        _ => false,
    };

    /// <summary>The contract's word for a metric of the vocabulary, or null where it is none that is reported outside the accounts.</summary>
    public static string? Of(VocabularyEntry entry) =>
        // What the contract calls by one word comes in units of its own.
        !entry.MetricKinds.Contains("operating") && entry.Value != "paying-users" ? null : entry.Value == "other" ? entry.Id[(entry.Id.IndexOf('/', StringComparison.Ordinal) + 1)..] : entry.Value;

    /// <summary>The unit as a fact states it: a daily or weekly flow says so.</summary>
    public static string? Unit(string metric, Figure figure, Sentence sentence, int from, int to) =>
        Unit(metric, figure, words => sentence.Contains(words, from, to));

    /// <summary>The same of a table's labels.</summary>
    public static string? Unit(string metric, Figure figure, string labels) =>
        Unit(metric, figure, words => TableColumns.ContainsAny(labels, words));

    private static string? Unit(string metric, Figure figure, Predicate<string[]> says)
    {
        if (figure.IsFlow)
            return figure.Unit;
        var unit = figure.Unit is null or "count" or "people" ? Counted(metric) : figure.Unit;
        return metric is not ("tokens-processed" or "activity" or "users") || unit is null or "percent" or "min" or "h" or "customers" ? unit
            : says(Daily) ? unit + "/day"
            : says(Weekly) ? unit + "/week"
            : says(Monthly) ? unit + "/month" : unit;
    }

    public static bool IsFlow(Sentence sentence, int from, int to) => sentence.Contains([.. Daily, .. Weekly, .. Monthly], from, to);

    private static string? Counted(string metric) => metric switch
    {
        "mau" or "dau" or "users" or "paying-users" => "users",
        "customers" => "customers",
        "downloads" => "downloads",
        "tokens-processed" => "tokens",
        _ => null,
    };

    // A bare small number beside 用户 is a version or a rank rather than a count.
    private static bool IsCount(Figure figure, string[] units) => figure.Unit is null or "count" ? figure.Amount >= 1000 : units.Contains(figure.Unit);
}
