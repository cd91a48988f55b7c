using KnowledgeGraph.Cli.Service;

namespace KnowledgeGraph.Cli.Tests.Service;

public sealed class ServiceClientTests
{
    [Theory]
    [InlineData("kg_abc", "Bearer kg_abc")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task A_key_is_shown_where_there_is_one(string? key, string? shown)
    {
        using var stub = new StubService((_, _, _) => (200, "{}"));
        using var client = new ServiceClient(new Uri(stub.Url), key);
        await client.GetAsync("reports", TestContext.Current.CancellationToken);
        Assert.Equal(shown, Assert.Single(stub.Shown));
    }
}
