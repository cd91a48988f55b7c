using System.Globalization;

namespace KnowledgeGraph.Api.Tests.Events;

/// <summary>A client of the live log: what its connection brought, line by line.</summary>
public sealed class LiveEvents : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private LiveEvents(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        lines = new StreamReader(body);
    }

    /// <summary>The position as the client would send it when it connects again.</summary>
    public string? LastId { get; private set; }

    public static async Task<LiveEvents> ConnectAsync(HttpClient client, string query = "", string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/events{query}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var opened = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", opened.Content.Headers.ContentType?.MediaType);
        return new LiveEvents(opened, await opened.Content.ReadAsStreamAsync());
    }

    /// <summary>The sequences of the next events, as many as asked for or as come before the connection ends.</summary>
    public async Task<List<long>> TakeAsync(int count)
    {
        var taken = new List<long>();
        while (taken.Count < count && await NextAsync() is { } block)
        {
            if (block.Exists(line => line.StartsWith("data: ", StringComparison.Ordinal)))
                taken.Add(long.Parse(LastId!, CultureInfo.InvariantCulture));
        }

        return taken;
    }

    /// <summary>The lines up to the next empty one; null at the end of the connection.</summary>
    public async Task<List<string>?> NextAsync()
    {
        var block = new List<string>();
        try
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.Length == 0)
                    return block;
                block.Add(line);
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    LastId = line[4..];
            }
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            // The server has gone.
        }

        return null;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
