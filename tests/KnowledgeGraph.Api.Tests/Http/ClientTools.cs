using System.Diagnostics;
using KnowledgeGraph.Api.Tests.Hosting;

namespace KnowledgeGraph.Api.Tests.Http;

/// <summary>What tests/Client has of others' programs: what takes the service's answers and was not written with it.</summary>
internal static class ClientTools
{
    public static string Folder { get; } = Path.Combine(HostProcess.Root, "tests", "Client");

    public static void SkipUnlessInstalled() =>
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "tests/Client has no packages; ./kg test installs them where it can");

    /// <summary>Runs a program of the folder or of the path, which has to succeed, and returns what it said, errors first.</summary>
    public static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool.Contains('/', StringComparison.Ordinal) ? Path.Combine(Folder, tool) : tool, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync() + await output;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{tool}: {said}");
        return said;
    }
}
