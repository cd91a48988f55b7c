using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Tests.Text;

public sealed class PassageBuilderTests
{
    [Theory]
    [InlineData("参数３Ｂ（激活０.５Ｂ）", "参数3B(激活0.5B)")]
    [InlineData("营收\n增长", "营收增长")]
    [InlineData("the new\nchip", "the new chip")]
    [InlineData("首发仅支持\nmacOS", "首发仅支持macOS")]
    [InlineData("acceler-\nator", "accelerator")]
    [InlineData("its five-\nyear average", "its five-year average")]
    [InlineData("GPT-\n5.4", "GPT-5.4")]
    [InlineData("worth 12,\n000 dollars", "worth 12,000 dollars")]
    [InlineData("a  b\t c　d", "a b c d")]
    [InlineData("零\u200B宽\u00AD字", "零宽字")]
    [InlineData("**粗体**与`代码`", "粗体与代码")]
    [InlineData("see [the post](https://example.org/a_b) now", "see the post now")]
    [InlineData(@"剔除\*ST公司", "剔除*ST公司")]
    [InlineData("“引号”与‘单引号’", "“引号”与‘单引号’")]
    [InlineData("e\uFB03cient", "efficient")]
    [InlineData("第5，120", "第5，120")]
    [InlineData("收入，利润", "收入,利润")]
    [InlineData("營收億元增長", "营收亿元增长")]
    public void Passage_reads(string source, string expected) =>
        Assert.Equal(expected, PassageBuilder.Build(source, 0, source.Length).Text);

    [Fact]
    public void Single_asterisks_are_emphasis_in_markdown_only()
    {
        const string source = "*Forge* by 2*3 and _one_";

        Assert.Equal(source, PassageBuilder.Build(source, 0, source.Length).Text);
        Assert.Equal("Forge by 2*3 and one", PassageBuilder.Build(source, [(0, source.Length)], starEmphasis: true).Text);
    }

    [Fact]
    public void Number_broken_among_ideographs_is_whole_again()
    {
        const string source = "公司今年的研发投入总计达到63\n2亿元";

        Assert.Equal("公司今年的研发投入总计达到632亿元", PassageBuilder.Build(source, 0, source.Length).Text);
    }

    [Fact]
    public void Map_never_decreases_and_every_span_lies_in_the_source()
    {
        var random = new Random(7);
        const string alphabet = "aZ9 \n\t，。（*_`[](\\-５Ｂ營億中国\uFB01\u200B\uD83D\uDE00|#>:/.";
        for (var round = 0; round < 2000; round++)
        {
            var source = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var passage = PassageBuilder.Build(source, [(0, source.Length / 2), (source.Length / 2, source.Length)], starEmphasis: round % 2 == 0);

            Assert.Equal(passage.Text.Length, passage.Map.Count);
            Assert.All(passage.Map, position => Assert.InRange(position, 0, source.Length - 1));
            Assert.True(passage.Map.Zip(passage.Map.Skip(1)).All(pair => pair.First <= pair.Second), source);
        }
    }

    [Fact]
    public void Characters_that_are_not_folded_come_from_their_own_place()
    {
        const string source = "**英伟达** FY2027 Q1\n营收 816 亿美元";
        var passage = PassageBuilder.Build(source, 0, source.Length);

        for (var i = 0; i < passage.Text.Length; i++)
        {
            Assert.Equal(passage.Text[i], Folding.Fold(source[passage.Map[i]]));
        }
    }

    [Theory]
    [InlineData("臺積電與輝達")]
    [InlineData("軟體")]
    public void Folding_of_script_keeps_the_length(string text)
    {
        var folded = Folding.ToSimplified(text);

        Assert.Equal(text.Length, folded.Length);
        Assert.NotEqual(text, folded);
    }
}
