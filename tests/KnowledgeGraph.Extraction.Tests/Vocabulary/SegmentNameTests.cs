using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

public sealed class SegmentNameTests
{
    [Theory]
    [InlineData("Data Center")]
    [InlineData("data-center segment")]
    [InlineData("datacenter")]
    [InlineData("資料中心")]
    [InlineData("数据中心业务")]
    [InlineData("数据中心收入")]
    public void All_names_of_a_part_are_its_name(string segment) => Assert.Equal("数据中心", SegmentName.PartOf(segment));

    [Theory]
    [InlineData("3nm", "5nm")]
    [InlineData("DRAM业务", "NAND业务")]
    [InlineData("游戏", "手游")]
    [InlineData("广告", "搜索广告")]
    [InlineData("数据中心", "数据中心网络")]
    [InlineData("服务器", "AI服务器")]
    public void A_part_of_a_part_is_another(string one, string other) => Assert.NotEqual(SegmentName.PartOf(one), SegmentName.PartOf(other));

    [Fact]
    public void A_part_that_the_vocabulary_does_not_know_keeps_its_bare_name() => Assert.Equal("量子玩具", SegmentName.PartOf(" 量子玩具业务 "));

    [Fact]
    public void No_name_is_of_two_parts()
    {
        using var file = new StreamReader(Path.Combine(VocabularyFolder.Find(), "segments.yaml"));
        var names = VocabularyReader.Read(file, "segments.yaml")
            .SelectMany(entry => entry.Many("aliases").Prepend(entry.One("name")!).Select(alias => (Part: SegmentName.PartOf(entry.One("name")!), Name: SegmentName.PartOf(alias)))).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Equal(name.Part, name.Name));
    }
}
