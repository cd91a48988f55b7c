using System.Collections.Concurrent;
using Npgsql;

namespace KnowledgeGraph.Api.Views;

/// <summary>The tables of a set of views, in the live schema or in another. A comment on the schema says of which version they are.</summary>
public static class ViewSchema
{
    /// <summary>Creates the live views where there are none. Hosts that start at the same time take turns by a lock.</summary>
    /// <returns>Whether those that are there are of this version; others are to be rebuilt beside them.</returns>
    public static async Task<bool> EnsureLiveAsync(NpgsqlDataSource database, ViewSet set, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('knowledge-graph views', 0))", [], cancellation);
        if (await VersionAsync(transaction, set.Schema, cancellation) is { } stands)
            return stands == set.CheckpointName;
        await CreateAsync(transaction, set, set.Schema, set.CheckpointName, cancellation);
        await transaction.ExecuteAsync(In(set.Schema, set.Script.Decisions + set.Script.Readers), [], cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The checkpoint's name of the version that a schema holds; empty where it does not say so, null where there is no such schema.</summary>
    public static async Task<string?> VersionAsync(NpgsqlTransaction transaction, string schema, CancellationToken cancellation)
    {
        var comments = await transaction.QueryAsync(
            "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = $1", [schema], row => row.GetString(0), cancellation);
        return comments is [var comment] ? comment.Split(':')[0] : null;
    }

    /// <summary>Creates empty tables under a checkpoint that has passed nothing; without the indexes, which are made when they are needed.</summary>
    /// <param name="transaction">Where the schema is created.</param>
    /// <param name="set">What is created.</param>
    /// <param name="schema">An identifier that needs no quotes.</param>
    /// <param name="checkpoint">The name under which the tables will be filled.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task CreateAsync(NpgsqlTransaction transaction, ViewSet set, string schema, string checkpoint, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync($"create schema {schema}", [], cancellation);
        await transaction.ExecuteAsync(In(schema, set.Script.Tables), [], cancellation);
        await transaction.ExecuteAsync($"comment on schema {schema} is '{set.CheckpointName}: built from the events'", [], cancellation);
        await transaction.ExecuteAsync("delete from kg.checkpoints where name = $1", [checkpoint], cancellation);
        await transaction.ExecuteAsync("delete from kg.dead_letters where projection = $1", [checkpoint], cancellation);
    }

    /// <summary>Before a decision is folded: makes the indexes that it reads by, where they are not there yet.</summary>
    /// <param name="transaction">That of the fold.</param>
    /// <param name="set">Whose indexes they are.</param>
    /// <param name="schema">Where the tables stand.</param>
    /// <param name="sign">The name of one of them, which tells of all.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task IndexForDecisionsAsync(NpgsqlTransaction transaction, ViewSet set, string schema, string sign, CancellationToken cancellation)
    {
        var missing = await transaction.QueryAsync(
            $"select to_regclass('{schema}.{sign}') is null", [], row => row.GetBoolean(0), cancellation);
        if (missing[0])
            await transaction.ExecuteAsync(In(schema, set.Script.Decisions), [], cancellation);
    }

    /// <summary>
    /// Makes the indexes that are still missing and looks at how the tables' values are spread, two statements at a time. Each index is there for good
    /// when it is made; broken off, the next call makes the rest.
    /// </summary>
    public static async Task IndexAsync(NpgsqlDataSource database, ViewSet set, string schema, CancellationToken cancellation)
    {
        var statements = new ConcurrentQueue<string>(set.Script.Indexes.Concat(set.Tables.Select(view => $"analyze {schema}.{view.Table}")));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            while (statements.TryDequeue(out var statement))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                // An index that a crash takes back is made again; the switch waits for the disk, and with it for all before it.
                await transaction.ExecuteAsync("select set_config('maintenance_work_mem', '128MB', true), set_config('synchronous_commit', 'off', true)", [], cancellation);
                await transaction.ExecuteAsync(In(schema, statement), [], cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }));
    }

    private static string In(string schema, string script) => script.Replace("{schema}", schema, StringComparison.Ordinal);
}
