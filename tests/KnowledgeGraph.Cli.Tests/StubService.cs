using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KnowledgeGraph.Cli.Tests;

/// <summary>A real HTTP server on loopback whose answers the test gives, and which remembers what was asked.</summary>
public sealed class StubService : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    /// <param name="answer">Method, path with query, and body -> status and JSON.</param>
    public StubService(Func<string, string, string, (int Status, string Json)> answer)
    {
        Url = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(Url);
        listener.Start();
        serving = ServeAsync(answer);
    }

    public string Url { get; }

    public List<string> Asked { get; } = [];

    /// <summary>The header Authorization of each request.</summary>
    public List<string?> Shown { get; } = [];

    public void Dispose()
    {
        listener.Stop();
        serving.GetAwaiter().GetResult();
        listener.Close();
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync(Func<string, string, string, (int Status, string Json)> answer)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            var path = context.Request.RawUrl!;
            Asked.Add($"{context.Request.HttpMethod} {path}");
            Shown.Add(context.Request.Headers["Authorization"]);
            var (status, json) = answer(context.Request.HttpMethod, path, body);
            context.Response.StatusCode = status;
            context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
            context.Response.Close();
        }
    }
}
