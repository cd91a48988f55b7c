using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>What can be asked of a claim without weighing its values, and what it takes to add one.</summary>
/// <param name="IsConflicting">Values of one stage contradict each other.</param>
/// <param name="SpreadPercent">The greatest spread of a stage.</param>
/// <param name="Types">Types of the facts that give the values, in order, a space between.</param>
/// <param name="Actuals">How the actuals lie; null where none stands.</param>
/// <param name="HasExpected">Whether there are values of other stages, which may replace and deny each other.</param>
public sealed record ClaimState(bool IsConflicting, decimal SpreadPercent, string Types, ActualBounds? Actuals, bool HasExpected)
{
    /// <summary>The columns that <see cref="Read"/> reads, from <c>claims c</c>.</summary>
    public const string Columns = "c.conflicting, c.spread_percent, c.types, c.least, c.greatest, c.earliest_to, c.latest_from, c.lowest, c.highest, c.has_expected";

    /// <param name="row">Where <see cref="Columns"/> were selected.</param>
    /// <param name="at">The first of them.</param>
    public static ClaimState Read(NpgsqlDataReader row, int at) => new(
        row.GetBoolean(at),
        row.GetDecimal(at + 1),
        string.Join(' ', row.GetFieldValue<string[]>(at + 2)),
        row.IsDBNull(at + 3)
            ? null
            : new ActualBounds(row.GetDecimal(at + 3), row.GetDecimal(at + 4), row.GetDecimal(at + 5), row.GetDecimal(at + 6), row.GetGuid(at + 7), row.GetGuid(at + 8)),
        row.GetBoolean(at + 9));

    /// <summary>Null where there is no value.</summary>
    public static ClaimState? Of(IEnumerable<ClaimValue> values)
    {
        // In the order in which recordings add them: of two equal bounds the first counts.
        var all = values.OrderBy(value => value.Recorded).ToList();
        return all.Count == 0 ? null : Of(null, all, all.Where(value => value.Stage > Stage.Actual));
    }

    /// <param name="before">What stands; null for nothing.</param>
    /// <param name="added">Values that are added to it.</param>
    /// <param name="expected">All values of other stages than actual, those added too.</param>
    public static ClaimState Of(ClaimState? before, IReadOnlyList<ClaimValue> added, IEnumerable<ClaimValue> expected)
    {
        var actuals = ActualBounds.Add(before?.Actuals, added.Where(value => value is { Stage: Stage.Actual, Standing: not FactStanding.Denied }));
        var others = expected.ToList();
        var assessment = others.Count == 0 ? null : Assessment.Of(others);
        return new ClaimState(
            actuals is { AreConflicting: true } || assessment is { IsConflicting: true },
            Math.Max(actuals?.SpreadPercent ?? 0, assessment?.SpreadPercent ?? 0) / ActualBounds.Shortest,
            before is not null && added.All(value => value.Type == before.Types)
                ? before.Types
                : string.Join(' ', added.Select(value => value.Type).Concat(before?.Types.Split(' ') ?? []).Distinct().Order(StringComparer.Ordinal)),
            actuals,
            others.Count > 0);
    }
}

/// <summary>How the actuals of a claim lie to each other. Two of them contradict each other where no number could be printed as either: see <see cref="Figure"/>.</summary>
/// <param name="Least">The least number.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="EarliestTo">The smallest end of what they stand for.</param>
/// <param name="LatestFrom">The greatest beginning.</param>
/// <param name="Lowest">The fact of the smallest end, the first recorded of several.</param>
/// <param name="Highest">The fact of the greatest beginning.</param>
public sealed record ActualBounds(decimal Least, decimal Greatest, decimal EarliestTo, decimal LatestFrom, Guid Lowest, Guid Highest)
{
    /// <summary>Divided by it, equal numbers have the same digits.</summary>
    public const decimal Shortest = 1.0000000000000000000000000000m;

    public bool AreConflicting => LatestFrom >= EarliestTo;

    public decimal SpreadPercent => Assessment.SpreadPercentOf(Least, Greatest);

    public static ActualBounds? Add(ActualBounds? bounds, IEnumerable<ClaimValue> values)
    {
        foreach (var (fact, figure) in values.Select(value => (value.FactId, value.Figure)))
        {
            var (point, from, to) = (figure.Point / Shortest, figure.From / Shortest, figure.To / Shortest);
            bounds = bounds is null
                ? new ActualBounds(point, point, to, from, fact, fact)
                : bounds with
                {
                    Least = Math.Min(bounds.Least, point),
                    Greatest = Math.Max(bounds.Greatest, point),
                    EarliestTo = Math.Min(bounds.EarliestTo, to),
                    LatestFrom = Math.Max(bounds.LatestFrom, from),
                    Lowest = to < bounds.EarliestTo ? fact : bounds.Lowest,
                    Highest = from > bounds.LatestFrom ? fact : bounds.Highest,
                };
        }

        return bounds;
    }
}
