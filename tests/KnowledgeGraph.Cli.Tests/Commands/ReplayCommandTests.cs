namespace KnowledgeGraph.Cli.Tests.Commands;

public sealed class ReplayCommandTests
{
    [Fact]
    public async Task Views_that_agree_end_well()
    {
        using var service = new StubService((_, _, _) =>
            (200, """{"events":12,"failed":0,"seconds":0.256,"views":[{"view":"facts","rows":11,"differenceCount":0,"differences":[]},{"view":"reports","rows":1,"differenceCount":0,"differences":[]}]}"""));
        var run = await Run.OfAsync("replay", "--url", service.Url);
        Assert.Equal(["POST /operations/replay"], service.Asked);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["facts: 11 rows, 0 differences", "reports: 1 rows, 0 differences", "12 events in 0.26 s, 0 differences"], run.Lines);
    }

    [Fact]
    public async Task A_difference_is_printed_and_fails_the_command()
    {
        using var service = new StubService((_, _, _) =>
            (200, """{"events":12,"failed":0,"seconds":1,"views":[{"view":"facts","rows":11,"differenceCount":1,"differences":[{"key":"7","live":{"id":7},"rebuilt":null}]}]}"""));
        var run = await Run.OfAsync("replay", "--url", service.Url);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("  7: live {\"id\":7}, rebuilt absent", run.Lines);
    }
}
