using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>What a value of a fact holds.</summary>
public enum ValueKind
{
    Text,
    Number,
    TextList,
}

/// <summary>One role of a fact type.</summary>
/// <param name="Name">As in the ontology and in JSON.</param>
/// <param name="IsCore">Whether two facts can be the same only where it agrees.</param>
/// <param name="IsMany">Always a list in JSON (a deal's parties); other roles are a list only where several entities share them.</param>
public sealed record RoleSchema(string Name, bool IsCore, bool IsMany = false);

/// <summary>One value of a fact type.</summary>
public sealed record ValueSchema(string Name, ValueKind Kind, bool IsCore);

/// <summary>
/// The fact contract as a table: which roles and values each of the 17 types has, and which of them are its core. The same table drives
/// ids, the mapping between facts and events, and the check of every fact before it is recorded. Source: the project's ontology.
/// </summary>
public sealed record FactSchema(string Type, IReadOnlyList<RoleSchema> Roles, IReadOnlyList<ValueSchema> Values)
{
    private readonly FrozenDictionary<string, RoleSchema> roles = Roles.ToFrozenDictionary(role => role.Name);
    private readonly FrozenDictionary<string, ValueSchema> values = Values.ToFrozenDictionary(value => value.Name);

    public static IReadOnlyList<FactSchema> All { get; } =
    [
        Of("ModelReleased", "model* developer*", "stage parameters# activeParameters# license modalities[]"),
        Of("ProductLaunched", "product* company*", "category stage"),
        Of("ChipAnnounced", "chip* maker*", "stage"),
        Of("CapabilityReported", "subject*", "metric value*# low# high# unit currency benchmark* comparedTo"),
        Of("LineageReported", "subject* base*", "relation*"),
        Of("EarningsReported", "company*", "metric* segment* period* amount*# low# high# percent*# currency yoyPercent*# qoqPercent# momPercent# consensus# previous#"),
        Of("ForecastIssued", "issuer* subject*", "metric* period* amount*# low*# high*# percent*# currency unit segment yoyPercent# qoqPercent# consensus# previous#"),
        Of("RatingIssued", "broker* subject*", "rating* action"),
        Of("PriceChanged", "subject*", "instrument* period* changePercent*# price*# low# high# previousPrice# currency unit item ytdPercent# relativePoints#"),
        Of("ValuationReported", "subject* by", "metric* value*# low# high# currency period"),
        Of("MetricReported", "subject*", "metric* value*# low# high# unit currency period* yoyPercent*# qoqPercent# momPercent# previous#"),
        Of("FundingRaised", "company* investors", "amount*# low# high# currency round valuation# stakePercent#"),
        Of("ListingChanged", "company* venue*", "kind*"),
        Of("DealAnnounced", "parties*[] customer supplier investor target", "kind* amount*# low# high# currency capacity term stakePercent#"),
        Of("AvailabilityChanged", "subject* by affected", "change* region"),
        Of("PolicyIssued", "issuer*", "title* jurisdiction"),
        Of("PersonMoved", "person* from to", "kind* title"),
    ];

    private static readonly FrozenDictionary<string, FactSchema> ByType = All.ToFrozenDictionary(schema => schema.Type);

    public static FactSchema For(string type) =>
        Find(type) ?? throw new ArgumentException($"'{type}' is not a fact type.", nameof(type));

    public static FactSchema? Find(string type) => ByType.GetValueOrDefault(type);

    public RoleSchema? Role(string name) => roles.GetValueOrDefault(name);

    public ValueSchema? Value(string name) => values.GetValueOrDefault(name);

    /// <summary>What is wrong with a fact's names and value kinds, or null: unknown role or value, a role without entity, no evidence.</summary>
    public string? Check(Fact fact) => Check(fact.Roles, fact.Values) ?? (fact.Evidence.Count == 0 ? $"{Type} has no evidence" : null);

    /// <summary>What is wrong with the names and value kinds of a fact in the making, whatever its roles hold, or null.</summary>
    public string? Check<T>(IReadOnlyDictionary<string, IReadOnlyList<T>> roles, IReadOnlyDictionary<string, JsonNode> values)
    {
        foreach (var (name, holders) in roles)
        {
            if (Role(name) is null)
                return $"{Type} has no role '{name}'";
            if (holders.Count == 0)
                return $"{Type}: role '{name}' is empty";
        }

        foreach (var (name, node) in values)
        {
            if (Value(name) is not { } value)
                return $"{Type} has no value '{name}'";
            var kind = node.GetValueKind();
            var agrees = value.Kind switch
            {
                ValueKind.Number => kind == System.Text.Json.JsonValueKind.Number,
                ValueKind.Text => kind == System.Text.Json.JsonValueKind.String,
                _ => kind == System.Text.Json.JsonValueKind.Array,
            };
            if (!agrees)
                return $"{Type}: value '{name}' is a {kind}, not a {value.Kind}";
        }

        return null;
    }

    // "name" text, "name#" number, "name[]" list; '*' marks the core.
    private static FactSchema Of(string type, string roles, string values) => new(
        type,
        [.. Split(roles).Select(r => new RoleSchema(Bare(r), r.Contains('*', StringComparison.Ordinal), r.EndsWith("[]", StringComparison.Ordinal)))],
        [
            .. Split(values).Select(v => new ValueSchema(
                Bare(v),
                v.EndsWith('#') ? ValueKind.Number : v.EndsWith("[]", StringComparison.Ordinal) ? ValueKind.TextList : ValueKind.Text,
                v.Contains('*', StringComparison.Ordinal))),
            new ValueSchema("bound", ValueKind.Text, IsCore: false),
            new ValueSchema("calendarPeriod", ValueKind.Text, IsCore: false),
        ]);

    private static string[] Split(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Bare(string name) => name.Replace("[]", "", StringComparison.Ordinal).Trim('*', '#');
}
