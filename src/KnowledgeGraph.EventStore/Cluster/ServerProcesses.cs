using System.Globalization;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>
/// The processes of a cluster, known by their working directory: every process of PostgreSQL works in its data folder. A number in
/// postmaster.pid alone proves nothing, it may belong to another program by now.
/// </summary>
internal static class ServerProcesses
{
    public static IReadOnlyList<int> In(string data)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && WorkingDirectory(folder) == data)
                found.Add(pid);
        }

        return found;
    }

    /// <summary>The number in postmaster.pid; null where there is no such file.</summary>
    public static int? Postmaster(string data)
    {
        try
        {
            var first = File.ReadLines(Path.Combine(data, "postmaster.pid")).FirstOrDefault();
            return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? WorkingDirectory(string process)
    {
        try
        {
            return Directory.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
