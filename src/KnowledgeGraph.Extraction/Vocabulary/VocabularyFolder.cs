namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>Where the vocabulary's files are.</summary>
public static class VocabularyFolder
{
    public const string Variable = "KG_VOCABULARY";

    /// <summary>
    /// The folder that <c>KG_VOCABULARY</c> names; without it the nearest <c>seeds/vocabulary</c> upwards of the program and then of the working directory.
    /// </summary>
    /// <exception cref="VocabularyException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return Directory.Exists(given) ? given : throw new VocabularyException($"{Variable} names '{given}', which is no folder.");

        return Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
            ?? throw new VocabularyException($"No seeds/vocabulary above '{AppContext.BaseDirectory}' or the working directory; set {Variable}.");
    }

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "seeds", "vocabulary");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
