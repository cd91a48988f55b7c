using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>
/// The folder of one cluster, held by one host. <c>data</c> is PostgreSQL's own, <c>password</c> (0600) the generated password,
/// <c>server.log</c> the server's output, <c>host.lock</c> the file that the host keeps locked: the kernel drops the lock with the process,
/// however it ends, so there is no stale lock. <c>host.pid</c> is for the message to a second instance alone.
/// </summary>
internal sealed class ClusterFolder : IDisposable
{
    private readonly FileStream hostLock;

    private ClusterFolder(string path, FileStream hostLock)
    {
        Path = path;
        this.hostLock = hostLock;
    }

    /// <summary>Its real path, free of links: processes are recognised by it.</summary>
    public string Path { get; }

    /// <summary>Whether it lies elsewhere than asked.</summary>
    public bool IsElsewhere { get; private init; }

    public string Data => In("data");

    public string Password => In("password");

    public string Log => In("server.log");

    /// <summary>
    /// Takes the folder, or, where the server's user cannot reach it (a checkout under a folder that only root may enter), one in
    /// /var/lib, named after it, which the next start finds again.
    /// </summary>
    /// <exception cref="ClusterException">Another live host holds it.</exception>
    public static async Task<ClusterFolder> TakeAsync(string wanted, ServerUser user, CancellationToken ct)
    {
        wanted = System.IO.Path.GetFullPath(wanted);
        foreach (var path in new[] { wanted, Elsewhere("/var/lib", wanted), Elsewhere(System.IO.Path.GetTempPath(), wanted) })
        {
            if (!await PrepareAsync(path, user, ct))
                continue;

            var real = (await Command.RunAsync(["readlink", "-f", path], "/", ct)).Output.TrimEnd('\n');
            return new ClusterFolder(real, Lock(real)) { IsElsewhere = path != wanted };
        }

        throw new ClusterException($"Neither {wanted} nor a folder in /var/lib can be reached and written by {user.Name}.");
    }

    /// <summary>Takes a folder that a former host has left; null where a live one holds it or it is none of ours.</summary>
    public static ClusterFolder? TakeLeftBehind(string path)
    {
        var file = System.IO.Path.Combine(path, "host.lock");
        if (!File.Exists(file))
            return null;
        try
        {
            return new ClusterFolder(path, new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The major version of the cluster in it; null where there is none yet.</summary>
    public int? ClusterVersion() => File.Exists(System.IO.Path.Combine(Data, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(System.IO.Path.Combine(Data, "PG_VERSION")), CultureInfo.InvariantCulture)
        : null;

    public void Dispose() => hostLock.Dispose();

    private static string Elsewhere(string parent, string wanted) => System.IO.Path.Combine(
        parent, "kg-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12]);

    private static async Task<bool> PrepareAsync(string path, ServerUser user, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The embedded PostgreSQL needs a Unix.");

        try
        {
            if (!Directory.Exists(path))
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        await user.OwnAsync(path, ct);
        return await user.CanWriteAsync(path, ct);
    }

    // The number stands in a file beside: .NET takes a shared lock to read, which the host's own excludes.
    private static FileStream Lock(string path)
    {
        var holder = System.IO.Path.Combine(path, "host.pid");
        try
        {
            var stream = new FileStream(System.IO.Path.Combine(path, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return stream;
        }
        catch (IOException e)
        {
            var pid = File.Exists(holder) ? File.ReadAllText(holder) : "unknown";
            throw new ClusterException($"{path} is in use by another instance (process {pid}).", e);
        }
    }
}
