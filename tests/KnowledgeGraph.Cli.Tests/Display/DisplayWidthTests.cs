using KnowledgeGraph.Cli.Display;

namespace KnowledgeGraph.Cli.Tests.Display;

public sealed class DisplayWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("NVIDIA", 6)]
    [InlineData("英伟达", 6)]
    [InlineData("营收 816 亿", 11)]
    [InlineData("（A）", 5)]
    [InlineData("ｶ", 1)]
    [InlineData("Ａ", 2)]
    [InlineData("한글", 4)]
    [InlineData("é", 1)]
    [InlineData("𠮷", 2)]
    [InlineData("😀", 2)]
    public void Wide_characters_take_two_columns(string text, int width) => Assert.Equal(width, DisplayWidth.Of(text));

    [Theory]
    [InlineData("英伟达", 6, "英伟达")]
    [InlineData("英伟达", 5, "英伟…")]
    [InlineData("英伟达", 4, "英…")]
    [InlineData("one\n two", 20, "one two")]
    [InlineData("𠮷野家", 3, "𠮷…")]
    public void A_cut_never_exceeds_the_width_nor_halves_a_character(string text, int width, string cut)
    {
        Assert.Equal(cut, DisplayWidth.Cut(text, width));
        Assert.True(DisplayWidth.Of(cut) <= width);
    }

    [Fact]
    public void Fitted_texts_are_all_of_one_width() =>
        Assert.All(["", "a", "英", "英伟达公司", "NVIDIA Corporation"], text => Assert.Equal(7, DisplayWidth.Of(DisplayWidth.Fit(text, 7))));
}
