using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Api.Curation;

/// <summary>What every decision has.</summary>
public abstract record CurationRequest
{
    /// <summary>Who decides; required.</summary>
    public string? Author { get; init; }

    /// <summary>Why; required.</summary>
    public string? Reason { get; init; }
}

/// <summary>A decision about a fact.</summary>
public record FactRequest : CurationRequest
{
    /// <summary>The fact's id; required.</summary>
    public Guid? Fact { get; init; }
}

/// <summary>What a fact says instead. What is not named stays.</summary>
public sealed record CorrectionRequest : FactRequest
{
    /// <summary>ISO 8601 at the precision known.</summary>
    public string? When { get; init; }

    /// <summary>reported, announced, forecast, rumored or denied.</summary>
    public string? Status { get; init; }

    /// <summary>Value name to value, as the fact's type has them.</summary>
    public JsonObject? Values { get; init; }

    /// <summary>Value name to somevalue (there is one, undisclosed) or novalue (there is none).</summary>
    public Dictionary<string, string>? ValueStates { get; init; }

    /// <summary>Role name to those who take part in it. A name is needed only for an entity that is not known yet.</summary>
    public Dictionary<string, List<NamedEntity>>? Roles { get; init; }
}

/// <summary>An entity by its id.</summary>
public sealed record NamedEntity(EntityId Id, string? Name = null);

/// <summary>Two ids that are one entity.</summary>
public sealed record MergeRequest : CurationRequest
{
    /// <summary>The id that stands for the other from now on; required.</summary>
    public EntityId? Entity { get; init; }

    /// <summary>The id that stays; required.</summary>
    public EntityId? Into { get; init; }
}

/// <summary>A merged id that is an entity of its own.</summary>
public sealed record SplitRequest : CurationRequest
{
    /// <summary>The merged id; required.</summary>
    public EntityId? Entity { get; init; }
}

/// <summary>A further name of an entity.</summary>
public sealed record AliasRequest : CurationRequest
{
    /// <summary>Required.</summary>
    public EntityId? Entity { get; init; }

    /// <summary>The name, at most 200 characters; required.</summary>
    public string? Alias { get; init; }
}

/// <summary>A publisher whose reports are left out.</summary>
public sealed record HidingRequest : CurationRequest
{
    /// <summary>The id under which its reports are recorded; required.</summary>
    public EntityId? Publisher { get; init; }
}

/// <summary>A decision that holds no longer.</summary>
public sealed record UndoRequest : CurationRequest
{
    /// <summary>The decision's id; required.</summary>
    public Guid? Decision { get; init; }
}

internal static class RequestBody
{
    private static readonly JsonSerializerOptions Strict = new(Json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The body, or the problem with it, which names the field.</summary>
    public static async Task<(T? Body, Problem? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
        where T : CurationRequest
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellation);
            return body is null ? (null, Problems.BadRequest.With("The body is a JSON object.")) : (body, AuthorOf(body));
        }
        catch (JsonException fault)
        {
            var field = fault.Path is ['$', '.', ..] path ? path[2..] : null;
            return (null, field is null
                ? Problems.BadRequest.With("The body is no JSON object with the members of this request.")
                : Problems.InvalidParameter.With($"'{field}' is none of this request's members or has a value that it cannot have.", field));
        }
    }

    private static Problem? AuthorOf(CurationRequest request) =>
        string.IsNullOrWhiteSpace(request.Author) ? Problems.InvalidParameter.With("'author' is required.", "author")
        : string.IsNullOrWhiteSpace(request.Reason) ? Problems.InvalidParameter.With("'reason' is required.", "reason")
        : request.Author.Length > 200 ? Problems.InvalidParameter.With("'author' has at most 200 characters.", "author")
        : request.Reason.Length > 2000 ? Problems.InvalidParameter.With("'reason' has at most 2000 characters.", "reason")
        : null;
}
