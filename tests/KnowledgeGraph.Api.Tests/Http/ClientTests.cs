namespace KnowledgeGraph.Api.Tests.Http;

/// <summary>tests/Client: a TypeScript client is generated from the description, and a program that uses it is type-checked.</summary>
public sealed class ClientTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_TypeScript_client_is_generated_without_a_complaint_and_compiles()
    {
        ClientTools.SkipUnlessInstalled();
        var generated = Directory.CreateDirectory(Path.Combine(ClientTools.Folder, "generated")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(generated, "openapi.json"), await fixture.Host.Client.GetStringAsync("/swagger/v1/swagger.json"), TestContext.Current.CancellationToken);
        var said = await ClientTools.RunAsync("node_modules/.bin/openapi-typescript", "generated/openapi.json", "--output", "generated/graph.ts");
        Assert.DoesNotContain("warn", said, StringComparison.OrdinalIgnoreCase);
        await ClientTools.RunAsync("node_modules/.bin/tsc", "--project", ".");
    }
}
