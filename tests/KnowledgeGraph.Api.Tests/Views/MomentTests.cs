using System.Globalization;
using System.Net;

namespace KnowledgeGraph.Api.Tests.Views;

public sealed class MomentTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    public static TheoryData<string> Reads =>
    [
        "/reports", "/entities", "/entities?q=x", "/entities/company/moment", "/entities/company/moment/timeline",
        "/entities/company/moment/neighbours", "/claims", "/series?metric=revenue&period=2026Q1",
    ];

    [Fact]
    public async Task A_read_as_of_a_sequence_knows_nothing_of_what_came_later()
    {
        await host.PostAsync("早\nEarly|2026Q1|1|2026-01-01", "?date=2026-02-01");
        var then = (await host.GetAsync("/reports"))["sequence"]!.GetValue<long>();
        var early = await host.GetAsync("/entities/company/early");
        var id = await host.IngestAsync("晚\nEarly|2026Q2|2|2026-04-01\nLate|2026Q2|2|2026-04-01", "?date=2026-01-01");
        Assert.Equal(early.ToJsonString(), (await host.GetAsync($"/entities/company/early?asOf={then}")).ToJsonString());
        Assert.Single(await host.ListAsync($"/entities/company/early/timeline?asOf={then}", 1));
        Assert.Equal(2, (await host.ListAsync("/entities/company/early/timeline", 1)).Count);
        foreach (var path in new[] { "/entities/company/late", $"/reports/{id}", $"/reports/{id}/facts" })
            await ApiHost.ProblemAsync(await host.Client.GetAsync($"{path}?asOf={then}"), HttpStatusCode.NotFound, "not-found", path.StartsWith("/r", StringComparison.Ordinal) ? "id" : "slug");
        Assert.DoesNotContain(await host.ListAsync($"/entities?asOf={then}", 100), entity => entity["name"]!.ToString() == "Late");
    }

    [Fact]
    public async Task An_instant_means_the_last_event_recorded_by_then()
    {
        await host.PostAsync("钟甲\nClock|2026Q1|1|2026-01-01");
        var first = (await host.GetAsync("/reports?limit=1"))["items"]![0]!;
        await host.PostAsync("钟乙\nClock|2026Q2|1|2026-01-02");
        var instant = first["recorded"]!.GetValue<DateTimeOffset>();
        var entries = await host.ListAsync($"/entities/company/clock/timeline?asOf={instant.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z", 10);
        Assert.Equal("2026Q1", Assert.Single(entries)["values"]!["period"]!.ToString());
        await ApiHost.ProblemAsync(
            await host.Client.GetAsync($"/entities/company/clock?asOf={instant.AddTicks(-10).UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z"), HttpStatusCode.NotFound, "not-found", "slug");
    }

    [Fact]
    public async Task At_leaves_out_what_had_not_happened()
    {
        await host.PostAsync("世时\nWorld|a|1|2026-01-10\nWorld|b|2|2026-05-20\nWorld|c|3|2026-06");
        Assert.Equal(["a", "b"], (await host.ListAsync("/entities/company/world/timeline?at=2026-05", 10)).Select(entry => entry["values"]!["period"]!.ToString()));
        Assert.Equal(2, (await host.GetAsync("/entities/company/world?at=2026-05"))["factCount"]!.GetValue<int>());
        Assert.Equal(3, (await host.GetAsync("/entities/company/world"))["factCount"]!.GetValue<int>());
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Every_answer_says_what_sequence_it_is_of_and_is_not_sent_twice(string path)
    {
        await host.PostAsync("头\nMoment|2026Q4|1|2026-01-01");
        var response = await host.Client.GetAsync(path);
        var sequence = long.Parse(response.Headers.GetValues("Kg-Sequence").Single(), CultureInfo.InvariantCulture);
        Assert.True(sequence > 0);
        if ((await ApiHost.ReadAsync(response))["items"] is not null)
            Assert.Equal(sequence, (await ApiHost.ReadAsync(response))["sequence"]!.GetValue<long>());
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await host.Client.SendAsync(again)).StatusCode);
        await host.PostAsync($"头 {Guid.NewGuid()}\nMoment|2026Q3|1|2026-01-01");
        using var later = new HttpRequestMessage(HttpMethod.Get, path);
        later.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(later)).StatusCode);
    }

    [Theory]
    [InlineData("asOf=999999999", "asOf")]
    [InlineData("asOf=-1", "asOf")]
    [InlineData("asOf=yesterday", "asOf")]
    [InlineData("asOf=2999-01-01", "asOf")]
    [InlineData("asOf=2026-05-20T10:00:00", "asOf")]
    [InlineData("at=soon", "at")]
    [InlineData("cursor=999999999.e30", "cursor")]
    public async Task A_moment_that_is_none_is_a_bad_request(string query, string parameter)
    {
        foreach (string path in Reads)
            await ApiHost.ProblemAsync(await host.Client.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}"), HttpStatusCode.BadRequest, parameter == "cursor" && !Listed(path) ? "unknown-parameter" : "invalid-parameter", parameter);

        static bool Listed(string path) => path != "/entities/company/moment";
    }

    [Fact]
    public async Task What_is_of_no_moment_takes_none() => await ApiHost.ProblemAsync(
        await host.Client.GetAsync("/events?asOf=1"), HttpStatusCode.BadRequest, "unknown-parameter", "asOf");
}
