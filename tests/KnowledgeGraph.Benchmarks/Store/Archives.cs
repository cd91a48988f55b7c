using KnowledgeGraph.EventStore.Streams;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>
/// What it would bring to split the tables by is_archived, as Marten does where it is told to: the same log twice, nine tenths of it archived,
/// once in one table with the mark, once in partitions.
/// </summary>
internal static class Archives
{
    private const int StreamLength = 100;

    // So many streams grow at a time: their events lie scattered over a stretch of the log.
    private const int Growing = 1000;

    private static int archived;

    public static async Task RunAsync(NpgsqlDataSource database, int events)
    {
        await ExecuteAsync(
            database,
            """
            create schema split;
            create table split.mt_streams (like events.mt_streams including defaults, primary key (id, is_archived)) partition by list (is_archived);
            create table split.mt_streams_archived partition of split.mt_streams for values in (true);
            create table split.mt_streams_default partition of split.mt_streams default;
            create table split.mt_events (like events.mt_events including defaults, primary key (seq_id, is_archived),
                foreign key (stream_id, is_archived) references split.mt_streams (id, is_archived)) partition by list (is_archived);
            create table split.mt_events_archived partition of split.mt_events for values in (true);
            create table split.mt_events_default partition of split.mt_events default;
            create unique index pk_mt_events_stream_and_version on split.mt_events (stream_id, version, is_archived);
            """);
        foreach (var schema in new[] { "events", "split" })
            await FillAsync(database, schema, events);

        Comparison.Write($"\n{events} events, nine tenths archived; the last row is one table with the mark, the other the partitions");
        await CompareAsync("Fetch a live stream of 100 events", "streams", schema => FetchAsync(database, schema, events));
        await CompareAsync("Read the live events in order, 2000 a page", "events", schema => ReadLiveAsync(database, schema, events));
        await CompareAsync("Highest sequence", "looks", schema => RepeatAsync(database, $"select max(seq_id) from {schema}.mt_events", () => []));
        await CompareAsync("Append one new stream with one event, one writer", "appends", schema => RepeatAsync(database, Insert(schema), () => [Samples.NewStream()]));
        await CompareAsync("Archive a stream of 100 events", "streams", schema => RepeatAsync(database, Archive(schema), () => [Live(events, Interlocked.Increment(ref archived))]));
    }

    private static Task CompareAsync(string title, string unit, Func<string, Func<Task<int>>> work) => Comparison.RunAsync(
        title, unit,
        new Contender("partitions", turn => Comparison.RateAsync(1, turn, () => Task.FromResult(work("split")))),
        new Contender("one table", turn => Comparison.RateAsync(1, turn, () => Task.FromResult(work("events")))));

    private static async Task FillAsync(NpgsqlDataSource database, string schema, int events)
    {
        // The streams are there before their events, so the foreign key need not look 5 million times.
        await ExecuteAsync(
            database,
            $"""
            begin;
            set local session_replication_role = replica;
            insert into {schema}.mt_streams (id, version, is_archived)
            select 's/' || i, {StreamLength}, i < {events / StreamLength / 10 * 9} from generate_series(0, {(events / StreamLength) - 1}) i;
            insert into {schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, is_archived)
            select i + 1, gen_random_uuid(), 's/' || stream, (i % {StreamLength * Growing}) / {Growing} + 1, '{Samples.Body}', '{Samples.Type}', now(),
                   '{Samples.DotnetType}', stream < {events / StreamLength / 10 * 9}
              from (select i, i / {StreamLength * Growing} * {Growing} + i % {Growing} as stream from generate_series(0, {events - 1}) i) placed;
            select setval('events.mt_events_sequence', {events});
            commit;
            """);
        await ExecuteAsync(database, $"vacuum analyze {schema}.mt_events");
        await ExecuteAsync(database, $"vacuum analyze {schema}.mt_streams");
    }

    // A stream that is not archived.
    private static string Live(int events, int number) => string.Create(null, $"s/{(events / StreamLength / 10 * 9) + (number % (events / StreamLength / 10))}");

    private static Func<Task<int>> FetchAsync(NpgsqlDataSource database, string schema, int events) => RepeatAsync(
        database,
        $"select {EventRows.Columns} from {schema}.mt_events where stream_id = $1 and version > 0 and not is_archived order by version",
        () => [Live(events, Random.Shared.Next(events))]);

    private static Func<Task<int>> ReadLiveAsync(NpgsqlDataSource database, string schema, int events)
    {
        var after = 0L;
        return async () =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var command = new NpgsqlCommand(
                $"select {EventRows.Columns} from {schema}.mt_events where seq_id > $1 and not is_archived order by seq_id limit 2000", connection)
            {
                Parameters = { new() { Value = after } },
            };
            var page = await EventRows.ReadAsync(command, CancellationToken.None);
            after = page.Count == 0 || page[^1].Sequence >= events ? 0 : page[^1].Sequence;
            return page.Count;
        };
    }

    private static string Insert(string schema) =>
        $$"""
        with stream as (insert into {{schema}}.mt_streams (id, version, is_archived) values ($1, 1, false))
        insert into {{schema}}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, is_archived)
        values (nextval('events.mt_events_sequence'), gen_random_uuid(), $1, 1, '{{Samples.Body}}', 'sample_recorded', now(), false)
        """;

    // As Marten does it there: the rows are written into the one partition and deleted from the other.
    private static string Archive(string schema) => schema == "events"
        ? "select kg.archive($1)"
        : """
          with stream as (
              insert into split.mt_streams select id, type, version, timestamp, created, tenant_id, true from split.mt_streams where id = $1 and not is_archived
          ), copied as (
              insert into split.mt_events
              select seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, true
                from split.mt_events where stream_id = $1 and not is_archived
          ), gone as (
              delete from split.mt_events where stream_id = $1 and not is_archived
          )
          delete from split.mt_streams where id = $1 and not is_archived
          """;

    private static Func<Task<int>> RepeatAsync(NpgsqlDataSource database, string sql, Func<object[]> arguments) => async () =>
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments())
            command.Parameters.Add(new() { Value = argument });
        await command.PrepareAsync();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            // The rows are what is measured.
        }

        return 1;
    };

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
