using System.Diagnostics;
using System.Globalization;

namespace KnowledgeGraph.Benchmarks.Rebuilds;

/// <summary>What a piece of work took an event: on the clock, and of processors, which on a machine that others use too says more.</summary>
/// <param name="Seconds">On the clock.</param>
/// <param name="Own">Processor time of this process.</param>
/// <param name="Server">Processor time of the database's server; 0 where the system does not tell.</param>
internal sealed record Cost(double Seconds, double Own, double Server)
{
    private const double TicksPerSecond = 100;

    public double Processors => Own + Server;

    /// <param name="postmaster">Process id of the server.</param>
    /// <param name="events">How many events the work is about.</param>
    /// <param name="act">The work.</param>
    public static async Task<Cost> OfAsync(int postmaster, int events, Func<Task> act)
    {
        var (own, server) = (Process.GetCurrentProcess().TotalProcessorTime, ServerSeconds(postmaster));
        var watch = Stopwatch.StartNew();
        await act();
        return new Cost(
            watch.Elapsed.TotalSeconds / events,
            (Process.GetCurrentProcess().TotalProcessorTime - own).TotalSeconds / events,
            (ServerSeconds(postmaster) - server) / events);
    }

    // The server's own process counts its children that have ended; those that live are counted here. See proc(5): the fields after the name
    // begin with the state (3); ppid is 4, utime and stime 14 and 15, those of ended children 16 and 17.
    private static double ServerSeconds(int postmaster)
    {
        if (!Directory.Exists($"/proc/{postmaster}"))
            return 0;
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (StatOf(folder) is not { } fields)
                continue;
            if (Path.GetFileName(folder) == postmaster.ToString(CultureInfo.InvariantCulture))
                ticks += Number(14) + Number(15) + Number(16) + Number(17);
            else if (Number(4) == postmaster)
                ticks += Number(14) + Number(15);

            long Number(int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture);
        }

        return ticks / TicksPerSecond;
    }

    private static string[]? StatOf(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
