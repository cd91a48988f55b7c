using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Claims;

public sealed class ClaimTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task Claims_of_a_part_of_the_business_are_those_of_that_part()
    {
        await host.IngestAsync("""
            部
            {"type":"EarningsReported","roles":{"company":"company/parted"},"values":{"metric":"revenue","period":"2026Q1","segment":"Data Center business","amount":7,"currency":"USD"}}
            {"type":"EarningsReported","roles":{"company":"company/parted"},"values":{"metric":"revenue","period":"2026Q1","amount":9,"currency":"USD"}}
            """);
        var claim = Assert.Single(await host.ListAsync("/claims?entity=company/parted&segment=data%20CENTER", 5));
        Assert.Equal("7", claim["current"]!["value"]!.ToJsonString());
        Assert.Equal(2, (await host.ListAsync("/claims?entity=company/parted", 5)).Count);
    }

    [Fact]
    public async Task Two_reports_of_one_figure_are_one_claim_with_both_values_their_words_and_the_one_shown()
    {
        await host.IngestAsync("国金\n英伟达|FY2027Q1|81600000000|2026-05-20", "?publisher=A&date=2026-05-24");
        await host.IngestAsync("国信\n英伟达|FY2027Q1|82000000000|2026-05-20", "?publisher=B&date=2026-06-01");
        var claim = Assert.Single(await ListAsync("entity=company/nvidia&metric=revenue&period=FY2027Q1"));
        Assert.Equal(2, claim["valueCount"]!.GetValue<int>());
        Assert.Equal(["B", "A"], claim["values"]!.AsArray().Select(value => value!["evidence"]!["publisher"]!.ToString()));
        Assert.Equal(["英伟达|FY2027Q1|82000000000|2026-05-20", "英伟达|FY2027Q1|81600000000|2026-05-20"], claim["values"]!.AsArray().Select(value => value!["evidence"]!["quote"]!.ToString()));
        Assert.Equal(("finer-figure", 81600000000m), (claim["current"]!["rule"]!.ToString(), claim["current"]!["value"]!.GetValue<decimal>()));
        Assert.False(claim["conflicting"]!.GetValue<bool>());
        Assert.Equal("compatible", claim["stages"]![0]!["agreement"]!.ToString());
        Assert.Equal(400000000m, claim["stages"]![0]!["spread"]!.GetValue<decimal>());
        var one = await host.GetAsync($"/claims/{claim["id"]}");
        Assert.Equal(2, one["path"]!.AsArray().Count);
        Assert.Equal(claim["values"]!.ToJsonString(), one["values"]!.ToJsonString());
    }

    [Fact]
    public async Task A_move_up_and_a_move_down_in_the_same_week_of_one_report_are_its_conflict()
    {
        var report = await host.IngestAsync($"周报\n{Move("company/inner", -5.05m)}\n{Move("company/inner", 4.71m)}\n{Move("company/calm", 2.5m)}");
        var claim = Assert.Single(await ListAsync("conflicting=true&metric=price&entity=company/inner"));
        Assert.Equal((report, "report"), (claim["conflicts"]![0]!["report"]!.ToString(), claim["conflicts"]![0]!["scope"]!.ToString()));
        Assert.Equal(9.76m, claim["stages"]![0]!["spread"]!.GetValue<decimal>());
        Assert.Contains(await ListAsync("conflicting=true"), other => other["id"]!.ToString() == claim["id"]!.ToString());
        Assert.Empty(await ListAsync("conflicting=true&entity=company/calm"));
        Assert.Single(await ListAsync("conflicting=false&entity=company/calm"));
    }

    [Fact]
    public async Task Figures_in_different_currencies_or_periods_are_never_one_claim_but_siblings()
    {
        await host.IngestAsync($"币种\n{Revenue("company/coin", "2026Q1", 100, "USD")}\n{Revenue("company/coin", "2026Q1", 700, "CNY")}\n{Revenue("company/coin", "FY2026Q1", 300, "USD")}");
        var claims = await ListAsync("entity=company/coin&metric=revenue");
        Assert.Equal(3, claims.Count);
        Assert.All(claims, claim => Assert.False(claim["conflicting"]!.GetValue<bool>()));
        var dollars = claims.Single(claim => claim["period"]!.ToString() == "2026Q1" && claim["basis"]!["currency"]!.ToString() == "USD");
        var sibling = Assert.Single((await host.GetAsync($"/claims/{dollars["id"]}"))["siblings"]!.AsArray());
        Assert.Equal("CNY", sibling!["basis"]!["currency"]!.ToString());
    }

    [Fact]
    public async Task A_part_of_a_business_is_one_cell_under_all_its_names_and_events_keep_theirs()
    {
        var report = await host.IngestAsync($"分部甲\n{Revenue("company/segmented", "2026Q1", 100, segment: "Data Center")}");
        await host.IngestAsync($"分部乙\n{Revenue("company/segmented", "2026Q1", 130, segment: "数据中心")}\n{Revenue("company/segmented", "2026Q1", 20, segment: "networking")}");
        var claim = Assert.Single(await ListAsync($"entity=company/segmented&segment={Uri.EscapeDataString("data centre")}"));
        Assert.Equal((2, true, "数据中心"), (claim["valueCount"]!.GetValue<int>(), claim["conflicting"]!.GetValue<bool>(), claim["basis"]!["segment"]!.ToString()));
        Assert.Equal(2, (await ListAsync("entity=company/segmented")).Count);
        Assert.Equal("Data Center", Assert.Single(await host.ListAsync($"/reports/{report}/facts", 5))["values"]!["segment"]!.ToString());
        Assert.Single((await host.GetAsync("/entities/company/segmented/series?metric=revenue&segment=datacenter"))["series"]!.AsArray());
    }

    [Fact]
    public async Task Reports_that_cite_one_source_or_unnamed_ones_of_one_day_have_one_origin()
    {
        string[] lines =
        [
            Revenue("company/origin", "2026Q1", 100, source: ["新浪财经", "财联社"]), Revenue("company/origin", "2026Q1", 100, source: ["财联社"]),
            Revenue("company/origin", "2026Q1", 100, source: ["两位知情人士"]), Revenue("company/origin", "2026Q1", 100, source: ["people familiar with the matter"]),
            Revenue("company/origin", "2026Q1", 100, source: []),
        ];
        for (var i = 0; i < lines.Length; i++)
            await host.IngestAsync($"来源 {i}\n{lines[i]}");
        var claim = Assert.Single(await ListAsync("entity=company/origin"));
        Assert.Equal(3, claim["origins"]!.GetValue<int>());
        Assert.Equal(5, claim["valueCount"]!.GetValue<int>());
        Assert.Equal(["actual", "rumour"], claim["stages"]!.AsArray().Select(stage => stage!["stage"]!.ToString()));
    }

    [Fact]
    public async Task A_forecast_has_its_error_once_the_actual_is_known()
    {
        await host.IngestAsync("""
            展望
            {"type":"ForecastIssued","roles":{"issuer":"publisher/seer","subject":"company/foretold"},"values":{"metric":"revenue","period":"2026Q1","amount":90,"currency":"USD"},"status":"forecast"}
            """, "?date=2026-03-01");
        await host.IngestAsync($"实绩\n{Revenue("company/foretold", "2026Q1", 100)}", "?date=2026-05-01");
        var claim = await host.GetAsync($"/claims/{Assert.Single(await ListAsync("entity=company/foretold&type=ForecastIssued"))["id"]}");
        Assert.Equal(("publisher/seer", -10m), (claim["errors"]![0]!["by"]!.ToString(), claim["errors"]![0]!["errorPercent"]!.GetValue<decimal>()));
        Assert.Equal(["forecast", "actual"], claim["path"]!.AsArray().Select(step => step!["stage"]!.ToString()));
        Assert.Equal("stage", claim["current"]!["rule"]!.ToString());
    }

    [Fact]
    public async Task As_of_a_sequence_a_claim_is_what_it_was()
    {
        await host.IngestAsync($"旧\n{Move("company/past", 1m)}", "?publisher=A");
        var claim = Assert.Single(await ListAsync("entity=company/past"));
        var then = (await host.GetAsync("/claims?entity=company/past"))["sequence"]!.GetValue<long>();
        await host.IngestAsync($"新\n{Move("company/past", 3m)}", "?publisher=B");
        Assert.True(Assert.Single(await ListAsync("entity=company/past&conflicting=true"))["conflicting"]!.GetValue<bool>());
        Assert.Empty(await ListAsync($"entity=company/past&conflicting=true&asOf={then}"));
        Assert.Equal(claim.ToJsonString(), Assert.Single(await ListAsync($"entity=company/past&asOf={then}")).ToJsonString());
        Assert.Equal(1, (await host.GetAsync($"/claims/{claim["id"]}?asOf={then}"))["valueCount"]!.GetValue<int>());
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"/claims/{claim["id"]}?asOf=1"), HttpStatusCode.NotFound, "not-found", "id");
    }

    [Fact]
    public async Task At_a_day_only_what_had_happened_is_weighed()
    {
        await host.IngestAsync($"""
            当时
            {Move("company/then", 1m, "2026-05-04")}
            {Move("company/then", 9m, "2026-05-20")}
            """);
        Assert.Single(await ListAsync("entity=company/then&conflicting=true&at=2026-05-20"));
        Assert.Empty(await ListAsync("entity=company/then&conflicting=true&at=2026-05-10"));
        Assert.Equal(1, Assert.Single(await ListAsync("entity=company/then&at=2026-05-10"))["valueCount"]!.GetValue<int>());
        Assert.Empty(await ListAsync("entity=company/then&at=2026-04"));
    }

    [Fact]
    public async Task Merged_entities_share_a_claim_and_a_split_parts_it_again()
    {
        await host.IngestAsync($"甲\n{Revenue("company/twin-a", "2026Q1", 100)}");
        await host.IngestAsync($"乙\n{Revenue("company/twin-b", "2026Q1", 300)}");
        var (one, other) = (Assert.Single(await ListAsync("entity=company/twin-a")), Assert.Single(await ListAsync("entity=company/twin-b")));
        var then = (await host.GetAsync("/claims"))["sequence"]!.GetValue<long>();
        await DecideAsync("merges", """{"entity":"company/twin-b","into":"company/twin-a","author":"a","reason":"r"}""");
        var merged = Assert.Single(await ListAsync("entity=company/twin-a&conflicting=true"));
        Assert.Equal((one["id"]!.ToString(), 2), (merged["id"]!.ToString(), merged["valueCount"]!.GetValue<int>()));
        Assert.Equal(merged.ToJsonString(), Assert.Single(await ListAsync("entity=company/twin-b")).ToJsonString());
        var moved = await host.Client.GetAsync($"/claims/{other["id"]}");
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"/claims/{one["id"]}"), (moved.StatusCode, moved.Headers.Location!.ToString()));
        Assert.Empty(await ListAsync($"entity=company/twin-a&conflicting=true&asOf={then}"));

        await DecideAsync("splits", """{"entity":"company/twin-b","author":"a","reason":"r"}""");
        Assert.Equal(one.ToJsonString(), Assert.Single(await ListAsync("entity=company/twin-a")).ToJsonString());
        Assert.Equal(other.ToJsonString(), Assert.Single(await ListAsync("entity=company/twin-b")).ToJsonString());
    }

    [Fact]
    public async Task A_retracted_value_leaves_its_claim_and_a_correction_is_a_step_of_its_path()
    {
        var report = await host.IngestAsync($"勘误\n{Revenue("company/errata", "2026Q1", 100)}\n{Revenue("company/errata", "2026Q1", 900)}");
        var wrong = (await host.ListAsync($"/reports/{report}/facts", 10)).Single(fact => fact["values"]!["amount"]!.GetValue<decimal>() == 900);
        Assert.Single(await ListAsync("entity=company/errata&conflicting=true"));
        await DecideAsync("corrections", $$$"""{"fact":"{{{wrong["id"]}}}","values":{"amount":110},"author":"a","reason":"r"}""");
        var claim = await host.GetAsync($"/claims/{Assert.Single(await ListAsync("entity=company/errata"))["id"]}");
        Assert.Contains(("correction", 110m), claim["path"]!.AsArray().Select(step => (step!["stage"]!.ToString(), step["low"]!.GetValue<decimal>())));
        await DecideAsync("retractions", $$"""{"fact":"{{wrong["id"]}}","author":"a","reason":"r"}""");
        Assert.Empty(await ListAsync("entity=company/errata&conflicting=true"));
        Assert.Equal(1, Assert.Single(await ListAsync("entity=company/errata"))["valueCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Of_a_claim_of_many_values_the_latest_hundred_are_weighed_and_all_are_listed()
    {
        await host.IngestAsync($"早\n{Revenue("company/many", "2026Q1", 90_000)}\n{Revenue("company/many", "2026Q1", 170_000)}", "?date=2026-04-01");
        var checkedOne = (await host.ListAsync($"/reports/{await host.IngestAsync($"查\n{Revenue("company/many", "2026Q1", 101_500)}", "?date=2026-04-02")}/facts", 10))[0];
        await DecideAsync("confirmations", $$"""{"fact":"{{checkedOne["id"]}}","author":"a","reason":"r"}""");
        var before = Assert.Single(await ListAsync("entity=company/many"))["id"];
        for (var report = 0; report < 11; report++)
            await host.IngestAsync($"多 {report}\n{string.Join('\n', Enumerable.Range(0, 10).Select(i => Revenue("company/many", "2026Q1", 100_000 + (report * 10) + i)))}", "?date=2026-05-01");

        var claim = await host.GetAsync($"/claims/{before}");
        Assert.Equal((100, 50), (claim["valueCount"]!.GetValue<int>(), claim["values"]!.AsArray().Count));
        Assert.Equal((90_000m, 170_000m), (claim["stages"]![0]!["least"]!.GetValue<decimal>(), claim["stages"]![0]!["greatest"]!.GetValue<decimal>()));
        Assert.Equal(("confirmed", 101_500m), (claim["current"]!["rule"]!.ToString(), claim["current"]!["value"]!.GetValue<decimal>()));
        var values = await host.ListAsync($"/claims/{before}/values", 7);
        Assert.Equal(113, values.Select(value => value["fact"]!.ToString()).Distinct().Count());
        Assert.Equal(113, values.Count);
        Assert.Equal(claim["values"]!.AsArray().Select(value => value!.ToJsonString()), values.Take(50).Select(value => value.ToJsonString()));
        Assert.Equal(["101500 standing", "170000 standing", "90000 standing"], values[^3..].Select(value => $"{value["value"]} {value["state"]}"));
        Assert.Equal(10, values.Count(value => value["state"] is null));
        var listed = Assert.Single(await ListAsync("entity=company/many&conflicting=true"));
        Assert.Equal((20, claim["conflicts"]!.ToJsonString()), (listed["values"]!.AsArray().Count, listed["conflicts"]!.ToJsonString()));
    }

    [Fact]
    public async Task Claims_that_spread_less_than_asked_are_left_out()
    {
        await host.IngestAsync($"阔\n{Revenue("company/wide", "2026Q1", 1005)}\n{Revenue("company/wide", "2026Q2", 1100)}");
        await host.IngestAsync($"窄\n{Revenue("company/wide", "2026Q1", 1001)}\n{Revenue("company/wide", "2026Q2", 1300)}");
        Assert.Equal(2, (await ListAsync("entity=company/wide&conflicting=true")).Count);
        Assert.Equal("2026Q2", Assert.Single(await ListAsync("entity=company/wide&conflicting=true&minSpreadPercent=1.5"))["period"]!.ToString());
    }

    [Fact]
    public async Task Pages_show_each_claim_once_under_every_filter()
    {
        await host.PostAsync("翻页\nrandom 300");
        foreach (var filter in new[] { "", "metric=metric-1", "period=period-3", "conflicting=true", "type=EarningsReported,MetricReported", "entity=company/amd", "metric=price&period=2026-05", "at=2026-05" })
        {
            var paged = (await host.ListAsync($"/claims?{filter}", 7)).Select(claim => claim["id"]!.ToString()).ToList();
            var whole = (await host.ListAsync($"/claims?{filter}", 500)).Select(claim => claim["id"]!.ToString()).ToList();
            Assert.Equal(whole, paged);
            Assert.Equal(whole.Count, whole.Distinct().Count());
        }
    }

    [Fact]
    public async Task What_the_view_says_of_a_claim_is_what_its_values_come_to()
    {
        await host.PostAsync("一致甲\nrandom 200");
        await host.PostAsync("一致乙\nrandom 200");
        var all = await host.ListAsync("/claims", 500);
        var conflicting = await host.ListAsync("/claims?conflicting=true", 500);
        Assert.True(conflicting.Count > 0);
        Assert.Equal(all.Where(claim => claim["conflicting"]!.GetValue<bool>()).Select(claim => claim["id"]!.ToString()), conflicting.Select(claim => claim["id"]!.ToString()));
        var wide = await host.ListAsync("/claims?minSpreadPercent=10", 500);
        Assert.Equal(all.Where(claim => claim["spreadPercent"]!.GetValue<decimal>() >= 10).Select(claim => claim["id"]!.ToString()), wide.Select(claim => claim["id"]!.ToString()));
    }

    [Theory]
    [InlineData("/claims?entity=nvidia", "entity")]
    [InlineData("/claims?conflicting=yes", "conflicting")]
    [InlineData("/claims?minSpreadPercent=-1", "minSpreadPercent")]
    [InlineData("/claims?type=Rumour", "type")]
    [InlineData("/claims?cursor=x", "cursor")]
    [InlineData("/claims/1", "id")]
    public async Task A_parameter_that_is_none_is_refused_by_name(string path, string parameter) =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync(path), HttpStatusCode.BadRequest, "invalid-parameter", parameter);

    private async Task DecideAsync(string resource, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        var response = await host.Client.PostAsync($"/curation/{resource}", content);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_claim_comes_to_by_adding_value_after_value_is_what_all_its_values_come_to(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 12; i++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Told(random, $"company/sum-{seed}-{random.Next(2)}"));
            await host.IngestAsync($"累加 {seed} {i}\n{string.Join('\n', lines)}", $"?publisher=House{random.Next(3)}&date=2026-05-0{random.Next(1, 9)}");
        }

        await using var command = fixture.Database.DataSource.CreateCommand(
            $"select id, from_sequence, conflicting, spread_percent from views.claims where subject like 'company/sum-{seed}-%'");
        await using var reader = await command.ExecuteReaderAsync();
        var compared = 0;
        for (; await reader.ReadAsync(); compared++)
        {
            var claim = await host.GetAsync($"/claims/{reader.GetGuid(0)}?asOf={reader.GetInt64(1)}");
            Assert.Equal((claim["conflicting"]!.GetValue<bool>(), claim["spreadPercent"]!.GetValue<decimal>()), (reader.GetBoolean(2), reader.GetDecimal(3)));
        }

        Assert.True(compared > 4);
    }

    private static string Told(Random random, string company) => Told(random, random.Next(3) == 0 ? ("ForecastIssued", "subject") : ("EarningsReported", "company"), company);

    private static string Told(Random random, (string Type, string Role) what, string company) => new JsonObject
    {
        ["type"] = what.Type,
        ["roles"] = new JsonObject { [what.Role] = company },
        ["when"] = "2026-05-20",
        ["status"] = new[] { "reported", "reported", "announced", "forecast", "rumored", "denied" }[random.Next(6)],
        ["values"] = new JsonObject { ["metric"] = "revenue", ["period"] = "2026Q1", ["amount"] = random.Next(50, 150) * 1_000_000m, ["currency"] = "USD" },
        ["attribution"] = new JsonArray([.. new[] { "财联社", "Reuters" }.Take(random.Next(3)).Select(name => (JsonNode)name)]),
    }.ToJsonString();

    private Task<List<JsonNode>> ListAsync(string query) => host.ListAsync($"/claims?{query}", 500);

    private static string Move(string company, decimal percent, string when = "2026-07-03") => new JsonObject
    {
        ["type"] = "PriceChanged",
        ["roles"] = new JsonObject { ["subject"] = company },
        ["when"] = when,
        ["values"] = new JsonObject { ["instrument"] = "share", ["period"] = "2026-06-29/2026-07-03", ["changePercent"] = percent },
    }.ToJsonString();

    private static string Revenue(string company, string period, decimal amount, string currency = "USD", string[]? source = null, string? segment = null) => new JsonObject
    {
        ["type"] = "EarningsReported",
        ["roles"] = new JsonObject { ["company"] = company },
        ["when"] = "2026-05-20",
        ["values"] = ValuesOf(new() { ["metric"] = "revenue", ["period"] = period, ["amount"] = amount, ["currency"] = currency }, segment),
        ["attribution"] = new JsonArray([.. (source ?? []).Select(name => (JsonNode)name)]),
    }.ToJsonString();

    private static JsonObject ValuesOf(JsonObject values, string? segment)
    {
        if (segment is not null)
            values["segment"] = segment;
        return values;
    }
}
