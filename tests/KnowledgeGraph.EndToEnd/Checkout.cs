namespace KnowledgeGraph.EndToEnd;

/// <summary>Places in the project's own folder.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Seeds => Path.Combine(Root, "seeds", "reports");

    /// <summary>The host as it was built beside these tests, in the same configuration.</summary>
    public static string Host { get; } = Path.Combine(
        Root, "src", "KnowledgeGraph.Api", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!, "net10.0", "KnowledgeGraph.Api.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KnowledgeGraph.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No KnowledgeGraph.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
