using System.Diagnostics;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>Millions of events appended and read again, with the rates of the beginning and the end and the memory that this process took at most.</summary>
internal static class LargeLog
{
    private const int Writers = 4;
    private const int Streams = 100;
    private const int EventsEach = 5;
    private const int Stretches = 10;

    public static async Task RunAsync(NpgsqlDataSource database, int events)
    {
        var log = new EventLog(database, TimeProvider.System);
        Comparison.Write($"\n{events} events of {Samples.Body.Length} bytes, {Streams} streams x {EventsEach} events a call, {Writers} writers");
        var start = Stopwatch.GetTimestamp();
        for (var stretch = 1; stretch <= Stretches; stretch++)
        {
            var begin = Stopwatch.GetTimestamp();
            var calls = events / Stretches / (Streams * EventsEach);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref calls) >= 0)
                    await log.AppendAsync(Samples.Streams(Streams, EventsEach), EventMetadata.None, null, CancellationToken.None);
            })));
            Comparison.Write(
                $"  appended {stretch * (long)events / Stretches,9}: {events / Stretches / Stopwatch.GetElapsedTime(begin).TotalSeconds,7:0} events/s, memory {Memory("VmRSS"),4} MB");
        }

        Comparison.Write($"  all: {events / Stopwatch.GetElapsedTime(start).TotalSeconds:0} events/s");
        start = Stopwatch.GetTimestamp();
        var read = 0;
        await foreach (var _ in log.ReadToMarkAsync(0, 2000, CancellationToken.None))
            read++;
        Comparison.Write($"  read {read}: {read / Stopwatch.GetElapsedTime(start).TotalSeconds:0} events/s; memory at most {Memory("VmHWM")} MB");
    }

    // Megabytes; the kernel counts, the garbage collector's view would leave out what is not its own.
    private static long Memory(string name) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null) / 1024;
}
