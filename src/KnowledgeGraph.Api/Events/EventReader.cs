using System.Runtime.CompilerServices;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Events;

/// <summary>A stretch of the log, seen through a filter.</summary>
/// <param name="Events">The events asked for, in order.</param>
/// <param name="Position">The sequence to go on after: nothing asked for stands at or below it that was not given.</param>
public sealed record EventStretch(IReadOnlyList<LoggedEvent> Events, long Position);

/// <summary>
/// Reads the log through a filter, never past the high-water mark. A stream is read by its own key, an entity or a type by the index of the
/// log as far as that has come; what lies between the index and the mark is looked through, so that no answer waits for a projection.
/// </summary>
public sealed class EventReader(EventLog log, NpgsqlDataSource database)
{
    private const int PageSize = 500;

    /// <summary>The first events after a sequence that match, at most <paramref name="limit"/>.</summary>
    public async Task<EventStretch> ReadAsync(EventFilter filter, long after, int limit, CancellationToken ct)
    {
        var mark = await log.ReadHighWaterMarkAsync(ct);
        var found = new List<LoggedEvent>();
        await foreach (var stored in CandidatesAsync(filter, after, mark, ct))
        {
            var logged = new LoggedEvent(stored);
            if (!filter.Matches(logged))
                continue;
            found.Add(logged);
            if (found.Count == limit)
                return new EventStretch(found, stored.Sequence);
        }

        return new EventStretch(found, Math.Max(after, mark));
    }

    private async IAsyncEnumerable<StoredEvent> CandidatesAsync(EventFilter filter, long after, long mark, [EnumeratorCancellation] CancellationToken ct)
    {
        if (filter.Stream is { } stream)
        {
            await foreach (var stored in PagesAsync(after, position => log.ReadStreamAfterAsync(stream, position, mark, PageSize, ct)))
                yield return stored;
            yield break;
        }

        var indexed = filter.Entity is null && filter.Types is null ? after : Math.Min(mark, await IndexedAsync(ct));
        if (after < indexed)
        {
            await foreach (var stored in PagesAsync(after, async position => await log.ReadEventsAsync(await SequencesAsync(filter, position, indexed, ct), ct)))
                yield return stored;
            after = indexed;
        }

        await foreach (var stored in PagesAsync(after, position => log.ReadRangeAsync(position, mark, PageSize, ct)))
            yield return stored;
    }

    private static async IAsyncEnumerable<StoredEvent> PagesAsync(long after, Func<long, Task<IReadOnlyList<StoredEvent>>> readAsync)
    {
        IReadOnlyList<StoredEvent> page;
        do
        {
            page = await readAsync(after);
            foreach (var stored in page)
                yield return stored;
            after = page.Count == 0 ? after : page[^1].Sequence;
        }
        while (page.Count == PageSize);
    }

    private async Task<long> IndexedAsync(CancellationToken ct)
    {
        var rows = await database.QueryAsync(
            "select sequence from kg.checkpoints where name = $1", [EventIndex.Set.CheckpointName], row => row.GetInt64(0), ct);
        return rows.SingleOrDefault();
    }

    private async Task<long[]> SequencesAsync(EventFilter filter, long after, long until, CancellationToken ct)
    {
        // One ordered walk for each key: with "= any" on the first column of the index there would be a sort of everything.
        var (table, column, keys) = filter.Entity is { } entity ? ("entities", "entity_id", new[] { entity }) : ("types", "type", [.. filter.Types!]);
        var sequences = await database.QueryAsync(
            $"""
            select found.sequence
            from unnest($1::text[]) as wanted (key),
                lateral (
                    select sequence from event_index.{table} where {column} = wanted.key and sequence > $2 and sequence <= $3
                    order by sequence limit {PageSize}) found
            order by found.sequence
            limit {PageSize}
            """,
            [keys, after, until],
            row => row.GetInt64(0),
            ct);
        return [.. sequences];
    }
}
