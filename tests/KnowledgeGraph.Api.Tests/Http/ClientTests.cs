using System.Diagnostics;
using KnowledgeGraph.Api.Tests.Hosting;

namespace KnowledgeGraph.Api.Tests.Http;

/// <summary>tests/Client: a TypeScript client is generated from the description, and a program that uses it is type-checked.</summary>
public sealed class ClientTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly string Folder = Path.Combine(HostProcess.Root, "tests", "Client");

    [Fact]
    public async Task A_TypeScript_client_is_generated_without_a_complaint_and_compiles()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "no client generator; ./kg test installs it where it can");
        var generated = Directory.CreateDirectory(Path.Combine(Folder, "generated")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(generated, "openapi.json"), await fixture.Host.Client.GetStringAsync("/swagger/v1/swagger.json"), TestContext.Current.CancellationToken);
        var said = await RunAsync("openapi-typescript", "generated/openapi.json", "--output", "generated/graph.ts");
        Assert.DoesNotContain("warn", said, StringComparison.OrdinalIgnoreCase);
        await RunAsync("tsc", "--project", ".");
    }

    /// <summary>Runs a tool of the folder, which has to succeed, and returns what it said.</summary>
    private static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, "node_modules", ".bin", tool), arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync() + await output;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{tool}: {said}");
        return said;
    }
}
