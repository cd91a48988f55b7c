using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Tests.Views;

public sealed class CopyRowsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    public static TheoryData<decimal> Numbers =>
    [
        0m, 0.0m, 1m, -1m, 10_000m, 9_999m, 100_000_000m, 81_600_000_000m, 85.0m, -85.10m, 0.1m, 0.0001m, 0.00001m, -0.00000001m, 12_345.6789m, 10_000.00005m,
        decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1.0000000000000000000000000000m, 7.9228162514264337593543950335m,
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_number_arrives_with_all_its_digits(decimal number) =>
        Assert.Equal([number.ToString(System.Globalization.CultureInfo.InvariantCulture)], await CopyAsync("numeric", 1, (copy, _) => copy.Row(1).Numeric(number)));

    [Fact]
    public async Task Every_kind_of_value_arrives_as_an_insert_would_have_it()
    {
        var id = Guid.NewGuid();
        Assert.Equal(["星河 \\ \"x\"", null], await CopyAsync("text", 2, (copy, i) => copy.Row(1).Text(i == 0 ? "星河 \\ \"x\"" : null)));
        Assert.Equal([id.ToString(), null], await CopyAsync("uuid", 2, (copy, i) => copy.Row(1).Uuid(i == 0 ? id : null)));
        Assert.Equal(["-9223372036854775808", "9223372036854775807"], await CopyAsync("bigint", 2, (copy, i) => copy.Row(1).Bigint(i == 0 ? long.MinValue : long.MaxValue)));
        Assert.Equal(["-7", null], await CopyAsync("int", 2, (copy, i) => copy.Row(1).Int(i == 0 ? -7 : null)));
        Assert.Equal(["-7", "7"], await CopyAsync("smallint", 2, (copy, i) => copy.Row(1).Smallint((short)((14 * i) - 7))));
        Assert.Equal(["false", "true"], await CopyAsync("boolean", 2, (copy, i) => copy.Row(1).Boolean(i == 1)));
        Assert.Equal(
            ["1999-12-31", "2026-05-24", "infinity", "-infinity", null],
            await CopyAsync("date", 5, (copy, i) => copy.Row(1).Date(new DateOnly?[] { new(1999, 12, 31), new(2026, 5, 24), DateOnly.MaxValue, DateOnly.MinValue, null }[i])));
        Assert.Equal(
            ["1999-12-31 23:59:59.999999+00", "2026-05-24 08:00:00.000001+00"],
            await CopyAsync("timestamptz", 2, (copy, i) => copy.Row(1).Timestamp(i == 0
                ? new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_990) : new DateTimeOffset(2026, 5, 24, 16, 0, 0, TimeSpan.FromHours(8)).AddTicks(10))));
        Assert.Equal(["{}", "{a,\"b c\",\"\"}"], await CopyAsync("text[]", 2, (copy, i) => copy.Row(1).Texts(i == 0 ? [] : ["a", "b c", ""])));
        Assert.Equal(["{}", "{-1,2147483647}"], await CopyAsync("int[]", 2, (copy, i) => copy.Row(1).Ints(i == 0 ? [] : [-1, int.MaxValue])));
    }

    [Fact]
    public async Task Many_rows_keep_their_order() => Assert.Equal(
        Enumerable.Range(0, 5000).Select(i => new string('x', i % 300) + i), await CopyAsync("text", 5000, (copy, i) => copy.Row(1).Text(new string('x', i % 300) + i)));

    [Fact]
    public async Task What_fails_while_rows_are_encoded_is_what_is_thrown()
    {
        await using var connection = await fixture.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(transaction, "create temp table copied (value text) on commit drop");
        await Assert.ThrowsAsync<NotSupportedException>(() => CopyRows.WriteAsync(
            transaction, "copied", [1, 2], (copy, i) => copy.Row(1).Text(i == 1 ? "a" : throw new NotSupportedException()), default));
        await transaction.RollbackAsync();
    }

    private async Task<List<string?>> CopyAsync(string type, int rows, Action<CopyRows, int> encode)
    {
        await using var connection = await fixture.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(transaction, $"set local timezone = 'UTC'; create temp table copied (place serial, value {type}) on commit drop");
        await CopyRows.WriteAsync(transaction, "copied (value)", Enumerable.Range(0, rows).ToList(), encode, default);
        await using var read = new NpgsqlCommand("select value::text from copied order by place", connection, transaction);
        await using var reader = await read.ExecuteReaderAsync();
        var values = new List<string?>();
        while (await reader.ReadAsync())
            values.Add(await reader.IsDBNullAsync(0) ? null : reader.GetString(0));
        return values;
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
