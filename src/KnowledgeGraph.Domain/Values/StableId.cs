using System.Security.Cryptography;
using System.Text;

namespace KnowledgeGraph.Domain.Values;

/// <summary>An id that is a hash of what it identifies, so that the same thing always has the same id. RFC 9562 version 8 (custom, SHA-256).</summary>
public static class StableId
{
    /// <param name="key">All that makes the thing what it is, and nothing else.</param>
    public static Guid Of(string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
