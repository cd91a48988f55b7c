using System.Net;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Graph;

public sealed class GraphTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Theory]
    [InlineData("ModelReleased", """{"developer":"company/a1","model":"model/b1"}""", "{}", "company/a1 developed model/b1")]
    [InlineData("ProductLaunched", """{"company":"company/a2","product":"product/b2"}""", "{}", "company/a2 launched product/b2")]
    [InlineData("ChipAnnounced", """{"maker":"company/a3","chip":"chip/b3"}""", "{}", "company/a3 makes chip/b3")]
    [InlineData("LineageReported", """{"subject":"model/a4","base":"model/b4"}""", """{"relation":"built-on"}""", "model/a4 built-on model/b4")]
    [InlineData("LineageReported", """{"subject":"model/a5","base":"chip/b5"}""", """{"relation":"runs-on"}""", "model/a5 runs-on chip/b5")]
    [InlineData("FundingRaised", """{"company":"company/b6","investors":"company/a6"}""", "{}", "company/a6 invested-in company/b6")]
    [InlineData("RatingIssued", """{"broker":"publisher/a7","subject":"company/b7"}""", """{"rating":"buy"}""", "publisher/a7 rates company/b7")]
    [InlineData("ListingChanged", """{"company":"company/a8","venue":"index/b8"}""", """{"kind":"index-inclusion"}""", "company/a8 listed-on index/b8")]
    [InlineData("AvailabilityChanged", """{"subject":"chip/a9","by":"organisation/b9"}""", """{"change":"restricted"}""", "chip/a9 restricted-by organisation/b9")]
    [InlineData("PersonMoved", """{"person":"person/a10","to":"company/b10"}""", """{"kind":"joined"}""", "person/a10 works-at company/b10")]
    [InlineData("DealAnnounced", """{"parties":["company/a11","company/b11"],"investor":"company/a11"}""", """{"kind":"investment"}""", "company/a11 invested-in company/b11")]
    [InlineData("DealAnnounced", """{"parties":["company/a12","company/b12"],"investor":"company/a12","target":"company/b12"}""", """{"kind":"acquisition"}""", "company/a12 acquired company/b12")]
    [InlineData("DealAnnounced", """{"parties":["company/b13","company/a13"]}""", """{"kind":"partnership"}""", "company/a13 partner-of company/b13")]
    public async Task A_fact_carries_the_edge_of_its_relation(string type, string roles, string values, string expected)
    {
        await host.IngestAsync($"边 {expected}\n{{\"type\":\"{type}\",\"roles\":{roles},\"values\":{values},\"when\":\"2026-05-20\"}}");
        var root = expected.Split(' ')[0];
        var graph = await host.GetAsync($"/graph?root={root}");
        Assert.Contains(expected, graph["edges"]!.AsArray().Select(Text));
        var edge = graph["edges"]!.AsArray().Single(edge => Text(edge) == expected)!;
        Assert.Equal(("2026-05-20", "reported", 1), (edge["since"]!.ToString(), edge["status"]!.ToString(), edge["factCount"]!.GetValue<int>()));
        await host.GetAsync($"/facts/{edge["facts"]![0]!["id"]}");
    }

    [Fact]
    public async Task A_supply_deal_is_an_edge_from_either_side()
    {
        await host.IngestAsync("供\n" + Deal("supply", "company/foundry", "company/designer"));
        var edges = (await host.GetAsync("/graph?root=company/foundry"))["edges"]!.AsArray().Select(Text);
        Assert.Equal(["company/designer customer-of company/foundry", "company/foundry supplies company/designer"], edges.Order());
    }

    [Fact]
    public async Task Edges_between_what_different_companies_make_are_told_apart()
    {
        string[] built =
        [
            """{"subject":"model/own@company/lab","base":"model/base@company/lab"}""", """{"subject":"model/other@company/rival","base":"model/base@company/lab"}""",
            """{"subject":"model/unknown","base":"model/base@company/lab"}""", """{"subject":"company/user","base":"model/base@company/lab"}""",
        ];
        await host.IngestAsync("建\n" + string.Join('\n', built.Select(roles => $$$"""{"type":"LineageReported","roles":{{{roles}}},"values":{"relation":"built-on"}}""")));
        Assert.Equal(["company/user", "model/other"], await OthersAsync());
        var edge = (await host.ListAsync("/edges?relation=built-on&otherMaker=true", 1)).Single(item => item["source"]!["id"]!.ToString() == "model/other");
        Assert.Equal(("company/rival", "company/lab"), (edge["sourceMaker"]!["id"]!.ToString(), edge["targetMaker"]!["id"]!.ToString()));
        var page = await host.GetAsync("/entities/model/base");
        Assert.Equal("company/lab", page["identifiers"]!["maker"]!.ToString());
        var related = Assert.Single(page["neighbours"]!.AsArray())!;
        Assert.Equal(("built-on", "in", 4), (related["relation"]!.ToString(), related["direction"]!.ToString(), related["count"]!.GetValue<int>()));
        Assert.Equal(["company/user", "model/other", "model/own", "model/unknown"], related["strongest"]!.AsArray().Select(one => one!["id"]!.ToString()));

        await host.IngestAsync("""
            并
            {"type":"MetricReported","roles":{"subject":"company/lab"},"values":{"metric":"other"}}
            {"type":"MetricReported","roles":{"subject":"company/rival"},"values":{"metric":"other"}}
            """);
        using var merge = new StringContent("""{"entity":"company/rival","into":"company/lab","author":"a","reason":"one company"}""", null, "application/json");
        Assert.Equal(HttpStatusCode.Created, (await host.Client.PostAsync("/curation/merges", merge)).StatusCode);
        Assert.Equal(["company/user"], await OthersAsync());

        async Task<IEnumerable<string>> OthersAsync() => (await host.ListAsync("/edges?relation=built-on&otherMaker=true", 1))
            .Where(item => item["target"]!["id"]!.ToString() == "model/base").Select(item => item["source"]!["id"]!.ToString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_person_who_leaves_ends_the_edge_and_at_tells_where_someone_was()
    {
        await host.IngestAsync($"入职\n{Moved("joined", "to", "company/old-home", "2024-03")}\n{Moved("left", "from", "company/old-home", "2026-02-10")}");
        await host.IngestAsync($"再入职\n{Moved("joined", "to", "company/new-home", "2026-03-01")}");
        var edge = (await host.GetAsync("/entities/person/mover/neighbours"))["items"]!.AsArray().Single(item => item!["neighbour"]!["id"]!.ToString() == "company/old-home")!["edge"]!;
        Assert.Equal(("2024-03-01", "2026-02-10", 2), (edge["since"]!.ToString(), edge["until"]!.ToString(), edge["factCount"]!.GetValue<int>()));
        Assert.Equal(["company/old-home"], await NeighboursAsync("person/mover", "at=2025"));
        Assert.Equal(["company/new-home"], await NeighboursAsync("person/mover", "at=2026-04"));
        Assert.Empty(await NeighboursAsync("person/mover", "at=2020"));
    }

    [Fact]
    public async Task A_denied_fact_carries_no_edge_but_is_told_beside_others()
    {
        var told = Deal("partnership", "company/denier", "company/suitor");
        await host.IngestAsync("否认\n" + told.Replace("\"when\"", "\"status\":\"denied\",\"when\"", StringComparison.Ordinal));
        Assert.Empty(await NeighboursAsync("company/denier", ""));
        await host.IngestAsync("传闻\n" + told.Replace("\"when\"", "\"status\":\"rumored\",\"when\"", StringComparison.Ordinal));
        var edge = Assert.Single((await host.GetAsync("/entities/company/denier/neighbours"))["items"]!.AsArray())!["edge"]!;
        Assert.Equal("rumored", edge["status"]!.ToString());
        Assert.Equal(["begins", "denies"], edge["facts"]!.AsArray().Select(fact => fact!["effect"]!.ToString()));
    }

    [Fact]
    public async Task The_graph_goes_as_deep_as_asked_and_says_what_its_limits_left_out()
    {
        await host.IngestAsync("深\n" + string.Join('\n', Enumerable.Range(0, 6).Select(i => Deal("partnership", $"company/chain-{i}", $"company/chain-{i + 1}"))));
        var two = await host.GetAsync("/graph?root=company/chain-0&depth=2");
        Assert.Equal([("company/chain-0", 0), ("company/chain-1", 1), ("company/chain-2", 2)], two["nodes"]!.AsArray().Select(node => (node!["id"]!.ToString(), node["depth"]!.GetValue<int>())));
        Assert.Equal("""{"nodes":false,"edges":false}""", two["truncated"]!.ToJsonString());
        var cut = await host.GetAsync("/graph?root=company/chain-3&depth=4&nodes=3");
        Assert.Equal(3, cut["nodes"]!.AsArray().Count);
        Assert.True(cut["truncated"]!["nodes"]!.GetValue<bool>());
        Assert.All(cut["edges"]!.AsArray(), edge => Assert.All(new[] { "source", "target" }, end => Assert.Contains(edge![end]!.ToString(), cut["nodes"]!.AsArray().Select(node => node!["id"]!.ToString()))));
        Assert.True((await host.GetAsync("/graph?root=company/chain-3&depth=2&edges=1"))["truncated"]!["edges"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Relations_and_kinds_narrow_what_is_followed()
    {
        await host.IngestAsync("""
            窄
            {"type":"ModelReleased","roles":{"developer":"company/maker","model":"model/made"}}
            {"type":"ChipAnnounced","roles":{"maker":"company/maker","chip":"chip/made"}}
            {"type":"LineageReported","roles":{"subject":"model/made-2","base":"model/made"},"values":{"relation":"built-on"}}
            """);
        Assert.Equal(["model/made"], await NeighboursAsync("company/maker", "relations=developed"));
        Assert.Equal(["chip/made"], await NeighboursAsync("company/maker", "kinds=chip"));
        Assert.Equal(["company/maker", "model/made", "model/made-2"], (await host.GetAsync("/graph?root=company/maker&depth=2&kinds=model"))["nodes"]!.AsArray().Select(node => node!["id"]!.ToString()));
    }

    [Fact]
    public async Task As_of_a_sequence_the_graph_is_what_it_was()
    {
        await host.IngestAsync("昔\n" + Deal("partnership", "company/then-a", "company/then-b"));
        var before = await host.GetAsync("/graph?root=company/then-a&depth=2");
        await host.IngestAsync($"今\n{Deal("partnership", "company/then-b", "company/then-c")}\n{Deal("partnership", "company/then-a", "company/then-b")}");
        Assert.Equal(3, (await host.GetAsync("/graph?root=company/then-a&depth=2"))["nodes"]!.AsArray().Count);
        Assert.Equal(before.ToJsonString(), (await host.GetAsync($"/graph?root=company/then-a&depth=2&asOf={before["sequence"]}")).ToJsonString());
    }

    [Fact]
    public async Task Pages_of_neighbours_show_each_edge_once_the_strongest_first()
    {
        await host.PostAsync("邻\nrandom 400");
        foreach (var query in new[] { "", "?relations=partner-of,rates,developed", "?kinds=company" })
        {
            var paged = (await host.ListAsync($"/entities/company/amd/neighbours{query}", 3)).Select(item => Text(item["edge"])).ToList();
            var whole = (await host.ListAsync($"/entities/company/amd/neighbours{query}", 500)).ToList();
            Assert.True(whole.Count > 3);
            Assert.Equal(whole.Select(item => Text(item["edge"])), paged);
            Assert.Equal(whole.Count, paged.Distinct().Count());
            Assert.Equal(whole[0]["edge"]!["factCount"]!.GetValue<int>() > 1, whole.Exists(item => item["edge"]!["factCount"]!.GetValue<int>() > 1));
        }
    }

    [Fact]
    public async Task Edges_of_a_relation_are_listed_each_once_with_the_names_of_their_ends()
    {
        await host.PostAsync("列\nrandom 200");
        var paged = await host.ListAsync("/edges?relation=partner-of", 2);
        var whole = await host.ListAsync("/edges?relation=partner-of", 500);
        Assert.True(whole.Count > 2);
        Assert.Equal(whole.Select(item => item.ToJsonString()), paged.Select(item => item.ToJsonString()));
        Assert.All(whole, item => Assert.Equal(
            ("partner-of", item["edge"]!["source"]!.ToString(), item["edge"]!["target"]!.ToString()),
            (item["edge"]!["relation"]!.ToString(), item["source"]!["id"]!.ToString(), item["target"]!["id"]!.ToString())));
    }

    [Fact]
    public async Task The_graph_of_the_view_is_the_graph_of_the_facts()
    {
        await host.PostAsync("全图\nrandom 300");
        var graph = await host.GetAsync("/graph?root=company/智谱&depth=1&nodes=1000&edges=5000");
        var neighbours = await host.ListAsync("/entities/company/智谱/neighbours", 500);
        Assert.Equal(neighbours.Select(item => item["edge"]!.ToJsonString()).Order(), graph["edges"]!.AsArray().Select(edge => edge!.ToJsonString()).Order());
    }

    [Theory]
    [InlineData("/graph", "root")]
    [InlineData("/graph?root=nvidia", "root")]
    [InlineData("/graph?root=company/x&depth=9", "depth")]
    [InlineData("/graph?root=company/x&relations=likes", "relations")]
    [InlineData("/graph?root=company/x&kinds=planet", "kinds")]
    [InlineData("/graph/path?from=company/x", "to")]
    [InlineData("/graph/path?from=company/x&to=company/y&length=7", "length")]
    public async Task A_parameter_that_is_none_is_refused_by_name(string path, string parameter) =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync(path), HttpStatusCode.BadRequest, "invalid-parameter", parameter);

    [Fact]
    public async Task An_unknown_root_is_not_found() =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/graph?root=company/nobody"), HttpStatusCode.NotFound, "not-found", "root");

    private async Task<IEnumerable<string>> NeighboursAsync(string id, string query) =>
        (await host.ListAsync($"/entities/{id}/neighbours?{query}", 100)).Select(item => item["neighbour"]!["id"]!.ToString());

    private static string Text(JsonNode? edge) => $"{edge!["source"]} {edge["relation"]} {edge["target"]}";

    private static string Deal(string kind, string one, string other) =>
        $$"""{"type":"DealAnnounced","roles":{"parties":["{{one}}","{{other}}"]{{(kind == "supply" ? $",\"supplier\":\"{one}\",\"customer\":\"{other}\"" : "")}}},"values":{"kind":"{{kind}}"},"when":"2026-05-20"}""";

    private static string Moved(string kind, string role, string company, string when) =>
        $$"""{"type":"PersonMoved","roles":{"person":"person/mover","{{role}}":"{{company}}"},"values":{"kind":"{{kind}}"},"when":"{{when}}"}""";
}
