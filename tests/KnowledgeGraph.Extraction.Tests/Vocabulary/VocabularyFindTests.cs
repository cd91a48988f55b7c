using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

public class VocabularyFindTests
{
    private static readonly VocabularyIndex Index = VocabularyFixture.Index(
        ("companies.yaml", """
            - { id: acme, name: 艾克美, aliases: [ACME, Acme Robotics, 艾克美机器人], tickers: [ACME.O], home: USD }
            - { id: lim, name: 林云, aliases: [LinCloud], cased: [Orchard], tickers: [0123.HK] }
            - { id: ai, name: 赛三, aliases: [C3 Motors], tickers: [AI.N] }
            - { id: net, name: 网盾, tickers: [NET.N] }
            - { id: island, name: 岛芯, tickers: [2449.TW] }
            - { id: twin-a, name: 双星甲, aliases: [双星] }
            - { id: twin-b, name: 双星乙, aliases: [双星] }
            - { id: weak, name: 力成机电, weak: [力成] }
            - { id: shine, name: 辉耀 }
            """),
        ("models.yaml", """
            - { id: qilin, name: Qilin, family: true, maker: acme }
            - { id: qilin-5, name: Qilin 5, of: qilin }
            """),
        ("products.yaml", "- { id: orchard-app, name: 林云助手, maker: lim }\n- { id: game, name: 勇者辉耀 }"),
        ("not-names.yaml", "- { id: verbs, phrases: [林云密布, orchard-apple] }"));

    [Theory]
    [InlineData("艾克美机器人发布新品", "艾克美机器人=company/acme")]
    [InlineData("艾克美发布新品", "艾克美=company/acme")]
    [InlineData("acme robotics said", "acme robotics=company/acme")]
    [InlineData("AcmeRobotics said", "AcmeRobotics=company/acme")]
    [InlineData("Acme-Robotics said", "Acme-Robotics=company/acme")]
    [InlineData("ACME said", "ACME=company/acme")]
    [InlineData("acme of perfection", "")]
    [InlineData("ACMEs", "")]
    [InlineData("LinCloud's sales", "LinCloud=company/lim")]
    [InlineData("MyLinCloud", "")]
    [InlineData("采用LinCloud服务", "LinCloud=company/lim")]
    [InlineData("in the orchard", "")]
    [InlineData("at Orchard", "Orchard=company/lim")]
    [InlineData("orchard-apple", "")]
    [InlineData("林云密布", "")]
    [InlineData("算力成本", "")]
    [InlineData("力成上调资本开支", "力成=company/weak")]
    [InlineData("联电、力成与力成机电", "力成=company/weak;力成机电=company/weak")]
    [InlineData("林云和力成", "林云=company/lim;力成=company/weak")]
    [InlineData("勇者辉耀上线，辉耀上涨", "勇者辉耀=product/game;辉耀=company/shine")]
    public void Names_are_found_where_they_are_names(string text, string expected) => Assert.Equal(expected, Found(text));

    [Theory]
    [InlineData("Qilin7.2-Max 上线", "Qilin=model/qilin")]
    [InlineData("Qilin-V2", "Qilin=model/qilin")]
    [InlineData("QilinV2", "Qilin=model/qilin")]
    [InlineData("Qilins", "")]
    [InlineData("Qilin 5 上线", "Qilin 5=model/qilin-5")]
    [InlineData("Qilin5 上线", "Qilin5=model/qilin-5")]
    [InlineData("Qilin 5.5 上线", "Qilin=model/qilin")]
    public void A_family_is_found_in_its_members_and_a_member_not_in_another(string text, string expected) => Assert.Equal(expected, Found(text));

    [Theory]
    [InlineData("赛三（AI）走高", "赛三=company/ai")]
    [InlineData("人工智能(AI)", "")]
    [InlineData("AI", "")]
    [InlineData("2449", "")]
    [InlineData("亏 (2449)", "2449=company/island")]
    [InlineData("(2449)", "")]
    [InlineData("00123", "00123=company/lim")]
    [InlineData("AI 行业", "")]
    [InlineData("买入 AI.N", "AI.N=company/ai")]
    [InlineData("up 3% (NYSE: AI)", "AI=company/ai")]
    [InlineData("long $AI here", "AI=company/ai")]
    [InlineData("cost $AI-driven", "AI=company/ai")]
    [InlineData("the NET effect", "")]
    [InlineData("shares (NET, Buy)", "NET=company/net")]
    [InlineData("(0123.HK)", "0123.HK=company/lim")]
    [InlineData("(123 HK)", "123 HK=company/lim")]
    [InlineData("00123.HK", "00123.HK=company/lim")]
    [InlineData("共 2449 台", "")]
    [InlineData("岛芯(2449)上涨", "岛芯=company/island;2449=company/island")]
    [InlineData("约(2449台)上涨", "")]
    [InlineData("2449 TT", "2449 TT=company/island")]
    public void A_bare_ticker_counts_in_ticker_position_only(string text, string expected) => Assert.Equal(expected, Found(text));

    [Fact]
    public void A_shared_alias_keeps_all_its_owners_in_the_order_of_the_data()
    {
        var mention = Assert.Single(Index.Find(Passages.Of("双星上涨")));
        Assert.Equal(["company/twin-a", "company/twin-b"], mention.Candidates);
    }

    [Fact]
    public void A_longer_name_of_another_kind_does_not_hide_the_company_in_it()
    {
        var mentions = Index.Find(Passages.Of("林云助手上线"));
        Assert.Equal(["company/lim", "product/orchard-app"], mentions.Select(mention => mention.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Full_width_letters_are_letters()
    {
        Assert.Equal("ＡＣＭＥ=company/acme", Found("ＡＣＭＥ發布"));
    }

    private static string Found(string text) =>
        string.Join(';', Index.Find(Passages.Of(text)).Select(mention => $"{text[mention.Start..mention.End]}={mention.Id}"));
}
