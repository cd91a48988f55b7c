using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Api.Claims;

/// <summary>Which of several values is shown, and why.</summary>
/// <param name="Value">The value.</param>
/// <param name="Rule">The name of the rule that decided: the last that left values with other numbers behind.</param>
/// <param name="Reason">The rule in words.</param>
public sealed record Choice(ClaimValue Value, string Rule, string Reason)
{
    private sealed record NamedRule(string Name, string Reason, Func<List<ClaimValue>, IEnumerable<ClaimValue>> Best);

    // In this order, until all that are left have one number; later rules then only say which report stands for it.
    private static readonly NamedRule[] Rules =
    [
        new("confirmed", "A value that somebody has checked and confirmed goes before all others.", Least(value => value.Standing != FactStanding.Confirmed)),
        new("stage", "An actual goes before guidance, that before the consensus, a forecast and a rumour.", Least(value => value.Stage)),
        new("finer-figure", "Of figures that rounding explains, the one with most digits is shown.", Finest),
        new("later-publication", "The later publication is shown.", Greatest(value => value.Published)),
        new("more-origins", "The number that more independent origins give is shown.", MostOrigins),
        new("first-recorded", "Nothing else tells them apart: the one recorded first is shown.", Least(value => (value.Recorded, value.FactId))),
    ];

    /// <summary>The choice among values; null where there are none.</summary>
    public static Choice? Among(List<ClaimValue> values)
    {
        if (values.Count == 0)
            return null;
        var (name, reason) = values.Count == 1 ? ("only-value", "There is no other value.") : ("agreed", "All values agree.");
        foreach (var rule in Rules)
        {
            var best = rule.Best(values).ToList();
            // What a rule left behind with the same number was no choice between numbers.
            if (values.Exists(value => value.Figure != values[0].Figure) && best.Count < values.Count)
                (name, reason) = (rule.Name, rule.Reason);
            values = best;
        }

        return new Choice(values[0], name, reason);
    }

    private static Func<List<ClaimValue>, IEnumerable<ClaimValue>> Least<T>(Func<ClaimValue, T> key) => values =>
    {
        var least = values.Min(key);
        return values.Where(value => EqualityComparer<T>.Default.Equals(key(value), least));
    };

    private static Func<List<ClaimValue>, IEnumerable<ClaimValue>> Greatest<T>(Func<ClaimValue, T> key) => values =>
    {
        var greatest = values.Max(key);
        return values.Where(value => EqualityComparer<T>.Default.Equals(key(value), greatest));
    };

    private static IEnumerable<ClaimValue> Finest(List<ClaimValue> values)
    {
        var figures = values.Select(value => value.Figure).Distinct().OrderBy(figure => figure.Width).ToList();
        var rounded = figures.Where(figure => figures.TakeWhile(finer => finer.Width < figure.Width).Any(figure.Meets)).ToHashSet();
        return values.Where(value => !rounded.Contains(value.Figure));
    }

    private static IEnumerable<ClaimValue> MostOrigins(List<ClaimValue> values)
    {
        var groups = values.GroupBy(value => value.Figure).Select(group => (Values: group, Origins: group.Select(value => value.Origin).Distinct().Count())).ToList();
        var most = groups.Max(group => group.Origins);
        return groups.Where(group => group.Origins == most).SelectMany(group => group.Values);
    }
}
