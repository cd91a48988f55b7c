using System.Globalization;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Testing;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests;

/// <summary>A database of its own for every test: positions and numbers start at 1.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    private const string Body = """{"Name":"one"}""";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TestDatabase Database { get; private set; } = null!;

    protected EventLog Log { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await PostgresFixture.CreateDatabaseAsync(MigrationSource.EventStore);
        Log = new EventLog(Database.DataSource, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static NewEvent Event(string name = "one") =>
        new(Guid.NewGuid(), "thing_happened", "Things.ThingHappened, Things", $$"""{"Name":"{{name}}"}""");

    protected static NewEvent[] Events(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Event(i.ToString(CultureInfo.InvariantCulture)))];

    protected Task<AppendResult> AppendAsync(string stream, ExpectedVersion expected, params NewEvent[] events) =>
        Log.AppendAsync(stream, null, expected, events, EventMetadata.None, alongside: null, Ct);

    /// <summary>Inserts as a writer that knows nothing of our locks: Marten's order of statements.</summary>
    protected static Task InsertAsForeignerAsync(OpenTransaction transaction, string stream, int version = 1) => transaction.ExecuteAsync(
        $"""
        insert into events.mt_streams (id, version) values ('{stream}', {version}) on conflict do nothing;
        insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, is_archived)
        values (nextval('events.mt_events_sequence'), gen_random_uuid(), '{stream}', {version}, '{Body}', 'thing_happened', now(), false);
        update events.mt_streams set version = {version} where id = '{stream}';
        """);

    /// <summary>Appends by our function in a transaction that stays open.</summary>
    protected static Task InsertAsOurselvesAsync(OpenTransaction transaction, string stream) => transaction.ExecuteAsync(
        $"""
        select * from kg.append('{stream}', null, null, array[gen_random_uuid()], array['thing_happened'], array['T, T'], array['{Body}'],
                                now(), null, null, null)
        """);

    protected static async Task<PostgresException> RefusedAsync(Func<Task> act) => await Assert.ThrowsAsync<PostgresException>(act);
}
