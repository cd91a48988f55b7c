using System.Collections.Concurrent;
using System.Globalization;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.Api.Tests.Webhooks;

/// <summary>One delivery as it came in.</summary>
public sealed record Received(long Sequence, string Signature, byte[] Body, bool Taken);

/// <summary>A server on the loopback that takes deliveries, or does not.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Signal arrivals = new();

    private Receiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single() + "/hook";

    /// <summary>Everything that came in, in order.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What it answers; 200 unless told otherwise.</summary>
    public Func<long, int> Answer { get; set; } = _ => 200;

    public IEnumerable<long> Taken => All.Where(one => one.Taken).Select(one => one.Sequence);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var receiver = new Receiver(built);
        built.Run(receiver.TakeAsync);
        await built.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many have been taken.</summary>
    public async Task WaitForAsync(int taken)
    {
        while (true)
        {
            var next = arrivals.Next;
            if (Taken.Count() >= taken)
                return;
            await next.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var sequence = long.Parse(context.Request.Headers["Kg-Sequence"].ToString(), CultureInfo.InvariantCulture);
        context.Response.StatusCode = Answer(sequence);
        if (context.Response.StatusCode == 302)
            context.Response.Headers.Location = "/elsewhere";
        All.Enqueue(new Received(sequence, context.Request.Headers["Kg-Signature"].ToString(), body.ToArray(), context.Response.StatusCode < 300));
        arrivals.Raise();
    }
}
