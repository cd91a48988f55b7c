namespace KnowledgeGraph.Api.Tests.Hosting;

/// <summary>One host process with the project's own seeds, for the tests of a class.</summary>
public sealed class SeededHost : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public HostProcess Host { get; private set; } = null!;

    public string DataFolder => folder.Path;

    public async ValueTask InitializeAsync() => Host = await HostProcess.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
