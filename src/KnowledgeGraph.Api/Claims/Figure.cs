namespace KnowledgeGraph.Api.Claims;

/// <summary>
/// A number as a report prints it: a point, or a range. A printed number stands for every number that would be printed so, which is the
/// stretch that two reports are compared by: they contradict each other only where no number could be printed as either.
/// </summary>
/// <remarks>
/// A point reaches half a unit to each side of its last digit that is not zero, where zeros after the second digit are taken for rounding and
/// those of numbers below 1000 for digits: 82 billion stands for 81.5 to 82.5 billion, 81.6 billion for 81.55 to 81.65, 100% for 99.5 to
/// 100.5. approx reaches a whole unit, min and max have no end on their open side.
/// </remarks>
/// <param name="Low">The number, or the lower end of a range.</param>
/// <param name="High">The number, or the upper end.</param>
/// <param name="Bound">approx, min, max or null.</param>
public readonly record struct Figure(decimal Low, decimal High, string? Bound)
{
    private const decimal Endless = decimal.MaxValue;

    // Without init: what is worked out from them once would stay behind.
    public decimal Low { get; } = Low;

    public decimal High { get; } = High;

    public string? Bound { get; } = Bound;

    /// <summary>The number; the middle of a range.</summary>
    public decimal Point => Low == High ? Low : (Low / 2) + (High / 2);

    /// <summary>The least number that would be printed so.</summary>
    public decimal From { get; } = Bound == "max" ? -Endless : Low - Reach(Low, Bound);

    /// <summary>The greatest number that would be printed so.</summary>
    public decimal To { get; } = Bound == "min" ? Endless : High + Reach(High, Bound);

    /// <summary>How wide the stretch is; the finer of two figures is the narrower. An open end is as wide as can be.</summary>
    public decimal Width => Bound is "min" or "max" ? Endless : To - From;

    /// <summary>Whether some number would be printed as either.</summary>
    public bool Meets(Figure other) => From < other.To && other.From < To;

    /// <summary>The figure of a fact's values; null where it gives none.</summary>
    public static Figure? Of(decimal? point, decimal? low, decimal? high, string? bound) => (point, low, high) switch
    {
        ({ } number, _, _) => new Figure(number, number, bound),
        (null, { } from, { } to) => new Figure(Math.Min(from, to), Math.Max(from, to), bound),
        (null, { } from, null) => new Figure(from, from, "min"),
        (null, null, { } to) => new Figure(to, to, "max"),
        _ => null,
    };

    private static decimal Reach(decimal number, string? bound) => bound == "approx" ? UnitOf(number) : UnitOf(number) / 2;

    // The place of the last digit that is not zero, but no coarser than the second digit, nor than 1 below 1000.
    private static decimal UnitOf(decimal number)
    {
        var size = Math.Abs(number);
        var unit = 1m;
        if (size == decimal.Truncate(size))
        {
            while (size >= 1000 && unit * 100 <= size && size % (unit * 10) == 0)
                unit *= 10;
            return unit;
        }

        while (size % unit != 0)
            unit /= 10;
        return unit;
    }
}
