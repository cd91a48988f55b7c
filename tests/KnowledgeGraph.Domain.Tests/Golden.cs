using System.Runtime.CompilerServices;

namespace KnowledgeGraph.Domain.Tests;

/// <summary>Files under review: a test compares with them, and with UPDATE_GOLDEN=1 in the environment writes them anew, to be looked at in the diff.</summary>
public static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = FileOf(name, caller);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual + "\n");
        }

        Assert.Equal(Read(name, caller), actual);
    }

    public static string Read(string name, [CallerFilePath] string caller = "") => File.ReadAllText(FileOf(name, caller)).TrimEnd('\n');

    private static string FileOf(string name, string caller) => Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
}
