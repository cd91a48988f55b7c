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
        // Whatever is read for the first time is so before, and what is asked often has been compiled for good: in the first seconds a third of the
        // service's time goes there.
        await LoadTools.WrkAsync(service.BaseAddress!, one.Paths, seconds: 15);
        var requests = await log.OfAsync(one.Paths.Select(path => (Func<Task>)(() => service.GetStringAsync(new Uri(path, UriKind.Relative)))));
        var scans = new List<string>();
        foreach (var sql in requests.SelectMany(statements => statements))
            scans.AddRange(await PlanCheck.ScansOfAsync(database, sql));

        var before = await PlanCheck.GrownAsync(database);
        var (rate, median, p99) = await LoadTools.WrkAsync(service.BaseAddress!, one.Paths, LoadTools.Seconds);
        var transactions = await LoadTools.PgBenchAsync(connectionString, requests);
        var after = await PlanCheck.GrownAsync(database);
        scans.AddRange(after.Where(table => table.Value > before.GetValueOrDefault(table.Key)).Select(table => table.Key));
        return new LoadFigures(one.Name, rate, transactions, median, p99, [.. scans.Distinct()]);
    }
}
