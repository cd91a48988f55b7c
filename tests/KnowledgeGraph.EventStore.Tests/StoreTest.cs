using System.Globalization;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Testing;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests;

/// <summary>A database of its own for every test: positions and numbers start at 1.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    /// <summary>Streams whose events are not 1..n without holes in order of sequence, or whose row says otherwise.</summary>
    internal const string WrongStreams =
        """
        select s.id
          from events.mt_streams s
          left join (select stream_id, count(*) as events, max(version) as last,
                            bool_and(version = place) as in_order
                       from (select stream_id, version, row_number() over (partition by stream_id order by seq_id) as place
                               from events.mt_events) placed
                      group by stream_id) e on e.stream_id = s.id
         where e.in_order is not true or e.events <> s.version or e.last <> s.version
        """;

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
    protected static Task InsertAsForeignerAsync(OpenTransaction transaction, string stream, int version = 1) =>
        transaction.ExecuteAsync(ForeignInsert(stream, version));

    internal static string ForeignInsert(string stream, int version) =>
        $"""
        insert into events.mt_streams (id, version) values ('{stream}', {version}) on conflict do nothing;
        insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, is_archived)
        values (nextval('events.mt_events_sequence'), gen_random_uuid(), '{stream}', {version}, '{Body}', 'thing_happened', now(), false);
        update events.mt_streams set version = {version} where id = '{stream}';
        """;

    /// <summary>Appends by our function in a transaction that stays open.</summary>
    protected static Task InsertAsOurselvesAsync(OpenTransaction transaction, string stream) =>
        transaction.ExecuteAsync(TestDatabase.AppendSql(stream, "thing_happened", Body));

    protected static async Task<PostgresException> RefusedAsync(Func<Task> act) => await Assert.ThrowsAsync<PostgresException>(act);

    /// <summary>A write alongside an append, which succeeds once.</summary>
    protected static async Task NoteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into notes values ('a')", connection, transaction);
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Waits until the server itself says that so many sessions wait for another's lock.</summary>
    protected async Task BlockedAsync(int sessions)
    {
        while (await Database.ReadAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0") < sessions)
        {
            Ct.ThrowIfCancellationRequested();
        }
    }

    protected Task<IReadOnlyList<string>> WrongStreamsAsync() => Database.ReadAllAsync<string>(WrongStreams);
}
