using System.Buffers.Text;
using System.Text.Json;

namespace KnowledgeGraph.Api.Http;

/// <summary>A list as every list endpoint answers it.</summary>
/// <param name="Items">At most <c>limit</c>.</param>
/// <param name="Next">What to pass on for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public static class Page
{
    public const int DefaultLimit = 50;

    public const int MaxLimit = 500;

    /// <summary>A page of rows of which one more than <paramref name="limit"/> was asked for, to know whether another page follows.</summary>
    public static Page<T> Of<T>(List<T> rows, int limit, Func<T, string> next)
    {
        if (rows.Count <= limit)
            return new Page<T>(rows, null);
        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, next(rows[^1]));
    }
}

/// <summary>
/// The key of a page's last row, base64url, opaque to clients: the next page starts after it, so that rows that arrive meanwhile neither
/// repeat nor hide others.
/// </summary>
public static class Cursor
{
    public static string Encode<T>(T key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key, Json.Options));

    /// <summary>The key; null for anything that <see cref="Encode"/> did not make.</summary>
    public static T? Decode<T>(string cursor)
        where T : class
    {
        if (cursor.Length > 2000 || !Base64Url.IsValid(cursor))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(cursor), Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Strict = new(Json.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
