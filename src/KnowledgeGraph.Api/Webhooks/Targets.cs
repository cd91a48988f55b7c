using System.Net;
using System.Net.Sockets;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>
/// Where deliveries may go. Whoever may add a webhook must not reach by it what only this host can: the address that a name resolves to is
/// checked when the connection is made, so that a name which answers differently the second time gains nothing, and redirects are not followed.
/// Public addresses are allowed, others only where the settings name their network.
/// </summary>
public sealed class Targets(IReadOnlyList<IPNetwork> allowed)
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || !NotPublic.Any(network => network.Contains(plain));
    }

    /// <summary>Why a URL cannot be a target; null where it can, as far as that is seen before its name is resolved.</summary>
    public string? Refuse(string? url) =>
        url is not { Length: > 0 and <= 2000 } || !Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https")
            ? "'url' is an absolute http or https address of at most 2000 characters."
            : target.UserInfo.Length > 0 ? "'url' carries no user and password."
            : IPAddress.TryParse(target.DnsSafeHost, out var address) && !Allows(address) ? "'url' is no address that deliveries may go to."
            : null;

    /// <summary>A client that connects to nothing else.</summary>
    public HttpClient CreateClient(TimeSpan patience) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = async (context, ct) =>
        {
            var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
            if (Array.Find(addresses, Allows) is not { } address)
                throw new HttpRequestException($"{context.DnsEndPoint.Host} is no address that deliveries may go to.");
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        Timeout = patience,
    };
}
