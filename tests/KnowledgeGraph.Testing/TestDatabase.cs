using Npgsql;

namespace KnowledgeGraph.Testing;

/// <summary>A database of one test class or test; dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    internal TestDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Runs a statement as anybody with psql would.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The single value of a query.</summary>
    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The first column of all rows.</summary>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(await reader.GetFieldValueAsync<T>(0));
        return rows;
    }

    /// <summary>A statement that appends one event by the store's own function, whatever the stream's version.</summary>
    public static string AppendSql(string stream, string type, string body) =>
        $"""
        select * from kg.append(array['{stream}'], array[null]::varchar[], array[null]::bigint[], array[1]::bigint[], array[1], array[1]::bigint[],
                                array[gen_random_uuid()], array['{type}'], array['T, T'], array['{body}'], now(), null, null, null)
        """;

    /// <summary>A session with an open transaction, which the caller commits, rolls back or kills.</summary>
    public async Task<OpenTransaction> BeginAsync()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new OpenTransaction(this, connection, await connection.BeginTransactionAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await PostgresFixture.DropAsync(new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
    }
}

/// <summary>A transaction held open by a test.</summary>
public sealed class OpenTransaction(TestDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public int Process => connection.ProcessID;

    public async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
    }

    public Task CommitAsync() => transaction.CommitAsync();

    public Task RollbackAsync() => transaction.RollbackAsync();

    /// <summary>Terminates its session from another one and returns when that is gone.</summary>
    public async Task KillAsync()
    {
        if (!await database.ReadAsync<bool>($"select pg_terminate_backend({Process}, 10000)"))
            throw new TimeoutException($"Session {Process} did not end.");
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
