using System.Diagnostics;
using System.Globalization;
using System.Text;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Tests.Reading;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace KnowledgeGraph.Extraction.Tests.Robustness;

/// <summary>
/// Damaged reports give facts whose quotes are true to the text, or a refusal; never an exception, never a rule that throws or breaks the
/// contract, never more than the time limit. A few hundred mutants in the suite; <c>KG_MUTANTS=100000</c> for a long run, which
/// <c>KG_MUTANT_SECONDS</c> ends early and <c>KG_MUTANT_SEED</c> starts elsewhere.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly Lazy<IReadOnlyList<(string Name, byte[] Bytes)>> Sources = new(() =>
    [
        .. ProjectReports.Seeds.Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))),
        ("page.html", Encoding.UTF8.GetBytes(Html)),
        ("gbk.txt", Gbk(File.ReadAllText(ProjectReports.Seeds[0]))),
        ("utf16.txt", [0xff, 0xfe, .. Encoding.Unicode.GetBytes(File.ReadAllText(ProjectReports.Seeds[0]))]),
        ("paper.docx", SamplePackages.Docx(WriteDocx)),
    ]);

    private const string Html = """
        <!doctype html><html><head><title>周报</title></head><body><h1>算力周报</h1><p>英伟达公布2027财年第一季度<b>营收816亿美元</b>，同比增长85%。</p>
        <ul><li>阿里发布Qwen4.2-Max<ul><li>输出价格为每百万Token 12元</li></ul></li></ul>
        <table><caption>图表1：行情</caption><tr><th rowspan=2>公司</th><th colspan=2>股价</th></tr><tr><th>收盘价（美元）</th><th>周涨跌幅</th></tr><tr><td>英伟达</td><td>215.33</td><td>-4.4%</td></tr></table></body></html>
        """;

    [Fact]
    public void Mutants_of_reports_give_true_facts_or_a_refusal_in_time()
    {
        var count = Setting("KG_MUTANTS") ?? 150;
        var seed = Setting("KG_MUTANT_SEED") ?? 0;
        var deadline = Setting("KG_MUTANT_SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        // Loading the vocabulary is no part of a report's time.
        _ = Try("a.txt", Sources.Value[0].Bytes, "a whole report");
        var failures = new List<string>();
        var (total, slowest, facts, refused, done) = (Stopwatch.StartNew(), TimeSpan.Zero, 0L, 0, 0);
        for (; done < count && total.Elapsed < deadline; done++, seed++)
        {
            var (name, original) = Sources.Value[seed % Sources.Value.Count];
            var clock = new WorkClock();
            try
            {
                if (Try(name, Mutations.Of(original, seed), $"mutant {seed.ToString(CultureInfo.InvariantCulture)} of {name}") is { } found)
                    facts += found;
                else
                    refused++;
            }
            catch (InvalidOperationException failure)
            {
                failures.Add(failure.Message);
            }

            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
            Assert.True(clock.Elapsed < Limit, $"mutant {seed} of {name} took {clock.Elapsed}");
        }

        output.WriteLine($"{done} mutants in {total.Elapsed.TotalSeconds:0} s: {refused} refused, {facts} facts, slowest {slowest.TotalMilliseconds:0} ms, {failures.Count} failures");
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));
    }

    [Fact]
    public void Damaged_pdf_files_are_read_or_refused()
    {
        var original = SamplePackages.Pdf(["Compute Weekly", "", "Nvidia reported revenue of $81.6 billion, up 85% year over year."], ["Company      Close   Change", "Nvidia       215.33   -4.4%"]);
        for (var seed = 0; seed < ((Setting("KG_MUTANTS") ?? 0) / 100) + 12; seed++)
            _ = Try("a.pdf", Mutations.Of(original, seed), $"mutant {seed} of the PDF");
    }

    [Fact]
    public void Encrypted_pdf_is_refused_with_the_reason()
    {
        var locked = Encoding.Latin1.GetString(SamplePackages.Pdf(["Nothing to see."])).Replace(
            "/Root 1 0 R", $"/Root 1 0 R /ID [<{new string('a', 32)}><{new string('a', 32)}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('1', 64)}> /U <{new string('2', 64)}> >>", StringComparison.Ordinal);

        var refusal = Reports.Refused(Encoding.Latin1.GetBytes(locked), "a.pdf");

        Assert.Equal((UnreadableReason.Damaged, "The PDF file is encrypted."), (refusal.Reason, refusal.Message));
    }

    [Fact]
    public void Random_bytes_are_read_or_refused()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(4000)];
            random.NextBytes(bytes);
            _ = Try(new[] { "a.txt", "a.html", "a.docx", "a.bin" }[i % 4], bytes, $"noise {i}");
        }
    }

    // The number of facts, or null for a refusal.
    private static int? Try(string name, byte[] bytes, string what)
    {
        try
        {
            if (ProjectReports.Extractor.Trace(bytes, new ReportHints { FileName = name }, CancellationToken.None) is not TraceResult.Traced { Trace: var trace })
                return null;
            var text = trace.Report.Document.Text;
            Assert.All(trace.Report.Facts.SelectMany(fact => fact.Evidence), evidence => Assert.Equal(text[evidence.Start..evidence.End], evidence.Quote));
            var bugs = trace.Faults.Select(fault => $"{fault.Rule}: {fault.Exception}").Concat(trace.Rejected.Where(rejected => rejected.Winner is null).Select(rejected => $"{rejected.Draft.Rule}: {rejected.Reason}")).ToList();
            Assert.True(bugs.Count == 0, string.Join('\n', bugs));
            return trace.Report.Facts.Count;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}: {exception.Message}{(exception is Xunit.Sdk.XunitException ? "" : exception.StackTrace)}", exception);
        }
    }

    private static void WriteDocx(Word.Body body)
    {
        body.AppendParagraph("算力周报", "H2");
        body.AppendParagraph("英伟达公布2027财年第一季度营收816亿美元，同比增长85%。");
        body.AppendParagraph("阿里发布Qwen4.2-Max。", list: 1);
        body.Append(new Word.Table(new Word.TableRow(SamplePackages.Cell("公司"), SamplePackages.Cell("周涨跌幅")), new Word.TableRow(SamplePackages.Cell("英伟达"), SamplePackages.Cell("-4.4%"))));
    }

    private static byte[] Gbk(string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030").GetBytes(text);
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
