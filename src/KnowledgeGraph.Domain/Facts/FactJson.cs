using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>A fact as the ontology writes it: camelCase names, entities as objects, the first evidence as quote, start and end.</summary>
public static class FactJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject ToJson(Fact fact)
    {
        var schema = FactSchema.For(fact.Type);
        var roles = new JsonObject();
        foreach (var role in schema.Roles)
        {
            if (fact.Roles.TryGetValue(role.Name, out var entities))
                roles[role.Name] = entities.Count == 1 && !role.IsMany ? ToJson(entities[0]) : new JsonArray([.. entities.Select(ToJson)]);
        }

        var values = new JsonObject();
        foreach (var value in schema.Values)
        {
            if (fact.Values.TryGetValue(value.Name, out var node))
                values[value.Name] = node.DeepClone();
        }

        var json = new JsonObject
        {
            ["id"] = fact.Id.ToString(),
            ["type"] = fact.Type,
            ["roles"] = roles,
            ["when"] = fact.When,
            ["status"] = StatusName(fact.Status),
            ["values"] = values,
            ["attribution"] = new JsonArray([.. fact.Attribution.Select(name => (JsonNode)name)]),
            ["quote"] = fact.Evidence[0].Quote,
            ["start"] = fact.Evidence[0].Start,
            ["end"] = fact.Evidence[0].End,
            ["rule"] = fact.Rule,
        };
        if (fact.ValueStates.Count > 0)
            json["valueStates"] = new JsonObject(fact.ValueStates.OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => KeyValuePair.Create(state.Key, (JsonNode?)state.Value)));
        if (fact.Standing != FactStanding.Unchecked)
            json["standing"] = fact.Standing.ToString().ToLowerInvariant();
        if (fact.IsCorrected)
            json["corrected"] = true;
        if (fact.Evidence.Count > 1)
        {
            json["mentions"] = new JsonArray([.. fact.Evidence.Skip(1).Select(
                evidence => new JsonObject { ["quote"] = evidence.Quote, ["start"] = evidence.Start, ["end"] = evidence.End })]);
        }

        return json;
    }

    /// <summary>The fact that <see cref="ToJson(Fact)"/> wrote.</summary>
    public static Fact FromJson(JsonObject json) => new()
    {
        Id = json["id"]!.GetValue<Guid>(),
        Type = json["type"]!.GetValue<string>(),
        Roles = json["roles"]!.AsObject().ToDictionary(
            role => role.Key, IReadOnlyList<Entity> (role) => [.. (role.Value as JsonArray ?? [role.Value!.DeepClone()]).Select(entity => entity.Deserialize<Entity>(Options)!)], StringComparer.Ordinal),
        When = json["when"]?.GetValue<string>(),
        Status = Enum.Parse<FactStatus>(json["status"]!.GetValue<string>(), ignoreCase: true),
        Values = json["values"]!.AsObject().ToDictionary(value => value.Key, value => value.Value!.DeepClone(), StringComparer.Ordinal),
        ValueStates = json["valueStates"]?.AsObject().ToDictionary(state => state.Key, state => state.Value!.GetValue<string>(), StringComparer.Ordinal) ?? [],
        Standing = json["standing"] is { } standing ? Enum.Parse<FactStanding>(standing.GetValue<string>(), ignoreCase: true) : FactStanding.Unchecked,
        IsCorrected = json["corrected"] is not null,
        Attribution = json["attribution"].Deserialize<List<string>>(Options)!,
        Evidence = [Place(json), .. (json["mentions"] as JsonArray ?? []).Select(mention => Place(mention!))],
        Rule = json["rule"]!.GetValue<string>(),
    };

    public static string StatusName(FactStatus status) => status switch
    {
        FactStatus.Reported => "reported",
        FactStatus.Announced => "announced",
        FactStatus.Forecast => "forecast",
        FactStatus.Rumored => "rumored",
        FactStatus.Denied => "denied",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static Evidence Place(JsonNode json) => new(json["quote"]!.GetValue<string>(), json["start"]!.GetValue<int>(), json["end"]!.GetValue<int>());

    private static JsonObject ToJson(Entity entity) => new()
    {
        ["id"] = entity.Id.ToString(),
        ["name"] = entity.Name,
        ["aliases"] = new JsonArray([.. entity.Aliases.Select(alias => (JsonNode)alias)]),
    };
}
