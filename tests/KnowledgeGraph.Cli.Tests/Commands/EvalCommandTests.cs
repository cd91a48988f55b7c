namespace KnowledgeGraph.Cli.Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private const string Gold = """{"document": "a.txt", "facts": [{"type": "FundingRaised", "roles": {"company": ["海湾云"]}, "values": {"amount": 5}, "quote": "募资"}, {"type": "ListingChanged", "roles": {"company": ["海湾云"]}, "values": {"kind": "ipo"}, "quote": "上市"}]}""";

    private const string Facts = """{"type": "FundingRaised", "roles": {"company": {"name": "海湾云"}}, "values": {"amount": 5}, "quote": "募资"}""";

    private readonly string folder = Directory.CreateTempSubdirectory("eval-").FullName;

    [Fact]
    public async Task Eval_prints_a_row_for_each_type_and_the_totals()
    {
        var run = await Run.OfAsync("eval", Write("gold.json", Gold), Write("facts.jsonl", Facts));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("FundingRaised           1.000  1.000  1.000     1", run.Lines);
        Assert.Contains("micro                   1.000  0.500  0.667     2", run.Lines);
    }

    [Fact]
    public async Task Eval_shows_what_was_missed_on_request()
    {
        var run = await Run.OfAsync("eval", Write("gold.json", Gold), Write("facts.jsonl", Facts), "--show", "3");

        Assert.Contains("  missed: ListingChanged company=海湾云 kind=ipo \"上市\"", run.Lines);
    }

    [Fact]
    public async Task Eval_of_a_file_that_is_no_annotation_says_so_in_one_line()
    {
        var run = await Run.OfAsync("eval", Write("gold.json", "[]"), Write("facts.jsonl", Facts));

        Assert.Equal((1, "kg: A gold annotation is an object with a list 'facts'.\n"), (run.ExitCode, run.Error));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
