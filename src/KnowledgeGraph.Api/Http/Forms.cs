using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace KnowledgeGraph.Api.Http;

/// <summary>The forms in which a list can be answered.</summary>
internal static class Forms
{
    public const string Json = "application/json";

    public const string Lines = "application/x-ndjson";

    public const string Csv = "text/csv";

    /// <summary>The form that the client likes best of those there are; the first where it likes none.</summary>
    public static string Wanted(HttpRequest request, params string[] forms) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            ? accepted.OrderByDescending(type => type.Quality ?? 1)
                .SelectMany(type => forms.Where(form => new MediaTypeHeaderValue(form).IsSubsetOf(type) && type.Quality != 0))
                .FirstOrDefault(forms[0])
            : forms[0];

    /// <summary>The address of this request with another value of one parameter, for the header Link.</summary>
    public static string NextLink(HttpRequest request, string parameter, string value)
    {
        var query = request.Query.ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        query[parameter] = value;
        return $"<{QueryHelpers.AddQueryString(request.Path, query)}>; rel=\"next\"";
    }

    /// <summary>A page in the form that the client wants: JSON with its cursor inside, or rows, whose next page the header Link names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">What is answered.</param>
    /// <param name="header">The names of the columns of CSV.</param>
    /// <param name="row">The cells of one item; null is empty.</param>
    public static IResult Of<T>(HttpContext context, Page<T> page, IReadOnlyList<string> header, Func<T, IEnumerable<string?>> row)
    {
        context.Response.Headers.Vary = "Accept";
        var form = Wanted(context.Request, Json, Lines, Csv);
        if (form == Json)
            return Results.Ok(page);
        if (page.Next is { } next)
            context.Response.Headers.Link = NextLink(context.Request, "cursor", next);
        var lines = form == Lines
            ? page.Items.Select(item => JsonSerializer.Serialize(item, Http.Json.Options) + "\n")
            : page.Items.Select(row).Prepend(header).Select(cells => string.Join(',', cells.Select(Quoted)) + "\r\n");
        return Results.Text(string.Concat(lines), form, Encoding.UTF8);
    }

    /// <summary>A cell of CSV, RFC 4180; null is empty.</summary>
    public static string Quoted(string? cell) =>
        cell is null ? "" : cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
