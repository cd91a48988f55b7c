using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

public class VocabularyLoadTests
{
    [Theory]
    [InlineData("companies.yaml", "- { id: a, name: A1 }\n- { id: a, name: A2 }", "companies.yaml:2: entry 'a'")]
    [InlineData("companies.yaml", "- { name: A1 }", "companies.yaml:1: entry '?' has no id")]
    [InlineData("companies.yaml", "- { id: a }", "has no name")]
    [InlineData("models.yaml", "- { id: m, name: M1, maker: nobody }", "models.yaml:1: entry 'm' names 'nobody' in 'maker'")]
    [InlineData("models.yaml", "- { id: m, name: M1, of: nothing }", "names 'nothing' in 'of'")]
    [InlineData("companies.yaml", "- { id: a, name: A1, tickers: [X.QQ] }", "unknown market: 'X.QQ'")]
    [InlineData("companies.yaml", "- { id: a, name: A1, tickers: [XYZ] }", "without exchange")]
    [InlineData("companies.yaml", "- { id: a, name: A1, alias: [B1] }", "unknown key 'alias'")]
    [InlineData("companies.yaml", "- { id: a, name: A1, fiscalYearEnd: 13 }", "'fiscalYearEnd' is '13'")]
    [InlineData("companies.yaml", "- { id: a, name: A1, aliases: [' - '] }", "no or too many letters")]
    [InlineData("companies.yaml", "- { id: a, name: [A1 }", "companies.yaml:1")]
    [InlineData("firms.yaml", "- { id: a, name: A1 }", "firms.yaml: no kind of entry has this file name")]
    public void Bad_data_is_refused_with_file_line_and_entry(string file, string yaml, string expected)
    {
        using var fixture = new VocabularyFixture((file, yaml));
        var error = Assert.Throws<VocabularyException>(() => VocabularyIndex.Load(fixture.Folder));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_vocabulary_is_refused() =>
        Assert.Throws<VocabularyException>(() => VocabularyIndex.Load(Path.Combine(Path.GetTempPath(), "no-such-vocabulary")));

    [Fact]
    public void The_fingerprint_follows_the_data()
    {
        var one = VocabularyFixture.Index(("companies.yaml", "- { id: a, name: A1 }"));
        var same = VocabularyFixture.Index(("companies.yaml", "- { id: a, name: A1 }"));
        var other = VocabularyFixture.Index(("companies.yaml", "- { id: a, name: A1, aliases: [A2] }"));
        Assert.Equal(one.Fingerprint, same.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal(12, one.Fingerprint.Length);
    }

    [Fact]
    public void A_member_has_its_familys_maker_and_several_files_hold_one_kind()
    {
        var index = VocabularyFixture.Index(
            ("companies.yaml", "- { id: a, name: A1, home: USD }"),
            ("companies.more.yaml", "- { id: b, name: B1, maker: a, fiscalYearEnd: 6 }"),
            ("models.yaml", "- { id: f, name: Fam, family: true, maker: b }\n- { id: m, name: Fam 2, of: f }"));
        Assert.Equal("company/b", index.Entry("model/m").Maker);
        Assert.Equal("model/f", index.Entry("model/m").Family);
        Assert.Equal(6, index.Entry("company/b").FiscalYearEnd);
        Assert.Equal(12, index.Entry("company/a").FiscalYearEnd);
        Assert.Equal("USD", index.Entry("company/a").Home);
    }

    [Fact]
    public void A_share_price_is_in_the_currency_of_its_listing()
    {
        var entry = VocabularyFixture.Index(("companies.yaml", "- { id: a, name: 甲, aliases: [Alpha], tickers: [0988.HK, ALFA.N] }")).Entry("company/a");
        Assert.Equal("HKD", entry.PriceCurrency());
        Assert.Equal("USD", entry.PriceCurrency("ALFA.N"));
        Assert.Equal("USD", entry.PriceCurrency("ALFA US"));
        Assert.Equal("HKD", entry.PriceCurrency("988 HK"));
    }

    [Fact]
    public void An_entity_carries_every_form_of_its_tickers()
    {
        var entity = VocabularyFixture.Index(("companies.yaml", "- { id: a, name: 甲, aliases: [Alpha], tickers: [0088.HK, ALFA.N] }")).Entry("company/a").ToEntity();
        Assert.Equal("company/a", entity.Id.ToString());
        Assert.Equal(["Alpha", "0088.HK", "00088.HK", "88.HK", "ALFA.N", "ALFA"], entity.Aliases);
    }
}
