using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Curation;

public sealed class CurationTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task A_retracted_fact_is_gone_from_then_on_and_back_when_that_is_undone()
    {
        var fact = await FactAsync("Retract");
        var before = await SequenceAsync();
        var retraction = await DecideAsync("retractions", new() { ["fact"] = fact });
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"/facts/{fact}"), HttpStatusCode.NotFound, "not-found", "id");
        Assert.Empty(await host.ListAsync("/entities/company/retract/timeline", 5));
        Assert.Equal(0, (await host.GetAsync("/entities/company/retract"))["factCount"]!.GetValue<int>());
        Assert.Single(await host.ListAsync($"/entities/company/retract/timeline?asOf={before}", 5));
        Assert.Equal(1, (await host.GetAsync($"/entities/company/retract?asOf={before}"))["factCount"]!.GetValue<int>());
        await DecideAsync("undoings", new() { ["decision"] = retraction["id"]!.ToString() });
        Assert.Single(await host.ListAsync("/entities/company/retract/timeline", 5));
        Assert.Equal(1, (await host.GetAsync("/entities/company/retract"))["factCount"]!.GetValue<int>());
        var steps = (await host.GetAsync($"/facts/{fact}/history"))["steps"]!.AsArray();
        Assert.Equal(["", "FactRetracted", "CurationUndone"], steps.Select(step => step!["decision"]?["type"]!.ToString() ?? ""));
        Assert.Equal([true, false, true], steps.Select(step => step!["fact"] is not null));
        Assert.Equal("li.na", steps[1]!["decision"]!["author"]!.ToString());
        Assert.Equal(steps[2]!["sequence"]!.ToString(), steps[1]!["decision"]!["undoneAt"]!.ToString());
    }

    [Fact]
    public async Task A_correction_changes_values_and_a_value_may_be_undisclosed_or_none()
    {
        var fact = await FactAsync("Correct");
        await DecideAsync("corrections", new()
        {
            ["fact"] = fact,
            ["values"] = new JsonObject { ["amount"] = 2.50m, ["yoyPercent"] = 7 },
            ["status"] = "announced",
            ["when"] = "2026-03",
        });
        var corrected = await host.GetAsync($"/facts/{fact}");
        Assert.Equal("2.50", corrected["values"]!["amount"]!.ToJsonString());
        Assert.Equal(("announced", "2026-03", true), (corrected["status"]!.ToString(), corrected["when"]!.ToString(), corrected["corrected"]!.GetValue<bool>()));
        await DecideAsync("corrections", new() { ["fact"] = fact, ["valueStates"] = new JsonObject { ["amount"] = "somevalue", ["yoyPercent"] = "novalue" } });
        var open = await host.GetAsync($"/facts/{fact}");
        Assert.Null(open["values"]!["amount"]);
        Assert.Equal("""{"amount":"somevalue","yoyPercent":"novalue"}""", open["valueStates"]!.ToJsonString());
    }

    [Fact]
    public async Task A_correction_may_move_a_fact_to_another_entity()
    {
        var fact = await FactAsync("Wrong");
        await DecideAsync("corrections", new() { ["fact"] = fact, ["roles"] = Company("company/brand-new", "Brand New") });
        Assert.Equal(0, (await host.GetAsync("/entities/company/wrong"))["factCount"]!.GetValue<int>());
        var right = await host.GetAsync("/entities/company/brand-new");
        Assert.Equal(("Brand New", 1), (right["name"]!.ToString(), right["factCount"]!.GetValue<int>()));
        Assert.Single(await host.ListAsync("/entities/company/brand-new/timeline", 5));
        await RefusedAsync("corrections", new() { ["fact"] = fact, ["roles"] = Company("company/never-heard-of", null) }, HttpStatusCode.BadRequest, "invalid-parameter", "roles");
    }

    [Fact]
    public async Task A_fact_is_confirmed_or_denied_and_stays()
    {
        var fact = await FactAsync("Checked");
        var confirmation = await DecideAsync("confirmations", new() { ["fact"] = fact });
        Assert.Equal("confirmed", (await host.GetAsync($"/facts/{fact}"))["standing"]!.ToString());
        await DecideAsync("denials", new() { ["fact"] = fact });
        Assert.Equal("denied", (await host.GetAsync($"/facts/{fact}"))["standing"]!.ToString());
        await DecideAsync("undoings", new() { ["decision"] = confirmation["id"]!.ToString() });
        Assert.Equal("denied", (await host.ListAsync("/entities/company/checked/timeline", 5))[0]["standing"]!.ToString());
    }

    [Fact]
    public async Task A_merged_id_leads_to_the_other_and_both_timelines_are_one_until_they_are_split()
    {
        await FactAsync("Left");
        await FactAsync("Right");
        string[] paths = ["/entities/company/left", "/entities/company/right", "/entities/company/left/timeline", "/entities/company/right/timeline", "/entities?q=left", "/entities?q=right"];
        var before = await SequenceAsync();
        var apart = await AnswersAsync(paths, null);
        await DecideAsync("merges", new() { ["entity"] = "company/right", ["into"] = "company/left" });
        var between = await SequenceAsync();
        var moved = await host.Client.GetAsync("/entities/company/right/timeline?limit=1");
        Assert.Equal(HttpStatusCode.PermanentRedirect, moved.StatusCode);
        Assert.Equal("/entities/company/left/timeline?limit=1", moved.Headers.Location!.ToString());
        Assert.Equal(2, Assert.Single(await host.ListAsync("/entities/company/left/timeline", 1))["assertions"]!.GetValue<int>());
        var one = await host.GetAsync("/entities/company/left");
        Assert.Equal(2, one["factCount"]!.GetValue<int>());
        Assert.Equal("""["Left","Right"]""", one["aliases"]!.ToJsonString());
        Assert.Equal("company/left", Assert.Single(await host.ListAsync("/entities?q=right", 5))["id"]!.ToString());
        Assert.Equal(apart, await AnswersAsync(paths, before));
        await DecideAsync("splits", new() { ["entity"] = "company/right" });
        Assert.Equal(apart, await AnswersAsync(paths, null));
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await host.Client.GetAsync($"/entities/company/right?asOf={between}")).StatusCode);
    }

    [Fact]
    public async Task An_alias_finds_its_entity_until_it_is_undone()
    {
        await FactAsync("Named");
        var added = await DecideAsync("aliases", new() { ["entity"] = "company/named", ["alias"] = "俗称甲" });
        Assert.Equal("company/named", (await host.ListAsync("/entities?q=俗称甲", 5))[0]["id"]!.ToString());
        await RefusedAsync("aliases", new() { ["entity"] = "company/named", ["alias"] = "俗称甲" }, HttpStatusCode.Conflict, "curation-conflict", "alias");
        await DecideAsync("undoings", new() { ["decision"] = added["id"]!.ToString() });
        Assert.Empty(await host.ListAsync("/entities?q=俗称甲", 5));
    }

    [Fact]
    public async Task Who_is_merged_into_a_hidden_publisher_is_hidden_with_it_until_they_are_split()
    {
        foreach (var house in new[] { "Mute", "Muted" })
            await host.PostAsync($"哑 {house}\nSilenced|2026Q1|1|2026-01-01", $"?publisher={house}");
        await DecideAsync("merges", new() { ["entity"] = "publisher/muted", ["into"] = "publisher/mute" });
        await RefusedAsync("hidings", new() { ["publisher"] = "publisher/muted" }, HttpStatusCode.Conflict, "curation-conflict", "publisher");
        await DecideAsync("hidings", new() { ["publisher"] = "publisher/mute" });
        Assert.Equal(0, await CountAsync());
        await host.PostAsync("哑 3\nSilenced|2026Q2|1|2026-04-01", "?publisher=Muted");
        Assert.Equal(0, await CountAsync());
        await DecideAsync("splits", new() { ["entity"] = "publisher/muted" });
        Assert.Equal(2, await CountAsync());
        await DecideAsync("merges", new() { ["entity"] = "publisher/muted", ["into"] = "publisher/mute" });
        Assert.Equal(0, await CountAsync());

        async Task<int> CountAsync() => (await host.GetAsync("/entities/company/silenced"))["factCount"]!.GetValue<int>();
    }

    [Fact]
    public async Task A_hidden_publisher_is_not_heard_neither_before_nor_after()
    {
        await host.PostAsync("藏甲\nHidden|2026Q1|1|2026-01-01", "?publisher=Hush");
        await host.PostAsync("藏乙\nHidden|2026Q1|2|2026-01-01", "?publisher=Loud");
        var hiding = await DecideAsync("hidings", new() { ["publisher"] = "publisher/hush" });
        var later = await host.IngestAsync("藏丙\nHidden|2026Q2|3|2026-04-01", "?publisher=Hush");
        Assert.Equal(["2"], (await host.ListAsync("/entities/company/hidden/timeline", 5)).Select(entry => entry["values"]!["amount"]!.ToJsonString()));
        Assert.Empty(await host.ListAsync($"/reports/{later}/facts", 5));
        await DecideAsync("undoings", new() { ["decision"] = hiding["id"]!.ToString() });
        Assert.Equal(3, (await host.GetAsync("/entities/company/hidden"))["factCount"]!.GetValue<int>());
        var fact = Assert.Single(await host.ListAsync($"/reports/{later}/facts", 5));
        var steps = (await host.GetAsync($"/facts/{fact["id"]}/history"))["steps"]!.AsArray();
        Assert.Equal(["PublisherHidden", "", "CurationUndone"], steps.OrderBy(step => step!["sequence"]!.GetValue<long>()).Select(step => step!["decision"]?["type"]!.ToString() ?? ""));
    }

    [Fact]
    public async Task The_same_request_under_one_key_is_one_decision()
    {
        var fact = await FactAsync("Once");
        var first = await SendAsync("confirmations", new() { ["fact"] = fact }, "Idempotency-Key", "k1");
        var second = await SendAsync("confirmations", new() { ["fact"] = fact }, "Idempotency-Key", "k1");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal($"/curation/{(await ApiHost.ReadAsync(first))["id"]}", first.Headers.Location!.ToString());
        Assert.Equal(1, (await host.GetAsync($"/facts/{fact}/history"))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_decision_on_what_was_seen_is_refused_once_somebody_else_has_decided()
    {
        var fact = await FactAsync("Stale");
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("confirmations", new() { ["fact"] = fact }, "If-Match", "\"0\"")).StatusCode);
        await ApiHost.ProblemAsync(await SendAsync("denials", new() { ["fact"] = fact }, "If-Match", "\"0\""), HttpStatusCode.PreconditionFailed, "stale", "If-Match");
        Assert.Equal(HttpStatusCode.Created, (await SendAsync("denials", new() { ["fact"] = fact }, "If-Match", "\"1\"")).StatusCode);
    }

    [Fact]
    public async Task Of_merges_that_would_close_a_ring_one_is_refused()
    {
        await FactAsync("Ringa");
        await FactAsync("Ringb");
        var answers = await Task.WhenAll(
            SendAsync("merges", new() { ["entity"] = "company/ringa", ["into"] = "company/ringb" }),
            SendAsync("merges", new() { ["entity"] = "company/ringb", ["into"] = "company/ringa" }));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    [Theory]
    [InlineData("retractions", """{ "fact": "00000000-0000-0000-0000-000000000001", "reason": "r" }""", "author")]
    [InlineData("retractions", """{ "fact": "00000000-0000-0000-0000-000000000001", "author": "a", "reason": " " }""", "reason")]
    [InlineData("retractions", """{ "author": "a", "reason": "r" }""", "fact")]
    [InlineData("retractions", """{ "fact": "12", "author": "a", "reason": "r" }""", "fact")]
    [InlineData("retractions", """{ "fact": "00000000-0000-0000-0000-000000000001", "author": "a", "reason": "r" }""", "fact")]
    [InlineData("retractions", """{ "colour": "red", "author": "a", "reason": "r" }""", "colour")]
    [InlineData("merges", """{ "entity": "company/x", "author": "a", "reason": "r" }""", "into")]
    [InlineData("merges", """{ "entity": "company/x", "into": "company/x", "author": "a", "reason": "r" }""", "into")]
    [InlineData("merges", """{ "entity": "planet/x", "into": "company/x", "author": "a", "reason": "r" }""", "entity")]
    [InlineData("aliases", """{ "entity": "company/nobody", "alias": "x", "author": "a", "reason": "r" }""", "entity")]
    [InlineData("hidings", """{ "publisher": "company/x", "author": "a", "reason": "r" }""", "publisher")]
    [InlineData("undoings", """{ "decision": "00000000-0000-0000-0000-000000000001", "author": "a", "reason": "r" }""", "decision")]
    [InlineData("corrections", """{ "fact": "00000000-0000-0000-0000-000000000001", "when": "soon", "author": "a", "reason": "r" }""", "when")]
    [InlineData("corrections", """{ "fact": "00000000-0000-0000-0000-000000000001", "status": "sure", "author": "a", "reason": "r" }""", "status")]
    public async Task A_request_that_is_wrong_is_refused_by_field(string resource, string body, string field)
    {
        using var content = new StringContent(body, null, "application/json");
        await ApiHost.ProblemAsync(await host.Client.PostAsync($"/curation/{resource}", content), HttpStatusCode.BadRequest, "invalid-parameter", field);
    }

    private static JsonObject Company(string id, string? name) => new() { ["company"] = new JsonArray(new JsonObject { ["id"] = id, ["name"] = name }) };

    private async Task<string> FactAsync(string company)
    {
        var report = await host.IngestAsync($"编审 {company}\n{company}|2026Q1|1|2026-01-01");
        return Assert.Single(await host.ListAsync($"/reports/{report}/facts", 5))["id"]!.ToString();
    }

    private async Task<long> SequenceAsync() => (await host.GetAsync("/reports?limit=1"))["sequence"]!.GetValue<long>();

    private async Task<List<string>> AnswersAsync(string[] paths, long? asOf)
    {
        var answers = new List<string>();
        foreach (var path in paths)
        {
            var answer = await host.GetAsync(asOf is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}asOf={asOf}");
            answer.AsObject().Remove("sequence");
            answers.Add(answer.ToJsonString());
        }

        return answers;
    }

    private async Task<JsonNode> DecideAsync(string resource, JsonObject body)
    {
        var response = await SendAsync(resource, body);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await ApiHost.ReadAsync(response);
    }

    private async Task RefusedAsync(string resource, JsonObject body, HttpStatusCode status, string kind, string field) =>
        await ApiHost.ProblemAsync(await SendAsync(resource, body), status, kind, field);

    private async Task<HttpResponseMessage> SendAsync(string resource, JsonObject body, string? header = null, string? value = null)
    {
        body["author"] = "li.na";
        body["reason"] = "核对过";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/curation/{resource}") { Content = new StringContent(body.ToJsonString(), null, "application/json") };
        if (header is not null)
            request.Headers.Add(header, value);
        return await host.Client.SendAsync(request);
    }
}
