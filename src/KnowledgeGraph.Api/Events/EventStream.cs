using System.Globalization;
using System.Text;

namespace KnowledgeGraph.Api.Events;

/// <summary>
/// The log as server-sent events: what lies after a position, then what comes, until the client goes or the host stops.
/// <para>
/// An event's id is its sequence, so that a client that was cut off, by whichever side, goes on by Last-Event-ID at the next event, here or
/// on another node: a sequence is given out only below the high-water mark, where nothing can still appear. A heartbeat carries the
/// position as id without an event, so that a client whose filter seldom matches need not go through everything again. The next
/// stretch is looked for when the connection has taken the last: a client that reads slowly slows down nothing but itself.
/// </para>
/// </summary>
internal sealed class EventStream(
    EventReader reader, EventTail tail, EventFilter filter, long after, TimeSpan heartbeat, TimeProvider time, CancellationToken stopping) : IResult
{
    private const int StretchSize = 100;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, httpContext.RequestAborted);
        using var membership = tail.Join();
        httpContext.Response.ContentType = "text/event-stream; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-cache";
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await FollowAsync(httpContext.Response.Body, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The client goes on elsewhere or later, where it was.
        }
    }

    private async Task FollowAsync(Stream body, CancellationToken ct)
    {
        await WriteAsync(body, "retry: 1000\n\n", ct);
        await body.FlushAsync(ct);
        var position = after;
        var written = time.GetTimestamp();
        while (true)
        {
            var moved = tail.Moved.Next;
            var stretch = tail.Read(filter, position, StretchSize) ?? await reader.ReadAsync(filter, position, StretchSize, ct);
            foreach (var logged in stretch.Events)
                await WriteAsync(body, logged, ct);
            var caughtUp = stretch.Events.Count == 0 && stretch.Position == position;
            position = stretch.Position;
            if (caughtUp && heartbeat - time.GetElapsedTime(written) is { Ticks: > 0 } quiet)
                await Task.WhenAny(moved, Task.Delay(quiet, time, ct));
            ct.ThrowIfCancellationRequested();
            var due = time.GetElapsedTime(written) >= heartbeat;
            if (due)
                await WriteAsync(body, string.Create(CultureInfo.InvariantCulture, $": heartbeat\nid: {position}\n\n"), ct);
            if (!due && stretch.Events.Count == 0)
                continue;
            await body.FlushAsync(ct);
            written = time.GetTimestamp();
        }
    }

    private static async Task WriteAsync(Stream body, LoggedEvent logged, CancellationToken ct)
    {
        await WriteAsync(body, string.Create(CultureInfo.InvariantCulture, $"id: {logged.Stored.Sequence}\nevent: {logged.Stored.Type}\ndata: "), ct);
        await body.WriteAsync(logged.Json, ct);
        await WriteAsync(body, "\n\n", ct);
    }

    private static ValueTask WriteAsync(Stream body, string text, CancellationToken ct) => body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
}
