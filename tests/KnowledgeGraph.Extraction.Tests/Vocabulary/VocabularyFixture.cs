using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

/// <summary>A small vocabulary of a test's own, in a folder of its own.</summary>
internal sealed class VocabularyFixture : IDisposable
{
    public const string Markets = """
        - { id: US, currency: USD, suffixes: [O, N, US], spaced: [US] }
        - { id: HK, currency: HKD, suffixes: [HK], spaced: [HK], digits: 5 }
        - { id: TW, currency: TWD, suffixes: [TW], spaced: [TT] }
        """;

    public VocabularyFixture(params (string File, string Yaml)[] files)
    {
        Folder = Directory.CreateTempSubdirectory("vocabulary-").FullName;
        foreach (var (file, yaml) in files.Prepend(("markets.yaml", Markets)))
            File.WriteAllText(Path.Combine(Folder, file), yaml);
    }

    public string Folder { get; }

    public static VocabularyIndex Index(params (string File, string Yaml)[] files)
    {
        using var fixture = new VocabularyFixture(files);
        return VocabularyIndex.Load(fixture.Folder);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
