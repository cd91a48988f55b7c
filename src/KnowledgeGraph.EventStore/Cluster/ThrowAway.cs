using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>Clusters that end with their process. See <see cref="PostgresCluster"/> for the reasoning.</summary>
public static class ThrowAway
{
    private const string Prefix = "kg-throwaway-";

    // What waits on the pipe. Kept reachable: a collected Process would close the pipe.
    private static readonly List<Process> Watchers = [];

    /// <summary>A fresh folder's name in the temporary folder, which an unprivileged user can reach.</summary>
    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");

    /// <summary>Stops and deletes what killed processes have left in the temporary folder; returns how many.</summary>
    public static async Task<int> ReapAsync(ILogger logger, CancellationToken ct)
    {
        var reaped = 0;
        foreach (var path in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            using var folder = ClusterFolder.TakeLeftBehind(path);
            if (folder is null)
                continue;

            var binaries = await PostgresBinaries.FindAsync(folder.ClusterVersion(), ct);
            await new ClusterServer(folder, binaries, ServerUser.Find(), logger).TakeOverAsync(ct);
            Directory.Delete(path, recursive: true);
            reaped++;
        }

        return reaped;
    }

    // Ignores the signals that a terminal sends to the whole group. Works from "/": the folder it deletes is no place to stand in.
    internal static void Watch(ClusterFolder folder, PostgresBinaries binaries, ServerUser user)
    {
        const string script = """
            trap '' INT TERM HUP
            read -r _
            "$1" stop -D "$2/data" -m immediate -s -w -t 20
            rm -rf "$2"
            """;
        var watcher = Command.StartTied(
            user.Run("/bin/sh", "-c", "{ " + script + "\n} > /dev/null 2>&1", "sh", binaries.Program("pg_ctl"), folder.Path), "/");
        lock (Watchers)
            Watchers.Add(watcher);
    }
}
