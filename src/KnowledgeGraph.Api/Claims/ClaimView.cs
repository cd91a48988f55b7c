using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Facts;

namespace KnowledgeGraph.Api.Claims;

/// <summary>An entity as others name it.</summary>
/// <param name="Id">kind/slug.</param>
/// <param name="Name">Its name at the moment of the answer.</param>
public sealed record EntityName(string Id, string Name);

/// <summary>One report's number.</summary>
public sealed record ClaimValueView
{
    /// <summary>The fact's id.</summary>
    public required Guid Fact { get; init; }

    /// <summary>The fact's type.</summary>
    public required string Type { get; init; }

    /// <summary>actual, guidance, consensus, forecast, rumour or denial.</summary>
    public required string Stage { get; init; }

    /// <summary>standing; replaced, by a later number of the same speaker; denied, by a report or by somebody who checked the fact; null
    /// for a value that is not weighed, since a hundred of its stage were published later.</summary>
    public required string? State { get; init; }

    /// <summary>The number, in the basis' currency or unit; the middle of a range.</summary>
    public required decimal Value { get; init; }

    /// <summary>Lower end of a range.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Low { get; init; }

    /// <summary>Upper end of a range.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? High { get; init; }

    /// <summary>approx, min or max, where the text qualifies the number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Bound { get; init; }

    /// <summary>Far from the others of its stage that are weighed (modified z-score over 3.5).</summary>
    public required bool IsOutlier { get; init; }

    /// <summary>Whose number it is: an entity's id, source/NAME, unnamed/DAY or report/ID.</summary>
    public required string Speaker { get; init; }

    /// <summary>What it shares with reports that are not independent of it; written as the speaker is.</summary>
    public required string Origin { get; init; }

    /// <summary>Report, publisher, date, attribution and the report's own words.</summary>
    public required EvidenceView Evidence { get; init; }

    internal static ClaimValueView Of(ShownValue shown, Assessment assessment)
    {
        var value = shown.Value;
        return new ClaimValueView
        {
            Fact = value.FactId,
            Type = value.Type,
            Stage = Assessment.NameOf(value.Stage),
            State = assessment.StateOf(value),
            Value = value.Figure.Point,
            Low = value.Figure.Low == value.Figure.High ? null : value.Figure.Low,
            High = value.Figure.Low == value.Figure.High ? null : value.Figure.High,
            Bound = value.Figure.Bound,
            IsOutlier = assessment.Outliers.Contains(value.FactId),
            Speaker = value.Speaker,
            Origin = value.Origin,
            Evidence = shown.Evidence,
        };
    }
}

/// <summary>The value that is shown, and why.</summary>
/// <param name="Fact">The fact that carries it.</param>
/// <param name="Stage">actual, guidance, consensus, forecast or rumour.</param>
/// <param name="Value">The number; the middle of a range.</param>
/// <param name="Rule">only-value, agreed, confirmed, stage, finer-figure, later-publication, more-origins or first-recorded.</param>
/// <param name="Reason">The rule in words.</param>
public sealed record CurrentValue(Guid Fact, string Stage, decimal Value, string Rule, string Reason);

/// <summary>
/// A claim: the cell of one number, with reports' values for it. Where a stage has more than 100 values, those published last are weighed; conflict, spread
/// and the bounds of actuals are of all.
/// </summary>
public sealed record ClaimView
{
    /// <summary>Hash of subject, metric, period and basis.</summary>
    public required Guid Id { get; init; }

    public required EntityName Subject { get; init; }

    public required string Metric { get; init; }

    /// <summary>The label that the facts give (FY2027Q1, 2026-05, a day); empty for what has no period.</summary>
    public required string Period { get; init; }

    /// <summary>The calendar's name of a fiscal period.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CalendarPeriod { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>The value that is shown; null where there are only denials.</summary>
    public required CurrentValue? Current { get; init; }

    /// <summary>Whether values of one stage contradict each other beyond what rounding and bounds explain.</summary>
    public required bool Conflicting { get; init; }

    /// <summary>The greatest spread of a stage, in percent of its greater end.</summary>
    public required decimal SpreadPercent { get; init; }

    /// <summary>Independent origins of its values, of those weighed.</summary>
    public required int Origins { get; init; }

    /// <summary>How its values agree, by stage.</summary>
    public required IReadOnlyList<StageSummary> Stages { get; init; }

    public required IReadOnlyList<Conflict> Conflicts { get; init; }

    /// <summary>How many values there are, of each stage up to 100; <c>values</c> may hold fewer.</summary>
    public required int ValueCount { get; init; }

    /// <summary>The weightiest stage first, in it the latest publication first: at most 20 in a list, 50 for one claim; <c>/claims/{id}/values</c> lists all.</summary>
    public required IReadOnlyList<ClaimValueView> Values { get; init; }

    /// <summary>The number's way through its stages; only where one claim is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PathStep>? Path { get; init; }

    /// <summary>How far earlier numbers were off, once the actual is known; only where one claim is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClaimError>? Errors { get; init; }

    /// <summary>Claims of the same subject, metric and period on another basis, which are not compared with it; only where one claim is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SiblingClaim>? Siblings { get; init; }

    internal static ClaimView Of(AssessedClaim claim)
    {
        var (key, assessment) = (claim.Key, claim.Assessment);
        return new ClaimView
        {
            Id = key.Id,
            Subject = key.Subject,
            Metric = key.Metric,
            Period = key.Period,
            CalendarPeriod = assessment.CalendarPeriod,
            Basis = key.Basis,
            Current = assessment.Current is { } choice
                ? new CurrentValue(choice.Value.FactId, Assessment.NameOf(choice.Value.Stage), choice.Value.Figure.Point, choice.Rule, choice.Reason)
                : null,
            Conflicting = assessment.IsConflicting,
            SpreadPercent = assessment.SpreadPercent,
            Origins = assessment.Origins,
            Stages = assessment.Stages,
            Conflicts = assessment.Conflicts,
            ValueCount = assessment.Values.GroupBy(one => one.Value.Stage).Sum(stage => Math.Min(Assessment.Weighed, stage.Count())),
            Values = [.. claim.Shown.Select(value => ClaimValueView.Of(value, assessment))],
        };
    }
}

/// <summary>A claim that only the basis tells from another.</summary>
public sealed record SiblingClaim(Guid Id, Basis Basis);
