using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KnowledgeGraph.Api.Http;

/// <summary>A list as every list endpoint answers it.</summary>
/// <param name="Items">At most <c>limit</c>.</param>
/// <param name="Next">What to pass on for the next page; null at the end.</param>
/// <param name="Sequence">The sequence of the log that the list was read at; null for lists of the log itself.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items, string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Sequence = null)
{
    /// <summary>The same page of what each item is answered as.</summary>
    public Page<TView> Select<TView>(Func<T, TView> view) => new([.. Items.Select(view)], Next, Sequence);
}

public static class Page
{
    public const int DefaultLimit = 50;

    public const int MaxLimit = 500;

    /// <summary>A page of rows of which one more than <paramref name="limit"/> was asked for, to know whether another page follows.</summary>
    public static Page<T> Of<T>(List<T> rows, int limit, Func<T, string> next, long? sequence = null)
    {
        if (rows.Count <= limit)
            return new Page<T>(rows, null, sequence);
        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, sequence is { } pinned ? Cursor.Pinned(next(rows[^1]), pinned) : next(rows[^1]), sequence);
    }
}

/// <summary>
/// The key of a page's last row, base64url, opaque to clients: the next page starts after it. Before it stands the sequence that the page
/// was read at, so that all pages of one walk are of one moment, whatever arrives meanwhile (<see cref="Moments"/> reads it).
/// </summary>
public static class Cursor
{
    public static string Encode<T>(T key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key, Json.Options));

    public static string Pinned(string key, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{sequence}.{key}");

    /// <summary>The sequence that the cursor pins; null for one that pins none.</summary>
    public static long? SequenceOf(string cursor) =>
        cursor.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    /// <summary>The key; null for anything that <see cref="Encode"/> did not make.</summary>
    public static T? Decode<T>(string cursor)
        where T : class
    {
        if (SequenceOf(cursor) is not null)
            cursor = cursor[(cursor.IndexOf('.', StringComparison.Ordinal) + 1)..];
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
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
