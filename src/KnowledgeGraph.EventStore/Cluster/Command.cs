using System.Diagnostics;

namespace KnowledgeGraph.EventStore.Cluster;

/// <summary>Runs a short-lived program. Not for a program that leaves a server behind: that would inherit the pipes.</summary>
internal static class Command
{
    public sealed record Result(int ExitCode, string Output);

    /// <param name="line">Program and arguments.</param>
    /// <param name="folder">Working directory; one that the program's user can enter.</param>
    public static async Task<Result> RunAsync(IReadOnlyList<string> line, string folder, CancellationToken ct)
    {
        using var process = Start(line, folder, capture: true);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new Result(process.ExitCode, await output + await errors);
    }

    /// <summary>Runs without pipes for output; the program has to send it somewhere itself.</summary>
    public static async Task<int> RunDetachedAsync(IReadOnlyList<string> line, string folder, CancellationToken ct)
    {
        using var process = Start(line, folder, capture: false);
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    /// <summary>Starts a program whose standard input is a pipe that closes with this process, however this process ends.</summary>
    public static Process StartTied(IReadOnlyList<string> line, string folder)
    {
        var start = Describe(line, folder);
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private static Process Start(IReadOnlyList<string> line, string folder, bool capture)
    {
        var start = Describe(line, folder);
        start.RedirectStandardInput = capture;
        start.RedirectStandardOutput = capture;
        start.RedirectStandardError = capture;
        return Process.Start(start)!;
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> line, string folder)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1)) { WorkingDirectory = folder, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }
}
