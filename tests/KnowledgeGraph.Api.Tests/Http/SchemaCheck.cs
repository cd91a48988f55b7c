using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Http;

/// <summary>Holds a value against a schema of the OpenAPI document: as much of JSON Schema as the document uses, and an error for more.</summary>
public sealed class SchemaCheck(JsonNode document)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "oneOf", "description", "format", "minimum", "maximum", "minLength",
        "maxLength", "default", "example",
    ];

    /// <summary>What does not fit, each with its path; empty for a value that fits.</summary>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string path = "$")
    {
        if (schema.AsObject().FirstOrDefault(pair => !Known.Contains(pair.Key)).Key is { } unknown)
            throw new NotSupportedException($"{path}: '{unknown}' is no keyword that this check knows.");
        if (schema["$ref"]?.ToString() is { } reference)
            return Faults(value, Resolve(reference), path);
        if (schema["oneOf"] is JsonArray choices)
            return choices.Any(choice => !Faults(value, choice!, path).Any()) ? [] : [$"{path}: fits none of the choices"];
        if (!FitsType(value, schema["type"]))
            return [$"{path}: {value?.ToJsonString() ?? "null"} is no {schema["type"]!.ToJsonString()}"];
        if (schema["enum"] is JsonArray words && value is not null && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return [$"{path}: {value.ToJsonString()} is none of {words.ToJsonString()}"];
        return value switch
        {
            JsonObject members => FaultsOfMembers(members, schema, path),
            JsonArray items when schema["items"] is { } each => items.SelectMany((item, i) => Faults(item, each, $"{path}[{i}]")),
            _ => [],
        };
    }

    private JsonNode Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (node, name) => node[name] ?? throw new KeyNotFoundException(reference));

    private IEnumerable<string> FaultsOfMembers(JsonObject members, JsonNode schema, string path)
    {
        foreach (var missing in (schema["required"]?.AsArray() ?? []).Where(name => !members.ContainsKey(name!.ToString())))
            yield return $"{path}: '{missing}' is missing";
        foreach (var (name, member) in members)
        {
            var declared = schema["properties"]?[name] ?? schema["additionalProperties"] ?? true;
            if (declared is JsonValue)
            {
                if (!declared.GetValue<bool>())
                    yield return $"{path}: '{name}' is not declared";
                continue;
            }

            foreach (var fault in Faults(member, declared, $"{path}.{name}"))
                yield return fault;
        }
    }

    private static bool FitsType(JsonNode? value, JsonNode? type) => type switch
    {
        null => true,
        JsonArray types => types.Any(one => FitsType(value, one)),
        _ => (type.ToString(), value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("null", JsonValueKind.Null) => true,
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("string", JsonValueKind.String) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => !value!.ToJsonString().AsSpan().ContainsAny('.', 'e'),
            _ => false,
        },
    };
}
