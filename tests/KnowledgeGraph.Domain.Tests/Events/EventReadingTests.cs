using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Events.Upcasters;

namespace KnowledgeGraph.Domain.Tests.Events;

/// <summary>
/// The log has no earlier versions yet, so that the mechanism is tried with a record of the tests' own: its first version had one name, the second
/// split it, the third counts in single chips.
/// </summary>
public sealed class EventReadingTests
{
    private static readonly Upcaster[] Steps =
    [
        new("shipment_noted", "shipment_noted_v2", body =>
        {
            var name = body["Name"]!.ToString().Split(' ', 2);
            return new JsonObject { ["Maker"] = name[0], ["Chip"] = name[1], ["Thousands"] = body["Thousands"]!.DeepClone() };
        }),
        new("shipment_noted_v2", "shipment_noted_v3", body =>
        {
            body["Count"] = body["Thousands"]!.GetValue<decimal>() * 1000;
            body.Remove("Thousands");
            return body;
        }),
    ];

    private static readonly EventReading Reading = new(name => name == "shipment_noted_v3" ? typeof(ShipmentNoted) : null, Steps);

    public static TheoryData<string> StoredNames => [.. EventTypes.Names, .. EventReading.Upcasters.Select(upcaster => upcaster.From)];

    [Theory]
    [InlineData("shipment_noted")]
    [InlineData("shipment_noted_v2")]
    [InlineData("shipment_noted_v3")]
    public void Every_version_is_read_as_the_present_record(string name) =>
        Assert.Equal(new ShipmentNoted("NVIDIA", "H100 SXM", 1500), Reading.Read(name, Encoding.UTF8.GetBytes(Golden.Read($"{name}.json"))));

    [Theory]
    [MemberData(nameof(StoredNames))]
    public void Every_version_that_the_log_may_hold_is_read(string name) =>
        Assert.NotNull(EventReading.Present.Read(name, Encoding.UTF8.GetBytes(Golden.Read($"{name}.json"))));

    [Fact]
    public void A_name_that_is_not_known_is_no_error()
    {
        Assert.False(Reading.Knows("shipment_noted_v4"));
        Assert.Null(Reading.Read("shipment_noted_v4", "{}"u8));
    }

    [Fact]
    public void Steps_that_lead_nowhere_or_in_a_circle_or_from_the_present_are_refused()
    {
        static JsonObject Same(JsonObject body) => body;
        Func<string, Type?> find = name => name == "b" ? typeof(ShipmentNoted) : null;
        Assert.Throws<ArgumentException>(() => new EventReading(find, [new Upcaster("a", "c", Same)]));
        Assert.Throws<ArgumentException>(() => new EventReading(find, [new Upcaster("a", "c", Same), new Upcaster("c", "a", Same)]));
        Assert.Throws<ArgumentException>(() => new EventReading(find, [new Upcaster("a", "b", Same), new Upcaster("a", "b", Same)]));
        Assert.Throws<ArgumentException>(() => new EventReading(find, [new Upcaster("b", "b", Same)]));
    }

    private sealed record ShipmentNoted(string Maker, string Chip, decimal Count);
}
