using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Testing;

namespace KnowledgeGraph.Api.Tests.Operations;

public sealed class ShardEndpointTests : IAsyncLifetime
{
    private const string Unreadable = """{"ReportId": 17}""";

    private Testing.TestDatabase database = null!;
    private ApiHost host = null!;

    public async ValueTask InitializeAsync()
    {
        database = await ApiFixture.NewDatabaseAsync();
        host = await ApiHost.StartAsync(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_set_aside_listed_and_retried_and_an_unknown_type_is_counted()
    {
        await host.IngestAsync("分片周报\nrandom 9");
        await AppendAsync("report/broken", "model_released", Unreadable);
        await AppendAsync("report/new", "not_yet_invented", "{}");
        await AppendAsync("report/new2", "not_yet_invented", "{}");
        await host.IngestAsync("分片周报 二\nrandom 9");

        var letter = Assert.Single(await host.ListAsync("/operations/dead-letters", 1));
        Assert.Equal("model_released", letter["eventType"]!.ToString());
        var shards = await host.GetAsync("/operations/shards");
        Assert.Equal("""{"not_yet_invented":2}""", shards["unknownTypes"]!.ToJsonString());
        Assert.All(shards["shards"]!.AsArray(), shard => Assert.Equal(("caughtUp", 0), (shard!["state"]!.ToString(), shard["lagEvents"]!.GetValue<int>())));
        var views = shards["shards"]!.AsArray().Single(shard => shard!["deadLetters"]!.GetValue<int>() == 1)!;
        Assert.Equal(letter["shard"]!.ToString(), views["name"]!.ToString());

        var path = $"/operations/dead-letters/{letter["shard"]}/{letter["sequence"]}/retry";
        var retried = await ApiHost.ReadAsync(await host.Client.PostAsync(path, null));
        Assert.False(retried["applied"]!.GetValue<bool>());
        Assert.NotEmpty(retried["reason"]!.ToString());
        await ApiHost.ProblemAsync(
            await host.Client.PostAsync($"/operations/dead-letters/{letter["shard"]}/1/retry", null), HttpStatusCode.NotFound, "not-found", "sequence");
    }

    [Fact]
    public async Task A_writer_that_holds_the_mark_is_told()
    {
        await host.IngestAsync("持有周报");
        await using var open = await database.BeginAsync();
        await open.ExecuteAsync(TestDatabase.AppendSql("report/open", "not_yet_invented", "{}"));
        await AppendAsync("report/after", "not_yet_invented", "{}", wait: false);
        var shards = await host.GetAsync("/operations/shards");
        var writer = Assert.Single(shards["heldBackBy"]!.AsArray())!;
        Assert.Equal((open.Process, "idle in transaction"), (writer["process"]!.GetValue<int>(), writer["state"]!.ToString()));
        Assert.True(shards["highWaterMark"]!.GetValue<long>() < shards["highest"]!.GetValue<long>());
        await open.RollbackAsync();
    }

    private async Task AppendAsync(string stream, string type, string body, bool wait = true)
    {
        await database.ExecuteAsync(TestDatabase.AppendSql(stream, type, body));
        if (!wait)
            return;
        JsonArray shards;
        do
            shards = (await host.GetAsync("/operations/shards"))["shards"]!.AsArray();
        while (shards.Any(shard => shard!["lagEvents"]!.GetValue<long>() > 0));
    }
}
