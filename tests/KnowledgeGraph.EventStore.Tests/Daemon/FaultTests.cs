using System.Net.Sockets;
using KnowledgeGraph.EventStore.Daemon;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Daemon;

public sealed class FaultTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(4, 800)]
    [InlineData(5, 1500)]
    [InlineData(1000, 1500)]
    public void Backoff_doubles_up_to_its_longest(int faults, int milliseconds)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(1500));

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), backoff.After(faults));
    }

    [Theory]
    [InlineData("57P01", true)]
    [InlineData("08006", true)]
    [InlineData("40P01", true)]
    [InlineData("40001", true)]
    [InlineData("53300", true)]
    [InlineData("25P03", true)]
    [InlineData("23505", false)]
    [InlineData("22012", false)]
    [InlineData("42P01", false)]
    [InlineData("25P02", false)]
    public void Errors_of_the_server_are_told_from_errors_of_the_event(string state, bool infrastructure)
    {
        Assert.Equal(infrastructure, Fault.IsOfInfrastructure(new PostgresException("", "ERROR", "ERROR", state)));
    }

    [Fact]
    public void A_lost_connection_is_of_infrastructure_and_a_bug_is_not()
    {
        Assert.True(Fault.IsOfInfrastructure(new NpgsqlException("", new SocketException())));
        Assert.False(Fault.IsOfInfrastructure(new InvalidOperationException()));
    }
}
