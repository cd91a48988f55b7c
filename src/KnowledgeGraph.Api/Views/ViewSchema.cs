using Npgsql;

namespace KnowledgeGraph.Api.Views;

/// <summary>The tables of a set of views, in the live schema or in another.</summary>
public static class ViewSchema
{
    /// <summary>
    /// Sees to it that the live views are those of this version. Others are dropped: the projection of the new version begins at the first
    /// event, under a checkpoint of its own. Hosts that start at the same time take turns by the lock.
    /// </summary>
    public static async Task EnsureLiveAsync(NpgsqlDataSource database, ViewSet set, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('knowledge-graph views', 0))", [], cancellation);
        var stands = await transaction.QueryAsync(
            "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = $1", [set.Schema], row => row.Optional<string>(0), cancellation);
        var wanted = $"{set.CheckpointName}, built from the events; dropped at the next version";
        if (stands is [{ } comment] && comment == wanted)
            return;
        await transaction.ExecuteAsync($"drop schema if exists {set.Schema} cascade", [], cancellation);
        await CreateAsync(transaction, set, set.Schema, cancellation);
        await transaction.ExecuteAsync($"comment on schema {set.Schema} is '{wanted}'", [], cancellation);
        // An empty view has passed nothing, also where this version had been here before another was.
        await transaction.ExecuteAsync("delete from kg.checkpoints where name = $1", [set.CheckpointName], cancellation);
        await transaction.ExecuteAsync("delete from kg.dead_letters where projection = $1", [set.CheckpointName], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <param name="transaction">Where the schema is created.</param>
    /// <param name="set">What is created.</param>
    /// <param name="schema">An identifier that needs no quotes.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task CreateAsync(NpgsqlTransaction transaction, ViewSet set, string schema, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync($"create schema {schema}", [], cancellation);
        await transaction.ExecuteAsync(set.Script.Replace("{schema}", schema, StringComparison.Ordinal), [], cancellation);
    }
}
