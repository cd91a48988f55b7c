using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

/// <summary>Decisions about entities: what is one, what it is called, which publisher is listened to.</summary>
internal static class Judgements
{
    // One stream for all of them: two merges that each hold alone may close a ring together.
    private const string IdentityStream = "curation/identity";

    public static Draft Merge(
        MergeRequest request, NpgsqlDataSource database, CancellationToken cancellation) => request switch
        {
            { Entity: null } => Draft.Missing("entity"),
            { Into: null } => Draft.Missing("into"),
            { Entity: { } entity, Into: { } into } => new Draft(IdentityStream, async moment =>
                entity == into ? Verdict.Invalid("An entity is not merged into itself.", "into")
                : await StandsAsync(database, entity, "entity", moment, cancellation) ?? await StandsAsync(database, into, "into", moment, cancellation)
                    ?? new EntitiesMerged { Entity = entity, Into = into, Author = request.Author!, Reason = request.Reason! }),
        };

    public static Draft Split(
        SplitRequest request, NpgsqlDataSource database, CancellationToken cancellation) => request.Entity is not { } entity
        ? Draft.Missing("entity")
        : new Draft(IdentityStream, async moment => await Identity.FindAsync(database, entity.ToString(), moment, cancellation) switch
        {
            null => Verdict.Invalid($"There is no entity {entity}.", "entity"),
            var found when found.Id == found.Asked => Verdict.Conflict($"{entity} is merged into no other.", "entity"),
            var found => new EntitiesSplit { Entity = entity, From = EntityId.Parse(found.Id), Author = request.Author!, Reason = request.Reason! },
        });

    public static Draft AddAlias(
        AliasRequest request, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (request.Entity is not { } entity)
            return Draft.Missing("entity");
        if (request.Alias?.Trim() is not { Length: > 0 and <= 200 } alias)
            return request.Alias is null ? Draft.Missing("alias") : Draft.Invalid("'alias' has 1 to 200 characters.", "alias");
        return new Draft($"curation/entity/{entity}", async moment => await StandsAsync(database, entity, "entity", moment, cancellation)
            ?? (await HasAliasAsync(database, entity, alias, moment, cancellation)
                ? Verdict.Conflict($"{entity} is known as {alias} already.", "alias")
                : new AliasAdded { Entity = entity, Alias = alias, Author = request.Author!, Reason = request.Reason! }));
    }

    public static Draft Hide(
        HidingRequest request, NpgsqlDataSource database, CancellationToken cancellation) => request.Publisher switch
        {
            null => Draft.Missing("publisher"),
            { Kind: not EntityKind.Publisher } => Draft.Invalid("'publisher' is the id of a publisher.", "publisher"),
            { } publisher => new Draft($"curation/{publisher}", async moment =>
                await StandsAsync(database, publisher, "publisher", moment, cancellation)
                ?? ((await DecisionView.ReadAsync(
                        database, moment, $"and d.entity_id = $2 and d.type = '{nameof(PublisherHidden)}' and d.to_sequence > $1", [publisher.ToString()], cancellation)).Count > 0
                    ? Verdict.Conflict($"{publisher} is hidden already.", "publisher")
                    : new PublisherHidden { Publisher = publisher, Author = request.Author!, Reason = request.Reason! })),
        };

    // What is merged into another has no say of its own: the caller is told under which id it stands.
    private static async Task<Verdict?> StandsAsync(NpgsqlDataSource database, EntityId id, string field, Moment moment, CancellationToken cancellation) =>
        await Identity.FindAsync(database, id.ToString(), moment, cancellation) switch
        {
            null => Verdict.Invalid($"There is no entity {id}.", field),
            var found when found.Id != found.Asked => Verdict.Conflict($"{id} is merged into {found.Id}.", field),
            _ => null,
        };

    private static async Task<bool> HasAliasAsync(NpgsqlDataSource database, EntityId id, string alias, Moment moment, CancellationToken cancellation) =>
        (await database.QueryAsync(
            $"select 1 from views.entity_aliases a where a.entity_id = any(views.members($1, $3)) and a.alias = $2 and {Moment.Holds("a", "$3")} limit 1",
            [id.ToString(), alias, moment.Sequence],
            row => row.GetInt32(0),
            cancellation)).Count > 0;
}
