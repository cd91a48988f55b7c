using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

/// <summary>Structure of the real reports, which are no part of the project.</summary>
public sealed class OriginalLayoutTests
{
    [Theory]
    [InlineData("000", new[] { 10, 30 })]
    [InlineData("001", new[] { 9 })]
    [InlineData("002", new int[0])]
    [InlineData("003", new[] { 11, 30 })]
    [InlineData("004", new[] { 30 })]
    public void Tables_outside_the_legal_part_have_all_their_rows(string number, int[] rows) =>
        Assert.Equal(rows, Reports.File(Originals.Report(number)).Tables().Select(table => table.Rows.Count));

    [Fact]
    public void Estimates_have_their_years_and_shares_their_segment()
    {
        var tables = Reports.File(Originals.Report("000")).Tables();

        Assert.Equal(["EPS 2025E", "EPS 2026E", "PE 2025E", "PE 2026E"], Enumerable.Range(5, 4).Select(tables[0].Header));
        Assert.Equal(["文娱", "IQ.O"], tables[1].Rows[2].Texts().Take(2));
    }

    [Theory]
    [InlineData("000", "超 12,000 家金融机构", "OpenAI")]
    [InlineData("001", "芯片巨头英伟达 (NVDA)", "Nebius")]
    [InlineData("001", "AI 普瑞斯", "字节跳动")]
    [InlineData("001", "总收入为 321 亿元", "百度")]
    [InlineData("002", "Grok4.5", "【行业重大事件")]
    [InlineData("003", "200兆瓦", "微软")]
    public void Paragraph_stands_whole_under_its_heading(string number, string words, string heading)
    {
        var document = Reports.File(Originals.Report(number));
        var block = document.Blocks.First(block => block.Kind is BlockKind.Paragraph or BlockKind.ListItem && block.Passage.Text.Contains(words, StringComparison.Ordinal));

        Assert.Contains(heading, document.Blocks[block.Heading].Passage.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000", "免责声明")]
    [InlineData("001", "行业投资评级")]
    [InlineData("002", "行业投资评级")]
    [InlineData("003", "免责声明")]
    [InlineData("004", "特别声明")]
    public void Legal_part_is_a_decoy_and_what_stands_before_is_not(string number, string opening)
    {
        var document = Reports.File(Originals.Report(number));
        var start = document.Text.LastIndexOf(opening, StringComparison.Ordinal) - 2;

        Assert.All(document.Blocks.Where(block => block.Start >= start), block => Assert.Equal(BlockKind.Decoy, block.Kind));
        Assert.NotEqual(BlockKind.Decoy, document.Blocks.Last(block => block.End < start).Kind);
    }

    [Theory]
    [InlineData("000")]
    [InlineData("001")]
    [InlineData("003")]
    public void Every_character_of_a_passage_leads_back_to_its_source(string number)
    {
        var document = Reports.File(Originals.Report(number));
        foreach (var block in document.Blocks)
        {
            for (var i = 0; i < block.Passage.Text.Length; i++)
            {
                Assert.InRange(block.Passage.Map[i], block.Start, block.End - 1);
                Assert.True(char.IsWhiteSpace(block.Passage.Text[i]) || KnowledgeGraph.Extraction.Text.Folding.Fold(document.Text[block.Passage.Map[i]]) == block.Passage.Text[i]
                    || block.Passage.Text[i] == '，');
            }
        }
    }
}
