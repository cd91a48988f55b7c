using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using KnowledgeGraph.Api.Exports.Parquet;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;

namespace KnowledgeGraph.Api.Exports;

/// <summary>The formats of an export: name, media type, and what writes it.</summary>
internal sealed record ExportFormat(string Name, string MediaType, Func<ExportReads, Stream, CancellationToken, Task> WriteAsync)
{
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("ndjson", Forms.Lines, Exporters.LinesAsync),
        new("csv", Forms.Csv, Exporters.CsvAsync),
        new("parquet", "application/vnd.apache.parquet", Exporters.ParquetAsync),
        new("graphml", "application/graphml+xml", Exporters.GraphMlAsync),
        new("jsonld", "application/ld+json", JsonLd.WriteAsync),
    ];
}

/// <summary>Each writes to the stream as the rows come.</summary>
internal static class Exporters
{
    /// <summary>A line of JSON for each entity, then for each fact, then for each edge; <c>record</c> says which.</summary>
    public static async Task LinesAsync(ExportReads reads, Stream stream, CancellationToken cancellation)
    {
        await foreach (var entity in reads.EntitiesAsync(cancellation))
            await LineAsync("entity", entity);
        await foreach (var fact in reads.FactsAsync(cancellation))
            await LineAsync("fact", fact);
        await foreach (var edge in reads.EdgesAsync(cancellation))
            await LineAsync("edge", new { edge.Key.Source, edge.Key.Relation, edge.Key.Target, edge.Status, edge.Since, edge.Until });

        async Task LineAsync<T>(string record, T value)
        {
            var line = JsonSerializer.SerializeToNode(value, Json.Options)!.AsObject();
            line.Insert(0, "record", record);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line.ToJsonString(Json.Options) + "\n"), cancellation);
        }
    }

    /// <summary>A row for each fact, RFC 4180, UTF-8.</summary>
    public static async Task CsvAsync(ExportReads reads, Stream stream, CancellationToken cancellation)
    {
        await using var writer = Text(stream);
        await writer.WriteAsync(string.Join(',', FactColumn.All.Select(column => column.Column.Name)) + "\r\n");
        await foreach (var fact in reads.FactsAsync(cancellation))
            await writer.WriteAsync((string.Join(',', FactColumn.All.Select(column => Forms.Quoted(column.Cell(fact)))) + "\r\n").AsMemory(), cancellation);
    }

    /// <summary>A row for each fact, in the columns of CSV.</summary>
    public static async Task ParquetAsync(ExportReads reads, Stream stream, CancellationToken cancellation)
    {
        var writer = new ParquetWriter(stream, [.. FactColumn.All.Select(column => column.Column)]);
        await foreach (var fact in reads.FactsAsync(cancellation))
            await writer.AddAsync([.. FactColumn.All.Select(column => column.Value(fact))], cancellation);
        await writer.EndAsync(cancellation);
    }

    /// <summary>Entities as nodes, edges as directed edges.</summary>
    public static async Task GraphMlAsync(ExportReads reads, Stream stream, CancellationToken cancellation)
    {
        const string ns = "http://graphml.graphdrawing.org/xmlns";
        await using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Async = true, CloseOutput = false, CheckCharacters = false, Encoding = new UTF8Encoding(false) });
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(null, "graphml", ns);
        foreach (var (id, target) in new[] { ("kind", "node"), ("name", "node"), ("sameAs", "node"), ("relation", "edge"), ("status", "edge"), ("since", "edge"), ("until", "edge") })
            await ElementAsync("key", null, ("id", id), ("for", target), ("attr.name", id), ("attr.type", "string"));
        await xml.WriteStartElementAsync(null, "graph", ns);
        await xml.WriteAttributeStringAsync(null, "edgedefault", null, "directed");
        await foreach (var entity in reads.EntitiesAsync(cancellation))
            await WithDataAsync("node", [("id", entity.Id)], ("kind", entity.Kind), ("name", entity.Name), ("sameAs", entity.SameAs));
        await foreach (var edge in reads.EdgesAsync(cancellation))
        {
            await WithDataAsync(
                "edge", [("source", edge.Key.Source), ("target", edge.Key.Target)],
                ("relation", edge.Key.Relation), ("status", edge.Status), ("since", Day(edge.Since)), ("until", Day(edge.Until)));
        }

        await xml.WriteEndDocumentAsync();

        async Task WithDataAsync(string name, (string Name, string Value)[] attributes, params (string Key, string? Value)[] data)
        {
            await xml.WriteStartElementAsync(null, name, ns);
            foreach (var attribute in attributes)
                await xml.WriteAttributeStringAsync(null, attribute.Name, null, attribute.Value);
            foreach (var (key, value) in data.Where(one => one.Value is not null))
                await ElementAsync("data", Printable(value!), ("key", key));
            await xml.WriteEndElementAsync();
        }

        async Task ElementAsync(string name, string? text, params (string Name, string Value)[] attributes)
        {
            await xml.WriteStartElementAsync(null, name, ns);
            foreach (var attribute in attributes)
                await xml.WriteAttributeStringAsync(null, attribute.Name, null, attribute.Value);
            if (text is not null)
                await xml.WriteStringAsync(text);
            await xml.WriteEndElementAsync();
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // XML has no place for most control characters, not even escaped.
    private static string Printable(string text) => string.Concat(text.Where((c, i) => XmlConvert.IsXmlChar(c)
        || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))));

    private static StreamWriter Text(Stream stream) => new(stream, new UTF8Encoding(false), bufferSize: 1 << 14, leaveOpen: true);
}

/// <summary>Linked data: entities in the terms of schema.org, facts and reports as PROV-O entities, the fact derived from its report.</summary>
internal static class JsonLd
{
    private static readonly JsonObject Context = new()
    {
        ["schema"] = "https://schema.org/",
        ["prov"] = "http://www.w3.org/ns/prov#",
        ["kg"] = "urn:knowledge-graph:",
        ["when"] = "schema:temporalCoverage",
        ["quote"] = "schema:text",
    };

    public static async Task WriteAsync(ExportReads reads, Stream stream, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 1 << 14, leaveOpen: true);
        await writer.WriteAsync($"{{\"@context\":{Context.ToJsonString()},\"@graph\":[");
        var separator = "\n";
        await foreach (var entity in reads.EntitiesAsync(cancellation))
            await NodeAsync(Of(entity));
        await foreach (var fact in reads.FactsAsync(cancellation))
            await NodeAsync(Of(fact));
        await writer.WriteAsync("\n]}\n");

        async Task NodeAsync(JsonObject node)
        {
            await writer.WriteAsync((separator + node.ToJsonString(Json.Options)).AsMemory(), cancellation);
            separator = ",\n";
        }
    }

    private static JsonObject Of(ExportedEntity entity)
    {
        var node = new JsonObject { ["@id"] = Iri(entity.Id), ["@type"] = TypeOf(entity.Kind), ["schema:name"] = entity.Name };
        if (entity.SameAs is not null)
            node["schema:sameAs"] = new JsonObject { ["@id"] = Iri(entity.SameAs) };
        return node;
    }

    // The report is told with each fact: it has the same id there, so that a reader of linked data has it once.
    private static JsonObject Of(FactView fact)
    {
        var evidence = fact.Evidence!;
        var report = new JsonObject { ["@id"] = $"urn:knowledge-graph:report/{evidence.Report}", ["@type"] = new JsonArray("prov:Entity", "schema:Report") };
        if (evidence.Title is not null)
            report["schema:name"] = evidence.Title;
        if (evidence.Date is not null)
            report["schema:datePublished"] = evidence.Date;
        if (evidence.PublisherId is not null)
            report["prov:wasAttributedTo"] = new JsonObject { ["@id"] = Iri(evidence.PublisherId) };
        var node = new JsonObject
        {
            ["@id"] = $"urn:knowledge-graph:fact/{fact.Id}",
            ["@type"] = new JsonArray("prov:Entity", $"kg:{fact.Type}"),
            ["kg:status"] = fact.Status,
            ["when"] = fact.When,
            ["quote"] = fact.Quote,
            ["prov:generatedAtTime"] = evidence.Recorded.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["prov:wasDerivedFrom"] = report,
        };
        foreach (var (role, who) in fact.Roles)
            node[$"kg:{role}"] = new JsonArray([.. (who is JsonArray many ? many : [who!.DeepClone()]).Select(one => new JsonObject { ["@id"] = Iri(one!["id"]!.ToString()) })]);
        foreach (var (name, value) in fact.Values)
            node[fact.Roles.ContainsKey(name) ? $"kg:value/{name}" : $"kg:{name}"] = value?.DeepClone();
        return node;
    }

    private static string Iri(string id) => $"urn:knowledge-graph:{string.Join('/', id.Split('/', 2).Select(Uri.EscapeDataString))}";

    private static string TypeOf(string kind) => kind switch
    {
        "company" or "organisation" or "publisher" => "schema:Organization",
        "person" => "schema:Person",
        "model" => "schema:SoftwareApplication",
        "chip" or "product" => "schema:Product",
        _ => "schema:Thing",
    };
}
