using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Series;

public sealed class SeriesTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task A_series_has_a_row_for_each_period_with_growth_as_reported_and_as_computed()
    {
        await host.IngestAsync($"""
            季报
            {Revenue("company/rows", "FY2026Q1", 44_062)}
            {Revenue("company/rows", "FY2027Q1", 81_600, yoy: 85)}
            {Revenue("company/rows", "FY2026Q4", 68_000)}
            {Revenue("company/rows", "2026Q1", 10)}
            """);
        var answer = await host.GetAsync("/entities/company/rows/series?metric=revenue");
        var points = Assert.Single(answer["series"]!.AsArray())!["points"]!.AsArray();
        Assert.Equal(["2026Q1", "FY2026Q1", "FY2026Q4", "FY2027Q1"], points.Select(point => point!["period"]!.ToString()));
        var last = points[^1]!;
        Assert.Equal(81_600m, last["value"]!.GetValue<decimal>());
        var yoy = last["growth"]!.AsArray().Single(growth => growth!["measure"]!.ToString() == "yoy")!;
        Assert.Equal((85m, 85.1936m, "FY2026Q1"), (yoy["reportedPercent"]!.GetValue<decimal>(), yoy["computedPercent"]!.GetValue<decimal>(), yoy["against"]!.ToString()));
        var qoq = last["growth"]!.AsArray().Single(growth => growth!["measure"]!.ToString() == "qoq")!;
        Assert.Equal((null, 20m), (qoq["reportedPercent"], qoq["computedPercent"]!.GetValue<decimal>()));
        Assert.Contains("81600", last["source"]!["quote"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("actual", last["stage"]!.ToString());
    }

    [Fact]
    public async Task Different_currencies_are_not_set_against_each_other()
    {
        await host.IngestAsync($"币\n{Revenue("company/two-coins", "2025Q1", 100, "USD")}\n{Revenue("company/two-coins", "2026Q1", 900, "CNY")}");
        var points = (await host.GetAsync("/entities/company/two-coins/series?metric=revenue"))["series"]![0]!["points"]!.AsArray();
        Assert.All(points, point => Assert.Empty(point!["growth"]!.AsArray()));
    }

    [Fact]
    public async Task A_segment_is_a_series_of_its_own_also_where_only_its_growth_is_told()
    {
        await host.IngestAsync($"分部\n{Revenue("company/parts", "2026Q1", 100)}\n{Revenue("company/parts", "2026Q1", null, yoy: 184, segment: "GPU 云")}");
        Assert.Null(Assert.Single((await host.GetAsync("/entities/company/parts/series?metric=revenue"))["series"]!.AsArray())!["segment"]);
        var part = Assert.Single((await host.GetAsync($"/entities/company/parts/series?metric=revenue&segment={Uri.EscapeDataString("gpu 云")}"))["series"]!.AsArray())!;
        Assert.Null(part["points"]![0]!["value"]);
        Assert.Equal(184m, part["points"]![0]!["growth"]![0]!["reportedPercent"]!.GetValue<decimal>());
        Assert.Equal(2, (await host.GetAsync("/entities/company/parts/series?metric=revenue&segment=all"))["series"]!.AsArray().Count);
    }

    [Fact]
    public async Task Prices_are_a_series_for_each_instrument_and_item()
    {
        await host.IngestAsync($"""
            价格
            {Price("rental", "2026-03-01", 2.95m)}
            {Price("rental", "2026-05-01", 3.85m)}
            {Price("api", "2026-05-01", 2m, "input")}
            {Price("api", "2026-05-01", 8m, "output")}
            """);
        Assert.Equal(3, (await host.GetAsync("/entities/chip/priced/series?metric=price"))["series"]!.AsArray().Count);
        var rental = Assert.Single((await host.GetAsync("/entities/chip/priced/series?metric=price&instrument=rental"))["series"]!.AsArray())!["points"]!.AsArray();
        Assert.Equal([2.95m, 3.85m], rental.Select(point => point!["value"]!.GetValue<decimal>()));
        Assert.Equal(("2026-03-01", 30.5085m), (rental[1]!["growth"]![0]!["against"]!.ToString(), rental[1]!["growth"]![0]!["computedPercent"]!.GetValue<decimal>()));
        var output = Assert.Single((await host.GetAsync("/entities/chip/priced/series?metric=price&instrument=api&item=output"))["series"]!.AsArray())!;
        Assert.Equal(8m, output["points"]![0]!["value"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task The_frame_has_a_metric_of_one_period_across_entities_page_by_page()
    {
        await host.IngestAsync("框\n" + string.Join('\n', Enumerable.Range(0, 9).Select(i => Revenue($"company/frame-{i}", "2031Q1", 100 + i, yoy: i)))
            + "\n" + string.Join('\n', Enumerable.Range(0, 9).Select(i => Revenue($"company/frame-{i}", "2030Q1", 50))));
        var rows = await host.ListAsync("/series?metric=revenue&period=2031Q1", 4);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"company/frame-{i}"), rows.Select(row => row["entity"]!["id"]!.ToString()));
        var point = Assert.Single(rows[3]["series"]![0]!["points"]!.AsArray())!;
        Assert.Equal((103m, 106m, 3m), (point["value"]!.GetValue<decimal>(), point["growth"]![0]!["computedPercent"]!.GetValue<decimal>(), point["growth"]![0]!["reportedPercent"]!.GetValue<decimal>()));
    }

    [Theory]
    [InlineData("/series?metric=revenue", "period")]
    [InlineData("/series?period=2026", "metric")]
    [InlineData("/entities/company/x/series", "metric")]
    public async Task What_is_needed_is_asked_for_by_name(string path, string parameter) =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync(path), HttpStatusCode.BadRequest, "invalid-parameter", parameter);

    private static string Revenue(string company, string period, decimal? amount, string currency = "USD", decimal? yoy = null, string? segment = null)
    {
        var values = new JsonObject { ["metric"] = "revenue", ["period"] = period };
        if (amount is not null)
            (values["amount"], values["currency"]) = (amount, currency);
        if (yoy is not null)
            values["yoyPercent"] = yoy;
        if (segment is not null)
            values["segment"] = segment;
        return new JsonObject { ["type"] = "EarningsReported", ["roles"] = new JsonObject { ["company"] = company }, ["values"] = values }.ToJsonString();
    }

    private static string Price(string instrument, string when, decimal price, string? item = null)
    {
        var values = new JsonObject { ["instrument"] = instrument, ["price"] = price, ["currency"] = "USD" };
        if (item is not null)
            values["item"] = item;
        return new JsonObject { ["type"] = "PriceChanged", ["roles"] = new JsonObject { ["subject"] = "chip/priced" }, ["when"] = when, ["values"] = values }.ToJsonString();
    }
}
