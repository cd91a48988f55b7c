using System.Net;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Webhooks;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Api.Tests.Webhooks;

public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8")];

    private readonly ManualTime time = new();
    private Testing.TestDatabase database = null!;
    private Receiver receiver = null!;
    private EventLog log = null!;
    private Subscriptions subscriptions = null!;

    public async ValueTask InitializeAsync()
    {
        database = await ApiFixture.NewDatabaseAsync();
        receiver = await Receiver.StartAsync();
        log = new EventLog(database.DataSource, time);
        subscriptions = new Subscriptions(database.DataSource, new EventReader(log, database.DataSource), log, time);
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Deliveries_are_signed_with_the_secret_over_time_and_body()
    {
        await AddAsync(secret: "sixteen characters");
        await RecordAsync("company/a");
        await FillAndDeliverAsync();
        var delivery = Assert.Single(receiver.All);
        Assert.Equal(Signature.Of("sixteen characters", delivery.Body, time.GetUtcNow()), delivery.Signature);
        Assert.NotEqual(Signature.Of("another secret here", delivery.Body, time.GetUtcNow()), delivery.Signature);
        Assert.Contains("\"sequence\":1,", System.Text.Encoding.UTF8.GetString(delivery.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_is_as_documented() => Assert.Equal(
        "t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163",
        Signature.Of("secret", "{}"u8.ToArray(), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));

    [Fact]
    public async Task What_fails_is_tried_again_when_due_and_holds_up_only_what_is_about_the_same()
    {
        await AddAsync();
        receiver.Answer = sequence => sequence == 1 ? 500 : 200;
        await RecordAsync("company/a");
        await RecordAsync("company/b");
        await RecordAsync("company/a", "company/b");
        await RecordAsync("company/b");
        await RecordAsync("company/c");
        await FillAndDeliverAsync();
        // 3 waits for 1, and 4 for 3.
        Assert.Equal([2L, 5], receiver.Taken);

        receiver.Answer = _ => 200;
        await FillAndDeliverAsync();
        Assert.Equal([2L, 5], receiver.Taken);
        time.Advance(TimeSpan.FromSeconds(1));
        await FillAndDeliverAsync();
        Assert.Equal([2L, 5, 1, 3, 4], receiver.Taken);
    }

    [Fact]
    public async Task A_delivery_that_fails_too_often_is_given_up_lets_the_others_pass_and_can_be_retried()
    {
        var webhook = await AddAsync();
        receiver.Answer = sequence => sequence == 1 ? 302 : 200;
        await RecordAsync("company/a");
        await RecordAsync("company/a");
        for (var i = 0; i < 3; i++)
        {
            await FillAndDeliverAsync();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await FillAndDeliverAsync();
        Assert.Equal([2L], receiver.Taken);
        Assert.Equal(new FailedDelivery(1, 3, "It answered 302."), Assert.Single(await subscriptions.DeadLettersAsync(webhook.Id, 0, 10, default)));
        Assert.Equal((0L, 1L), ((await subscriptions.FindAsync(webhook.Id, default))!.Waiting, (await subscriptions.FindAsync(webhook.Id, default))!.DeadLetters));

        receiver.Answer = _ => 200;
        Assert.True(await subscriptions.RetryAsync(webhook.Id, 1, default));
        Assert.False(await subscriptions.RetryAsync(webhook.Id, 1, default));
        await FillAndDeliverAsync();
        Assert.Equal([2L, 1], receiver.Taken);
    }

    [Fact]
    public async Task Types_and_entities_select_and_a_replay_delivers_again()
    {
        var webhook = await AddAsync(new WebhookRequest { Entities = ["company/a", "company/c"], Types = ["thing_happened"] });
        await RecordAsync("company/a");
        await RecordAsync("company/b");
        await RecordAsync("company/c", "company/b");
        await FillAndDeliverAsync();
        Assert.Equal([1L, 3], receiver.Taken);
        Assert.True(await subscriptions.ReplayAsync(webhook.Id, 1, default));
        await FillAndDeliverAsync();
        Assert.Equal([1L, 3, 3], receiver.Taken);
    }

    [Fact]
    public async Task A_paused_webhook_gets_nothing_until_it_is_resumed()
    {
        var webhook = await AddAsync();
        await subscriptions.PauseAsync(webhook.Id, true, default);
        await RecordAsync("company/a");
        await FillAndDeliverAsync();
        Assert.Empty(receiver.All);
        await subscriptions.PauseAsync(webhook.Id, false, default);
        await FillAndDeliverAsync();
        Assert.Equal([1L], receiver.Taken);
    }

    [Fact]
    public async Task A_webhook_is_a_shard_that_tells_how_far_it_is_and_what_holds_it_up()
    {
        var webhook = await AddAsync();
        receiver.Answer = sequence => sequence == 1 ? 503 : 200;
        await RecordAsync("company/a");
        await RecordAsync("company/b");
        Assert.Equal(("Running", 0L, 2L, false), await ShardAsync());
        await FillAndDeliverAsync();
        Assert.Equal(("Failing", 2L, 1L, true), await ShardAsync());
        Assert.Equal("It answered 503.", (await subscriptions.ReadShardsAsync(2, default)).Single().LastError);
        receiver.Answer = _ => 200;
        time.Advance(TimeSpan.FromMinutes(1));
        await FillAndDeliverAsync();
        Assert.Equal(("CaughtUp", 2L, 0L, true), await ShardAsync());
        await subscriptions.PauseAsync(webhook.Id, true, default);
        Assert.Equal(("Paused", 2L, 0L, true), await ShardAsync());

        async Task<(string, long, long, bool)> ShardAsync()
        {
            var shard = Assert.Single(await subscriptions.ReadShardsAsync(2, default));
            Assert.Equal($"webhook/{webhook.Id}", shard.Name);
            return (shard.State.ToString(), shard.Position, shard.LagEvents, shard.Rate is not null);
        }
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_is_not_connected_to()
    {
        await AddAsync();
        await RecordAsync("company/a");
        await FillAndDeliverAsync(new Targets([]));
        Assert.Empty(receiver.All);
        Assert.Contains("no address that deliveries may go to", await database.ReadAsync<string>("select last_error from kg.outbox"), StringComparison.Ordinal);
    }

    /// <summary>Two nodes send, the receiver refuses at random and sessions die: everything arrives, and for each entity in the order of the log.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_event_arrives_and_in_order_for_each_entity_whatever_fails(int seed)
    {
        await AddAsync();
        var random = new Random(seed);
        var entities = new Dictionary<long, string[]>();
        for (var sequence = 1; sequence <= 60; sequence++)
        {
            entities[sequence] = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => $"company/{random.Next(5)}").Distinct()];
            await RecordAsync(entities[sequence]);
        }

        receiver.Answer = _ =>
        {
            lock (random)
                return random.Next(4) == 0 ? 503 : 200;
        };
        await Task.WhenAll(Enumerable.Range(0, 2).Select(node => Task.Run(() => SendAllAsync(node))));
        foreach (var entity in entities.Values.SelectMany(names => names).Distinct())
        {
            // A delivery whose commit was lost comes again; from a sender that lost its session even late. Whoever drops what it has seen has the order.
            var taken = receiver.Taken.Where(sequence => entities[sequence].Contains(entity)).ToList();
            Assert.Equal(entities.Where(one => one.Value.Contains(entity)).Select(one => one.Key), taken.Distinct());
        }
    }

    private async Task SendAllAsync(int node)
    {
        using var delivery = new Delivery(
            database.DataSource, log, new Targets(Loopback), new DeliveryPolicy(new Backoff(TimeSpan.FromTicks(1), TimeSpan.FromTicks(1)), 1000), time);
        for (var i = 0; ; i++)
        {
            try
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                await subscriptions.FillAsync(default);
                if (!await delivery.RunOnceAsync(default) && await database.ReadAsync<long>("select count(*) from kg.outbox") == 0)
                    return;
                if (i % 7 == node)
                {
                    await database.ExecuteAsync(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() limit 1");
                }
            }
            catch (NpgsqlException)
            {
                // Its session was ended.
            }
        }
    }

    private async Task FillAndDeliverAsync(Targets? targets = null)
    {
        while (await subscriptions.FillAsync(default))
        {
        }

        using var delivery = new Delivery(
            database.DataSource, log, targets ?? new Targets(Loopback), new DeliveryPolicy(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), 3), time);
        while (await delivery.RunOnceAsync(default))
        {
        }
    }

    private Task<Webhook> AddAsync(WebhookRequest? request = null, string secret = "a secret of the test") =>
        subscriptions.AddAsync((request ?? new WebhookRequest()) with { Url = receiver.Url }, secret, default);

    private Task RecordAsync(params string[] entities) => log.AppendAsync(
        $"things/{Guid.NewGuid()}",
        null,
        ExpectedVersion.NoStream,
        [new NewEvent(Guid.NewGuid(), "thing_happened", "T, T", System.Text.Json.JsonSerializer.Serialize(new { Entities = entities }))],
        EventMetadata.None,
        null,
        default);

    private sealed class ManualTime : TimeProvider
    {
        private long ticks = new DateTimeOffset(2026, 5, 20, 8, 0, 0, TimeSpan.Zero).UtcTicks;

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

        public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }
}
