namespace KnowledgeGraph.Extraction.Tests;

/// <summary>Finds the reports that are no part of the project; tests on them are skipped where they are missing.</summary>
internal static class Originals
{
    public static string Find(string relative)
    {
        var path = Path.Combine(Root(), "..", "shared", relative);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), "no originals");
        return path;
    }

    public static string Report(string number)
    {
        var folder = Find("reports");
        return Directory.EnumerateFiles(folder, number + "_*").Single();
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KnowledgeGraph.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The solution's root is not above the test's folder.");
    }
}
