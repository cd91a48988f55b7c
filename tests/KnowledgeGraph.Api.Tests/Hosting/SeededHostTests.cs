using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KnowledgeGraph.Api.Tests.Hosting;

/// <summary>What <c>kg up</c> promises, asked of the process that it starts.</summary>
public sealed class SeededHostTests(SeededHost seeded) : IClassFixture<SeededHost>
{
    private readonly HostProcess host = seeded.Host;

    [Fact]
    public async Task The_revenue_of_one_quarter_is_one_entry_with_each_reports_figure_name_and_words()
    {
        var timeline = await host.GetAsync("/entities/company/nvidia/timeline?type=EarningsReported&metric=revenue&period=FY2027Q1&limit=500");
        var revenue = Assert.Single(timeline["items"]!.AsArray(), entry => entry!["values"]!["segment"] is null)!;
        List<JsonNode> facts = [revenue, .. revenue["further"]!.AsArray().Select(fact => fact!)];
        // Other tests of the class may have handed in the originals by then, which say the same.
        Assert.Equal(["81600000000", "82000000000"], facts.Select(fact => fact["values"]!["amount"]!.ToJsonString()).Distinct().Order());
        Assert.True(facts.Select(fact => fact["evidence"]!["report"]!.ToString()).Distinct().Count() >= 2);
        Assert.All(facts, fact => Assert.NotEmpty(fact["evidence"]!["publisher"]!.ToString()));
        Assert.Contains("amount", revenue["differing"]!.AsArray().Select(name => name!.ToString()));
    }

    [Theory]
    [InlineData("辉达")]
    [InlineData("NVIDIA")]
    [InlineData("英伟达")]
    public async Task Every_name_finds_the_company(string q) =>
        Assert.Equal("company/nvidia", (await host.GetAsync($"/entities?q={q}"))["items"]![0]!["id"]!.ToString());

    [Fact]
    public async Task Every_seed_is_in_and_every_quote_is_the_text_at_its_offsets()
    {
        var reports = (await host.GetAsync("/reports?limit=500"))["items"]!.AsArray();
        var names = reports.Select(report => report!["fileName"]?.ToString()).ToHashSet();
        Assert.Subset(names, Directory.GetFiles(Path.Combine(HostProcess.Root, "seeds", "reports"), "*.txt").Select(Path.GetFileName).ToHashSet());
        foreach (var report in reports)
        {
            var text = await host.Client.GetStringAsync($"/reports/{report!["id"]}/text");
            Assert.Equal(report["textLength"]!.GetValue<int>(), text.Length);
            foreach (var fact in (await host.GetAsync($"/reports/{report["id"]}/facts?limit=500"))["items"]!.AsArray())
                Assert.Equal(fact!["quote"]!.ToString(), text[fact["start"]!.GetValue<int>()..fact["end"]!.GetValue<int>()]);
        }
    }

    [Fact]
    public async Task Replay_finds_no_difference()
    {
        var response = await host.Client.PostAsync("/operations/replay", null);
        var report = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(report["events"]!.GetValue<long>() > 0);
        Assert.All(report["views"]!.AsArray(), view => Assert.Equal(0, view!["differenceCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_empty_file_is_unreadable() => await RefusedAsync([], HttpStatusCode.UnprocessableEntity, "unreadable");

    [Fact]
    public async Task Broken_utf8_is_unreadable()
    {
        // Text whose third byte of a character is gone, and bytes that no encoding has.
        byte[] broken = [.. "英伟达营收 816 亿美元"u8, 0xe8, 0x8b, 0xff, 0xfe, 0xfd, 0xff, .. "同比增长"u8];
        await RefusedAsync(broken, HttpStatusCode.UnprocessableEntity, "unreadable");
    }

    [Fact]
    public async Task A_png_is_of_an_unsupported_format()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        await RefusedAsync(png, HttpStatusCode.UnsupportedMediaType, "unsupported-format");
        await RefusedAsync(png, HttpStatusCode.UnsupportedMediaType, "unsupported-format", "image/png");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Thirty_megabytes_are_too_large_however_they_are_sent(bool chunked, bool expectsLeave)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reports") { Content = new ByteArrayContent(new byte[30 * 1024 * 1024]) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = expectsLeave;
        await ApiHost.ProblemAsync(await host.Client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Text_in_gbk_is_read_and_answered_in_utf8()
    {
        const string Text = "人工智能周报\n发布日期：2026年5月24日\n\n英伟达公布 2026 财年第一季度业绩，营收为 440.6 亿美元，同比增长 69%。\n";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var response = await host.Client.PostAsync("/reports?fileName=gbk.txt", new ByteArrayContent(Encoding.GetEncoding("gbk").GetBytes(Text)));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Text, await host.Client.GetStringAsync($"{response.Headers.Location}/text"));
    }

    [Fact]
    public async Task A_publisher_of_signs_alone_is_refused() => await ApiHost.ProblemAsync(
        await host.Client.PostAsync("/reports?publisher=!!!", new ByteArrayContent("短讯"u8.ToArray())), HttpStatusCode.BadRequest, "invalid-parameter", "publisher");

    [Fact]
    public async Task Every_original_is_ingested_and_every_quote_is_the_text_at_its_offsets()
    {
        var folder = Path.Combine(HostProcess.Root, "..", "shared", "reports");
        Assert.SkipUnless(Directory.Exists(folder), "no originals");
        foreach (var file in Directory.GetFiles(folder, "*.txt"))
        {
            var response = await host.Client.PostAsync($"/reports?fileName={Path.GetFileName(file)}", new ByteArrayContent(await File.ReadAllBytesAsync(file)));
            Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            var id = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["report"]!["id"]!.ToString();
            var text = await host.Client.GetStringAsync($"/reports/{id}/text");
            var facts = (await host.GetAsync($"/reports/{id}/facts?limit=500"))["items"]!.AsArray();
            Assert.NotEmpty(facts);
            Assert.All(facts, fact => Assert.Equal(fact!["quote"]!.ToString(), text[fact["start"]!.GetValue<int>()..fact["end"]!.GetValue<int>()]));
        }
    }

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_refused()
    {
        var (exitCode, error) = await HostProcess.RunAsync(seeded.DataFolder, "--no-seeds");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("kg: ", error, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(byte[] bytes, HttpStatusCode status, string kind, string? mediaType = null)
    {
        using var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
            content.Headers.ContentType = new(mediaType);
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", content), status, kind);
    }
}
