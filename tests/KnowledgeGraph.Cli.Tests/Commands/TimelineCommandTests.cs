namespace KnowledgeGraph.Cli.Tests.Commands;

public sealed class TimelineCommandTests
{
    private const string First = """
        {"id":"1","type":"EarningsReported","when":"2026-05-20","status":"reported","quote":"营收为 816 亿美元",
         "roles":{"company":{"id":"company/nvidia","name":"英伟达"}},
         "values":{"metric":"revenue","period":"FY2027Q1","amount":81600000000,"currency":"USD"},"evidence":{"publisher":"国金证券"}}
        """;

    private const string Second = """
        {"id":"2","type":"ChipAnnounced","when":null,"status":"rumored","quote":"a new chip",
         "roles":{"maker":{"id":"company/nvidia","name":"英伟达"},"chip":{"id":"chip/x1","name":"X1"}},"values":{},"evidence":{"publisher":null}}
        """;

    [Fact]
    public async Task A_timeline_is_a_table_over_all_pages()
    {
        using var service = new StubService((_, path, _) => (200, path.Contains("cursor=n%2F2", StringComparison.Ordinal)
            ? $$"""{"items":[{{Second}}],"next":null}"""
            : $$"""{"items":[{{First}}],"next":"n/2"}"""));

        var run = await Run.OfAsync("timeline", "company/nvidia", "--url", service.Url);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
        [
            "when        type              status    what                         publisher  quote",
            "2026-05-20  EarningsReported  reported  revenue FY2027Q1 81.6bn USD  国金证券   营收为 816 亿美元",
            "            ChipAnnounced     rumored   chip X1                                 a new chip",
        ], run.Lines);
    }

    [Fact]
    public async Task Filters_are_passed_on_and_the_limit_stops_the_paging()
    {
        using var service = new StubService((_, _, _) => (200, $$"""{"items":[{{First}},{{Second}}],"next":"more"}"""));
        var run = await Run.OfAsync("timeline", "company/nvidia", "--type", "EarningsReported", "--from", "2026-05", "--limit", "2", "--url", service.Url);
        Assert.Equal(3, run.Lines.Count);
        Assert.Equal(["GET /entities/company/nvidia/timeline?from=2026-05&type=EarningsReported&limit=2"], service.Asked);
    }

    [Fact]
    public async Task A_name_is_looked_up_and_the_exact_bearer_wins()
    {
        using var service = new StubService((_, path, _) => (200, path.StartsWith("/entities?q=", StringComparison.Ordinal)
            ? """
              {"items":[{"id":"company/nvidia-partner","name":"NVIDIA Partner","match":{"alias":"NVIDIA Partner","kind":"prefix"}},
                        {"id":"company/nvidia","name":"英伟达","match":{"alias":"NVIDIA","kind":"exact"}}],"next":null}
              """
            : """{"items":[],"next":null}"""));

        var run = await Run.OfAsync("timeline", "nvidia", "--url", service.Url);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["GET /entities?q=nvidia", "GET /entities/company/nvidia/timeline?limit=500"], service.Asked);
    }

    [Fact]
    public async Task A_name_of_several_is_answered_with_their_ids()
    {
        using var service = new StubService((_, _, _) => (200, """{"items":[{"id":"company/a","name":"A Ltd"},{"id":"model/a","name":"A one"}],"next":null}"""));
        var run = await Run.OfAsync("timeline", "A", "--url", service.Url);
        Assert.Equal((1, "kg: 'A' may be company/a, model/a; give one of these\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_name_of_none_is_said_to_be_so()
    {
        using var service = new StubService((_, _, _) => (200, """{"items":[],"next":null}"""));
        var run = await Run.OfAsync("timeline", "无此公司", "--url", service.Url);
        Assert.Equal((1, "kg: no entity is called '无此公司'\n"), (run.ExitCode, run.Error));
    }
}
