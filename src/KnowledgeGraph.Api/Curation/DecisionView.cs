using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Events;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

/// <summary>A decision as it is answered.</summary>
public sealed record DecisionView
{
    /// <summary>The id of its event; an undoing names it.</summary>
    public required Guid Id { get; init; }

    /// <summary>FactRetracted, FactCorrected, FactConfirmed, FactDenied, EntitiesMerged, EntitiesSplit, AliasAdded, PublisherHidden or CurationUndone.</summary>
    public required string Type { get; init; }

    public required string Author { get; init; }

    /// <summary>For whom the author decided, where a key says who that is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OnBehalfOf { get; init; }

    public required string Reason { get; init; }

    /// <summary>What was decided, by the names of its request: fact, entity, into, values and so on.</summary>
    public required JsonObject About { get; init; }

    /// <summary>Position in the log: the decision holds from there on.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset Recorded { get; init; }

    /// <summary>Position in the stream of decisions about the same thing; what If-Match takes.</summary>
    public required long Version { get; init; }

    /// <summary>Key of that stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Position of the event that undid it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UndoneAt { get; init; }

    internal const string Columns = "d.id, d.type, d.author, d.reason, d.body, d.from_sequence, d.recorded, d.version, d.to_sequence, d.stream";

    /// <summary>As it was known at a moment, which does not know what was undone later.</summary>
    internal static DecisionView Of(NpgsqlDataReader row, Moment moment) => Of(row, JsonNode.Parse(row.GetString(4))!.AsObject(), moment);

    private static DecisionView Of(NpgsqlDataReader row, JsonObject body, Moment moment) => new()
    {
        Id = row.GetGuid(0),
        Type = row.GetString(1),
        Author = row.GetString(2),
        OnBehalfOf = body[nameof(Decision.OnBehalfOf)]?.ToString(),
        Reason = row.GetString(3),
        About = AboutOf(body),
        Sequence = row.GetInt64(5),
        Recorded = row.GetFieldValue<DateTimeOffset>(6),
        Version = row.GetInt64(7),
        Stream = row.GetString(9),
        UndoneAt = row.GetInt64(8) <= moment.Sequence ? row.GetInt64(8) : null,
    };

    internal static Task<List<DecisionView>> ReadAsync(NpgsqlDataSource database, Moment moment, string which, object?[] parameters, CancellationToken cancellation) =>
        database.QueryAsync(
            $"select {Columns} from views.decisions d where d.from_sequence <= $1 {which}",
            [moment.Sequence, .. parameters],
            row => Of(row, moment),
            cancellation);

    private static JsonObject AboutOf(JsonObject body) => new(body
        .Where(member => member.Key is not (nameof(Decision.Author) or nameof(Decision.OnBehalfOf) or nameof(Decision.Reason)))
        .Select(member => KeyValuePair.Create(
            member.Key switch { nameof(FactDecision.FactId) => "fact", nameof(CurationUndone.EventId) => "decision", var name => JsonNamingPolicy.CamelCase.ConvertName(name) },
            member.Key == nameof(FactCorrected.Roles) ? JsonSerializer.SerializeToNode(member.Value.Deserialize<Dictionary<string, List<Domain.Entities.Entity>>>(FactMapping.EventJson), Json.Options) : member.Value?.DeepClone())));
}
