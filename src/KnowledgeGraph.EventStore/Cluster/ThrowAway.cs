using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>Clusters that end with their process. See <see cref="PostgresCluster"/> for the reasoning.</summary>
public static class ThrowAway
{
    private const string Prefix = "kg-throwaway-";

    // What waits on the pipe. Kept reachable: a collected Process would close the pipe.
    private static readonly List<Process> Watchers = [];

    /// <summary>A fresh folder's name in the temporary folder, which an unprivileged user can reach.</summary>
    public static string NewFolder() => FolderOf(Environment.ProcessId);

    internal static string FolderOf(int process) =>
        Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{process}-{Guid.NewGuid():N}"));

    /// <summary>Stops and deletes what killed processes have left in the temporary folder; returns how many.</summary>
    public static async Task<int> ReapAsync(ILogger logger, CancellationToken ct)
    {
        var reaped = 0;
        foreach (var path in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*").Where(path => !IsMakerAlive(path)))
        {
            using var folder = ClusterFolder.TakeLeftBehind(path);
            if (folder is not null && await ReapAsync(folder, logger, ct))
                reaped++;
        }

        return reaped;
    }

    private static async Task<bool> ReapAsync(ClusterFolder folder, ILogger logger, CancellationToken ct)
    {
        try
        {
            var binaries = await PostgresBinaries.FindAsync(folder.ClusterVersion(), ct);
            await new ClusterServer(folder, binaries, ServerUser.Find(), logger).TakeOverAsync(ct);
            Directory.Delete(folder.Path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is ClusterException or IOException or UnauthorizedAccessException)
        {
            // Another version's, another user's, or its own watcher is deleting it at this moment.
            Log.ReapFailed(logger, folder.Path, e);
            return false;
        }
    }

    // A maker that lives may not have come to lock its folder yet. A number used again only puts the reaping off.
    private static bool IsMakerAlive(string path) =>
        Directory.Exists("/proc/" + Path.GetFileName(path)[Prefix.Length..].Split('-')[0]);

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
