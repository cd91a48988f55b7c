using Npgsql;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>What was measured of one case; times in milliseconds.</summary>
/// <param name="Scans">The tables that grow and were scanned.</param>
internal sealed record LoadFigures(
    string Case, double RequestsPerSecond, double TransactionsPerSecond, double Median, double P99, IReadOnlyList<string> Scans)
{
    public static async Task<LoadFigures> MeasureAsync(
        string connectionString, NpgsqlDataSource database, HttpClient service, StatementLog log, LoadCase one)
    {
        // Whatever is compiled or read for the first time is so before.
        await LoadTools.WrkAsync(service.BaseAddress!, one.Paths);
        var requests = await log.OfAsync(one.Paths.Select(path => (Func<Task>)(() => service.GetStringAsync(new Uri(path, UriKind.Relative)))));
        var scans = new List<string>();
        foreach (var sql in requests.SelectMany(statements => statements))
            scans.AddRange(await PlanCheck.ScansOfAsync(database, sql));

        var before = await PlanCheck.GrownAsync(database);
        var (rate, median, p99) = await LoadTools.WrkAsync(service.BaseAddress!, one.Paths);
        var transactions = await LoadTools.PgBenchAsync(connectionString, requests);
        var after = await PlanCheck.GrownAsync(database);
        scans.AddRange(after.Where(table => table.Value > before.GetValueOrDefault(table.Key)).Select(table => table.Key));
        return new LoadFigures(one.Name, rate, transactions, median, p99, [.. scans.Distinct()]);
    }
}
