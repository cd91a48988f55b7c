using System.Text.Json;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KnowledgeGraph.Api.Hosting;

/// <summary>
/// Says where the service is, once it is ready: three addresses on standard output, before them the first key where one is needed, and a
/// file from which <c>kg</c> finds it.
/// </summary>
public sealed class Announcement(IServer server, KnowledgeGraphOptions options, KeyRule rule, ApiKeys keys, ILogger<Announcement> logger)
{
    private bool published;

    public async Task PublishAsync(CancellationToken cancellation)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
            return;
        // A wildcard is an address to listen on, not one to go to.
        var url = address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        await NoteAsync(url, cancellation);
        // Who starts the host is whom its output is for; without this nobody could make the first key.
        if (rule.IsRequired && await keys.CreateFirstAsync(cancellation) is { Secret: var secret })
            await Console.Out.WriteLineAsync($"Requests need a key. The first one, with every scope, is shown here and never again:\n  {secret}");
        await Console.Out.WriteLineAsync(
            $"""

            Ready:
              {url}/swagger
              {url}/entities/company/nvidia/timeline
              {url}/reports

            """);
    }

    private async Task NoteAsync(string url, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(options.DataDirectory);
            var draft = options.ServiceFile + ".new";
            await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(new ServiceNote(url, Environment.ProcessId), Json.Options), cancellation);
            File.Move(draft, options.ServiceFile, overwrite: true);
            published = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // In a container there may be no folder to write to; then kg is told where the service is by --url.
            logger.ServiceFileNotWritten(options.ServiceFile, fault.Message);
        }
    }

    /// <summary>Takes the file back, where it is this process's own.</summary>
    public void Withdraw()
    {
        if (!published)
            return;
        try
        {
            if (JsonSerializer.Deserialize<ServiceNote>(File.ReadAllText(options.ServiceFile), Json.Options)?.Pid == Environment.ProcessId)
                File.Delete(options.ServiceFile);
        }
        catch (IOException)
        {
            // It is gone already, or of another process by now: kg checks the pid either way.
        }
    }

    private sealed record ServiceNote(string Url, int Pid);
}
