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
        if (fact.Evidence.Count > 1)
        {
            json["mentions"] = new JsonArray([.. fact.Evidence.Skip(1).Select(
                evidence => new JsonObject { ["quote"] = evidence.Quote, ["start"] = evidence.Start, ["end"] = evidence.End })]);
        }

        return json;
    }

    public static string StatusName(FactStatus status) => status switch
    {
        FactStatus.Reported => "reported",
        FactStatus.Announced => "announced",
        FactStatus.Forecast => "forecast",
        FactStatus.Rumored => "rumored",
        FactStatus.Denied => "denied",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static JsonObject ToJson(Entity entity) => new()
    {
        ["id"] = entity.Id.ToString(),
        ["name"] = entity.Name,
        ["aliases"] = new JsonArray([.. entity.Aliases.Select(alias => (JsonNode)alias)]),
    };
}
