using System.Text;
using DocumentFormat.OpenXml.Wordprocessing;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Extraction.Tests.Reading;

/// <summary>
/// One report in all formats gives the same facts. The report is in English because a PDF of Chinese would need an embedded font or a
/// CID map that the reader's machine brings: the standard fonts of a hand-written file have Latin letters only, and what the test is
/// about, structure, is the same in both scripts. A Chinese one goes through the other four formats.
/// </summary>
public sealed class SameContentTests
{
    private static readonly Part[] English =
    [
        new("h1", "Compute Weekly"),
        new("p", "Orchard Securities, 12 May 2026"),
        new("h2", "Earnings"),
        new("p", "Nvidia reported revenue of $81.6 billion for the first quarter of fiscal 2027, up 85% year over year."),
        new("li", "AMD reported revenue of $10.2 billion for the first quarter of 2026, up 38% year over year."),
        new("li", "Intel reported revenue of $13.0 billion for the first quarter of 2026, up 3% year over year."),
        new("h2", "Releases"),
        new("p", "On May 8, Alibaba released Qwen4.2-Max."),
        new("h2", "Share prices"),
        new("cap", "Table 1: Prices as of 8 May 2026"),
        new("row", "Company|Ticker|Close (USD)|Week change"),
        new("row", "Nvidia|NVDA|215.33|-4.4%"),
        new("row", "Intel|INTC|38.10|2.5%"),
        new("row", "Micron|MU|402.70|7.1%"),
    ];

    private static readonly Part[] Chinese =
    [
        new("h1", "算力产业周报"),
        new("p", "国信证券 2026年5月12日"),
        new("h2", "业绩"),
        new("p", "英伟达公布2027财年第一季度营收816亿美元，同比增长85%。"),
        new("li", "英特尔2026年第一季度营收130亿美元，同比增长3%。"),
        new("li", "5月8日，阿里发布Qwen4.2-Max。"),
        new("h2", "行情"),
        new("cap", "图表1：重点公司行情（截至2026年5月8日）"),
        new("row", "公司|代码|收盘价（美元）|周涨跌幅"),
        new("row", "英伟达|NVDA.O|215.33|-4.4%"),
        new("row", "英特尔|INTC.O|38.10|2.5%"),
        new("row", "美光科技|MU.O|402.70|7.1%"),
    ];

    /// <summary>Kinds: h1, h2, p, li, cap, row (cells parted by |; the first row of a run is its header).</summary>
    private sealed record Part(string Kind, string Text);

    [Theory]
    [InlineData("txt")]
    [InlineData("html")]
    [InlineData("docx")]
    [InlineData("pdf")]
    public void An_English_report_gives_the_facts_of_its_Markdown(string format) => AssertSame(English, format, atLeast: 7);

    [Theory]
    [InlineData("txt")]
    [InlineData("html")]
    [InlineData("docx")]
    public void A_Chinese_report_gives_the_facts_of_its_Markdown(string format) => AssertSame(Chinese, format, atLeast: 6);

    private static void AssertSame(Part[] report, string format, int atLeast)
    {
        var expected = Facts(Encoding.UTF8.GetBytes(Markdown(report)), "a.md");

        Assert.True(expected.Count >= atLeast, string.Join('\n', expected));
        Assert.Equal(expected, Facts(Written(report, format), "a." + format));
    }

    // Places and ids depend on the file; all else must agree.
    private static List<string> Facts(byte[] bytes, string name) =>
        [.. ProjectReports.Trace(bytes, name).Report.Facts.Select(Bare).Order(StringComparer.Ordinal)];

    private static string Bare(Fact fact)
    {
        var json = FactJson.ToJson(fact);
        foreach (var place in new[] { "id", "start", "end", "quote", "mentions" })
            json.Remove(place);
        return json.ToJsonString(FactJson.Options);
    }

    private static byte[] Written(Part[] report, string format) => format switch
    {
        "txt" => Encoding.UTF8.GetBytes(Text(report)),
        "html" => Encoding.UTF8.GetBytes(Html(report)),
        "docx" => Docx(report),
        "pdf" => SamplePackages.Pdf(Text(report, columns: true).Split('\n')),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static string Markdown(Part[] report)
    {
        var text = new StringBuilder();
        foreach (var (part, index) in report.Select((part, index) => (part, index)))
        {
            text.Append(part.Kind switch
            {
                "h1" => $"# {part.Text}\n\n",
                "h2" => $"## {part.Text}\n\n",
                "li" => $"- {part.Text}\n{(Next(report, index) == "li" ? "" : "\n")}",
                "row" => $"| {part.Text.Replace("|", " | ", StringComparison.Ordinal)} |\n{(IsHeader(report, index) ? "|---|---|---|---|\n" : "")}",
                _ => part.Text + "\n\n",
            });
        }

        return text.ToString();
    }

    // Tables are parted by tabs, in a layout by spaces.
    private static string Text(Part[] report, bool columns = false)
    {
        var text = new StringBuilder();
        foreach (var part in report)
        {
            var row = part.Text.Split('|');
            text.Append(part.Kind switch
            {
                "li" => $"- {part.Text}\n",
                "row" when columns => string.Concat(row.Select(cell => cell.PadRight(16))).TrimEnd() + "\n",
                "row" => string.Join('\t', row) + "\n",
                "cap" => part.Text + "\n",
                _ => part.Text + "\n\n",
            });
        }

        return text.ToString();
    }

    private static string Html(Part[] report)
    {
        var text = new StringBuilder("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>");
        foreach (var (part, index) in report.Select((part, index) => (part, index)))
        {
            var isFirst = index == 0 || report[index - 1].Kind != part.Kind;
            var isLast = Next(report, index) != part.Kind;
            text.Append(part.Kind switch
            {
                "h1" or "h2" => $"<{part.Kind}>{part.Text}</{part.Kind}>",
                "li" => $"{(isFirst ? "<ul>" : "")}<li>{part.Text}</li>{(isLast ? "</ul>" : "")}",
                "row" => $"{(isFirst ? "<table>" : "")}<tr>{string.Concat(part.Text.Split('|').Select(cell => isFirst ? $"<th>{cell}</th>" : $"<td>{cell}</td>"))}</tr>{(isLast ? "</table>" : "")}",
                _ => $"<p>{part.Text}</p>",
            });
        }

        return text.Append("</body></html>").ToString();
    }

    private static byte[] Docx(Part[] report) => SamplePackages.Docx(body =>
    {
        Table? table = null;
        foreach (var part in report)
        {
            if (part.Kind == "row")
            {
                if (table is null)
                    body.Append(table = new Table());
                table.Append(new TableRow(part.Text.Split('|').Select(cell => SamplePackages.Cell(cell))));
                continue;
            }

            body.AppendParagraph(part.Text, part.Kind is "h1" or "h2" ? "H2" : null, part.Kind == "li" ? 1 : 0);
        }
    });

    private static string? Next(Part[] report, int index) => index + 1 < report.Length ? report[index + 1].Kind : null;

    private static bool IsHeader(Part[] report, int index) => report[index].Kind == "row" && report[index - 1].Kind != "row";
}
