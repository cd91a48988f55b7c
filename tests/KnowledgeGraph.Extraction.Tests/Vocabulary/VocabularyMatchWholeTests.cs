using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

public class VocabularyMatchWholeTests
{
    private static readonly VocabularyIndex Index = VocabularyFixture.Index(
        ("companies.yaml", """
            - { id: acme, name: 艾克美, aliases: [Acme Robotics, Acme], tickers: [AC.O] }
            - { id: lim, name: 林云, aliases: [LinCloud], tickers: [0123.HK] }
            """),
        ("publishers.yaml", "- { id: linyun, name: 林云证券 }\n- { id: lim-media, name: 林云, media: true }"),
        ("models.yaml", "- { id: qilin, name: Qilin, family: true, maker: acme }\n- { id: qilin-vl, name: Qilin-VL, family: true, of: qilin }"));

    [Theory]
    [InlineData("林云", "company/lim")]
    [InlineData("林云-W", "company/lim")]
    [InlineData("林云-SW", "company/lim")]
    [InlineData(" 林云集团 ", "company/lim")]
    [InlineData("林云股份有限公司", "company/lim")]
    [InlineData("林云（0123.HK）", "company/lim")]
    [InlineData("林云(未知)", "company/lim")]
    [InlineData("未知(0123.HK)", "company/lim")]
    [InlineData("林云 LinCloud", "company/lim")]
    [InlineData("123.HK 林云", "company/lim")]
    [InlineData("0123", "company/lim")]
    [InlineData("AC", null)]
    [InlineData("123", null)]
    [InlineData("Acme Inc.", "company/acme")]
    [InlineData("Acme, Inc", "company/acme")]
    [InlineData("ACME ROBOTICS HOLDINGS", "company/acme")]
    [InlineData("acme robotics Ltd", "company/acme")]
    [InlineData("林云证券研究所", "publisher/linyun")]
    [InlineData("林云证券股份有限公司", "publisher/linyun")]
    [InlineData("林云的云", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("—", null)]
    [InlineData("(", null)]
    public void A_whole_cell_is_looked_up_with_what_cells_add_to_a_name(string cell, string? expected) =>
        Assert.Equal(expected, Index.MatchWhole(cell)?.Id);

    [Fact]
    public void A_kind_narrows_the_lookup()
    {
        Assert.Equal("publisher/lim-media", Index.MatchWhole("林云", "publisher")?.Id);
        Assert.Null(Index.MatchWhole("林云", "chip"));
    }

    [Theory]
    [InlineData("AC")]
    [InlineData("123")]
    public void A_code_that_looks_like_a_word_or_an_amount_is_a_company_where_one_is_asked_for(string cell) =>
        Assert.StartsWith("company/", Index.MatchWhole(cell, "company")?.Id, StringComparison.Ordinal);

    [Theory]
    [InlineData("Qilin4.1-Max", "model/qilin")]
    [InlineData("Qilin-VL-8B", "model/qilin-vl")]
    [InlineData("Qilin 9", "model/qilin")]
    [InlineData("Qilinghua", null)]
    [InlineData("", null)]
    public void A_name_never_seen_has_the_family_it_begins_with(string name, string? expected) => Assert.Equal(expected, Index.FamilyOf(name)?.Id);
}
