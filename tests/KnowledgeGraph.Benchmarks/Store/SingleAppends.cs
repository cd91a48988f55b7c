using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Streams;
using Npgsql;
using NpgsqlTypes;

namespace KnowledgeGraph.Benchmarks.Store;

/// <summary>One new stream with one event a transaction, 8 writers, beside one prepared autocommitted statement that writes both tables.</summary>
internal static partial class SingleAppends
{
    private const int Writers = 8;

    private const string TwoTables = """
        with stream as (
            insert into events.mt_streams (id, type, version, timestamp, created, tenant_id, is_archived)
            values ($1, null, 1, now(), now(), '*DEFAULT*', false)
        )
        insert into events.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type,
                                      correlation_id, causation_id, headers, is_archived)
        values (nextval('events.mt_events_sequence'), $2, $1, 1, $3, null, $4, now(), '*DEFAULT*', $5, null, null, null, false)
        """;

    public static async Task RunAsync(NpgsqlDataSource database, NpgsqlConnectionStringBuilder server)
    {
        var log = new EventLog(database, TimeProvider.System);
        var floors = new List<Contender>();
        var binaries = await PostgresBinaries.FindAllAsync(CancellationToken.None);
        if (binaries.Select(found => found.Program("pgbench")).FirstOrDefault(File.Exists) is { } pgbench)
        {
            floors.Add(new("pgbench -M prepared, the statement that writes both tables", turn => PgbenchAsync(pgbench, server, Bound(TwoTables, "'pb/'"), turn)));
            floors.Add(new("pgbench -M prepared, the statement of EventLog", turn => PgbenchAsync(pgbench, server, BoundOurs(), turn)));
        }

        floors.Add(new("Npgsql, the statement that writes both tables, a connection each", turn => PreparedAsync(database, turn)));
        await Comparison.RunAsync($"Append one new stream with one event, {Writers} writers", "appends", [.. floors, new("EventLog.AppendAsync", turn =>
            Comparison.RateAsync(Writers, turn, () => Task.FromResult<Func<Task<int>>>(async () =>
            {
                await log.AppendAsync(
                    Samples.NewStream(), null, ExpectedVersion.NoStream, Samples.Events(1), EventMetadata.None, null, CancellationToken.None);
                return 1;
            })))]);
    }

    private static async Task<double> PreparedAsync(NpgsqlDataSource database, TimeSpan turn)
    {
        var connections = new List<NpgsqlConnection>();
        try
        {
            return await Comparison.RateAsync(Writers, turn, async () =>
            {
                var connection = await database.OpenConnectionAsync();
                lock (connections)
                    connections.Add(connection);
                var command = new NpgsqlCommand(TwoTables, connection);
                foreach (var type in new[] { NpgsqlDbType.Varchar, NpgsqlDbType.Uuid, NpgsqlDbType.Jsonb, NpgsqlDbType.Varchar, NpgsqlDbType.Varchar })
                    command.Parameters.Add(new() { NpgsqlDbType = type });
                await command.PrepareAsync();
                return async () =>
                {
                    object[] values = [Samples.NewStream(), Guid.NewGuid(), Samples.Body, Samples.Type, Samples.DotnetType];
                    for (var i = 0; i < values.Length; i++)
                        command.Parameters[i].Value = values[i];
                    return await command.ExecuteNonQueryAsync();
                };
            });
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }
    }

    // pgbench has no arrays and no JSON of its own: constants stand in their places, a key made of random numbers in that of the stream's.
    private static string Bound(string sql, string prefix) => Parameter().Replace(sql, match => match.Groups["number"].Value switch
    {
        "1" => $"({prefix} || :client || '/' || :key)",
        "2" => "gen_random_uuid()",
        "3" => $"'{Samples.Body}'",
        "4" => $"'{Samples.Type}'",
        _ => $"'{Samples.DotnetType}'",
    });

    private static string BoundOurs() => Parameter().Replace(Append.Create(isOne: true), match => match.Groups["number"].Value switch
    {
        "1" => "('po/' || :client || '/' || :key)",
        "3" => "gen_random_uuid()",
        "4" => $"'{Samples.Type}'",
        "5" => $"'{Samples.DotnetType}'",
        "6" => $"'{Samples.Body}'",
        "7" => "now()",
        _ => "null",
    });

    private static async Task<double> PgbenchAsync(string pgbench, NpgsqlConnectionStringBuilder server, string sql, TimeSpan turn)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"\\set client :client_id\n\\set key random(1, 1000000000000000)\n{sql.ReplaceLineEndings(" ")};\n");
        string[] arguments =
        [
            "-n", "-M", "prepared", "-c", $"{Writers}", "-j", "2", "-T", turn.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), "-f", script,
            "-h", server.Host!, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.Username!, server.Database!,
        ];
        using var process = Process.Start(new ProcessStartInfo(pgbench, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = server.Password },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        return Rate().Match(output) is { Success: true } match
            ? double.Parse(match.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(await errors);
    }

    [GeneratedRegex(@"\$(?<number>[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^tps = (?<rate>[0-9.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Rate();
}
