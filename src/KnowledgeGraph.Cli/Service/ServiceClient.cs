using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Cli.Service;

/// <summary>The service over HTTP. Every call throws <see cref="ServiceFailure"/> for a refusal, <see cref="HttpRequestException"/> where none answers.</summary>
/// <param name="address">Where it is.</param>
/// <param name="key">What it is shown; null for a service that asks for none.</param>
public sealed class ServiceClient(Uri address, string? key = null) : IDisposable
{
    /// <summary>The greatest number of items that the service lists at once.</summary>
    public const int LargestPage = 500;

    // A proxy of the environment cannot reach this machine's own loopback.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = !address.IsLoopback })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromMinutes(10),
        DefaultRequestHeaders = { Authorization = string.IsNullOrWhiteSpace(key) ? null : new("Bearer", key.Trim()) },
    };

    public Uri Address => address;

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        return (response.StatusCode, await ReadAsync(response, cancellationToken));
    }

    /// <summary>The items of a list, page after page until the list or the limit ends.</summary>
    /// <param name="path">Path and query of the first page.</param>
    /// <param name="limit">The greatest number of items to yield.</param>
    public async IAsyncEnumerable<JsonNode> ListAsync(
        string path, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = "";
        for (var left = limit; left > 0 && cursor is not null;)
        {
            var page = await GetAsync(cursor.Length == 0 ? path : WithCursor(path, cursor), cancellationToken);
            foreach (var item in page["items"]!.AsArray().Take(left))
            {
                left--;
                yield return item!;
            }

            cursor = page["next"]?.ToString();
        }
    }

    public void Dispose() => http.Dispose();

    private static string WithCursor(string path, string cursor) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}";

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        JsonNode? body = null;
        try
        {
            body = JsonNode.Parse(text);
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            // A refusal by something else than the service, a proxy say, need not be JSON.
        }

        if (!response.IsSuccessStatusCode)
            throw new ServiceFailure(response.StatusCode, Problem(response, body));
        return body ?? throw new JsonException("The service answered null.");
    }

    private static string Problem(HttpResponseMessage response, JsonNode? body)
    {
        var reason = body is JsonObject problem ? problem["detail"] ?? problem["title"] : null;
        return reason?.ToString().ReplaceLineEndings(" ") ?? $"the service answered {(int)response.StatusCode}";
    }
}
