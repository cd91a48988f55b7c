using System.Globalization;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.EventStore.Tests.Crashes;

/// <summary>
/// A writer that keeps what was acknowledged, and repeats the call that it was never answered: new streams, streams that all writers append
/// to, and several of both in one call.
/// </summary>
internal sealed class CrashWriter(int number)
{
    private readonly Random random = new(number);
    private int created;
    private StreamAppend[]? unanswered;

    public List<(Guid Id, (string Stream, long Version) Place)> Acknowledged { get; } = [];

    public async Task AppendAsync(EventLog log, Action acknowledged, CancellationToken ct)
    {
        await RepeatAsync(log, ct);
        unanswered = random.Next(3) switch
        {
            0 => [New()],
            1 => [Shared(random.Next(5))],
            _ => [New(), .. Enumerable.Range(0, 5).Where(_ => random.Next(2) == 0).Select(Shared), New()],
        };
        await RepeatAsync(log, ct);
        acknowledged();
    }

    /// <summary>Appends what was not answered, if anything, once more.</summary>
    public async Task RepeatAsync(EventLog log, CancellationToken ct)
    {
        if (unanswered is null)
            return;

        var appended = Assert.IsType<BatchResult.Appended>(await log.AppendAsync(unanswered, EventMetadata.None, alongside: null, ct));
        foreach (var (append, stream) in unanswered.Zip(appended.Streams))
        {
            var first = stream.Version - append.Events.Count + 1;
            Acknowledged.AddRange(append.Events.Select((e, i) => (e.Id, (append.Stream, first + i))));
        }

        unanswered = null;
    }

    private StreamAppend New() =>
        Append(string.Create(CultureInfo.InvariantCulture, $"own/{number}/{++created}"), ExpectedVersion.NoStream);

    private StreamAppend Shared(int stream) => Append(string.Create(CultureInfo.InvariantCulture, $"shared/{stream}"), ExpectedVersion.Any);

    private StreamAppend Append(string stream, ExpectedVersion expected) =>
        new(stream, null, expected, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new NewEvent(Guid.NewGuid(), "thing_happened", "T, T", "{}"))]);
}
