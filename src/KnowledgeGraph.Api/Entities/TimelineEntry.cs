using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Facts;

namespace KnowledgeGraph.Api.Entities;

/// <summary>
/// A happening on the timeline of an entity, as the report that was published last tells it. Further reports that assert it stand beside it.
/// </summary>
public sealed record TimelineEntry : FactView
{
    /// <summary>The roles in which the entity takes part.</summary>
    public IReadOnlyList<string> As { get; init; } = [];

    /// <summary>How many facts assert it, this one among them; 100 stands for 100 or more.</summary>
    public long Assertions { get; init; } = 1;

    /// <summary>The others, the last published first; at most 20.</summary>
    public IReadOnlyList<FactView> Further { get; init; } = [];

    /// <summary>Names of values in which they differ.</summary>
    public IReadOnlyList<string> Differing { get; init; } = [];

    internal static readonly string[] Header =
    [
        "id", "type", "when", "status", "as", "roles", "values", "quote", "assertions", "differing", "publisher", "published", "report", "title", "recorded", "sequence",
    ];

    /// <summary>One entry of all facts of a happening, the last published first.</summary>
    internal static TimelineEntry Of(IReadOnlyList<TimelineEntry> facts) => facts[0] with
    {
        Further = [.. facts.Skip(1).Select(Plain)],
        Differing = [.. facts.SelectMany(fact => fact.Values).GroupBy(value => value.Key, StringComparer.Ordinal)
            .Where(values => values.Select(value => Comparable(value.Value)).Distinct().Count() > 1).Select(values => values.Key)],
    };

    internal IEnumerable<string?> Cells() =>
    [
        Id.ToString(), Type, When, Status, string.Join(' ', As),
        string.Join("; ", Roles.Select(role => $"{role.Key}={string.Join('+', (role.Value as JsonArray ?? [role.Value!.DeepClone()]).Select(entity => entity!["id"]))}")),
        Values.ToJsonString(Http.Json.Options), Quote, Assertions.ToString(System.Globalization.CultureInfo.InvariantCulture), string.Join(' ', Differing),
        Evidence!.Publisher, Evidence.Date, Evidence.Report, Evidence.Title, Evidence.Recorded.ToString("O"), Evidence.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
    ];

    // As a fact, without what is the entry's.
    private static FactView Plain(TimelineEntry entry) => new()
    {
        Id = entry.Id,
        Type = entry.Type,
        Roles = entry.Roles,
        When = entry.When,
        Status = entry.Status,
        Values = entry.Values,
        ValueStates = entry.ValueStates,
        Standing = entry.Standing,
        Corrected = entry.Corrected,
        Attribution = entry.Attribution,
        Quote = entry.Quote,
        Start = entry.Start,
        End = entry.End,
        Rule = entry.Rule,
        Mentions = entry.Mentions,
        Evidence = entry.Evidence,
    };

    // 85 and 85.0 are one number.
    private static string Comparable(JsonNode? value) =>
        value is JsonValue single && single.GetValueKind() == JsonValueKind.Number && single.TryGetValue<decimal>(out var number)
            ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value?.ToJsonString() ?? "";
}
