using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Tests.Values;

public class ValueProperties
{
    private static readonly string[] Pieces =
    [
        "816", "0.5", "12,000", "9999999999999", "99999999999999999999", "亿", "万", "兆", "千", "十", "三", "两", "余", "多", "美元", "元", "%", "成", "倍", "$", "HK$", "-", "–", "至", "到", " ", " ", "(", ")",
        "年", "月", "日", "第", "前", "季度", "Q1", "FY", "27", "2026", "5/20", ".", "/", ",", "、", "。", "每", "Token", "tokens/s", "B", "bn", "million", "约", "近", "左右", "±", "翻", "分之", "周", "上", "下", "去年",
        "May", "March", "quarter", "one", "no.", "top", "#", "EPS", "GPT-5.5", "\ud83d", "\u0000", "百", "本", "截至", "+", "per ", "a ", "to ", "between ", "and ",
    ];

    [Fact]
    public void Random_text_gives_no_exception_and_spans_in_range()
    {
        var random = new Random(20260524);
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            foreach (var context in (ValueContext[])[ValueText.Mainland, new ValueContext(null, "TWD"), new ValueContext(DateOnly.MinValue, "USD"), new ValueContext(DateOnly.MaxValue, "USD")])
            {
                Assert.All(ValueParser.Parse(new Passage(text, []), context), value => Assert.True(value.Start >= 0 && value.Start < value.End && value.End <= text.Length, $"{value} in {text}"));
                _ = ValueParser.ParseCell(text, context);
                _ = UnitParser.Parse(text, context.HomeCurrency);
            }
        }
    }

    [Fact]
    public void Amounts_never_overlap()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 20).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var amounts = new AmountOrder(text).Amounts;
            for (var i = 1; i < amounts.Count; i++)
                Assert.True(amounts[i - 1].End <= amounts[i].Start, text);
        }
    }

    [Theory]
    [InlineData("营收 816 亿美元,同比增长 85%,")]
    [InlineData("5-")]
    [InlineData("一千")]
    [InlineData("3亿")]
    [InlineData("A-1")]
    [InlineData("每")]
    [InlineData("May ")]
    public void Cost_is_linear_in_length(string piece)
    {
        Measure(piece, 2_000);
        var small = Measure(piece, 20_000);
        var large = Measure(piece, 160_000);
        Assert.True(large < (small * 8 * 4) + TimeSpan.FromMilliseconds(200).Ticks, $"{small} ticks grew to {large} for eight times the text");
    }

    private static long Measure(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        // The least of five: whatever else the machine does only adds.
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = new WorkClock();
            ValueParser.Parse(new Passage(text, []), ValueText.Mainland);
            return watch.Elapsed.Ticks;
        });
    }

    private sealed record AmountOrder(string Text)
    {
        public IReadOnlyList<Rules.Annotation> Amounts { get; } =
            [.. ValueParser.Parse(new Passage(Text, []), ValueText.Mainland).Where(value => value is not (Rules.DateValue or Rules.PeriodValue))];
    }
}
