using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Exports.Parquet;
using KnowledgeGraph.Api.Tests.Http;

namespace KnowledgeGraph.Api.Tests.Exports;

/// <summary>What is written as Parquet is read by DuckDB, which knows the format from elsewhere.</summary>
public sealed class ParquetTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(64)]
    public async Task Rows_of_every_kind_read_back_whatever_the_groups(int count)
    {
        ClientTools.SkipUnlessInstalled();
        var random = new Random(count);
        object?[][] rows =
        [
            .. Enumerable.Range(0, count).Select(i => (object?[])
            [
                Maybe($"行 {i} \"\U0001F600\"\n{new string('x', random.Next(300))}"), Maybe($$"""{"a":[{{i}}]}"""),
                Maybe(random.NextInt64(long.MinValue, long.MaxValue)), Maybe(new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(random.NextInt64(4_000_000_000_000_000))),
            ]),
        ];
        var (types, read) = await ReadAsync(async stream =>
        {
            var writer = new ParquetWriter(stream, [new("文", ParquetKind.Text), new("json", ParquetKind.Json), new("n", ParquetKind.Whole), new("t", ParquetKind.Instant)], rowsPerGroup: 10);
            foreach (var row in rows)
                await writer.AddAsync(row, TestContext.Current.CancellationToken);
            await writer.EndAsync(TestContext.Current.CancellationToken);
        });
        // JSON is a type of DuckDB's only where its extension could be had.
        Assert.Equal(["VARCHAR", "BIGINT", "TIMESTAMP WITH TIME ZONE"], new[] { "文", "n", "t" }.Select(name => types[name]!.ToString()));
        Assert.Equal(rows.Select(row => string.Join('|', row.Select(Shown))), read.Select(row => string.Join('|', row.Select(value => value.Key == "t" ? Shown(InstantOf(value.Value)) : value.Value?.ToString()))));

        object? Maybe(object value) => random.Next(4) == 0 ? null : value;
    }

    [Fact]
    public async Task An_export_holds_what_the_one_as_csv_does()
    {
        ClientTools.SkipUnlessInstalled();
        var report = await fixture.Host.IngestAsync("柱\nrandom 200", "?date=2026-05");
        var response = await fixture.Host.Client.GetAsync("/exports/parquet", TestContext.Current.CancellationToken);
        Assert.Equal("application/vnd.apache.parquet", response.Content.Headers.ContentType?.ToString());
        var (_, rows) = await ReadAsync(async stream => await response.Content.CopyToAsync(stream));
        var facts = await fixture.Host.ListAsync($"/reports/{report}/facts", 500);
        Assert.Equal(facts.Select(fact => fact["id"]!.ToString()), rows.Select(row => row["id"]!.ToString()));
        foreach (var (fact, row) in facts.Zip(rows))
        {
            Assert.Equal(fact["quote"]!.ToString(), row["quote"]!.ToString());
            Assert.Equal(fact["values"]!.ToJsonString(), JsonNode.Parse(row["values"]!.ToString())!.ToJsonString());
            Assert.Equal(fact["when"]?.ToString(), row["when"]?.ToString());
            Assert.Equal(fact["evidence"]!["sequence"]!.ToString(), row["sequence"]!.ToString());
            Assert.Equal(fact["evidence"]!["recorded"]!.GetValue<DateTimeOffset>(), InstantOf(row["recorded"]));
        }
    }

    private static async Task<(JsonObject Types, List<JsonObject> Rows)> ReadAsync(Func<Stream, Task> write)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.parquet");
        try
        {
            await using (var file = File.Create(path))
                await write(file);
            var lines = (await ClientTools.RunAsync("node", "parquet.js", path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
            return (lines[0], lines[1..]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static DateTimeOffset? InstantOf(JsonNode? value) => value is null ? null : DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string? Shown(object? value) => value is DateTimeOffset instant ? instant.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
