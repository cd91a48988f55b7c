using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.EndToEnd;

/// <summary>The host as users run it: a process of its own with an embedded cluster, spoken to over HTTP.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private RunningHost(DataFolder data, string[] arguments)
    {
        var port = FreePort();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = Patience };
        // A shell that runs tests in the background has its children ignore SIGINT; env undoes that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Checkout.Host, "--port", $"{port}", .. arguments])
        {
            WorkingDirectory = Checkout.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["KnowledgeGraph__DataDirectory"] = data.Path,
                ["ConnectionStrings__KnowledgeGraph"] = null,
                ["ASPNETCORE_URLS"] = null,
            },
        };
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Listen(line.Data);
        process.ErrorDataReceived += (_, line) => Listen(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The host ended early:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public int ProcessId => process.Id;

    public string Output => string.Join('\n', output);

    /// <summary>Starts a host and waits until it announces that it is ready.</summary>
    public static async Task<RunningHost> StartAsync(DataFolder data, params string[] arguments)
    {
        var host = new RunningHost(data, arguments);
        try
        {
            await host.ready.Task.WaitAsync(Patience);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a host that is expected to give up by itself, and returns its exit code and output.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(DataFolder data, params string[] arguments)
    {
        await using var host = new RunningHost(data, arguments);
        await host.process.WaitForExitAsync().WaitAsync(Patience);
        return (host.process.ExitCode, host.Output);
    }

    public void Kill() => process.Kill();

    /// <summary>As Ctrl-C in a terminal.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        Signals.SendInterrupt(process.Id);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    /// <summary>All items of a list, over all its pages.</summary>
    /// <param name="path">Path with a query.</param>
    /// <param name="parameter">Where the list takes what its last page called next.</param>
    public async Task<List<JsonNode>> ListAsync(string path, string parameter)
    {
        var items = new List<JsonNode>();
        var next = "";
        while (next is not null)
        {
            var page = await GetAsync(next.Length == 0 ? path : $"{path}&{parameter}={Uri.EscapeDataString(next)}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = page["next"]?.ToString();
        }

        return items;
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostReportAsync(byte[] report)
    {
        using var content = new ByteArrayContent(report) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        using var response = await Http.PostAsync(new Uri("reports", UriKind.Relative), content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Rebuilds all views from the events and returns how many rows differ from the live ones.</summary>
    public async Task<long> ReplayAsync()
    {
        using var response = await Http.PostAsync(new Uri("operations/replay", UriKind.Relative), content: null);
        var replay = JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        return replay["views"]!.AsArray().Sum(view => view!["differenceCount"]!.GetValue<long>());
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Signals.SendInterrupt(process.Id);
            using var enough = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
        Http.Dispose();
    }

    // The addresses worth opening come last.
    private void Listen(string? line)
    {
        if (line is null)
            return;
        output.Enqueue(line);
        if (line.TrimEnd().EndsWith("/reports", StringComparison.Ordinal) && line.Contains("http://", StringComparison.Ordinal))
            ready.TrySetResult();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
