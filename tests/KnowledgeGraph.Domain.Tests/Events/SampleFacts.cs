using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Domain.Tests.Events;

/// <summary>Facts of every type, made from the schema: each role and each value filled, or a random part of them.</summary>
public static class SampleFacts
{
    private static readonly string[] Slugs = ["amd", "deepseek", "智谱", "台積電", "openai", "kling-2.5"];

    public static string ReportId { get; } = new('a', 64);

    /// <summary>The fact of a type that has all that the type can have.</summary>
    public static Fact Full(FactSchema schema) => Build(
        schema,
        ReportId,
        schema.Roles.ToDictionary(role => role.Name, role => Full(role), StringComparer.Ordinal),
        schema.Values.ToDictionary(value => value.Name, Full, StringComparer.Ordinal),
        "2026-05-20",
        FactStatus.Reported,
        [new Evidence("英伟达营收 816 亿美元", 10, 23), new Evidence("营收达 816 亿", 140, 148)]);

    /// <summary>Random facts with different ids, whose quotes are random slices of the text.</summary>
    public static IReadOnlyList<Fact> Random(Random random, string reportId, string text, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => Random(random, reportId, text)).DistinctBy(fact => fact.Id).OrderBy(fact => fact.Evidence[0].Start),
    ];

    private static Fact Random(Random random, string reportId, string text)
    {
        var schema = FactSchema.All[random.Next(FactSchema.All.Count)];
        var when = random.Next(5) switch { 0 => null, 1 => "2026", 2 => "2026-Q2", 3 => "2026-05", _ => $"2026-05-{random.Next(1, 29):D2}" };
        var roles = schema.Roles.Where(role => random.Next(3) > 0)
            .ToDictionary(role => role.Name, IReadOnlyList<Entity> (role) => [.. Enumerable.Range(0, role.IsMany ? 2 : 1).Select(_ => RandomEntity(random, role.Name))], StringComparer.Ordinal);
        var values = schema.Values.Where(_ => random.Next(3) > 0).ToDictionary(value => value.Name, value => RandomValue(random, value), StringComparer.Ordinal);
        var start = Whole(text, random.Next(text.Length));
        var end = Whole(text, random.Next(start, text.Length) + 1);
        return Build(schema, reportId, roles, values, when, (FactStatus)random.Next(5), [new Evidence(text[start..end], start, end)]);
    }

    private static Fact Build(
        FactSchema schema,
        string reportId,
        IReadOnlyDictionary<string, IReadOnlyList<Entity>> roles,
        IReadOnlyDictionary<string, JsonNode> values,
        string? when,
        FactStatus status,
        IReadOnlyList<Evidence> evidence) => new()
        {
            Id = FactId.Of(reportId, schema.Type, roles, values),
            Type = schema.Type,
            Roles = roles,
            When = when,
            Status = status,
            Values = values,
            Attribution = ["新浪财经"],
            Evidence = evidence,
            Rule = "zh/sample/rule",
        };

    private static IReadOnlyList<Entity> Full(RoleSchema role)
    {
        var one = new Entity { Id = EntityId.FromName(KindOf(role.Name), "nvidia"), Name = "英伟达", Aliases = ["英伟达", "NVIDIA", "NVDA.O"] };
        return role.IsMany ? [one, new Entity { Id = EntityId.FromName(EntityKind.Company, "智谱"), Name = "智谱", Aliases = ["智谱"] }] : [one];
    }

    private static JsonNode Full(ValueSchema value) => value.Kind switch
    {
        ValueKind.Number => JsonValue.Create(81600000000.25m),
        ValueKind.Text => JsonValue.Create($"{value.Name} 值"),
        _ => new JsonArray("text", "image"),
    };

    private static Entity RandomEntity(Random random, string role)
    {
        var slug = Slugs[random.Next(Slugs.Length)];
        var name = random.Next(3) == 0 ? slug.ToUpperInvariant() : slug;
        return new Entity { Id = EntityId.FromName(KindOf(role), slug), Name = name, Aliases = [name, $"{slug}-{random.Next(4)}"] };
    }

    private static JsonNode RandomValue(Random random, ValueSchema value) => value.Kind switch
    {
        ValueKind.Number => JsonValue.Create(random.Next(-100_000, 100_000) / 100m),
        ValueKind.Text => JsonValue.Create($"{value.Name}-{random.Next(20)}"),
        _ => new JsonArray("text", $"m{random.Next(4)}"),
    };

    // The place itself, or the next where it would part a surrogate pair.
    private static int Whole(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;

    private static string KindOf(string role) => role switch
    {
        "model" => EntityKind.Model,
        "product" => EntityKind.Product,
        "chip" => EntityKind.Chip,
        "person" => EntityKind.Person,
        _ => EntityKind.Company,
    };
}
