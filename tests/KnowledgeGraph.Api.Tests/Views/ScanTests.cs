using System.Globalization;
using System.Text;
using KnowledgeGraph.Testing;

namespace KnowledgeGraph.Api.Tests.Views;

/// <summary>
/// What is read by an index costs what it answers; what scans a table costs what there is. The server counts the scans of each table, those
/// within functions too, and which plan it takes does not depend on what is asked for: so any request of a kind tells of all of them.
/// </summary>
public sealed class ScanTests
{
    private const int Reports = 80;

    // Below that a scan is as good as an index, at any size of the graph.
    private const int Pages = 6;

    [Fact]
    public async Task No_read_scans_a_table_that_grows()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        IReadOnlyList<string> paths;
        await using (var host = await ApiHost.StartAsync(database.ConnectionString))
        {
            for (var report = 0; report < Reports; report++)
                await host.IngestAsync(TextOf(report), $"?publisher=House{report % 7}&date=2026-0{(report % 9) + 1}");
            await MergeAsync(host);
            paths = await PathsAsync(host);
        }

        // As the server does on its own within minutes.
        await database.ExecuteAsync("vacuum analyze");
        var before = await ScansAsync(database);
        foreach (var table in new[] { "reports", "facts", "timeline", "entities", "entity_aliases", "entity_summaries", "claims", "claim_cells", "claim_values", "edges", "edge_facts" })
            Assert.Contains(table, before.Keys);
        await using (var host = await ApiHost.StartAsync(database.ConnectionString))
        {
            foreach (var path in paths)
                await host.GetAsync(path);
        }

        Assert.Equal([], (await ScansAsync(database)).Where(table => table.Value > before[table.Key]).Select(table => table.Key));
    }

    // Companies of which the first are in every report and the last in one.
    private static string TextOf(int report)
    {
        var text = new StringBuilder($"扫描 {report}\n");
        for (var line = 0; line < 24; line++)
        {
            var one = $"company/scanned{report * (line % 4)}";
            var others = string.Join(',', Enumerable.Range(((report * 24) + line) * 4, 4).Select(other => $"\"company/other{other}\""));
            text.AppendLine(CultureInfo.InvariantCulture, $"Scanned{report * (line % 4)}|{1980 + (report % 40)}-{(line % 12) + 1:D2}|{report + line + 1}|2026-0{(line % 9) + 1}");
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $$"""{"type":"DealAnnounced","roles":{"parties":["{{one}}",{{others}}],"supplier":"{{one}}","customer":[{{others}}]},"values":{"kind":"supply"},"when":"2026-0{{(line % 9) + 1}}"}""");
        }

        return text.ToString();
    }

    private static async Task MergeAsync(ApiHost host)
    {
        using var content = new StringContent("""{"entity":"company/other1","into":"company/scanned0","author":"a","reason":"r"}""", null, "application/json");
        var response = await host.Client.PostAsync("/curation/merges", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<IReadOnlyList<string>> PathsAsync(ApiHost host)
    {
        const string entity = "/entities/company/scanned0";
        var report = (await host.GetAsync("/reports?limit=1"))["items"]![0]!["id"];
        var fact = (await host.GetAsync($"/reports/{report}/facts?limit=1"))["items"]![0]!["id"];
        var claim = (await host.GetAsync("/claims?entity=company/scanned0&limit=1"))["items"]![0]!["id"];
        var sequence = (await host.GetAsync("/reports?limit=1"))["sequence"];
        string[] reads =
        [
            "/reports", $"/reports/{report}", $"/reports/{report}/facts", $"/facts/{fact}", $"/facts/{fact}/history",
            "/entities", "/entities?kind=company", "/entities?q=Scanned5", "/entities?q=scan", "/entities?q=s", "/entities?q=sacnned7", "/entities?q=nned&kind=company", entity,
            $"{entity}/timeline", $"{entity}/timeline?order=published", $"{entity}/timeline?order=recorded", $"{entity}/timeline?counterparty=company/other9&type=DealAnnounced",
            $"/claims/{claim}", $"/claims/{claim}/values", "/claims?entity=company/scanned0", "/claims?metric=revenue", "/claims?period=1990-03", "/claims?conflicting=true&metric=revenue", "/claims?minSpreadPercent=1&period=1990-03",
            $"{entity}/series?metric=revenue", "/series?metric=revenue&period=1990-03",
            $"{entity}/neighbours", "/edges?relation=supplies", "/graph?root=company/scanned0&depth=2", "/graph?root=company/scanned0&depth=2&relations=supplies&kinds=company",
            "/graph/path?from=company/scanned0&to=company/other9", "/curation",
        ];
        return
        [
            .. reads, .. reads.Select(path => With(path, $"asOf={sequence}")),
            .. reads.Select(path => With(path, "at=2026-12")),
            $"/changes?from={sequence}&to={sequence}",
        ];

        static string With(string path, string query) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    // A session says what it counted at the latest when it ends.
    private static async Task<Dictionary<string, long>> ScansAsync(TestDatabase database)
    {
        await database.ReadAllAsync<bool>("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        var rows = await database.ReadAllAsync<string>(
            $"""
            select s.relname || ' ' || s.seq_scan
            from pg_stat_user_tables s join pg_class c on c.oid = s.relid
            where s.schemaname = 'views' and c.relpages >= {Pages}
            order by s.relname
            """);
        return rows.Select(row => row.Split(' ')).ToDictionary(row => row[0], row => long.Parse(row[1], CultureInfo.InvariantCulture));
    }
}
