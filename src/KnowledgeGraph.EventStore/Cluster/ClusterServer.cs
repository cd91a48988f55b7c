using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>The server programs of one cluster folder, which the caller holds. Why each step is safe: see <see cref="PostgresCluster"/>.</summary>
internal sealed class ClusterServer(ClusterFolder folder, PostgresBinaries binaries, ServerUser user, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Leaves no process in the data folder and no postmaster.pid.</summary>
    public async Task TakeOverAsync(CancellationToken ct)
    {
        var orphans = ServerProcesses.In(folder.Data);
        if (orphans.Count > 0)
        {
            Log.ClusterTakenOver(logger, folder.Path, orphans.Count);
            if (ServerProcesses.Postmaster(folder.Data) is { } postmaster && orphans.Contains(postmaster))
                await StopServerAsync("fast", ct);
            await KillRemainingAsync(ct);
        }

        if (Directory.Exists(folder.Data))
            File.Delete(Path.Combine(folder.Data, "postmaster.pid"));
    }

    /// <summary>Makes the cluster where there is none.</summary>
    public async Task InitialiseAsync(string superuser, bool durable, CancellationToken ct)
    {
        if (folder.ClusterVersion() is not null)
            return;

        await WritePasswordAsync(ct);
        var fresh = folder.In("data.new");
        var failure = "";
        foreach (var locale in new[] { "C.UTF-8", "C.UTF8" })
        {
            await Command.RunAsync(user.Run("/bin/rm", "-rf", fresh), folder.Path, ct);
            var initdb = await Command.RunAsync(
                user.Run(
                    binaries.Program("initdb"), "-D", fresh, "-U", superuser, "--auth=scram-sha-256", "--pwfile", folder.Password,
                    "--encoding=UTF8", "--locale", locale, durable ? "--data-checksums" : "--no-sync"),
                folder.Path,
                ct);
            if (initdb.ExitCode == 0)
            {
                await File.AppendAllTextAsync(Path.Combine(fresh, "postgresql.conf"), "\ninclude_if_exists 'host.conf'\n", ct);
                Directory.Move(fresh, folder.Data);
                return;
            }

            failure = initdb.Output;
        }

        throw new ClusterException($"initdb failed in {folder.Path}: {failure}");
    }

    /// <summary>Starts and waits until connections are accepted.</summary>
    public async Task StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var lines = settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'");
        await File.WriteAllLinesAsync(Path.Combine(folder.Data, "host.conf"), lines, ct);

        // The shell sends pg_ctl's own words into the log as well: nothing of this start holds a pipe of the host.
        var exit = await Command.RunDetachedAsync(
            user.Run(
                "/bin/sh", "-c", "exec \"$@\" >> \"$0\" 2>&1", folder.Log,
                binaries.Program("pg_ctl"), "start", "-D", folder.Data, "-l", folder.Log, "-s", "-w", "-t", "300"),
            folder.Path,
            ct);
        if (exit != 0)
            throw new ClusterException($"The server in {folder.Path} did not start:\n{Tail()}");
    }

    public async Task StopAsync(CancellationToken ct)
    {
        await StopServerAsync("fast", ct);
        await KillRemainingAsync(ct);
    }

    private async Task StopServerAsync(string mode, CancellationToken ct) =>
        await Command.RunAsync(
            user.Run(binaries.Program("pg_ctl"), "stop", "-D", folder.Data, "-m", mode, "-s", "-w", "-t", "60"), folder.Path, ct);

    // Children of a dead postmaster end by themselves as soon as they look up from their work.
    private async Task KillRemainingAsync(CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        for (var remaining = ServerProcesses.In(folder.Data); remaining.Count > 0; remaining = ServerProcesses.In(folder.Data))
        {
            if (waited.Elapsed > Patience)
                remaining.ToList().ForEach(Kill);
            await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // Gone in the meantime.
        }
    }

    private async Task WritePasswordAsync(CancellationToken ct)
    {
        File.Delete(folder.Password);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(folder.Password, options))
            await stream.WriteAsync(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(40, lowercase: true)), ct);

        await user.OwnAsync(folder.Password, ct);
    }

    private string Tail() => File.Exists(folder.Log) ? string.Join('\n', File.ReadLines(folder.Log).TakeLast(15)) : "(no log)";
}
