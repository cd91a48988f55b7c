using System.Text;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Robustness;

/// <summary>Texts made to be hard on one part of the machinery, long enough that what is not near linear does not end in time.</summary>
public sealed class PathologicalTextTests
{
    // Far below the promise of 25 MB, and still out of reach for whatever is quadratic; generous, as build machines are slow and shared.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private const int Length = 50_000;

    public static TheoryData<string> Units() =>
    [
        "7", "12 ", "(", "()", "“", "“星河”", "【", "A", "A-", "a1 ", "word ", "Abc ", "|", "| a | 1 |\n", "a\t1\t", "abc   12   34\n", "# a\n", "- a\n", "> ", "*a_", "[a](", "[", ".", "a. ", "5%", "5亿美元", "5-", "1,", "5/", "$", "5月20日", "2026年", "1Q27",
        "一二三四五六七八九十百千万亿", "亿", "Qwen3Max", "GPT-5AAAAAAAAAAAAAAA%", "英伟达", "英伟达、", "同比", "同比增长5%", "市场预期", "从5美元", "发布推出上线开源", "(NVDA)", "\ud83d\ude00", "\n", "资料来源：a\n", "图表 1：abc\n", "1. abc ....... 5\n",
        "公司发布Qwen3.7-Max模型，", "营收5亿元。", "英伟达2027财年第一季度营收816亿美元，同比增长85%，", "Nvidia expects revenue of $5bn, up 5% year over year, ",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public void A_text_of_one_thing_over_and_over_ends_in_time(string unit) => AssertInTime(Repeat(unit, Length), "a.txt");

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><p>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<tr><td colspan=1000 rowspan=1000>a")]
    [InlineData("<ul><li>a")]
    [InlineData("<")]
    [InlineData("&amp;")]
    public void Nested_html_ends_in_time(string unit) => AssertInTime("<html><body><table>" + Repeat(unit, Length), "a.html");

    [Fact]
    public void A_megabyte_on_one_line_ends_in_time()
    {
        var line = File.ReadAllText(ProjectReports.Seeds[0]).ReplaceLineEndings("");

        AssertInTime(Repeat(line, 350_000), "a.txt", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Ten_reports_in_one_file_cost_about_ten_times_one()
    {
        var one = File.ReadAllText(ProjectReports.Seeds[3]);
        var ten = Repeat(one + "\n\n", (one.Length + 2) * 10);
        _ = Allocated(one);

        // Bytes allocated tell the work without the noise of a shared machine.
        Assert.InRange(Allocated(ten) / (double)Allocated(one), 5, 15);
    }

    private static long Allocated(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ProjectReports.Extractor.Extract(bytes, new ReportHints { FileName = "a.txt" }, CancellationToken.None);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertInTime(string text, string name, TimeSpan? limit = null)
    {
        var clock = new WorkClock();
        var result = ProjectReports.Extractor.Trace(Encoding.UTF8.GetBytes(text), new ReportHints { FileName = name }, CancellationToken.None);

        Assert.True(clock.Elapsed < (limit ?? Limit), $"worked for {clock.Elapsed}");
        if (result is TraceResult.Traced traced)
            Assert.Empty(traced.Trace.Faults.Select(fault => $"{fault.Rule}: {fault.Exception}"));
    }

    private static string Repeat(string unit, int length)
    {
        var text = new StringBuilder(length + unit.Length);
        while (text.Length < length)
            text.Append(unit);
        return text.ToString();
    }
}
