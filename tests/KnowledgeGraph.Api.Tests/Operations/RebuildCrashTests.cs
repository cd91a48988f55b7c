using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.EventStore.Cluster;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Process = System.Diagnostics.Process;

namespace KnowledgeGraph.Api.Tests.Operations;

/// <summary>A rebuild does not wait until its batches are on the disk: a server that is killed takes some of them with it.</summary>
public sealed class RebuildCrashTests
{
    [Fact]
    public async Task A_rebuild_whose_server_is_killed_is_brought_to_its_end_by_the_next_host_and_comes_out_right()
    {
        var options = new ClusterOptions { DataDirectory = ThrowAway.NewFolder(), ThrowAway = true };
        await using (var cluster = await PostgresCluster.StartAsync(options, NullLogger.Instance, default))
        await using (var host = await ApiHost.StartAsync(cluster.ConnectionString))
        {
            for (var i = 0; i < 4; i++)
                await host.IngestAsync($"断电周报 {i}\nrandom 40\n英伟达|2026Q{i}|{i}|2026-05-2{i}");
            await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
            var killed = await Record.ExceptionAsync(() => SmallRebuild(host, database).RunAsync(Killing(cluster, database), default));
            Assert.True(killed is not null && Fault.IsOfInfrastructure(killed), $"{killed}");
        }

        await using var next = await PostgresCluster.StartAsync(options, NullLogger.Instance, default);
        await using var taker = await ApiHost.StartAsync(next.ConnectionString);
        JsonNode progress;
        do
            progress = (await taker.GetAsync("/operations/rebuild")).AsArray().Single()!;
        while (progress["state"]!.ToString() is not ("done" or "failed"));
        Assert.Equal("done", progress["state"]!.ToString());
        Assert.All(progress["differences"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
        var replay = await ApiHost.ReadAsync(await taker.Client.PostAsync("/operations/replay", null));
        Assert.All(replay["views"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<long>()));
    }

    private static ViewSet Killing(PostgresCluster cluster, NpgsqlDataSource database) =>
        GraphViews.Set with { Fold = schema => new Fold(new GraphViews(schema), cluster, database) };

    private static Rebuild SmallRebuild(ApiHost host, NpgsqlDataSource database) => new(
        database,
        host.Services.GetRequiredService<EventLog>(),
        host.Services.GetRequiredService<ProjectionDaemon>(),
        host.Services.GetRequiredService<RebuildRecord>(),
        DaemonOptions.Default with { RebuildBatchSize = 20 },
        TimeProvider.System,
        NullLogger<Rebuild>.Instance);

    /// <summary>A fold in the fourth batch of which the server is killed. Only within the first is it asked for, or the host's own worker would do it.</summary>
    private sealed class Fold(IProjection fold, PostgresCluster cluster, NpgsqlDataSource database) : IProjection
    {
        private int batches;

        public string Name => fold.Name;

        public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredEvent> events, CancellationToken ct)
        {
            if (++batches == 1)
                await new RebuildRecord(database, new EventLog(database, TimeProvider.System), TimeProvider.System).RequestAsync(GraphViews.Set, ct);
            if (batches == 4)
            {
                using var server = Process.GetProcessById(cluster.ServerProcess!.Value);
                server.Kill();
                await server.WaitForExitAsync(ct);
            }

            await fold.ApplyAsync(connection, transaction, events, ct);
        }
    }
}
