using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Tests.Events;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Api.Tests;

/// <summary>
/// Reads a small notation of its own, so that tests of the host say exactly which facts go in. A line <c>company|period|amount|when</c> is a
/// revenue, with the line as its quote; a line of JSON is a fact of any type, its roles given by id, and by maker where they have one (<c>model/a@company/b</c>)
/// (<c>{"type":"PriceChanged","roles":{"subject":"company/x"},"values":{"instrument":"share"},"status":"rumored","attribution":["A"]}</c>);
/// a line <c>random N</c> is N random facts of all types; every other line is text.
/// </summary>
public static class SampleExtractor
{
    private static readonly Dictionary<string, Entity> Known = new Entity[]
    {
        new() { Id = new EntityId(EntityKind.Company, "nvidia"), Name = "英伟达", Aliases = ["英伟达", "辉达", "NVIDIA", "NVDA.O"], FiscalYearEnd = 1 },
        new() { Id = new EntityId(EntityKind.Company, "智谱"), Name = "智谱", Aliases = ["智谱", "Zhipu"] },
    }.ToDictionary(entity => entity.Name);

    public static ExtractionResult Extract(ReadOnlyMemory<byte> bytes, ReportHints hints, CancellationToken ct)
    {
        if (bytes.IsEmpty)
            return new ExtractionResult.Unreadable(UnreadableReason.Empty, "The file is empty.");
        if (bytes.Span[0] == 0x89)
            return new ExtractionResult.Unreadable(UnreadableReason.UnsupportedFormat, "PNG images are not read.");
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return new ExtractionResult.Unreadable(UnreadableReason.Damaged, "No known encoding.");
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var publisher = hints.Publisher ?? "国金证券";
        return new ExtractionResult.Extracted(new ExtractedReport
        {
            ReportId = id,
            Document = new Document { Text = text, MediaType = "text/plain", Blocks = [] },
            Metadata = new ReportMetadata
            {
                Publisher = publisher,
                Title = hints.Title ?? text.Split('\n')[0].Trim(),
                Date = hints.Date ?? PartialDate.Parse("2026-05-24"),
                DateBasis = hints.Date is null ? DateBasis.Stated : DateBasis.Given,
                Analysts = ["张三"],
            },
            Publisher = new Entity { Id = EntityId.FromName(EntityKind.Publisher, publisher), Name = publisher, Aliases = [publisher] },
            Facts = [.. FactsOf(id, text).DistinctBy(fact => fact.Id)],
            Ruleset = "sample-1",
        });
    }

    private static IEnumerable<Fact> FactsOf(string id, string text)
    {
        var start = 0;
        foreach (var line in text.Split('\n'))
        {
            var cells = line.TrimEnd('\r').Split('|');
            if (cells.Length == 4)
                yield return Revenue(id, cells, new Evidence(line.TrimEnd('\r'), start, start + line.TrimEnd('\r').Length));
            if (line.StartsWith('{'))
                yield return Any(id, JsonNode.Parse(line)!.AsObject(), new Evidence(line.TrimEnd('\r'), start, start + line.TrimEnd('\r').Length));
            if (line.StartsWith("random ", StringComparison.Ordinal))
            {
                var count = int.Parse(line.AsSpan(7), CultureInfo.InvariantCulture);
                foreach (var fact in SampleFacts.Random(new Random(Seed(id)), id, text, count))
                    yield return fact;
            }

            start += line.Length + 1;
        }
    }

    private static Fact Revenue(string id, string[] cells, Evidence evidence)
    {
        var company = Known.GetValueOrDefault(cells[0]) ?? new Entity { Id = EntityId.FromName(EntityKind.Company, cells[0]), Name = cells[0], Aliases = [cells[0]] };
        var roles = new Dictionary<string, IReadOnlyList<Entity>> { ["company"] = [company] };
        var values = new Dictionary<string, JsonNode>
        {
            ["metric"] = JsonValue.Create("revenue"),
            ["period"] = JsonValue.Create(cells[1]),
            ["amount"] = JsonValue.Create(decimal.Parse(cells[2], CultureInfo.InvariantCulture)),
            ["currency"] = JsonValue.Create("USD"),
        };
        return new Fact
        {
            Id = FactId.Of(id, "EarningsReported", roles, values),
            Type = "EarningsReported",
            Roles = roles,
            When = cells[3].Length == 0 ? null : cells[3],
            Values = values,
            Attribution = ["新浪财经"],
            Evidence = [evidence],
            Rule = "sample/line",
        };
    }

    private static Fact Any(string id, JsonObject line, Evidence evidence)
    {
        var type = line["type"]!.ToString();
        var roles = line["roles"]!.AsObject().ToDictionary(
            role => role.Key,
            IReadOnlyList<Entity> (role) => [.. (role.Value is JsonArray many ? many.Select(one => one!.ToString()) : [role.Value!.ToString()]).Select(Named)]);
        var values = line["values"]?.AsObject().ToDictionary(value => value.Key, value => value.Value!.DeepClone()) ?? [];
        return new Fact
        {
            Id = FactId.Of(id, type, roles, values),
            Type = type,
            Roles = roles,
            When = line["when"]?.ToString(),
            Status = Enum.Parse<FactStatus>(line["status"]?.ToString() ?? "reported", ignoreCase: true),
            Values = values,
            Attribution = [.. (line["attribution"]?.AsArray() ?? []).Select(name => name!.ToString())],
            Evidence = [evidence],
            Rule = "sample/json",
        };
    }

    private static Entity Named(string text)
    {
        var maker = text.Split('@');
        var entity = EntityId.Parse(maker[0]);
        return Known.Values.FirstOrDefault(known => known.Id == entity)
            ?? new Entity { Id = entity, Name = entity.Slug, Aliases = [entity.Slug], Maker = maker.Length > 1 ? EntityId.Parse(maker[1]) : null };
    }

    private static int Seed(string id) => int.Parse(id.AsSpan(0, 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
