using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>wrk and pgbench, each with as many clients and for as long as the other.</summary>
internal static partial class LoadTools
{
    /// <summary>For how long is measured.</summary>
    public const int Seconds = 8;

    private const int Clients = 4;

    public static IReadOnlyList<string> Missing { get; } =
        [.. new[] { "wrk", "pgbench" }.Where(tool => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))))];

    /// <summary>Asks the paths in turn.</summary>
    /// <returns>Requests a second, and the median and 99th percentile in milliseconds.</returns>
    public static async Task<(double Rate, double Median, double P99)> WrkAsync(Uri service, IReadOnlyList<string> paths, int seconds)
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write(
            "requests.lua",
            $$"""
            local paths = { {{string.Join(", ", paths.Select(path => $"\"{path}\""))}} }
            local i = 0
            function request()
              i = i % #paths + 1
              return wrk.format("GET", paths[i])
            end
            function done(summary, latency)
              io.write(string.format("figures %d %d %.1f %.1f %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.errors.status))
            end
            """);
        var output = await RunAsync("wrk", ["-t1", $"-c{Clients}", $"-d{seconds}s", "--timeout", "30s", "-s", script, service.ToString()]);
        var figures = Figures().Match(output);
        if (!figures.Success || Number(figures, "refused") > 0)
            throw new InvalidOperationException($"wrk: {output}");
        return (Number(figures, "requests") / Number(figures, "microseconds") * 1e6, Number(figures, "median") / 1000, Number(figures, "p99") / 1000);
    }

    /// <summary>Runs the statements of one request one after the other, the requests by chance; prepared once, parameters put in.</summary>
    /// <returns>Requests a second.</returns>
    public static async Task<double> PgBenchAsync(string connectionString, IReadOnlyList<IReadOnlyList<string>> requests)
    {
        using var folder = new TemporaryFolder();
        var scripts = requests.SelectMany((statements, i) => new[] { "-f", folder.Write($"{i}.sql", string.Concat(statements.Select(sql => $"{sql};\n"))) });
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var output = await RunAsync(
            "pgbench",
            [
                "-n", "-M", "prepared", "-c", $"{Clients}", "-j", "1", "-T", $"{Seconds}", .. scripts,
                "-h", to.Host!, "-p", $"{to.Port}", "-U", to.Username!, to.Database!,
            ],
            to.Password,
            to.Options);
        var tps = Tps().Match(output);
        return tps.Success ? Number(tps, "rate") : throw new InvalidOperationException($"pgbench: {output}");
    }

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(string tool, IReadOnlyList<string> arguments, string? password = null, string? settings = null)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = password, ["PGOPTIONS"] = settings },
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return string.Concat(output);
    }

    [GeneratedRegex(@"figures (?<requests>\d+) (?<microseconds>\d+) (?<median>[\d.]+) (?<p99>[\d.]+) (?<refused>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Figures();

    [GeneratedRegex(@"tps = (?<rate>[\d.]+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tps();

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("knowledge-graph-load-");

        public string Write(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
