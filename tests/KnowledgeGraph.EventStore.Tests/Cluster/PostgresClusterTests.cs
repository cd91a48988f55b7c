using System.Diagnostics;
using KnowledgeGraph.EventStore.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Cluster;

public sealed class PostgresClusterTests : IAsyncLifetime
{
    // Holds the folder of the cluster, two levels up: the cluster makes both.
    private readonly string top = Path.Combine(Path.GetTempPath(), "kg-cluster-" + Guid.NewGuid().ToString("N"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ClusterOptions Options => new() { DataDirectory = Path.Combine(top, ".data", "postgres"), Durable = false };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(top))
            Directory.Delete(top, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_cluster_keeps_its_data_over_a_clean_stop()
    {
        string folder;
        await using (var first = await StartAsync())
        {
            folder = first.Folder;
            await ExecuteAsync(first, "create table t as select 1 as n");
            Assert.Equal(Options.DataDirectory, folder);
            Assert.Equal("UTF8 C.UTF-8", await ReadAsync(first, "select pg_encoding_to_char(encoding) || ' ' || datctype from pg_database where datname = current_database()"));
            Assert.Equal("127.0.0.1", await ReadAsync(first, "select current_setting('listen_addresses')"));
        }

        Assert.Empty(ServerProcesses.In(Path.Combine(folder, "data")));
        Assert.False(File.Exists(Path.Combine(folder, "data", "postmaster.pid")));
        Assert.Contains("database system is shut down", await File.ReadAllTextAsync(Path.Combine(folder, "server.log"), Ct), StringComparison.Ordinal);
        await using var second = await StartAsync();
        Assert.Equal("1", await ReadAsync(second, "select n::text from t"));
    }

    [Fact]
    public async Task The_password_is_needed_and_kept_from_others()
    {
        await using var cluster = await StartAsync();

        var wrong = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(cluster.Folder, "password")));
    }

    [Fact]
    public async Task The_server_runs_durable_unless_told_otherwise_and_never_as_root()
    {
        await using var cluster = await PostgresCluster.StartAsync(Options with { Durable = true }, NullLogger.Instance, Ct);

        Assert.Equal(
            "on on on",
            await ReadAsync(cluster, "select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'))"));
        var status = await File.ReadAllLinesAsync($"/proc/{cluster.ServerProcess}/status", Ct);
        Assert.DoesNotContain(status, line => line.StartsWith("Uid:\t0\t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_instance_is_refused_with_the_process_and_folder_that_hold_it()
    {
        await using var cluster = await StartAsync();

        var refused = await Assert.ThrowsAsync<ClusterException>(StartAsync);

        Assert.Contains(cluster.Folder, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1", await ReadAsync(cluster, "select '1'"));
    }

    [Fact]
    public async Task A_cluster_whose_server_was_killed_is_taken_over_with_all_that_was_committed()
    {
        string folder;
        await using (var first = await PostgresCluster.StartAsync(Options with { Durable = true }, NullLogger.Instance, Ct))
        {
            folder = first.Folder;
            await ExecuteAsync(first, "create table t as select 1 as n");
            using var server = Process.GetProcessById(first.ServerProcess!.Value);
            server.Kill();
            await server.WaitForExitAsync(Ct);
        }

        // The number of a stale file may belong to another program by now: to this one.
        await File.WriteAllTextAsync(Path.Combine(folder, "data", "postmaster.pid"), $"{Environment.ProcessId}\n", Ct);

        await using var second = await StartAsync();
        Assert.Equal("1", await ReadAsync(second, "select n::text from t"));
    }

    [Fact]
    public async Task The_running_server_of_a_killed_host_is_taken_over()
    {
        int orphan;
        var user = ServerUser.Find();
        await (await StartAsync()).DisposeAsync();
        using (var folder = await ClusterFolder.TakeAsync(Options.DataDirectory, user, Ct))
        {
            // As after SIGKILL: the server runs, and the kernel has dropped the host's lock.
            var binaries = await PostgresBinaries.FindAsync(folder.ClusterVersion(), Ct);
            var server = new ClusterServer(folder, binaries, user, NullLogger.Instance);
            await server.StartAsync(new Dictionary<string, string> { ["listen_addresses"] = "", ["unix_socket_directories"] = folder.Path }, Ct);
            orphan = ServerProcesses.Postmaster(folder.Data)!.Value;
        }

        await using var cluster = await StartAsync();

        Assert.NotEqual(orphan, cluster.ServerProcess);
        Assert.Equal("1", await ReadAsync(cluster, "select '1'"));
    }

    [Fact]
    public async Task A_folder_that_the_servers_user_cannot_reach_is_replaced_by_one_elsewhere()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root has folders that the server's user cannot reach");
        Directory.CreateDirectory(top);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(top, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        string first;
        await using (var cluster = await StartAsync())
            first = cluster.Folder;
        await using (var again = await StartAsync())
            Assert.Equal(first, again.Folder);

        Assert.False(first.StartsWith(top, StringComparison.Ordinal));
        Directory.Delete(first, recursive: true);
    }

    [Fact]
    public async Task What_a_killed_test_process_has_left_is_reaped()
    {
        var path = ThrowAway.FolderOf(int.MaxValue);
        var user = ServerUser.Find();
        using (var folder = await ClusterFolder.TakeAsync(path, user, Ct))
        {
            var server = new ClusterServer(folder, await PostgresBinaries.FindAsync(null, Ct), user, NullLogger.Instance);
            await server.InitialiseAsync("postgres", durable: false, Ct);
            await server.StartAsync(new Dictionary<string, string> { ["listen_addresses"] = "", ["unix_socket_directories"] = folder.Path }, Ct);
        }

        await ThrowAway.ReapAsync(NullLogger.Instance, Ct);

        Assert.False(Directory.Exists(path));
        Assert.Empty(ServerProcesses.In(Path.Combine(path, "data")));
    }

    private Task<PostgresCluster> StartAsync() => PostgresCluster.StartAsync(Options, NullLogger.Instance, Ct);

    private static async Task ExecuteAsync(PostgresCluster cluster, string sql)
    {
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<string?> ReadAsync(PostgresCluster cluster, string sql)
    {
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(Ct);
    }
}
