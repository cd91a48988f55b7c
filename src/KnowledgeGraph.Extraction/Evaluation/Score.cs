using System.Text.Json.Nodes;

namespace KnowledgeGraph.Extraction.Evaluation;

/// <summary>Facts found, put out and annotated, of one type or of all.</summary>
public sealed record Tally(int Found, int Output, int Gold)
{
    public static Tally None { get; } = new(0, 0, 0);

    public decimal Precision => Output == 0 ? 0 : (decimal)Found / Output;

    public decimal Recall => Gold == 0 ? 0 : (decimal)Found / Gold;

    public decimal F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public static Tally operator +(Tally a, Tally b) => new(a.Found + b.Found, a.Output + b.Output, a.Gold + b.Gold);
}

/// <summary>How often a detail of a matched fact was right.</summary>
public sealed record Accuracy(int Right, int All)
{
    public static Accuracy None { get; } = new(0, 0);

    public decimal Share => All == 0 ? 0 : (decimal)Right / All;

    public static Accuracy operator +(Accuracy a, Accuracy b) => new(a.Right + b.Right, a.All + b.All);
}

/// <summary>An annotated fact that was missed, and a wrong fact of another type that speaks of the same.</summary>
public sealed record Confusion(JsonObject Gold, JsonObject Output);

/// <summary>What one report's facts are worth against its annotation, or several reports' together.</summary>
public sealed record Score
{
    /// <summary>Fact type -> tally; types without a fact on either side are absent.</summary>
    public required IReadOnlyDictionary<string, Tally> Types { get; init; }

    /// <summary>status, when, values, attribution -> how often right among matched facts.</summary>
    public required IReadOnlyDictionary<string, Accuracy> Details { get; init; }

    /// <summary>Annotated facts for which at least type, first role and one number are there.</summary>
    public required int Relaxed { get; init; }

    public required IReadOnlyList<JsonObject> Missed { get; init; }

    public required IReadOnlyList<JsonObject> Wrong { get; init; }

    public required IReadOnlyList<Confusion> Confusions { get; init; }

    public Tally Micro => Types.Values.Aggregate(Tally.None, (sum, tally) => sum + tally);

    /// <summary>Mean F1 over the types that are annotated.</summary>
    public decimal MacroF1 => Types.Values.Where(tally => tally.Gold > 0).Select(tally => tally.F1).DefaultIfEmpty(0).Average();

    public decimal RelaxedRecall => Micro.Gold == 0 ? 0 : (decimal)Relaxed / Micro.Gold;

    public static Score Pool(IReadOnlyList<Score> scores) => new()
    {
        Types = Sum(scores.SelectMany(score => score.Types), (a, b) => a + b),
        Details = Sum(scores.SelectMany(score => score.Details), (a, b) => a + b),
        Relaxed = scores.Sum(score => score.Relaxed),
        Missed = [.. scores.SelectMany(score => score.Missed)],
        Wrong = [.. scores.SelectMany(score => score.Wrong)],
        Confusions = [.. scores.SelectMany(score => score.Confusions)],
    };

    private static Dictionary<string, T> Sum<T>(IEnumerable<KeyValuePair<string, T>> pairs, Func<T, T, T> add)
        where T : notnull => pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Aggregate(add), StringComparer.Ordinal);
}
