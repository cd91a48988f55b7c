using System.Text.Json.Nodes;
using KnowledgeGraph.Cli.Display;

namespace KnowledgeGraph.Cli.Tests.Display;

public sealed class FactSummaryTests
{
    private const string Company = """{"company":{"id":"company/nvidia","name":"NVIDIA"}}""";

    [Theory]
    [InlineData("""{"metric":"revenue","period":"FY2027Q1","amount":81600000000,"currency":"USD","yoyPercent":85}""", "revenue FY2027Q1 81.6bn USD, +85% yoy")]
    [InlineData("""{"metric":"gross-margin","period":"2026Q1","percent":74.5,"qoqPercent":-0.4}""", "gross-margin 2026Q1 74.5%, -0.4% qoq")]
    [InlineData("""{"metric":"revenue","low":1500000,"high":2000000,"currency":"CNY"}""", "revenue 1.5m-2m CNY")]
    [InlineData("""{"instrument":"share","price":224.12,"previousPrice":210,"currency":"USD","changePercent":6.72}""", "share 224.12 USD (was 210), +6.72%")]
    [InlineData("""{"instrument":"api","price":0.3,"currency":"CNY","unit":"million tokens","bound":"max"}""", "api <0.3 CNY/million tokens")]
    [InlineData("""{"stage":"release","parameters":1200000000000,"modalities":["text","image"]}""", "release 1.2tn parameters")]
    [InlineData("{}", "")]
    public void Values_are_told_in_a_few_words(string values, string expected) => Assert.Equal(expected, Summary(Company, values));

    [Fact]
    public void Other_participants_are_named_and_the_entity_itself_is_not()
    {
        const string roles = """{"model":{"id":"model/m1","name":"M1"},"developer":[{"id":"company/nvidia","name":"NVIDIA"},{"id":"company/b","name":"B"}]}""";
        Assert.Equal("model M1, developer B, release", Summary(roles, """{"stage":"release"}"""));
    }

    private static string Summary(string roles, string values) =>
        FactSummary.Of(JsonNode.Parse($$"""{"roles":{{roles}},"values":{{values}}}""")!, "company/nvidia");
}
