using System.Diagnostics;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Hosting;

/// <summary>The host as a process of its own, with an embedded PostgreSQL in a folder of the test's, as <c>kg up</c> runs it.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly Task<string> output;

    private HostProcess(Process process, IReadOnlyList<string> said, Task<string> output, string url)
    {
        Said = said;
        this.process = process;
        this.output = output;
        Client = new HttpClient { BaseAddress = new Uri(url) };
    }

    public HttpClient Client { get; }

    /// <summary>The lines of its output until it was ready.</summary>
    public IReadOnlyList<string> Said { get; }

    /// <summary>The root of the checkout, where the seeds are.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Starts a host and returns when it says that it is ready.</summary>
    public static async Task<HostProcess> StartAsync(string dataFolder, params string[] arguments)
    {
        var start = StartInfo(dataFolder, arguments);
        var started = Process.Start(start)!;
        var lines = new List<string>();
        using var patience = new CancellationTokenSource(Patience);
        string? url = null;
        while (url is null && await started.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (line.EndsWith("/swagger", StringComparison.Ordinal))
                url = line.Trim()[..^"/swagger".Length];
        }

        if (url is null)
            Assert.Fail(string.Join('\n', lines) + await started.StandardError.ReadToEndAsync());
        return new HostProcess(started, lines, started.StandardOutput.ReadToEndAsync(), url);
    }

    /// <summary>Runs a host that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(string dataFolder, params string[] arguments)
    {
        using var started = Process.Start(StartInfo(dataFolder, arguments))!;
        var said = started.StandardOutput.ReadToEndAsync();
        var error = await started.StandardError.ReadToEndAsync();
        await started.WaitForExitAsync().WaitAsync(Patience);
        await said;
        return (started.ExitCode, error);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(path))!;

    /// <summary>As SIGKILL does: no farewell.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>As Ctrl-C and service managers do.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        await output;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            await StopAsync();
        process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string dataFolder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add($"--KnowledgeGraph:DataDirectory={dataFolder}");
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add("0");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KnowledgeGraph.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("kg-host-").FullName;
        // The server may run as a user of its own, who has to get in.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
