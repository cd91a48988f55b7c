using System.Text.Json;
using System.Text.Json.Serialization;

namespace KnowledgeGraph.Domain.Entities;

/// <summary>The kinds of entity; the part of an id before the slash.</summary>
public static class EntityKind
{
    public const string Company = "company";
    public const string Model = "model";
    public const string Chip = "chip";
    public const string Product = "product";
    public const string Person = "person";
    public const string Organisation = "organisation";
    public const string Index = "index";
    public const string Publisher = "publisher";

    /// <summary>An industry that a report rates as a whole (互联网).</summary>
    public const string Sector = "sector";

    /// <summary>A traded thing that is neither share nor index (比特币).</summary>
    public const string Asset = "asset";

    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal) { Company, Model, Chip, Product, Person, Organisation, Index, Publisher, Sector, Asset };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IReadOnlySet<string> All => Kinds;

    /// <summary>The kind of that name; null where there is none.</summary>
    internal static string? Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var kind) ? kind : null;
}

/// <summary>An entity's id, <c>kind/slug</c> as <c>company/nvidia</c>. The slug keeps letters of any script; white space and punctuation become '-'.</summary>
[JsonConverter(typeof(EntityIdJsonConverter))]
public readonly record struct EntityId(string Kind, string Slug)
{
    public static EntityId Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not an entity id of the form kind/slug.");

    public static EntityId? TryParse(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0 && slash < text!.Length - 1 && EntityKind.Find(text.AsSpan(0, slash)) is { } kind
            ? new EntityId(kind, text[(slash + 1)..])
            : null;
    }

    /// <summary>The id of an entity that the vocabulary does not know, from its name with width already folded.</summary>
    /// <exception cref="ArgumentException">The name has no letter or digit.</exception>
    public static EntityId FromName(string kind, string name)
    {
        var slug = new System.Text.StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '+')
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var text = slug.ToString().Trim('-', '.');
        return text.Length > 0 ? new EntityId(kind, text) : throw new ArgumentException($"'{name}' has no letter or digit.", nameof(name));
    }

    public override string ToString() => string.Concat(Kind, "/", Slug);
}

public sealed class EntityIdJsonConverter : JsonConverter<EntityId>
{
    public override EntityId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EntityId.TryParse(reader.GetString()) ?? throw new JsonException("Not an entity id of the form kind/slug.");

    public override void Write(Utf8JsonWriter writer, EntityId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
