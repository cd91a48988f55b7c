using Npgsql;

namespace KnowledgeGraph.EventStore.Daemon;

/// <summary>An event that a shard could not apply and went past.</summary>
/// <param name="Shard">Which shard.</param>
/// <param name="Sequence">The event.</param>
/// <param name="EventType">Its stored name.</param>
/// <param name="Reason">What it failed with, the last time.</param>
/// <param name="Recorded">When that was.</param>
/// <param name="Attempts">How often it has been tried.</param>
public sealed record DeadLetter(string Shard, long Sequence, string EventType, string Reason, DateTimeOffset Recorded, int Attempts);

/// <summary>The events that shards have set aside.</summary>
public sealed class DeadLetters(NpgsqlDataSource database)
{
    /// <summary>By shard and sequence, after a given one of them.</summary>
    /// <param name="shard">Of this shard only; null for all.</param>
    /// <param name="afterShard">The shard of the last one known; empty for none.</param>
    /// <param name="afterSequence">Its sequence.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<List<DeadLetter>> ReadAsync(string? shard, string afterShard, long afterSequence, int limit, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            select projection, sequence, event_type, reason, recorded, attempts
              from kg.dead_letters
             where ($1 = '' or projection = $1) and (projection, sequence) > ($2, $3)
             order by projection, sequence
             limit $4
            """);
        command.Parameters.Add(new() { Value = shard ?? "" });
        command.Parameters.Add(new() { Value = afterShard });
        command.Parameters.Add(new() { Value = afterSequence });
        command.Parameters.Add(new() { Value = limit });
        var letters = new List<DeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            letters.Add(new DeadLetter(
                reader.GetString(0),
                reader.GetInt64(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4).ToUniversalTime(),
                reader.GetInt32(5)));
        }

        return letters;
    }
}
