using System.Globalization;
using KnowledgeGraph.Domain.Values;
using YamlDotNet.RepresentationModel;

namespace KnowledgeGraph.Extraction.Tests.Facts;

/// <summary>A text of a corpus and what it must yield; <c>Line</c> is where it stands in its file.</summary>
internal sealed record CorpusExample(int Line, string Text, PartialDate? Date, string? Publisher, IReadOnlyList<YamlMappingNode> Facts);

/// <summary>Reads <c>Corpus.yaml</c> of every folder under the extractor's Facts.</summary>
internal static class CorpusFile
{
    public static IReadOnlyDictionary<string, IReadOnlyList<CorpusExample>> LoadAll()
    {
        var folder = Path.Combine(Originals.Root(), "src", "KnowledgeGraph.Extraction", "Facts");
        return Directory.EnumerateFiles(folder, "Corpus.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileName(Path.GetDirectoryName(path))!, Load, StringComparer.Ordinal);
    }

    private static IReadOnlyList<CorpusExample> Load(string path)
    {
        using var reader = new StreamReader(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Cast<YamlMappingNode>().Select(node => Example(node, path))];
    }

    private static CorpusExample Example(YamlMappingNode node, string path)
    {
        var line = (int)node.Start.Line;
        var facts = node.Children.TryGetValue("facts", out var list) ? (YamlSequenceNode)list : throw new FormatException($"{path}:{line.ToString(CultureInfo.InvariantCulture)}: no 'facts'");
        return new CorpusExample(
            line, Scalar(node, "text") ?? throw new FormatException($"{path}:{line.ToString(CultureInfo.InvariantCulture)}: no 'text'"),
            Scalar(node, "date") is { } date ? PartialDate.Parse(date) : null, Scalar(node, "publisher"), [.. facts.Cast<YamlMappingNode>()]);
    }

    private static string? Scalar(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;
}
