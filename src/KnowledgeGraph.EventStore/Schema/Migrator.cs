using Npgsql;

namespace KnowledgeGraph.EventStore.Schema;

/// <summary>
/// Runs the migrations that a database does not have yet, each in a transaction of its own, which records the number first and then runs
/// the script. Runners of the same database queue on an advisory lock; the later one finds the number recorded and goes on. What was
/// applied is never undone, and an applied script that was edited afterwards is an error.
/// </summary>
public static class Migrator
{
    // 19271 = 'KG' in the two-int space; 1 is the migrations' queue, hash values of stream names may meet it without harm.
    private const string Lock = "select pg_advisory_xact_lock(19271, 1)";

    private const string Bootstrap = """
        create schema if not exists kg;
        create table if not exists kg.migrations (
            source text not null,
            number integer not null,
            name text not null,
            hash text not null,
            applied timestamptz not null default now(),
            primary key (source, number)
        );
        """;

    /// <summary>Brings the database up to date and returns how many scripts ran.</summary>
    /// <exception cref="InvalidOperationException">A script was edited after it had been applied.</exception>
    public static async Task<int> MigrateAsync(NpgsqlDataSource database, IEnumerable<MigrationSource> sources, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            await ExecuteAsync(connection, Lock, ct);
            await ExecuteAsync(connection, Bootstrap, ct);
            await transaction.CommitAsync(ct);
        }

        var applied = 0;
        foreach (var migration in sources.SelectMany(source => source.Read()))
        {
            if (await ApplyAsync(connection, migration, ct))
                applied++;
        }

        return applied;
    }

    private static async Task<bool> ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, Lock, ct);
        if (!await RecordAsync(connection, migration, ct))
            return false;

        await ExecuteAsync(connection, migration.Sql, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static async Task<bool> RecordAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "insert into kg.migrations (source, number, name, hash) values ($1, $2, $3, $4) on conflict (source, number) do nothing",
            connection);
        insert.Parameters.Add(new() { Value = migration.Source });
        insert.Parameters.Add(new() { Value = migration.Number });
        insert.Parameters.Add(new() { Value = migration.Name });
        insert.Parameters.Add(new() { Value = migration.Hash });
        if (await insert.ExecuteNonQueryAsync(ct) == 1)
            return true;

        await using var select = new NpgsqlCommand("select hash from kg.migrations where source = $1 and number = $2", connection);
        select.Parameters.Add(new() { Value = migration.Source });
        select.Parameters.Add(new() { Value = migration.Number });
        if (migration.Hash != (string?)await select.ExecuteScalarAsync(ct))
            throw new InvalidOperationException(
                $"Migration {migration.Source} {migration.Number:D4}_{migration.Name} was edited after this database had applied it.");

        return false;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
