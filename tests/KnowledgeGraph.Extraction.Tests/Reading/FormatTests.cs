using System.Text;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Reading;

public sealed class FormatTests
{
    private const string Simplified = "周报\n\n星桥科技本周发布了新一代芯片，公司预计明年的收入将同比增长三成，我们认为这是市场没有想到的。\n";
    private const string Traditional = "週報\n\n星橋科技本週發布了新一代晶片，公司預計明年的營收將較去年增長三成，我們認為這是市場沒有想到的。\n";

    static FormatTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", Simplified },
        { "gb18030", Simplified },
        { "big5", Traditional },
        { "gb18030", Traditional },
        { "utf-16", Simplified },
        { "utf-16BE", "Nvidia said it would ship the part in the autumn.\n" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encoding_is_told_from_the_bytes(string encoding, string text) =>
        Assert.Equal(text, Reports.Read(Encoding.GetEncoding(encoding).GetBytes(text), "report.txt").Text);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Byte_order_mark_is_no_part_of_the_text(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(Simplified, Reports.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(Simplified)], "report.txt").Text);
    }

    [Theory]
    [InlineData(60, 0xFF)]
    [InlineData(61, 0x41)]
    [InlineData(62, 0xC3)]
    public void Utf8_with_one_bad_byte_is_damaged_and_not_taken_for_another_encoding(int at, int bad)
    {
        var bytes = Encoding.UTF8.GetBytes(Simplified);
        bytes[at] = (byte)bad;
        var refused = Reports.Refused(bytes);

        Assert.Equal(UnreadableReason.Damaged, refused.Reason);
        var named = int.Parse(refused.Message.Split("byte ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(named, at - 2, at + 2);
    }

    [Fact]
    public void Bytes_of_no_encoding_are_damaged()
    {
        var bytes = new byte[600];
        new Random(3).NextBytes(bytes);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(bytes[i] | 0x80);
        }

        Assert.Equal(UnreadableReason.Damaged, Reports.Refused(bytes).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\u3000\uFEFF\n")]
    public void Nothing_but_white_space_is_empty(string text) =>
        Assert.Equal(UnreadableReason.Empty, Reports.Refused(Encoding.UTF8.GetBytes(text)).Reason);

    [Fact]
    public void More_than_the_limit_is_too_large() =>
        Assert.Equal(UnreadableReason.TooLarge, Reports.Refused(new byte[DocumentReader.MaxBytes + 1]).Reason);

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10 })]
    [InlineData(new byte[] { 0x4D, 0x5A, 0x90, 0x00, 0x03, 0x00 })]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00 })]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1 })]
    public void Foreign_file_is_refused_whatever_it_is_called(byte[] bytes) =>
        Assert.Equal(UnreadableReason.UnsupportedFormat, Reports.Refused(bytes, "report.txt").Reason);

    [Theory]
    [InlineData("<!DOCTYPE html><html><body><p>Hello there.</p></body></html>", "text/html")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- x -->\n<html><body>Hello there.</body></html>", "text/html")]
    [InlineData("Hello <b>there</b>.", "text/plain")]
    public void Html_is_told_by_its_first_tag(string text, string expected) =>
        Assert.Equal(expected, Reports.Text(text).MediaType);

    [Fact]
    public void Random_bytes_and_mutations_give_a_document_or_a_refusal()
    {
        var random = new Random(11);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes("# A\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n- x\n  - y\n\n公司\t涨幅\n星桥\t1.0\n云峰\n\t2.0\n\n内容目录\n甲\t3\n"),
            Encoding.UTF8.GetBytes("<html><table><tr><td rowspan=2>a</td><td colspan=3>b</td></tr><tr><td>c</td></tr></table><ul><li>x<ul><li>y</ul></ul>"),
            Encoding.GetEncoding("gb18030").GetBytes(Simplified),
            SamplePackages.Docx(body => body.AppendParagraph("Hello")),
        ];
        for (var round = 0; round < 1500; round++)
        {
            var bytes = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (var change = random.Next(6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var result = DocumentReader.Read(bytes.AsMemory(0, random.Next(1, bytes.Length + 1)), round % 2 == 0 ? "a.md" : null, null);
            if (result is ReadResult.Read(var document))
            {
                Assert.NotNull(ReportMetadataReader.Read(document, new ReportHints()));
                Assert.All(document.Blocks, block => Assert.InRange(block.End, block.Start, document.Text.Length));
            }
        }
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><i>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    [InlineData("- ")]
    [InlineData("[a](")]
    [InlineData("a\tb\n")]
    [InlineData("| a |\n")]
    [InlineData("a  b\n")]
    [InlineData("some words  and more\n")]
    [InlineData("（")]
    public void Deep_or_repetitive_input_is_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000)) + "x";
        var html = piece[0] == '<' ? "<html><body>" + text : text;
        var watch = new WorkClock();
        DocumentReader.Read(Encoding.UTF8.GetBytes(html), "a.md", null);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }
}
