using System.Net;

namespace KnowledgeGraph.Api.Tests.Views;

public sealed class ChangeTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task Between_two_moments_things_are_added_changed_and_withdrawn()
    {
        var old = await host.IngestAsync("旧\nChanged|a|1|2026\nChanged|b|2|2026\nChanged|c|3|2026");
        var facts = (await host.ListAsync($"/reports/{old}/facts", 5)).ToDictionary(fact => fact["values"]!["period"]!.ToString(), fact => fact["id"]!.ToString());
        var from = await SequenceAsync();
        await DecideAsync("retractions", $"\"fact\": \"{facts["a"]}\"");
        await DecideAsync("corrections", $$"""
            "fact": "{{facts["b"]}}", "values": { "amount": 20 }
            """);
        var undone = await DecideAsync("denials", $"\"fact\": \"{facts["c"]}\"");
        await DecideAsync("undoings", $"\"decision\": \"{undone}\"");
        var added = await host.IngestAsync("新\nNewly|d|4|2026");
        await DecideAsync("merges", "\"entity\": \"company/newly\", \"into\": \"company/changed\"");
        var to = await SequenceAsync();
        await host.IngestAsync("更新\nLater|e|5|2026");

        var changes = await host.ListAsync($"/changes?from={from}&to={to}", 2);
        var fact = Assert.Single(await host.ListAsync($"/reports/{added}/facts", 5))["id"]!.ToString();
        Assert.Equal(
            [
                $"fact withdrawn {facts["a"]}", $"fact changed {facts["b"]}", $"report added {added}", "entity added company/newly", $"fact added {fact}",
                "identity added company/newly",
            ],
            changes.Select(change => $"{change["kind"]} {change["change"]} {change["id"]}"));
        Assert.Equal(["1", "2"], changes.Take(2).Select(change => change["before"]!["values"]!["amount"]!.ToJsonString()));
        Assert.Equal("20", changes[1]["after"]!["values"]!["amount"]!.ToJsonString());
        Assert.Null(changes[0]["after"]);
        Assert.Empty(await host.ListAsync($"/changes?from={to}&to={to}", 5));
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("?from=x", "from")]
    [InlineData("?from=0&to=999999999", "to")]
    [InlineData("?from=0&cursor=x", "cursor")]
    [InlineData("?from=0&cursor=999999999.e30", "cursor")]
    [InlineData("?from=1&to=0", "to")]
    public async Task What_is_no_stretch_is_a_bad_request(string query, string parameter)
    {
        await host.PostAsync("段\nStretch|a|1|2026");
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"/changes{query}"), HttpStatusCode.BadRequest, "invalid-parameter", parameter);
    }

    private async Task<long> SequenceAsync() => (await host.GetAsync("/reports?limit=1"))["sequence"]!.GetValue<long>();

    private async Task<string> DecideAsync(string resource, string members)
    {
        using var content = new StringContent($$"""{ {{members}}, "author": "a", "reason": "r" }""", null, "application/json");
        var response = await host.Client.PostAsync($"/curation/{resource}", content);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await ApiHost.ReadAsync(response))["id"]!.ToString();
    }
}
