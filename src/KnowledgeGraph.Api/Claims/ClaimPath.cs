namespace KnowledgeGraph.Api.Claims;

/// <summary>One step on a number's way: a stage and number, from the first day that a report gave it until the last before another.</summary>
/// <param name="Date">Publication of the first report; null where it has no date.</param>
/// <param name="Until">Publication of the last report in a row that says the same.</param>
/// <param name="Stage">rumour, forecast, consensus, guidance, actual, correction (an actual that contradicts an earlier one, or a fact that was corrected) or denial.</param>
/// <param name="Low">The number, or the lower end of a range.</param>
/// <param name="High">The number, or the upper end.</param>
/// <param name="Bound">approx, min, max or null.</param>
/// <param name="By">Who says so.</param>
/// <param name="Facts">The facts that carry it.</param>
public sealed record PathStep(DateOnly? Date, DateOnly? Until, string Stage, decimal Low, decimal High, string? Bound, IReadOnlyList<string> By, IReadOnlyList<Guid> Facts);

/// <summary>How far an earlier number was off, once the actual is known.</summary>
/// <param name="By">Whose number it was.</param>
/// <param name="Stage">guidance, consensus, forecast or rumour.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Value">The number; the middle of a range.</param>
/// <param name="Error">Value less actual, in the cell's unit.</param>
/// <param name="ErrorPercent">Error in percent of the actual's size; null where that is 0.</param>
/// <param name="Fact">The fact that carries it.</param>
public sealed record ClaimError(string By, string Stage, DateOnly? Published, decimal Value, decimal Error, decimal? ErrorPercent, Guid Fact);

public static class ClaimPath
{
    public static IReadOnlyList<PathStep> Of(Assessment assessment)
    {
        var steps = new List<PathStep>();
        var actuals = new List<ClaimValue>();
        foreach (var value in assessment.Values.Select(one => one.Value).OrderBy(value => value.Published ?? DateOnly.MaxValue).ThenByDescending(value => value.Stage).ThenBy(value => value.Recorded))
        {
            var isCorrection = value.IsCorrected || (value.Stage == Stage.Actual && actuals.Exists(earlier => earlier.Published < value.Published && !earlier.Figure.Meets(value.Figure)));
            if (value.Stage == Stage.Actual)
                actuals.Add(value);
            Take(steps, value, isCorrection ? "correction" : Assessment.NameOf(value.Stage));
        }

        return steps;
    }

    public static IReadOnlyList<ClaimError> ErrorsOf(Assessment assessment)
    {
        if (assessment.Current?.Value is not { Stage: Stage.Actual, Figure.Point: var actual })
            return [];
        return
        [
            .. assessment.Values.Select(one => one.Value).Where(value => value.Stage is not (Stage.Actual or Stage.Denial))
                .OrderBy(value => value.Published ?? DateOnly.MaxValue).ThenBy(value => value.Recorded)
                .Select(value => new ClaimError(
                    value.Speaker,
                    Assessment.NameOf(value.Stage),
                    value.Published,
                    value.Figure.Point,
                    value.Figure.Point - actual,
                    actual == 0 ? null : Math.Round((value.Figure.Point - actual) / Math.Abs(actual) * 100, 4),
                    value.FactId)),
        ];
    }

    private static void Take(List<PathStep> steps, ClaimValue value, string stage)
    {
        if (steps is [.., { } last] && last.Stage == stage && new Figure(last.Low, last.High, last.Bound) == value.Figure)
        {
            steps[^1] = last with
            {
                Until = value.Published ?? last.Until,
                By = last.By.Contains(value.Speaker) ? last.By : [.. last.By, value.Speaker],
                Facts = [.. last.Facts, value.FactId],
            };
        }
        else
        {
            steps.Add(new PathStep(value.Published, value.Published, stage, value.Figure.Low, value.Figure.High, value.Figure.Bound, [value.Speaker], [value.FactId]));
        }
    }
}
