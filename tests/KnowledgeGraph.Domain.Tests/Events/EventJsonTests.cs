using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Domain.Tests.Events;

public sealed class EventJsonTests
{
    private static readonly JsonSerializerOptions Indented = new(FactMapping.EventJson) { WriteIndented = true };

    public static TheoryData<string> EventNames => [.. EventTypes.Names];

    public static TheoryData<string> FactTypes => [.. FactSchema.All.Select(schema => schema.Type)];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void Every_event_is_written_as_its_golden_file_has_it(string name)
    {
        var body = Sample(name);
        Golden.Check($"{name}.json", JsonSerializer.Serialize(body, body.GetType(), Indented));
    }

    [Theory]
    [MemberData(nameof(EventNames))]
    public void An_event_read_from_its_golden_file_is_written_the_same_again(string name)
    {
        var type = EventTypes.Find(name)!;
        var text = Golden.Read($"{name}.json");
        var strict = new JsonSerializerOptions(Indented) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, strict), type, strict));
    }

    [Theory]
    [MemberData(nameof(FactTypes))]
    public void A_fact_of_every_type_comes_back_from_its_event(string type)
    {
        var fact = SampleFacts.Full(FactSchema.For(type));
        var recorded = FactMapping.ToEvent(fact, SampleFacts.ReportId, "rules-1");
        var stored = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(recorded, recorded.GetType(), FactMapping.EventJson), recorded.GetType(), FactMapping.EventJson);
        Assert.Equal(FactJson.ToJson(fact).ToJsonString(), FactJson.ToJson(FactMapping.ToFact((FactRecorded)stored!)).ToJsonString());
    }

    [Fact]
    public void Random_facts_come_back_from_their_events()
    {
        var random = new Random(7);
        foreach (var fact in SampleFacts.Random(random, SampleFacts.ReportId, "一段用来切出引文的文字。", 500))
        {
            var back = FactMapping.ToFact(FactMapping.ToEvent(fact, SampleFacts.ReportId, "rules-1"));
            Assert.Equal(FactJson.ToJson(fact).ToJsonString(), FactJson.ToJson(back).ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(FactTypes))]
    public void A_number_keeps_every_digit(string type)
    {
        var schema = FactSchema.For(type);
        if (schema.Values.FirstOrDefault(value => value.Kind == ValueKind.Number) is not { } number)
            return;
        var fact = SampleFacts.Full(schema) with { Values = new Dictionary<string, JsonNode> { [number.Name] = JsonValue.Create(79228162514264337593543.950m) } };
        var recorded = FactMapping.ToEvent(fact, SampleFacts.ReportId, "rules-1");
        var text = JsonSerializer.Serialize(recorded, recorded.GetType(), FactMapping.EventJson);
        Assert.Contains("79228162514264337593543.950", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_with_a_value_that_its_type_has_not_is_refused()
    {
        var fact = SampleFacts.Full(FactSchema.For("ModelReleased"));
        var values = new Dictionary<string, JsonNode>(fact.Values) { ["price"] = JsonValue.Create(1m) };
        Assert.Throws<ArgumentException>(() => FactMapping.ToEvent(fact with { Values = values }, SampleFacts.ReportId, "rules-1"));
    }

    [Fact]
    public void Every_fact_type_has_an_event_and_there_are_no_others_but_the_registration_and_the_decisions()
    {
        var expected = FactSchema.All.Select(schema => JsonNamingPolicy.SnakeCaseLower.ConvertName(schema.Type))
            .Append("report_registered").Concat(SampleDecisions.All.Select(decision => EventTypes.NameOf(decision.GetType()))).Order();
        Assert.Equal(expected, EventTypes.Names.Order());
    }

    private static object Sample(string name) => SampleDecisions.All.FirstOrDefault(decision => EventTypes.NameOf(decision.GetType()) == name) is { } decision
        ? decision
        : EventTypes.Find(name) is { } type && type != typeof(ReportRegistered)
        ? FactMapping.ToEvent(SampleFacts.Full(FactSchema.For(type.Name)), SampleFacts.ReportId, "rules-1")
        : new ReportRegistered
        {
            ReportId = SampleFacts.ReportId,
            FileName = "weekly.txt",
            MediaType = "text/plain",
            Size = 4096,
            TextLength = 1500,
            Publisher = new Entity { Id = new EntityId(EntityKind.Publisher, "国金证券"), Name = "国金证券", Aliases = ["国金证券"] },
            Title = "一周要闻",
            Date = "2026-05-24",
            DateBasis = "inferred",
            Sector = "计算机",
            Rating = "增持",
            Analysts = ["张三"],
            Ruleset = "rules-1",
        };
}
