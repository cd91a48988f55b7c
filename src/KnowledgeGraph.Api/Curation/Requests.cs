using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Api.Curation;

/// <summary>What every decision has.</summary>
public abstract record CurationRequest
{
    /// <summary>Who decides; required where no key says it. With a key the author is the key's name, and who is named here stands in
    /// onBehalfOf.</summary>
    public string? Author { get; init; }

    /// <summary>Who is named where a key says who decides.</summary>
    internal string? OnBehalfOf { get; private init; }

    /// <summary>Why.</summary>
    [Required]
    public string? Reason { get; init; }

    /// <summary>The request as one of the key with this name; as it is where there is none.</summary>
    internal CurationRequest SignedBy(string? key) =>
        key is null ? this : this with { Author = key, OnBehalfOf = string.IsNullOrWhiteSpace(Author) || Author == key ? null : Author };

    internal Problem? Fault() =>
        string.IsNullOrWhiteSpace(Author) ? Problems.InvalidParameter.With("'author' is required.", "author")
        : string.IsNullOrWhiteSpace(Reason) ? Problems.InvalidParameter.With("'reason' is required.", "reason")
        : Author.Length > 200 || OnBehalfOf?.Length > 200 ? Problems.InvalidParameter.With("'author' has at most 200 characters.", "author")
        : Reason.Length > 2000 ? Problems.InvalidParameter.With("'reason' has at most 2000 characters.", "reason")
        : null;
}

/// <summary>A decision about a fact.</summary>
public record FactRequest : CurationRequest
{
    /// <summary>The fact's id.</summary>
    [Required]
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
    /// <summary>The id that stands for the other from now on.</summary>
    [Required]
    public EntityId? Entity { get; init; }

    /// <summary>The id that stays.</summary>
    [Required]
    public EntityId? Into { get; init; }
}

/// <summary>A merged id that is an entity of its own.</summary>
public sealed record SplitRequest : CurationRequest
{
    /// <summary>The merged id.</summary>
    [Required]
    public EntityId? Entity { get; init; }
}

/// <summary>A further name of an entity.</summary>
public sealed record AliasRequest : CurationRequest
{
    /// <summary>Whose name it is.</summary>
    [Required]
    public EntityId? Entity { get; init; }

    /// <summary>The name, at most 200 characters.</summary>
    [Required]
    public string? Alias { get; init; }
}

/// <summary>A publisher whose reports are left out.</summary>
public sealed record HidingRequest : CurationRequest
{
    /// <summary>Its id; what is merged into it is left out with it.</summary>
    [Required]
    public EntityId? Publisher { get; init; }
}

/// <summary>A decision that holds no longer.</summary>
public sealed record UndoRequest : CurationRequest
{
    /// <summary>The decision's id.</summary>
    [Required]
    public Guid? Decision { get; init; }
}
