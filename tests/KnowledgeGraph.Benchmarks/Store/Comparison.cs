using System.Diagnostics;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>One way of doing the work of a comparison.</summary>
/// <param name="Name">What it is.</param>
/// <param name="RateAsync">Runs it for so long and returns units a second.</param>
internal sealed record Contender(string Name, Func<TimeSpan, Task<double>> RateAsync);

/// <summary>
/// Contenders in turns, several rounds after one that warms up. A machine that is busy with other things slows neighbours in time alike: so the
/// ratio is the median of the rounds' ratios, and its quartiles say how far to trust it.
/// </summary>
internal static class Comparison
{
    private const int Rounds = 9;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>The last contender is ours; the others are floors.</summary>
    public static async Task RunAsync(string title, string unit, params Contender[] contenders)
    {
        var rates = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var rate = await contenders[i].RateAsync(Turn);
                if (round > 0)
                    rates[i].Add(rate);
            }
        }

        Write($"\n{title} ({unit}/s, median of {Rounds} rounds)");
        for (var i = 0; i < contenders.Length; i++)
        {
            var ratios = rates[^1].Zip(rates[i], (ours, floor) => ours / floor).Order().ToList();
            Write(i == contenders.Length - 1
                ? $"  {contenders[i].Name,-72} {Median(rates[i]),9:0}"
                : $"  {contenders[i].Name,-72} {Median(rates[i]),9:0}   ours/this {Median(ratios):0.00} ({ratios[Rounds / 4]:0.00}-{ratios[^(1 + (Rounds / 4))]:0.00})");
        }
    }

    /// <summary>Several workers that repeat a piece of work, each with what it set up before.</summary>
    /// <param name="setUp">Returns one piece of work, which returns how many units it did.</param>
    public static async Task<double> RateAsync(int workers, TimeSpan turn, Func<Task<Func<Task<int>>>> setUp)
    {
        var work = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => setUp()));
        var watch = Stopwatch.StartNew();
        var units = await Task.WhenAll(work.Select(one => Task.Run(async () =>
        {
            var done = 0L;
            while (watch.Elapsed < turn)
                done += await one();
            return done;
        })));
        return units.Sum() / watch.Elapsed.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double quantile)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(quantile * (sorted.Count - 1))];
    }

    // Invariant: the project runs without any other culture.
    public static void Write(string line) => Console.WriteLine(line);
}
