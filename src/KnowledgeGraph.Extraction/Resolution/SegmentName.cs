using System.Collections.Frozen;
using System.Security.Cryptography;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>
/// Names of parts of a business: 数据中心, 数据中心业务, 数据中心收入 and Data Center are one part. Which names are one is what the vocabulary says, as of
/// when this was built: what was recorded under a name does not change with it, what is derived from that is derived anew.
/// </summary>
public static class SegmentName
{
    private const string Resource = "segments.yaml";

    private static readonly string[] Words = ["业务", "收入", "部门", "分部", " segment", " business", " division"];

    private static readonly FrozenDictionary<string, string> Parts = Read();

    /// <summary>Another one for another vocabulary.</summary>
    public static string Version { get; } = ReadVersion();

    /// <summary>The name without the words that only say that it is one.</summary>
    public static string Bare(string segment) => Words.Aggregate(
        segment, (name, word) => name.Length > word.Length && name.EndsWith(word, StringComparison.OrdinalIgnoreCase) ? name[..^word.Length] : name);

    /// <summary>The name of the part that a name means, folded: the vocabulary's, or for a part that it does not know the bare name.</summary>
    public static string PartOf(string segment) => Parts.GetValueOrDefault(KeyOf(segment)) ?? Folded(segment);

    private static string Folded(string segment) => Folding.Fold(Bare(segment.Trim())).Trim().ToLowerInvariant();

    private static string KeyOf(string segment) => NameKey.Of(Folded(segment));

    // A name that two parts have in common means neither.
    private static FrozenDictionary<string, string> Read()
    {
        using var reader = new StreamReader(Open());
        return VocabularyReader.Read(reader, Resource)
            .SelectMany(entry => entry.Many("aliases").Prepend(entry.One("name")!).Select(alias => (Key: KeyOf(alias), Part: Folded(entry.One("name")!))))
            .Distinct()
            .GroupBy(name => name.Key, name => name.Part)
            .Where(parts => parts.Count() == 1)
            .ToFrozenDictionary(parts => parts.Key, parts => parts.Single(), StringComparer.Ordinal);
    }

    private static string ReadVersion()
    {
        using var yaml = Open();
        return Convert.ToHexStringLower(SHA256.HashData(yaml))[..8];
    }

    private static Stream Open() => typeof(SegmentName).Assembly.GetManifestResourceStream(Resource)!;
}
