using System.Reflection;
using KnowledgeGraph.EventStore.Schema;
using Npgsql;

namespace KnowledgeGraph.EventStore.Tests.Schema;

public sealed class MigratorTests : StoreTest
{
    private static readonly MigrationSource Notes = new("notes", typeof(MigratorTests).Assembly, "Migrations.");

    [Fact]
    public async Task Migrations_of_several_sources_run_once_in_order()
    {
        var first = await MigrateAsync();
        var second = await MigrateAsync();

        Assert.Equal((2, 0), (first, second));
        Assert.Equal(
            ["0001 notes", "0002 written"],
            await Database.ReadAllAsync<string>(
                "select to_char(number, 'FM0000') || ' ' || name from kg.migrations where source = 'notes' order by number"));
    }

    [Fact]
    public async Task Concurrent_runners_apply_each_migration_once()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MigrateAsync()));

        Assert.Equal(2, counts.Sum());
    }

    [Fact]
    public async Task A_script_that_was_edited_after_it_was_applied_is_an_error()
    {
        await MigrateAsync();
        await Database.ExecuteAsync("update kg.migrations set hash = 'other' where source = 'notes' and number = 2");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(MigrateAsync);

        Assert.Contains("0002_written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_no_trace()
    {
        await Database.ExecuteAsync("create table notes (other text)");

        await Assert.ThrowsAsync<PostgresException>(MigrateAsync);

        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from kg.migrations where source = 'notes'"));
    }

    [Fact]
    public async Task The_schema_is_as_reviewed()
    {
        var lines = await Database.ReadAllAsync<string>(Resource("schema.sql"));
        var actual = string.Join('\n', lines) + "\n";

        // Beside the test program, to be copied over Schema/schema.txt where the change is meant.
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "schema.actual.txt"), actual, Ct);
        Assert.Equal(Resource("schema.txt"), actual);
    }

    private Task<int> MigrateAsync() => Migrator.MigrateAsync(Database.DataSource, [MigrationSource.EventStore, Notes], Ct);

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
