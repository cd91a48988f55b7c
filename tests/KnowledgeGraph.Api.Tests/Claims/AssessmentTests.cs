using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Api.Tests.Claims;

public sealed class AssessmentTests
{
    private static long recorded;

    [Fact]
    public void A_rounded_figure_differs_but_does_not_contradict_and_the_finer_one_is_shown()
    {
        var assessment = Assessment.Of([Value(82_000_000_000, day: 26), Value(81_600_000_000, day: 24)]);
        var stage = Assert.Single(assessment.Stages);
        Assert.Equal(("actual", 2, "compatible", 400_000_000m), (stage.Stage, stage.Values, stage.Agreement, stage.Spread));
        Assert.False(assessment.IsConflicting);
        Assert.Equal((81_600_000_000m, "finer-figure"), (assessment.Current!.Value.Figure.Point, assessment.Current.Rule));
    }

    [Fact]
    public void Contradicting_numbers_within_one_report_are_a_conflict_of_that_report()
    {
        var assessment = Assessment.Of([Value(-5.05m, report: "a"), Value(4.71m, report: "a")]);
        Assert.Equal(("actual", "report", "a"), Assert.Single(assessment.Conflicts) is var conflict ? (conflict.Stage, conflict.Scope, conflict.Report) : default);
        Assert.Equal("first-recorded", assessment.Current!.Rule);
    }

    [Fact]
    public void Reports_conflict_also_where_the_extremes_stand_in_one_of_them()
    {
        var low = Value(-5m, report: "a");
        var high = Value(7m, report: "a");
        var other = Value(5m, report: "b");
        var assessment = Assessment.Of([low, high, other]);
        Assert.Equal([("report", "a"), ("reports", null)], assessment.Conflicts.Select(conflict => (conflict.Scope, conflict.Report)));
        Assert.Equal((low.FactId, other.FactId), (assessment.Conflicts[1].Low, assessment.Conflicts[1].High));
    }

    [Fact]
    public void A_forecast_that_missed_is_an_error_and_no_conflict()
    {
        var assessment = Assessment.Of([Value(90, Stage.Forecast, day: 1, speaker: "publisher/a"), Value(100, day: 20), Value(120, Stage.Rumour, day: 5, speaker: "unnamed/x")]);
        Assert.False(assessment.IsConflicting);
        Assert.Equal(("stage", 100m), (assessment.Current!.Rule, assessment.Current.Value.Figure.Point));
        Assert.Equal([("publisher/a", -10m, -10m), ("unnamed/x", 20m, 20m)], ClaimPath.ErrorsOf(assessment).Select(error => (error.By, error.Error, error.ErrorPercent!.Value)));
    }

    [Fact]
    public void A_later_forecast_of_a_speaker_replaces_the_earlier_but_not_another_speakers()
    {
        var assessment = Assessment.Of(
        [
            Value(26.5m, Stage.Forecast, day: 1, speaker: "publisher/a"), Value(29.6m, Stage.Forecast, day: 9, speaker: "publisher/a"),
            Value(26.6m, Stage.Forecast, day: 3, speaker: "publisher/b"),
        ]);
        Assert.Equal(["replaced", "standing", "standing"], assessment.Values.Select(one => one.State));
        Assert.True(assessment.IsConflicting);
        Assert.Equal((29.6m, "later-publication"), (assessment.Current!.Value.Figure.Point, assessment.Current.Rule));
    }

    [Fact]
    public void A_denied_rumour_does_not_stand()
    {
        var denied = Assessment.Of([Value(50, Stage.Rumour, day: 1), Value(50, Stage.Denial, day: 2)]);
        Assert.Null(denied.Current);
        Assert.Equal(["denied", "standing"], denied.Values.Select(one => one.State));
        Assert.NotNull(Assessment.Of([Value(50, Stage.Rumour, day: 3), Value(50, Stage.Denial, day: 2)]).Current);
        Assert.NotNull(Assessment.Of([Value(70, Stage.Rumour, day: 1), Value(50, Stage.Denial, day: 2)]).Current);
    }

    [Fact]
    public void Among_numbers_of_one_day_the_one_of_more_independent_origins_is_shown()
    {
        var assessment = Assessment.Of(
        [
            Value(10, origin: "source/cls"), Value(10, origin: "source/cls"), Value(10, origin: "source/cls"),
            Value(20, origin: "report/a"), Value(20, origin: "report/b"),
        ]);
        Assert.Equal((20m, "more-origins"), (assessment.Current!.Value.Figure.Point, assessment.Current.Rule));
        Assert.Equal(3, assessment.Origins);
    }

    [Fact]
    public void What_somebody_confirmed_is_shown_and_what_somebody_denied_does_not_stand()
    {
        var assessment = Assessment.Of([Value(10), Value(30, Stage.Rumour, standing: FactStanding.Confirmed), Value(50, standing: FactStanding.Denied)]);
        Assert.Equal((30m, "confirmed"), (assessment.Current!.Value.Figure.Point, assessment.Current.Rule));
        Assert.Equal(["standing", "denied", "standing"], assessment.Values.Select(one => one.State));
        Assert.False(assessment.IsConflicting);
    }

    [Fact]
    public void A_number_far_from_the_others_is_an_outlier()
    {
        var far = Value(180);
        var assessment = Assessment.Of([Value(100), Value(101), Value(99), Value(100.5m), far]);
        Assert.Equal([far.FactId], assessment.Outliers);
        Assert.Empty(Assessment.Of([Value(100), Value(101), far]).Outliers);
        Assert.Empty(Assessment.Of([Value(100), Value(100), Value(100), Value(100.2m)]).Outliers);
    }

    [Fact]
    public void The_path_of_a_number_goes_through_its_stages()
    {
        var assessment = Assessment.Of(
        [
            Value(100, day: 20), Value(80, Stage.Rumour, day: 1), Value(80, Stage.Rumour, day: 2), Value(90, Stage.Guidance, day: 4), Value(95, Stage.Consensus, day: 20),
            Value(110, day: 25), Value(110, Stage.Denial, day: 26),
        ]);
        Assert.Equal(
            [("rumour", 80m, 1, 2), ("guidance", 90m, 4, 4), ("consensus", 95m, 20, 20), ("actual", 100m, 20, 20), ("correction", 110m, 25, 25), ("denial", 110m, 26, 26)],
            ClaimPath.Of(assessment).Select(step => (step.Stage, step.Low, step.Date!.Value.Day, step.Until!.Value.Day)));
    }

    [Fact]
    public void Whatever_the_order_of_the_values_the_assessment_is_the_same()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var values = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Value(
                random.Next(900, 1100) / 10m, (Stage)random.Next(6), random.Next(1, 28), $"r{random.Next(4)}", $"s{random.Next(3)}", $"o{random.Next(3)}")).ToList();
            var (one, other) = (Assessment.Of(values), Assessment.Of(values.OrderBy(_ => random.Next())));
            Assert.Equal(one.Values, other.Values);
            Assert.Equal(one.Stages, other.Stages);
            Assert.Equal(one.Conflicts, other.Conflicts);
            Assert.Equal(one.Current, other.Current);
            // By the definition: two standing values of a stage that no number could have been printed as.
            var standing = one.Values.Where(each => each.State == "standing" && each.Value.Stage != Stage.Denial).Select(each => each.Value).ToList();
            Assert.Equal(
                standing.Exists(a => standing.Exists(b => a.Stage == b.Stage && !a.Figure.Meets(b.Figure))),
                one.IsConflicting);
            Assert.Equal(
                standing.Exists(a => standing.Exists(b => a.Stage == b.Stage && a.ReportId != b.ReportId && !a.Figure.Meets(b.Figure))),
                one.Conflicts.Any(conflict => conflict.Scope == "reports"));
        }
    }

    private static ClaimValue Value(
        decimal number, Stage stage = Stage.Actual, int day = 20, string? report = null, string speaker = "publisher/x", string? origin = null, FactStanding standing = FactStanding.Unchecked)
    {
        var at = ++recorded;
        return new ClaimValue(
            Guid.CreateVersion7(), "EarningsReported", stage, new Figure(number, number, null), null, report ?? $"r{at}", new DateOnly(2026, 5, day), speaker, origin ?? $"report/r{at}", standing, false, at);
    }
}
