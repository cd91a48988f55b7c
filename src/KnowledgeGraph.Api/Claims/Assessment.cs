using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Api.Claims;

/// <summary>How the values of one stage lie to each other.</summary>
/// <param name="Stage">actual, guidance, consensus, forecast, rumour or denial.</param>
/// <param name="Values">Values that stand: a forecast that its forecaster has replaced, or a number that was denied, is not among them. 100 stands for 100 or more.</param>
/// <param name="Origins">Independent origins of these, counted likewise.</param>
/// <param name="Agreement">single: one value; equal; compatible: they differ by no more than rounding and bounds explain; conflicting.</param>
/// <param name="Least">The smallest number.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="Spread">Greatest less least.</param>
/// <param name="SpreadPercent">Spread in percent of the greater of the two in size; 0 where both are 0.</param>
public sealed record StageSummary(string Stage, int Values, int Origins, string Agreement, decimal Least, decimal Greatest, decimal Spread, decimal SpreadPercent);

/// <summary>Two values that no one number can have been printed as.</summary>
/// <param name="Stage">The stage in which they stand.</param>
/// <param name="Scope">report: within one report; reports: between several.</param>
/// <param name="Report">The report that contradicts itself; null between several.</param>
/// <param name="Low">The fact with the smaller number.</param>
/// <param name="High">The fact with the greater number.</param>
public sealed record Conflict(string Stage, string Scope, string? Report, Guid Low, Guid High);

/// <summary>
/// What the values of a cell say together. A stage is compared within itself only: that a forecast missed the actual is its error, not a
/// contradiction. An actual is one number, whoever tells it and when; an expectation may change, so that of each speaker the latest stands.
/// </summary>
public sealed record Assessment
{
    /// <summary>Each value, and whether it stands: standing, replaced (by a later one of the same speaker) or denied (a rumour or forecast by a report, any by
    /// somebody who checked the fact).</summary>
    public required IReadOnlyList<(ClaimValue Value, string State)> Values { get; init; }

    public required IReadOnlyList<StageSummary> Stages { get; init; }

    public required IReadOnlyList<Conflict> Conflicts { get; init; }

    /// <summary>Facts whose number lies far from the others of its stage.</summary>
    public required IReadOnlySet<Guid> Outliers { get; init; }

    /// <summary>Independent origins of all values but consensus.</summary>
    public required int Origins { get; init; }

    /// <summary>The value that is shown, and the rule that chose it; null where there are only denials.</summary>
    public required Choice? Current { get; init; }

    /// <summary>The calendar's name of the period, where a value gives it.</summary>
    public string? CalendarPeriod => Values.Select(one => one.Value.CalendarPeriod).FirstOrDefault(period => period is not null);

    /// <summary>How many values of each stage are counted and, of a claim that is answered, weighed at all: those published last.</summary>
    public const int Weighed = 100;

    public required bool IsConflicting { get; init; }

    /// <summary>The greatest spread of a stage, percent.</summary>
    public required decimal SpreadPercent { get; init; }

    /// <param name="all">The values; where there are more than are weighed, those that are.</param>
    /// <param name="state">What was kept of all values; null where these are all there are.</param>
    public static Assessment Of(IEnumerable<ClaimValue> all, ClaimState? state = null)
    {
        var values = all.OrderBy(value => value.Stage).ThenBy(value => value.Recorded).ThenBy(value => value.FactId).ToList();
        var states = StatesOf(values);
        var standing = states.Where(one => one.State == "standing").Select(one => one.Value).ToList();
        var stages = standing.GroupBy(value => value.Stage).Select(stage => (stage.Key, Values: stage.ToList())).ToList();
        List<StageSummary> summaries = [.. stages.Select(stage => Summary(stage.Key, stage.Values, stage.Key == Stage.Actual ? state?.Actuals : null))];
        List<Conflict> conflicts = [.. stages.SelectMany(stage => ConflictsIn(stage.Key, stage.Values))];
        return new Assessment
        {
            Values = states,
            Stages = summaries,
            Conflicts = conflicts,
            IsConflicting = state?.IsConflicting ?? conflicts.Count > 0,
            SpreadPercent = state?.SpreadPercent ?? summaries.Select(stage => stage.SpreadPercent).DefaultIfEmpty().Max(),
            Outliers = stages.SelectMany(stage => OutliersIn(stage.Values)).Select(value => value.FactId).ToHashSet(),
            Origins = values.Where(value => value.Stage != Stage.Consensus).Select(value => value.Origin).Distinct().Count(),
            Current = Choice.Among([.. standing.Where(value => value.Stage != Stage.Denial)]),
        };
    }

    /// <summary>Whether a value stands; null for one that was not weighed.</summary>
    public string? StateOf(ClaimValue value) => Values.FirstOrDefault(one => one.Value.FactId == value.FactId && one.Value.Stage == value.Stage).State;

    public static string NameOf(Stage stage) => stage switch
    {
        Stage.Actual => "actual",
        Stage.Guidance => "guidance",
        Stage.Consensus => "consensus",
        Stage.Forecast => "forecast",
        Stage.Rumour => "rumour",
        _ => "denial",
    };

    private static List<(ClaimValue Value, string State)> StatesOf(List<ClaimValue> values)
    {
        var latest = values.GroupBy(value => (value.Stage, value.Speaker)).ToDictionary(group => group.Key, group => group.Max(value => value.Published));
        var denials = values.Where(value => value is { Stage: Stage.Denial, Standing: not FactStanding.Denied }).ToList();
        return [.. values.Select(value => (value, StateOf(value)))];

        string StateOf(ClaimValue value) => value switch
        {
            { Standing: FactStanding.Denied } => "denied",
            { Stage: Stage.Actual or Stage.Denial } => "standing",
            _ when latest[(value.Stage, value.Speaker)] > value.Published => "replaced",
            _ => denials.Exists(denial => denial.Figure.Meets(value.Figure) && !(denial.Published < value.Published)) ? "denied" : "standing",
        };
    }

    private static StageSummary Summary(Stage stage, List<ClaimValue> values, ActualBounds? bounds)
    {
        var (least, greatest) = bounds is null ? (values.Min(value => value.Figure.Point), values.Max(value => value.Figure.Point)) : (bounds.Least, bounds.Greatest);
        var agreement = values.Count == 1 ? "single"
            : values.TrueForAll(value => value.Figure == values[0].Figure) ? "equal"
            : stage != Stage.Denial && Contradicts(values) ? "conflicting"
            : "compatible";
        return new StageSummary(
            NameOf(stage),
            Math.Min(Weighed, values.Count),
            Math.Min(Weighed, values.Select(value => value.Origin).Distinct().Count()),
            agreement,
            least,
            greatest,
            greatest - least,
            SpreadPercentOf(least, greatest));
    }

    /// <summary>How far two numbers lie apart, in percent of the greater in size.</summary>
    internal static decimal SpreadPercentOf(decimal least, decimal greatest)
    {
        var size = Math.Max(Math.Abs(least), Math.Abs(greatest));
        return size == 0 ? 0 : Math.Round((greatest - least) / size * 100, 4);
    }

    // Stretches that meet pairwise have a number in common, so that the greatest beginning and the smallest end tell of all pairs.
    private static bool Contradicts(IEnumerable<ClaimValue> values) => values.Max(value => value.Figure.From) >= values.Min(value => value.Figure.To);

    private static IEnumerable<Conflict> ConflictsIn(Stage stage, List<ClaimValue> values)
    {
        if (stage == Stage.Denial || !Contradicts(values))
            yield break;
        foreach (var report in values.GroupBy(value => value.ReportId).Where(Contradicts))
            yield return Between(report.MinBy(value => value.Figure.To)!, report.MaxBy(value => value.Figure.From)!, report.Key);
        // If any two reports contradict each other, then one of the two extremes contradicts a value of another report.
        var (lowest, highest) = (values.MinBy(value => value.Figure.To)!, values.MaxBy(value => value.Figure.From)!);
        if (values.Where(value => value.ReportId != lowest.ReportId).MaxBy(value => value.Figure.From) is { } above && above.Figure.From >= lowest.Figure.To)
            yield return Between(lowest, above, null);
        else if (values.Where(value => value.ReportId != highest.ReportId).MinBy(value => value.Figure.To) is { } below && highest.Figure.From >= below.Figure.To)
            yield return Between(below, highest, null);

        Conflict Between(ClaimValue low, ClaimValue high, string? report) =>
            new(NameOf(stage), report is null ? "reports" : "report", report, low.FactId, high.FactId);
    }

    /// <remarks>Iglewicz and Hoaglin 1993: 0.6745 (x - median) / MAD beyond 3.5. Of fewer than four values none is called far.</remarks>
    private static IEnumerable<ClaimValue> OutliersIn(List<ClaimValue> values)
    {
        if (values.Count < 4)
            return [];
        var median = Median(values.Select(value => value.Figure.Point));
        var deviation = Median(values.Select(value => Math.Abs(value.Figure.Point - median)));
        var middle = new Figure(median, median, null);
        return values.Where(value => !value.Figure.Meets(middle) && Math.Abs(value.Figure.Point - median) * 0.6745m > deviation * 3.5m);
    }

    private static decimal Median(IEnumerable<decimal> numbers)
    {
        var sorted = numbers.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] / 2) + (sorted[sorted.Count / 2] / 2);
    }
}
