using System.Net;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.EventStore.Streams;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;
using Npgsql;

namespace KnowledgeGraph.Api.Tests.Hosting;

public sealed class StartupTests
{
    [Fact]
    public async Task A_host_without_its_database_lives_and_is_not_ready()
    {
        await using var host = await ApiHost.StartUnreadyAsync("Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x;Timeout=1");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/healthz")).StatusCode);
        foreach (var path in new[] { "/readyz", "/reports", "/entities/company/nvidia/timeline" })
        {
            var response = await host.Client.GetAsync(path);
            await ApiHost.ProblemAsync(response, HttpStatusCode.ServiceUnavailable, "not-ready");
            Assert.NotNull(response.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task An_empty_database_is_migrated_and_the_host_becomes_ready()
    {
        await using var database = await Testing.PostgresFixture.CreateDatabaseAsync();
        await using var host = await ApiHost.StartAsync(database.ConnectionString);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Seeds_are_in_before_the_host_is_ready_and_a_second_start_ingests_none_twice()
    {
        var folder = Directory.CreateTempSubdirectory("kg-seeds-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.txt"), "种子甲\n英伟达|2026Q1|1|2026");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.md"), "种子乙");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.gold.json"), "{}");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "c.txt"), "");
            await using var database = await ApiFixture.NewDatabaseAsync();
            for (var start = 0; start < 2; start++)
            {
                await using var host = await ApiHost.StartAsync(
                    database.ConnectionString, options => options with { SeedsEnabled = true, SeedsDirectory = folder.FullName });
                Assert.Equal(["b.md", "a.txt"], (await host.ListAsync("/reports", 50)).Select(report => report["fileName"]!.ToString()));
                Assert.Equal(3, await database.ReadAsync<long>("select count(*) from events.mt_events"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Events_that_no_view_has_seen_are_in_the_views_once_the_host_is_ready()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        string id;
        await using (var host = await ApiHost.StartAsync(database.ConnectionString))
            id = await host.IngestAsync("先前\n英伟达|2026Q1|1|2026");

        // As a host leaves it that is killed between the append and the views.
        var appended = (ExtractionResult.Extracted)SampleExtractor.Extract("其后\n英伟达|2026Q2|2|2026"u8.ToArray(), new ReportHints(), default);
        var log = new EventLog(database.DataSource, TimeProvider.System);
        await log.AppendAsync(
            ReportIngest.StreamOf(appended.Report.ReportId),
            "report",
            ExpectedVersion.NoStream,
            ReportIngest.EventsOf(appended.Report.ReportId, 30, new ReportHints(), appended.Report),
            EventMetadata.None,
            null,
            default);

        await using var again = await ApiHost.StartAsync(database.ConnectionString);
        Assert.Equal([appended.Report.ReportId, id], (await again.ListAsync("/reports", 50)).Select(report => report["id"]!.ToString()));
        Assert.Equal(2, (await again.ListAsync("/entities/company/nvidia/timeline", 50)).Count);
    }

    [Fact]
    public async Task Views_that_are_lost_or_of_another_version_are_built_anew_at_the_next_start()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using (var host = await ApiHost.StartAsync(database.ConnectionString))
            await host.IngestAsync("重建\n英伟达|2026Q1|1|2026");
        foreach (var damage in new[] { "drop schema views cascade", "comment on schema views is 'views-0'" })
        {
            await database.ExecuteAsync(damage);
            NpgsqlConnection.ClearAllPools();
            await using var host = await ApiHost.StartAsync(database.ConnectionString);
            Assert.Single(await host.ListAsync("/entities/company/nvidia/timeline", 50));
        }
    }
}
