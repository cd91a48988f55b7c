using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KnowledgeGraph.Api.Keys;

/// <summary>
/// Whether requests need a key. The option <c>KeysRequired</c> decides; without it they do, unless every address that the host listens on
/// is a loopback address. A proxy in front of a host on loopback hides that rule: there the option is to be set.
/// </summary>
public sealed class KeyRule(KnowledgeGraphOptions options, IServer server, IHostApplicationLifetime lifetime)
{
    private readonly Lazy<bool> byAddress = new(() => !AreLoopback(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []));

    // Before the start has ended not all addresses need be known.
    public bool IsRequired => options.KeysRequired ?? (!lifetime.ApplicationStarted.IsCancellationRequested || byAddress.Value);

    /// <summary>Whether nobody on another machine can come in by these addresses; false for none.</summary>
    public static bool AreLoopback(ICollection<string> addresses) => addresses.Count > 0 && addresses.All(text =>
        BindingAddress.Parse(text) is { IsUnixPipe: false, IsNamedPipe: false } address
        && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))));
}
