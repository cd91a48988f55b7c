using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Api.Series;

/// <summary>
/// Series from claims: a row is what a claim of the level shows, with the growth that other claims of the same figure and period report
/// and the growth that follows from the row a year, a quarter or a month before. Rows of different currencies or units are never set
/// against each other, nor a fiscal period against one of the calendar: their labels differ.
/// </summary>
internal static class SeriesRows
{
    private static readonly string[] Growths = ["yoy", "qoq", "mom", "change", "ytd"];

    /// <param name="claims">Of one subject and metric.</param>
    /// <param name="evidence">Of the facts that the claims show.</param>
    /// <param name="periods">The periods wanted; null for all. The others are there to compute growth from.</param>
    public static IReadOnlyList<SeriesView> Of(IEnumerable<AssessedClaim> claims, IReadOnlyDictionary<Guid, EvidenceView> evidence, string[]? periods = null) =>
    [
        .. claims.Where(claim => claim.Assessment.Current is not null)
            .GroupBy(claim => claim.Key.Basis with { Measure = "", Currency = null, Unit = null })
            .OrderBy(series => series.Key.Key, StringComparer.Ordinal)
            .Select(series => new SeriesView
            {
                Segment = series.Key.Segment,
                Instrument = series.Key.Instrument,
                Item = series.Key.Item,
                Benchmark = series.Key.Benchmark,
                ComparedTo = series.Key.ComparedTo,
                Round = series.Key.Round,
                Points = [.. PointsOf([.. series], evidence).Where(point => periods is null || periods.Contains(point.Period))],
            })
            .Where(series => series.Points.Count > 0),
    ];

    private static List<SeriesPoint> PointsOf(List<AssessedClaim> claims, IReadOnlyDictionary<Guid, EvidenceView> evidence)
    {
        var levels = claims.Where(claim => claim.Key.Basis.Measure == "level").OrderBy(claim => PlaceOf(claim.Key.Period)).ToList();
        var growths = claims.Where(claim => claim.Key.Basis.Measure != "level").ToLookup(claim => claim.Key.Period);
        var rows = levels.Select(level => Point(level.Key.Period, level, growths[level.Key.Period], levels, evidence))
            .Concat(growths.Where(growth => levels.TrueForAll(level => level.Key.Period != growth.Key)).Select(growth => Point(growth.Key, null, growth, levels, evidence)));
        return [.. rows.OrderBy(row => PlaceOf(row.Period))];
    }

    private static SeriesPoint Point(
        string period, AssessedClaim? level, IEnumerable<AssessedClaim> growths, List<AssessedClaim> levels, IReadOnlyDictionary<Guid, EvidenceView> evidence)
    {
        var reported = growths.GroupBy(growth => growth.Key.Basis.Measure).ToDictionary(growth => growth.Key, growth => growth.First(), StringComparer.Ordinal);
        var shown = level ?? reported.OrderBy(growth => Array.IndexOf(Growths, growth.Key)).First().Value;
        return new SeriesPoint
        {
            Period = period,
            CalendarPeriod = shown.Assessment.CalendarPeriod,
            Value = level?.Assessment.Current!.Value.Figure.Point,
            Currency = level?.Key.Basis.Currency,
            Unit = level?.Key.Basis.Unit,
            Stage = Assessment.NameOf(shown.Assessment.Current!.Value.Stage),
            Claim = level?.Key.Id,
            Conflicting = shown.Assessment.IsConflicting,
            Growth =
            [
                .. from measure in Growths
                   let told = reported.GetValueOrDefault(measure)
                   let earlier = level is null ? null : EarlierOf(level, measure, levels)
                   where told is not null || earlier is not null
                   select new Growth(measure, told?.Assessment.Current!.Value.Figure.Point, told?.Key.Id, earlier is null ? null : Percent(level!, earlier), earlier?.Key.Period),
            ],
            Source = evidence[shown.Assessment.Current!.Value.FactId],
        };
    }

    private static AssessedClaim? EarlierOf(AssessedClaim level, string measure, List<AssessedClaim> levels)
    {
        var (basis, period) = (level.Key.Basis, Period.TryParse(level.Key.Period));
        if (measure == "change")
            return basis.Instrument is null || period is null ? null : levels.LastOrDefault(other => other.Key.Basis == basis && PlaceOf(other.Key.Period).Start < period.Start);
        var label = measure switch
        {
            "yoy" => period?.YearBefore,
            "qoq" when level.Key.Period.Contains('Q', StringComparison.Ordinal) => period?.Before,
            "mom" when level.Key.Period is [_, _, _, _, '-', _, _] => period?.Before,
            _ => null,
        };
        return label is null ? null : levels.Find(other => other.Key.Basis == basis && other.Key.Period == label);
    }

    private static decimal? Percent(AssessedClaim level, AssessedClaim earlier)
    {
        var (now, then) = (level.Assessment.Current!.Value.Figure.Point, earlier.Assessment.Current!.Value.Figure.Point);
        return then == 0 ? null : Math.Round((now - then) / Math.Abs(then) * 100, 4);
    }

    // A label of no known form comes last.
    private static (DateOnly Start, string Label) PlaceOf(string period) => (Period.TryParse(period)?.Start ?? DateOnly.MaxValue, period);
}
