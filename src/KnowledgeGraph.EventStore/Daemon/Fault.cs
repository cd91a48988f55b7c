using System.Net.Sockets;
using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>Whether trying the same again may help: faults of connection and server, not of the event.</summary>
public static class Fault
{
    public static bool IsOfInfrastructure(Exception e) => e switch
    {
        PostgresException postgres => IsTransient(postgres.SqlState),
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException,
        SocketException or TimeoutException => true,
        IOException => e.InnerException is SocketException,
        _ => false,
    };

    // Connection, insufficient resources, operator intervention, system error; serialisation failure and deadlock; lock not available;
    // idle in transaction for too long.
    private static bool IsTransient(string state) =>
        state[..2] is "08" or "53" or "57" or "58" || state is "40001" or "40P01" or "55P03" or "25P03" or "XX000";
}

/// <summary>How long to wait after the n-th fault in a row: doubling from the first to the longest. Pure.</summary>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    public static Backoff Default { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(15));

    /// <param name="faults">Faults in a row, from 1.</param>
    public TimeSpan After(int faults)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(faults, 1);
        var doublings = Math.Min(faults - 1, 30);
        var ticks = First.Ticks <= Longest.Ticks >> doublings ? First.Ticks << doublings : Longest.Ticks;
        return TimeSpan.FromTicks(Math.Min(ticks, Longest.Ticks));
    }
}
