using System.Text.Json;
using System.Text.Json.Serialization;

namespace KnowledgeGraph.Api.Http;

/// <summary>JSON bodies, taken strictly: a member that the request does not have is refused as an unknown parameter is.</summary>
internal static class RequestBody
{
    private static readonly JsonSerializerOptions Strict = new(Json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The body, or the problem with it, which names the field.</summary>
    public static async Task<(T? Body, Problem? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellation);
            return body is null ? (null, Problems.BadRequest.With("The body is a JSON object.")) : (body, null);
        }
        catch (JsonException fault)
        {
            var field = fault.Path is ['$', '.', ..] path ? path[2..] : null;
            return (null, field is null
                ? Problems.BadRequest.With("The body is no JSON object with the members of this request.")
                : Problems.InvalidParameter.With($"'{field}' is none of this request's members or has a value that it cannot have.", field));
        }
    }
}
