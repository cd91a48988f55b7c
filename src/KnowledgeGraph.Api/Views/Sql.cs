using Npgsql;
using NpgsqlTypes;

namespace KnowledgeGraph.Api.Views;

/// <summary>Short forms for commands with positional parameters.</summary>
internal static class Sql
{
    public static async Task<int> ExecuteAsync(this NpgsqlTransaction transaction, string sql, object?[] parameters, CancellationToken cancellation)
    {
        await using var command = Command(transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlTransaction transaction, string sql, object?[] parameters, Func<NpgsqlDataReader, T> row, CancellationToken cancellation)
    {
        await using var command = Command(transaction, sql, parameters);
        return await command.ReadAsync(row, cancellation);
    }

    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlDataSource database, string sql, object?[] parameters, Func<NpgsqlDataReader, T> row, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        Bind(command, parameters);
        return await command.ReadAsync(row, cancellation);
    }

    /// <summary>Rows one by one as the database sends them; memory holds one.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        this NpgsqlDataSource database,
        string sql,
        object?[] parameters,
        Func<NpgsqlDataReader, T> row,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        Bind(command, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return row(reader);
    }

    /// <summary>A value of the row's column; null for SQL's null.</summary>
    public static T? Optional<T>(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        Bind(command, parameters);
        return command;
    }

    private static async Task<List<T>> ReadAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellation)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(row(reader));
        return rows;
    }

    private static void Bind(NpgsqlCommand command, object?[] parameters)
    {
        foreach (var value in parameters)
            command.Parameters.Add(ParameterOf(value));
    }

    // A DateOnly is a date and an array of them date[]; only a bare null has to be told, and the server infers its type.
    internal static NpgsqlParameter ParameterOf(object? value) =>
        value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown } : new NpgsqlParameter { Value = value };
}

/// <summary>Reads that need nothing of each other, in one round trip.</summary>
internal sealed class ReadBatch
{
    private readonly List<(NpgsqlBatchCommand Command, Action<NpgsqlDataReader> Take)> reads = [];

    private ReadBatch()
    {
    }

    /// <param name="database">Where to read.</param>
    /// <param name="add">Adds the reads, and returns the lists that will be full where this returns.</param>
    /// <param name="cancellation">Stops the reads.</param>
    public static async Task<T> RunAsync<T>(NpgsqlDataSource database, Func<ReadBatch, T> add, CancellationToken cancellation)
    {
        var batch = new ReadBatch();
        var lists = add(batch);
        if (batch.reads.Count > 0)
            await batch.RunAsync(database, cancellation);
        return lists;
    }

    /// <returns>A list that is filled once all reads have been added.</returns>
    public List<T> Add<T>(string sql, object?[] parameters, Func<NpgsqlDataReader, T> row)
    {
        var rows = new List<T>();
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(Sql.ParameterOf(value));
        reads.Add((command, reader => rows.Add(row(reader))));
        return rows;
    }

    private async Task RunAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var (command, _) in reads)
            batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        foreach (var (_, take) in reads)
        {
            while (await reader.ReadAsync(cancellation))
                take(reader);
            await reader.NextResultAsync(cancellation);
        }
    }
}
