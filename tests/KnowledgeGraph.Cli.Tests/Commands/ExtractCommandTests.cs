using System.Text.Json.Nodes;

namespace KnowledgeGraph.Cli.Tests.Commands;

public sealed class ExtractCommandTests : IDisposable
{
    private const string Report = "# 行业周报\n\n2026 年 4 月 23 日，英特尔公布 2026 年第一季度业绩，营收 130 亿美元，同比增长 3%。\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kg-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Facts_are_lines_of_json_whose_quotes_stand_at_their_offsets()
    {
        var run = await Run.OfAsync("extract", Write("weekly.md", Report));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var facts = run.Lines.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.NotEmpty(facts);
        Assert.All(facts, fact => Assert.Equal(fact["quote"]!.ToString(), Report[fact["start"]!.GetValue<int>()..fact["end"]!.GetValue<int>()]));
        var revenue = Assert.Single(facts, fact => fact["type"]!.ToString() == "EarningsReported");
        Assert.Equal("company/intel", revenue["roles"]!["company"]!["id"]!.ToString());
        Assert.NotEmpty(revenue["roles"]!["company"]!["aliases"]!.AsArray());
        Assert.Equal(13_000_000_000m, revenue["values"]!["amount"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task The_date_given_supplies_the_year_that_the_text_leaves_out()
    {
        var path = Write("daily.txt", "4 月 23 日，英特尔发布开源大模型 Neko-7。\n");
        var run = await Run.OfAsync("extract", path, "--date", "2031-04-25", "--publisher", "国金证券");
        Assert.Contains("\"when\":\"2031-04-23\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty.txt", "")]
    [InlineData("picture.png", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR")]
    public async Task A_file_that_cannot_be_read_gets_one_line_and_fails(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllBytesAsync(path, System.Text.Encoding.Latin1.GetBytes(text));
        await AssertRefusedAsync(path);
    }

    [Fact]
    public Task A_file_that_does_not_exist_gets_one_line_and_fails() => AssertRefusedAsync(Path.Combine(folder.FullName, "none.txt"));

    [Fact]
    public Task A_folder_gets_one_line_and_fails() => AssertRefusedAsync(folder.FullName);

    [Fact]
    public async Task A_date_that_is_none_is_refused_by_name()
    {
        var run = await Run.OfAsync("extract", Write("daily.txt", Report), "--date", "yesterday");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("yesterday", run.Error, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(string path)
    {
        var run = await Run.OfAsync("extract", path);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(path, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
