using System.Globalization;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>
/// What several reports may assert each in its own words: the same type, the same entities in the core roles, the same words in the core
/// values. The figures are what reports may differ in, so that they are no part of it. A figure that has a period happened in it. A release,
/// a launch or a lineage happens once, and a stage of it is another happening; what can happen again is told apart by its month, a quoted
/// price by its day.
/// </summary>
/// <param name="Key">All but the entities: two facts are of one happening where it and the entities agree.</param>
/// <param name="Core">The entities in the core roles, as <c>role=kind/slug</c>, in order; under which ids is a matter of recorded judgements.</param>
public sealed record Happening(Guid Key, IReadOnlyList<string> Core)
{
    // Words that tell happenings of one core apart, beyond the ontology's core.
    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal) { "metric", "unit", "segment", "item", "stage" };

    private static readonly HashSet<string> Once = new(StringComparer.Ordinal) { "ModelReleased", "ProductLaunched", "ChipAnnounced", "LineageReported", "CapabilityReported" };

    /// <param name="fact">As it holds.</param>
    /// <param name="starts">The first day of when it happened, or of its report where it does not say.</param>
    public static Happening Of(Fact fact, DateOnly starts)
    {
        var schema = FactSchema.For(fact.Type);
        var words = schema.Values
            .Where(value => value.Kind == ValueKind.Text && (value.IsCore || Telling.Contains(value.Name)) && fact.Values.ContainsKey(value.Name))
            .Select(value => $"{value.Name}={fact.Values[value.Name]}");
        var core = fact.Roles
            .Where(role => schema.Role(role.Key)!.IsCore)
            .SelectMany(role => role.Value.Select(entity => $"{role.Key}={entity.Id}"))
            .Distinct().Order(StringComparer.Ordinal);
        return new Happening(StableId.Of(string.Join('\n', words.Prepend(fact.Type).Append(TimeOf(fact, starts)))), [.. core]);
    }

    private static string TimeOf(Fact fact, DateOnly starts) =>
        fact.Values.ContainsKey("period") || Once.Contains(fact.Type) ? ""
        : starts.ToString(fact.Type == "PriceChanged" ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
}
