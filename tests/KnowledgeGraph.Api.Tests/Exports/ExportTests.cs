using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace KnowledgeGraph.Api.Tests.Exports;

public sealed class ExportTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Quoted = """{"type":"PolicyIssued","roles":{"issuer":"organisation/exporter"},"values":{"title":"a, \"b\" & <c>"}}""";

    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task Lines_hold_every_entity_fact_and_edge_once()
    {
        var report = await host.IngestAsync("行\nrandom 120");
        var lines = (await TextAsync("/exports/ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var facts = lines.Where(line => line["record"]!.ToString() == "fact" && line["evidence"]!["report"]!.ToString() == report).ToList();
        Assert.Equal((await host.ListAsync($"/reports/{report}/facts", 500)).Select(fact => fact["id"]!.ToString()).Order(), facts.Select(fact => fact["id"]!.ToString()).Order());
        Assert.Equal((await host.ListAsync("/entities", 500)).Select(entity => entity["id"]!.ToString()).Order(StringComparer.Ordinal), Of("entity").Select(line => line["id"]!.ToString()).Order(StringComparer.Ordinal));
        var neighbours = await host.ListAsync("/entities/company/amd/neighbours", 500);
        Assert.Equal(neighbours.Select(item => Ends(item["edge"]!)).Order(), Of("edge").Where(edge => Ends(edge).Contains("company/amd ", StringComparison.Ordinal) || Ends(edge).EndsWith(" company/amd", StringComparison.Ordinal)).Select(Ends).Order());

        IEnumerable<JsonNode> Of(string record) => lines.Where(line => line["record"]!.ToString() == record);
    }

    [Fact]
    public async Task Csv_reads_back_to_the_facts()
    {
        await host.IngestAsync($"表\n{Quoted}");
        var rows = Parse(await TextAsync("/exports/csv?root=organisation/exporter"));
        Assert.Equal("id", rows[0][0]);
        var row = Assert.Single(rows.Skip(1));
        var fact = await host.GetAsync($"/facts/{row[0]}");
        Assert.Equal(Quoted, row[Array.IndexOf(rows[0], "quote")]);
        Assert.Equal(fact["values"]!.ToJsonString(), JsonNode.Parse(row[Array.IndexOf(rows[0], "values")])!.ToJsonString());
        Assert.Equal(fact["evidence"]!["sequence"]!.ToString(), row[Array.IndexOf(rows[0], "sequence")]);
    }

    [Fact]
    public async Task GraphMl_reads_back_to_nodes_and_edges_that_fit()
    {
        await host.IngestAsync("图\nrandom 60");
        var xml = XDocument.Parse(await TextAsync("/exports/graphml"));
        XNamespace ns = "http://graphml.graphdrawing.org/xmlns";
        var nodes = xml.Descendants(ns + "node").Select(node => node.Attribute("id")!.Value).ToHashSet();
        var edges = xml.Descendants(ns + "edge").ToList();
        Assert.True(edges.Count > 0);
        Assert.All(edges, edge => Assert.True(nodes.Contains(edge.Attribute("source")!.Value) && nodes.Contains(edge.Attribute("target")!.Value)));
        Assert.All(edges, edge => Assert.Single(edge.Elements(ns + "data"), data => data.Attribute("key")!.Value == "relation"));
        Assert.Contains(xml.Descendants(ns + "node"), node => node.Attribute("id")!.Value == "company/智谱");
    }

    [Fact]
    public async Task Linked_data_derives_each_fact_from_its_report()
    {
        var report = await host.IngestAsync($"链\n{Quoted.Replace("exporter", "linker", StringComparison.Ordinal)}", "?publisher=Linked");
        var graph = JsonNode.Parse(await TextAsync("/exports/jsonld?root=organisation/linker"))!["@graph"]!.AsArray();
        var fact = graph.Select(node => node!).Single(node => node["prov:wasDerivedFrom"]?["@id"]!.ToString() == $"urn:knowledge-graph:report/{report}");
        Assert.Equal("urn:knowledge-graph:organisation/linker", fact["kg:issuer"]![0]!["@id"]!.ToString());
        Assert.Equal("urn:knowledge-graph:publisher/linked", fact["prov:wasDerivedFrom"]!["prov:wasAttributedTo"]!["@id"]!.ToString());
        Assert.Contains(graph, node => node!["@id"]!.ToString() == "urn:knowledge-graph:organisation/linker" && node["@type"]!.ToString() == "schema:Organization");
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("graphml")]
    [InlineData("jsonld")]
    public async Task An_export_as_of_a_sequence_is_what_it_was(string format)
    {
        await host.IngestAsync($"旧 {format}\nrandom 20");
        var response = await host.Client.GetAsync($"/exports/{format}");
        var before = await response.Content.ReadAsStringAsync();
        await host.IngestAsync($"新 {format}\nrandom 20");
        Assert.NotEqual(before, await TextAsync($"/exports/{format}"));
        Assert.Equal(before, await TextAsync($"/exports/{format}?asOf={response.Headers.GetValues("Kg-Sequence").Single()}"));
    }

    [Fact]
    public async Task A_neighbourhood_holds_only_what_is_near()
    {
        await host.IngestAsync("""
            近
            {"type":"ModelReleased","roles":{"developer":"company/near","model":"model/near"}}
            {"type":"LineageReported","roles":{"subject":"model/far","base":"model/near"},"values":{"relation":"built-on"}}
            """);
        Assert.Equal(["company/near", "model/near"], await NodesAsync("root=company/near"));
        Assert.Equal(["company/near", "model/far", "model/near"], await NodesAsync("root=company/near&depth=2"));
        Assert.Equal(["company/near"], await NodesAsync("root=company/near&depth=0"));
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/exports/csv?root=company/nobody"), HttpStatusCode.NotFound, "not-found", "root");
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/exports/xls"), HttpStatusCode.BadRequest, "invalid-parameter", "format");
    }

    private static string Ends(JsonNode edge) => $"{edge["source"]} {edge["relation"]} {edge["target"]}";

    private async Task<IEnumerable<string>> NodesAsync(string query) =>
        XDocument.Parse(await TextAsync($"/exports/graphml?{query}")).Descendants().Where(element => element.Name.LocalName == "node").Select(node => node.Attribute("id")!.Value);

    private async Task<string> TextAsync(string path)
    {
        var response = await host.Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private static List<string[]> Parse(string csv)
    {
        var (rows, row, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                cell.Append(csv[i++]);
            else if (csv[i] == '"')
                quoted = !quoted;
            else if (!quoted && (csv[i] is ',' or '\n'))
                End(csv[i] == '\n');
            else if (quoted || csv[i] != '\r')
                cell.Append(csv[i]);
        }

        return rows;

        void End(bool ofRow)
        {
            row.Add(cell.ToString());
            cell.Clear();
            if (!ofRow)
                return;
            rows.Add([.. row]);
            row.Clear();
        }
    }
}
