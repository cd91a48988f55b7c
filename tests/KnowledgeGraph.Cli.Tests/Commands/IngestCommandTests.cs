using System.Text.Json.Nodes;

namespace KnowledgeGraph.Cli.Tests.Commands;

public sealed class IngestCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kg-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_is_sent_with_all_below_it_that_is_a_report()
    {
        Write("b.txt");
        Write("a.md");
        Write("deep/er/c.HTML");
        Write("facts.jsonl");
        using var service = new StubService((_, _, _) => (201, """{"facts":{"EarningsReported":2,"ModelReleased":1}}"""));

        var run = await Run.OfAsync("ingest", folder.FullName, "--url", service.Url);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["a.md", "b.txt", "deep/er/c.HTML"], run.Lines.Select(line => Path.GetRelativePath(folder.FullName, line.Split(": ")[0])));
        Assert.All(run.Lines, line => Assert.EndsWith(": new, 3 facts (EarningsReported 2, ModelReleased 1)", line, StringComparison.Ordinal));
        Assert.Equal(3, service.Asked.Count(asked => asked == "POST /reports"));
    }

    [Fact]
    public async Task A_report_already_known_is_told_apart()
    {
        using var service = new StubService((_, _, _) => (200, """{"facts":{"PriceChanged":1}}"""));
        var run = await Run.OfAsync("ingest", Write("b.txt"), "--url", service.Url);
        Assert.EndsWith(": known, 1 fact (PriceChanged 1)\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_arrives_with_its_name_and_bytes()
    {
        var received = "";
        using var service = new StubService((_, _, body) =>
        {
            received = body;
            return (201, """{"facts":{}}""");
        });
        await Run.OfAsync("ingest", Write("周报.txt", "营收 5 亿元"), "--url", service.Url);
        Assert.Contains("营收 5 亿元", received, StringComparison.Ordinal);
        Assert.Contains("filename*=utf-8''" + Uri.EscapeDataString("周报.txt"), received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_refusal_does_not_stop_the_rest_but_fails_the_command()
    {
        Write("a.txt", "bad");
        Write("b.txt", "good");
        using var service = new StubService((_, _, body) => body.Contains("bad", StringComparison.Ordinal)
            ? (422, new JsonObject { ["title"] = "Unreadable", ["detail"] = "The file is damaged." }.ToJsonString())
            : (201, """{"facts":{}}"""));

        var run = await Run.OfAsync("ingest", folder.FullName, "--url", service.Url);

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("a.txt: The file is damaged.\n", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("b.txt: new, 0 facts\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_named()
    {
        using var service = new StubService((_, _, _) => (500, "{}"));
        var run = await Run.OfAsync("ingest", "/no/such/report.txt", "--url", service.Url);
        Assert.Equal((1, "/no/such/report.txt: no such file or folder\n"), (run.ExitCode, run.Error));
        Assert.Empty(service.Asked);
    }

    [Fact]
    public async Task Without_a_service_one_line_says_how_to_start_it()
    {
        var run = await Run.OfAsync("ingest", Write("a.txt"), "--url", $"http://127.0.0.1:{StubService.FreePort()}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("./kg up", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private string Write(string name, string text = "text")
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
