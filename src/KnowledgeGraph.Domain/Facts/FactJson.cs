using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>A fact as the ontology writes it: camelCase names, entities as objects, the first evidence as quote, start and end.</summary>
public static class FactJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject ToJson(Fact fact) => JsonNode.Parse(ToText(fact))!.AsObject();

    /// <summary>The text of <see cref="ToJson"/>, the same for the same fact.</summary>
    public static string ToText(Fact fact)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = Options.Encoder, SkipValidation = true }))
            Write(writer, fact);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Fact fact)
    {
        writer.WriteStartObject();
        writer.WriteString("id", fact.Id);
        writer.WriteString("type", fact.Type);
        WriteRoles(writer, fact);
        writer.WriteString("when", fact.When);
        writer.WriteString("status", StatusName(fact.Status));
        WriteValues(writer, fact);
        WriteTexts(writer, "attribution", fact.Attribution);
        WritePlace(writer, fact.Evidence[0]);
        writer.WriteString("rule", fact.Rule);
        WriteJudgement(writer, fact);
        if (fact.Evidence.Count > 1)
        {
            writer.WriteStartArray("mentions");
            foreach (var evidence in fact.Evidence.Skip(1))
            {
                writer.WriteStartObject();
                WritePlace(writer, evidence);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteRoles(Utf8JsonWriter writer, Fact fact)
    {
        writer.WriteStartObject("roles");
        foreach (var role in FactSchema.For(fact.Type).Roles)
        {
            if (!fact.Roles.TryGetValue(role.Name, out var entities))
                continue;
            writer.WritePropertyName(role.Name);
            var isList = role.IsMany || entities.Count != 1;
            if (isList)
                writer.WriteStartArray();
            foreach (var entity in entities)
                WriteEntity(writer, entity);
            if (isList)
                writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteEntity(Utf8JsonWriter writer, Entity entity)
    {
        writer.WriteStartObject();
        writer.WriteString("id", entity.Id.ToString());
        writer.WriteString("name", entity.Name);
        WriteTexts(writer, "aliases", entity.Aliases);
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, Fact fact)
    {
        writer.WriteStartObject("values");
        foreach (var value in FactSchema.For(fact.Type).Values)
        {
            if (!fact.Values.TryGetValue(value.Name, out var node))
                continue;
            writer.WritePropertyName(value.Name);
            node.WriteTo(writer, Options);
        }

        writer.WriteEndObject();
    }

    private static void WriteJudgement(Utf8JsonWriter writer, Fact fact)
    {
        if (fact.ValueStates.Count > 0)
        {
            writer.WriteStartObject("valueStates");
            foreach (var (name, state) in fact.ValueStates.OrderBy(state => state.Key, StringComparer.Ordinal))
                writer.WriteString(name, state);
            writer.WriteEndObject();
        }

        if (fact.Standing != FactStanding.Unchecked)
            writer.WriteString("standing", fact.Standing.ToString().ToLowerInvariant());
        if (fact.IsCorrected)
            writer.WriteBoolean("corrected", true);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter writer, Evidence evidence)
    {
        writer.WriteString("quote", evidence.Quote);
        writer.WriteNumber("start", evidence.Start);
        writer.WriteNumber("end", evidence.End);
    }

    /// <summary>The fact that <see cref="ToJson(Fact)"/> wrote.</summary>
    public static Fact FromJson(JsonObject json) => new()
    {
        Id = json["id"]!.GetValue<Guid>(),
        Type = json["type"]!.GetValue<string>(),
        Roles = json["roles"]!.AsObject().ToDictionary(
            role => role.Key, IReadOnlyList<Entity> (role) => [.. (role.Value as JsonArray ?? [role.Value!.DeepClone()]).Select(entity => entity.Deserialize<Entity>(Options)!)], StringComparer.Ordinal),
        When = json["when"]?.GetValue<string>(),
        Status = StatusOf(json["status"]!.GetValue<string>()),
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

    /// <summary>The status of that name, in any case.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FactStatus StatusOf(string name) => name switch
    {
        // As events have it; the other spellings cost a search.
        "reported" => FactStatus.Reported,
        "announced" => FactStatus.Announced,
        "forecast" => FactStatus.Forecast,
        "rumored" => FactStatus.Rumored,
        "denied" => FactStatus.Denied,
        _ => Enum.Parse<FactStatus>(name, ignoreCase: true),
    };

    private static Evidence Place(JsonNode json) => new(json["quote"]!.GetValue<string>(), json["start"]!.GetValue<int>(), json["end"]!.GetValue<int>());
}
