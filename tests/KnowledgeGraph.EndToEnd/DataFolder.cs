using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace KnowledgeGraph.EndToEnd;

/// <summary>
/// A throw-away folder for a host's embedded cluster, which several hosts may use one after the other. Disposing it stops the database that
/// a killed host left behind.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OpenToAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // Started as root the cluster runs as another user, who has to be let in.
    public DataFolder() => Directory.CreateDirectory(Path, OpenToAll);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"kg-end-to-end-{Guid.NewGuid():N}");

    /// <summary>Process id of the cluster's server; null where none runs.</summary>
    public int? ServerProcess => Directory.EnumerateFiles(Path, "postmaster.pid", SearchOption.AllDirectories)
        .Select(file => (int?)int.Parse(File.ReadLines(file).First(), System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault(id => Signals.IsRunning(id!.Value));

    public string ServiceNote => System.IO.Path.Combine(Path, "service.json");

    public void Dispose()
    {
        if (ServerProcess is { } server)
        {
            using var process = System.Diagnostics.Process.GetProcessById(server);
            Signals.SendQuit(server);
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }

        Directory.Delete(Path, recursive: true);
    }
}
