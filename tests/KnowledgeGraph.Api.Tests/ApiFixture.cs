using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.EventStore.Schema;
using KnowledgeGraph.Testing;

namespace KnowledgeGraph.Api.Tests;

/// <summary>A host on a database of the test class's own.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public ApiHost Host { get; private set; } = null!;

    public static Task<TestDatabase> NewDatabaseAsync() => PostgresFixture.CreateDatabaseAsync(MigrationSource.EventStore, Startup.Migrations);

    public async ValueTask InitializeAsync()
    {
        Database = await NewDatabaseAsync();
        Host = await ApiHost.StartAsync(Database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }
}
