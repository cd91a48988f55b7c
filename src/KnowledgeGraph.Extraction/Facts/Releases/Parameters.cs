using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Sizes of a model that stand behind its release: 总参数3,970亿、激活170亿; 119B-parameter with 6.5B active.</summary>
public static class Parameters
{
    private static readonly string[] Active = ["激活", "active", "活跃参数", "fires"];

    public static (JsonNode? Total, JsonNode? Active) After(Sentence sentence, int from)
    {
        decimal? total = null, active = null;
        foreach (var size in sentence.All<QuantityValue>().Where(q => q.Start >= from && q.Unit == "parameters"))
        {
            // Ultra 参数量 5,000 亿 behind a list of three: the size of the one named beside it.
            if (sentence.All<Name>().Any(name => name.Start > from && name.End <= size.Start && size.Start - name.End <= 6 && NameKinds.IsEdition(name.Text)))
                continue;
            var isActive = sentence.Contains(Active, Math.Max(sentence.Start, size.Start - 8), Math.Min(sentence.End, size.End + 16)) && (total is not null || sentence.Contains(Active, Math.Max(sentence.Start, size.Start - 6), size.Start));
            if (isActive)
                active ??= size.Amount;
            else
                total ??= size.Amount;
        }

        return (total is { } t ? JsonValue.Create(t) : null, active is { } a ? JsonValue.Create(a) : null);
    }
}

/// <summary>Licences by their usual names.</summary>
public static class Licenses
{
    private static readonly (string Word, string Name)[] Known =
    [
        ("Apache 2.0", "Apache 2.0"), ("Apache2.0", "Apache 2.0"), ("Apache-2.0", "Apache 2.0"), ("MIT", "MIT"), ("CC BY", "CC BY"), ("GPL", "GPL"), ("BSD", "BSD"),
    ];

    /// <summary>Whether a name is that of a licence (开源 Apache2.0 协议).</summary>
    public static bool IsOne(string name) => Known.Any(licence => name.StartsWith(licence.Word, StringComparison.OrdinalIgnoreCase)) || name.StartsWith("Apache", StringComparison.Ordinal);

    public static JsonNode? In(Sentence sentence) => Named(Known.FirstOrDefault(licence => sentence.Contains([licence.Word], sentence.Start, sentence.End)).Name);

    /// <summary>The licence that a cell of a table names.</summary>
    public static JsonNode? In(string cell) => Named(Known.FirstOrDefault(licence => cell.Contains(licence.Word, StringComparison.OrdinalIgnoreCase)).Name);

    private static JsonNode? Named(string? name) => name is null ? null : JsonValue.Create(name);
}
