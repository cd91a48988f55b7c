using System.Net;
using KnowledgeGraph.Api.Webhooks;
using KnowledgeGraph.EventStore.Daemon;

namespace KnowledgeGraph.Api.Tests.Webhooks;

public sealed class TargetTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.9.10", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("10.9.0.1", true)]
    public void Only_public_addresses_and_those_of_named_networks_are_allowed(string address, bool allowed) =>
        Assert.Equal(allowed, new Targets([IPNetwork.Parse("10.9.0.0/16")]).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.org/hook", true)]
    [InlineData("http://8.8.8.8/", true)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://[::1]:80/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/hook", false)]
    [InlineData("https://user:secret@example.org/", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_is_looked_at_before_it_is_kept(string? url, bool taken) => Assert.Equal(taken, new Targets([]).Refuse(url) is null);

    [Fact]
    public void A_policy_waits_longer_each_time_and_gives_up()
    {
        var now = DateTimeOffset.UnixEpoch;
        var policy = new DeliveryPolicy(new Backoff(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), 6);
        Assert.Equal(
            [5, 10, 20, 40, 60, null],
            Enumerable.Range(1, 6).Select(attempts => (policy.Next(attempts, now) - now)?.TotalSeconds));
        Assert.Null(policy.Next(7, now));
    }
}
