using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>
/// What the service really sends to the database for a request, from the server's own log, with the parameters put in: that is the
/// SQL that pgbench runs and whose plans are looked at, so that neither can differ from what the service does.
/// </summary>
internal sealed partial class StatementLog(NpgsqlDataSource database, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The settings that a cluster needs for this.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["logging_collector"] = "on", ["log_destination"] = "jsonlog", ["log_rotation_size"] = "0" };

    /// <summary>The statements on the views that each of some requests sends.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> OfAsync(IEnumerable<Func<Task>> requests)
    {
        var marks = new List<string> { $"mark {Guid.NewGuid()}" };
        await SwitchAsync("all");
        await MarkAsync(marks[0]);
        foreach (var request in requests)
        {
            await request();
            marks.Add($"mark {Guid.NewGuid()}");
            await MarkAsync(marks[^1]);
        }

        await SwitchAsync("none");
        var lines = await LinesAsync(marks[0], marks[^1]);
        var statements = new List<IReadOnlyList<string>>();
        foreach (var (begin, end) in marks.Zip(marks.Skip(1)))
        {
            statements.Add(await InlinedAsync(lines
                .SkipWhile(line => !line.Contains(begin, StringComparison.Ordinal)).TakeWhile(line => !line.Contains(end, StringComparison.Ordinal))));
        }

        return statements;
    }

    private async Task<List<string>> LinesAsync(string begin, string end)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(20))
        {
            var lines = Directory.GetFiles(folder, "*.json").Order().SelectMany(Read)
                .SkipWhile(line => !line.Contains(begin, StringComparison.Ordinal)).ToList();
            if (lines.Exists(line => line.Contains(end, StringComparison.Ordinal)))
                return lines;
        }

        throw new InvalidOperationException("The server's log does not show its statements.");
    }

    private async Task SwitchAsync(string what)
    {
        await using var command = database.CreateCommand($"alter system set log_statement = '{what}'");
        await command.ExecuteNonQueryAsync();
        await using var reload = database.CreateCommand("select pg_reload_conf()");
        await reload.ExecuteNonQueryAsync();
        // Sessions hear of it when they are idle; a new one has it at once.
        await Task.Delay(200);
    }

    private async Task MarkAsync(string mark)
    {
        await using var command = database.CreateCommand($"select '{mark}'");
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<string> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private async Task<IReadOnlyList<string>> InlinedAsync(IEnumerable<string> lines)
    {
        await using var connection = await database.OpenConnectionAsync();
        var inlined = new List<string>();
        foreach (var line in lines)
        {
            if (Parse(line) is not var (sql, detail))
                continue;
            var values = Parameter().Matches(detail).ToDictionary(match => match.Groups["number"].Value, match => match.Groups["value"].Value);
            var types = await TypesAsync(connection, sql, values.Count);
            inlined.Add(Placeholder().Replace(sql, match => $"{values[match.Value[1..]]}::{types[int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture) - 1]}"));
        }

        return inlined;
    }

    // A bare literal may be of any type; the server knows what it takes a parameter for, where the statement has a place for it.
    private static async Task<string[]> TypesAsync(NpgsqlConnection connection, string sql, int count)
    {
        var used = Placeholder().Matches(sql).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var given = string.Join(", ", Enumerable.Range(1, count).Select(number => used.Contains($"${number}") ? "unknown" : "text"));
        await using var prepare = new NpgsqlCommand($"prepare asked ({given}) as {sql}", connection);
        await prepare.ExecuteNonQueryAsync();
        await using var types = new NpgsqlCommand("select parameter_types::text[] from pg_prepared_statements where name = 'asked'", connection);
        var told = (string[])(await types.ExecuteScalarAsync())!;
        await using var forget = new NpgsqlCommand("deallocate asked", connection);
        await forget.ExecuteNonQueryAsync();
        return told;
    }

    private static (string Sql, string Detail)? Parse(string line)
    {
        var entry = JsonDocument.Parse(line).RootElement;
        if (!entry.TryGetProperty("message", out var message))
            return null;
        var match = Statement().Match(message.GetString()!);
        var sql = match.Groups["sql"].Value.Trim();
        var detail = entry.TryGetProperty("detail", out var told) ? told.GetString()! : "";
        var isOfMoment = sql.StartsWith("select sequence from kg.checkpoints", StringComparison.Ordinal) && detail.Contains(GraphViews.Set.CheckpointName, StringComparison.Ordinal);
        return isOfMoment || sql.Contains("views.", StringComparison.Ordinal) ? (sql, detail) : null;
    }

    [GeneratedRegex("^execute [^:]+: (?<sql>.*)$", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\$(?<number>\d+) = (?<value>NULL|'(?:[^']|'')*')", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$\d+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();
}
