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

    // A DateOnly is a date and an array of them date[]; only a bare null has to be told, and the server infers its type.
    private static void Bind(NpgsqlCommand command, object?[] parameters)
    {
        foreach (var value in parameters)
            command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown } : new NpgsqlParameter { Value = value });
    }
}
