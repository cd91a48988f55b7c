using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Webhooks;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_webhook_is_told_of_what_is_recorded_from_then_on_until_it_is_removed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var host = await ApiHost.StartAsync(database.ConnectionString, options => options with { WebhookNetworks = [IPNetwork.Parse("127.0.0.0/8")] });
        await host.IngestAsync("之前的周报\n英伟达|2026Q1|1|2026");
        var added = await host.Client.PostAsJsonAsync("/webhooks", new { url = receiver.Url, entities = new[] { "company/nvidia" } });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(64, (await ApiHost.ReadAsync(added))["secret"]!.ToString().Length);
        var path = added.Headers.Location!.ToString();
        await host.IngestAsync("之后的周报\n英伟达|2026Q2|1|2026\n智谱|2026Q2|1|2026\n英伟达|2026Q3|1|2026");
        await receiver.WaitForAsync(2);
        Assert.Equal([4L, 6], receiver.Taken);
        Assert.True(JsonNode.DeepEquals((await host.GetAsync("/events?after=3&limit=1"))["items"]![0], JsonNode.Parse(receiver.All.First().Body)));

        var webhook = Assert.Single(await host.ListAsync("/webhooks", 5));
        Assert.Null(webhook["secret"]);
        Assert.True((await ApiHost.ReadAsync(await host.Client.PostAsync($"{path}/pause", null)))["paused"]!.GetValue<bool>());
        Assert.False((await ApiHost.ReadAsync(await host.Client.PostAsync($"{path}/resume", null)))["paused"]!.GetValue<bool>());
        await host.Client.PostAsync($"{path}/replay?after=5", null);
        await receiver.WaitForAsync(3);
        Assert.Equal([4L, 6, 6], receiver.Taken);
        Assert.Empty(await host.ListAsync($"{path}/dead-letters", 5));
        var shards = (await host.GetAsync("/operations/shards"))["shards"]!.AsArray();
        Assert.Equal(6, shards.Single(shard => shard!["name"]!.ToString() == $"webhook/{webhook["id"]}")!["position"]!.GetValue<int>());

        Assert.Equal(HttpStatusCode.OK, (await host.Client.DeleteAsync(path)).StatusCode);
        await ApiHost.ProblemAsync(await host.Client.DeleteAsync(path), HttpStatusCode.NotFound, "not-found", "id");
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"{path}/dead-letters"), HttpStatusCode.NotFound, "not-found", "id");
        await ApiHost.ProblemAsync(await host.Client.PostAsync($"{path}/pause", null), HttpStatusCode.NotFound, "not-found", "id");
    }

    [Theory]
    [InlineData("""{"url":"http://127.0.0.1:1/"}""", "url")]
    [InlineData("{}", "url")]
    [InlineData("""{"url":"https://example.org/","types":["ModelReleased"]}""", "types")]
    [InlineData("""{"url":"https://example.org/","entities":["nvidia"]}""", "entities")]
    [InlineData("""{"url":"https://example.org/","secret":"short"}""", "secret")]
    [InlineData("""{"url":"https://example.org/","after":-1}""", "after")]
    [InlineData("""{"url":"https://example.org/","colour":"red"}""", "colour")]
    public async Task A_webhook_that_cannot_be_is_refused_by_name(string body, string field)
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var host = await ApiHost.StartAsync(database.ConnectionString);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/webhooks", content), HttpStatusCode.BadRequest, "invalid-parameter", field);
    }
}
