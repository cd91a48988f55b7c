using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KnowledgeGraph.Cli.Tests.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private const string Report = "# 行业周报\n\n2026 年 4 月 23 日，英特尔公布 2026 年第一季度业绩，营收 130 亿美元，同比增长 3%。\n\n4 月 22 日，<星河>智谱发布 GLM-9.9。\n\n免责声明：本报告仅供参考，不构成投资建议。\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kg-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_fact_is_explained_by_rule_place_participants_and_what_stands_in_its_evidence()
    {
        var run = await Run.OfAsync("explain", Write());

        var revenue = Section(run, "EarningsReported");
        Assert.Contains(revenue, line => line.StartsWith("  rule      earnings/", StringComparison.Ordinal));
        Assert.Contains("  role      company: 英特尔 -> company/intel, 1.0, its only owner", revenue);
        Assert.Contains(revenue, line => line.Contains("130 亿美元: MoneyValue Amount = 13000000000, Currency = USD", StringComparison.Ordinal));
        Assert.Contains(revenue, line => line.Contains("values", StringComparison.Ordinal) && line.Contains("amount 13000000000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_offset_chooses_the_facts_that_cover_it()
    {
        var path = Write();
        var run = await Run.OfAsync("explain", path, "--at", Report.IndexOf("130", StringComparison.Ordinal).ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(Section(run, "EarningsReported"));
        Assert.Empty(Section(run, "ModelReleased"));
    }

    [Fact]
    public async Task An_offset_without_fact_shows_what_was_found_there()
    {
        var run = await Run.OfAsync("explain", Write(), "--at", "3");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Lines, line => line.Contains("block     Heading", StringComparison.Ordinal));
        Assert.Contains("no fact at 3", run.Lines);
    }

    [Fact]
    public async Task The_head_of_an_id_is_enough_to_choose_a_fact()
    {
        var path = Write();
        var id = JsonNode.Parse((await Run.OfAsync("extract", path)).Lines[0])!["id"]!.ToString();

        var run = await Run.OfAsync("explain", path, "--fact", id[..10]);

        Assert.Single(run.Lines, line => line.EndsWith(id, StringComparison.Ordinal));
        Assert.Equal(1, run.Lines.Count(line => line.StartsWith("  rule ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_page_shows_the_whole_text_with_each_fact_marked_and_decoys_apart()
    {
        var page = Path.Combine(folder.FullName, "page.html");
        var path = Write();
        var facts = (await Run.OfAsync("extract", path)).Lines.Select(line => JsonNode.Parse(line)!).ToList();

        var run = await Run.OfAsync("extract", path, "--html", page);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        var html = await File.ReadAllTextAsync(page);
        var main = html[html.IndexOf("<main>", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
        var text = System.Net.WebUtility.HtmlDecode(Regex.Replace(main, "<[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Equal(Squeezed(Report), Squeezed(text));
        Assert.All(facts.Select((_, index) => index), index => Assert.Matches($"data-facts=\"(?:\\d+ )*{index}[ \"]", main));
        Assert.Matches("<div class=\"Decoy\">免责声明", main);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static List<string> Section(Run run, string type) =>
        [.. run.Output.Split('\n').SkipWhile(line => !line.StartsWith(type, StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];

    private string Write()
    {
        var path = Path.Combine(folder.FullName, "weekly.md");
        File.WriteAllText(path, Report);
        return path;
    }
}
