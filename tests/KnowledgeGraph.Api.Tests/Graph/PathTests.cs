using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Graph;

public sealed class PathTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task The_shortest_way_is_found_whatever_the_direction_of_its_edges()
    {
        await host.IngestAsync("""
            路
            {"type":"ModelReleased","roles":{"developer":"company/from","model":"model/mid"}}
            {"type":"LineageReported","roles":{"subject":"model/other","base":"model/mid"},"values":{"relation":"built-on"}}
            {"type":"ModelReleased","roles":{"developer":"company/end","model":"model/other"}}
            {"type":"DealAnnounced","roles":{"parties":["company/from","company/detour"]},"values":{"kind":"partnership"}}
            """);
        var answer = await host.GetAsync("/graph/path?from=company/from&to=company/end");
        var path = Assert.Single(answer["paths"]!.AsArray())!;
        Assert.Equal(["company/from", "model/mid", "model/other", "company/end"], path["nodes"]!.AsArray().Select(node => node!["id"]!.ToString()));
        Assert.Equal(["developed", "built-on", "developed"], path["steps"]!.AsArray().Select(step => Assert.Single(step!.AsArray())!["relation"]!.ToString()));
        Assert.Empty((await host.GetAsync("/graph/path?from=company/from&to=company/end&length=2"))["paths"]!.AsArray());
        Assert.Empty((await host.GetAsync("/graph/path?from=company/from&to=company/end&relations=developed"))["paths"]!.AsArray());
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/graph/path?from=company/from&to=company/from"), HttpStatusCode.BadRequest, "invalid-parameter", "to");
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/graph/path?from=company/from&to=company/nowhere"), HttpStatusCode.NotFound, "not-found", "to");
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(12, 2)]
    [InlineData(13, 3)]
    [InlineData(14, 4)]
    [InlineData(15, 5)]
    public async Task Every_way_up_to_a_length_is_found_and_no_other(int seed, int length)
    {
        var random = new Random(seed);
        var pairs = Enumerable.Range(0, 22).Select(_ => (random.Next(12), random.Next(12))).Where(pair => pair.Item1 != pair.Item2).Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2))).ToHashSet();
        await host.IngestAsync($"网 {seed}\n" + string.Join('\n', pairs.Select(pair => $$$"""{"type":"DealAnnounced","roles":{"parties":["{{{Id(pair.Item1)}}}","{{{Id(pair.Item2)}}}"]},"values":{"kind":"partnership"}}""")));
        var ends = pairs.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).Distinct().Order().ToList();
        var (from, to) = (ends[0], ends[^1]);
        var all = await PathsAsync($"/graph/path?from={Id(from)}&to={Id(to)}&length={length}&all=true&limit=100");
        var expected = Ways([from]).Select(way => string.Join(' ', way.Select(Id))).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, all.Order(StringComparer.Ordinal));
        Assert.Equal(all.OrderBy(way => way.Split(' ').Length), all);
        var shortest = await PathsAsync($"/graph/path?from={Id(from)}&to={Id(to)}&length={length}&limit=100");
        Assert.Equal(expected.Where(way => way.Split(' ').Length == expected.Min(other => other.Split(' ').Length)), shortest.Order(StringComparer.Ordinal));

        IEnumerable<int[]> Ways(int[] way)
        {
            if (way[^1] == to)
                return [way];
            return way.Length > length ? [] : pairs.Where(pair => pair.Item1 == way[^1] || pair.Item2 == way[^1])
                .Select(pair => pair.Item1 == way[^1] ? pair.Item2 : pair.Item1).Where(next => !way.Contains(next)).SelectMany(next => Ways([.. way, next]));
        }

        string Id(int i) => $"company/net-{seed}-{i}";
    }

    private async Task<List<string>> PathsAsync(string path)
    {
        JsonNode answer = await host.GetAsync(path);
        Assert.False(answer["truncated"]!.GetValue<bool>());
        return [.. answer["paths"]!.AsArray().Select(one => string.Join(' ', one!["nodes"]!.AsArray().Select(node => node!["id"]!.ToString())))];
    }
}
