using System.Diagnostics;
using System.Text.Json;
using KnowledgeGraph.Api.Hosting;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>The service in a process of its own, on a port that the system gave it, over a database that is there.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("knowledge-graph-load-");
    private readonly Process process;

    private ServiceProcess(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Startup).Assembly.Location, "--port", "0", "--no-seeds"])
        {
            WorkingDirectory = Root(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ConnectionStrings__KnowledgeGraph"] = connectionString,
                ["KnowledgeGraph__DataDirectory"] = folder.FullName,
                ["ASPNETCORE_URLS"] = null,
            },
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Http = new HttpClient();
    }

    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it says where it listens; the process that says so has to be the one that was started.</summary>
    public static async Task<ServiceProcess> StartAsync(string connectionString)
    {
        var service = new ServiceProcess(connectionString);
        try
        {
            service.Http.BaseAddress = await service.AddressAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<Uri> AddressAsync()
    {
        var note = Path.Combine(folder.FullName, "service.json");
        for (var watch = Stopwatch.StartNew(); !process.HasExited && watch.Elapsed < Patience; await Task.Delay(50))
        {
            if (!File.Exists(note))
                continue;
            var told = JsonDocument.Parse(await File.ReadAllTextAsync(note)).RootElement;
            return told.GetProperty("pid").GetInt32() == process.Id
                ? new Uri(told.GetProperty("url").GetString()!)
                : throw new InvalidOperationException("Another process answers in place of the service that was started.");
        }

        throw new InvalidOperationException("The service did not start.");
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "KnowledgeGraph.sln")))
            at = at.Parent ?? throw new InvalidOperationException("The program is run outside of the project.");
        return at.FullName;
    }
}
