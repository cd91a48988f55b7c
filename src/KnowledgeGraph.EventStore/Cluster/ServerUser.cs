using System.Globalization;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>
/// Whom the server runs as. PostgreSQL refuses root; so a host that is root runs every one of its programs as <c>postgres</c>, or as
/// <c>nobody</c> where there is no such user, and a host that is not root runs them as itself.
/// </summary>
internal sealed record ServerUser(string? Name, uint UserId, uint GroupId)
{
    public static ServerUser Find()
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerUser(null, 0, 0);

        var entries = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var entry = entries.Find(fields => fields[0] == "postgres") ?? entries.Find(fields => fields[0] == "nobody")
            ?? throw new ClusterException("Started as root, and there is neither a user postgres nor nobody to run the server as.");
        return new ServerUser(
            entry[0], uint.Parse(entry[2], CultureInfo.InvariantCulture), uint.Parse(entry[3], CultureInfo.InvariantCulture));
    }

    /// <summary>The command line as this user.</summary>
    public string[] Run(params string[] line)
    {
        if (Name is null)
            return line;

        var setpriv = new[] { "/usr/bin/setpriv", "/bin/setpriv" }.FirstOrDefault(File.Exists);
        return setpriv is null
            ? ["runuser", "-u", Name, "--", .. line]
            : [setpriv, $"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--", .. line];
    }

    public async Task OwnAsync(string path, CancellationToken ct)
    {
        if (Name is null)
            return;

        var chown = await Command.RunAsync(["chown", $"{UserId}:{GroupId}", path], "/", ct);
        if (chown.ExitCode != 0)
            throw new ClusterException($"{path} cannot be given to {Name}: {chown.Output}");
    }

    /// <summary>Whether this user can enter and write the folder, all folders above it included.</summary>
    public async Task<bool> CanWriteAsync(string folder, CancellationToken ct) =>
        (await Command.RunAsync(Run("/bin/sh", "-c", "cd \"$1\" && test -w .", "sh", folder), "/", ct)).ExitCode == 0;
}
