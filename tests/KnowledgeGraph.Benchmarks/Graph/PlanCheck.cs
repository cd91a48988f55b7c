using System.Text.Json;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>Looks for sequential scans of tables that grow: in the plans of statements, and in what the server counted, functions included.</summary>
internal static class PlanCheck
{
    // A table of a few pages is rightly scanned, at any size of the graph.
    private const int Grown = 1000;

    /// <summary>The tables that the plan of a statement scans.</summary>
    public static async Task<IReadOnlyList<string>> ScansOfAsync(NpgsqlDataSource database, string sql)
    {
        var grown = await GrownAsync(database);
        await using var command = database.CreateCommand($"explain (format json) {sql}");
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        return [.. ScansIn(plan.RootElement).Where(grown.ContainsKey).Distinct()];
    }

    /// <summary>How many scans the server has counted of each table that has grown.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> GrownAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            $"select s.relname, s.seq_scan from pg_stat_user_tables s join pg_class c on c.oid = s.relid where s.schemaname = 'views' and c.reltuples > {Grown}");
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }

    public static async Task<long> CountAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand($"select count(*) from views.{table} where to_sequence = {long.MaxValue}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static IEnumerable<string> ScansIn(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().SelectMany(ScansIn);
        if (node.ValueKind != JsonValueKind.Object)
            return [];
        var isScan = node.TryGetProperty("Node Type", out var type) && type.GetString() == "Seq Scan";
        var below = node.EnumerateObject().SelectMany(member => ScansIn(member.Value));
        return isScan ? below.Append(node.GetProperty("Relation Name").GetString()!) : below;
    }
}
