using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KnowledgeGraph.Api.Webhooks;

/// <summary>
/// Proves to a receiver that a delivery is ours and not an old one sent again: HMAC-SHA256 with its secret over the time of sending, a full stop, and the
/// body. The receiver computes the same and refuses what is older than its clock may err.
/// </summary>
public static class Signature
{
    public const string Header = "Kg-Signature";

    /// <param name="secret">The webhook's secret.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <param name="sent">When it is sent.</param>
    /// <returns><c>t=SECONDS,v1=HEX</c>, seconds since 1970.</returns>
    public static string Of(string secret, ReadOnlyMemory<byte> body, DateTimeOffset sent)
    {
        var seconds = sent.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body.Span];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
