using System.Net;
using System.Text;

namespace KnowledgeGraph.Api.Tests.Reports;

public sealed class IngestTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

    [Fact]
    public async Task A_new_report_is_created_and_its_facts_are_counted_by_type()
    {
        var response = await host.PostAsync("周报甲\n英伟达|FY2027Q1|81600000000|2026-05-20\n智谱|2026Q1|2500000.5|2026-05", "?fileName=weekly.txt");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var body = await ApiHost.ReadAsync(response);
        var id = body["report"]!["id"]!.ToString();
        Assert.Equal($"/reports/{id}", response.Headers.Location!.ToString());
        Assert.Equal("""{"EarningsReported":2}""", body["facts"]!.ToJsonString());
        Assert.Equal("周报甲", body["report"]!["title"]!.ToString());
        Assert.Equal("weekly.txt", body["report"]!["fileName"]!.ToString());
        Assert.Equal("国金证券", body["report"]!["publisher"]!["name"]!.ToString());
        Assert.Equal(body["report"]!.ToJsonString(), (await host.GetAsync(response.Headers.Location.ToString())).ToJsonString());
    }

    [Fact]
    public async Task The_same_bytes_again_are_the_report_already_known()
    {
        const string Text = "周报乙\n英伟达|FY2027Q2|90000000000|2026-08-20";
        var first = await ApiHost.ReadAsync(await host.PostAsync(Text));
        var events = await fixture.Database.ReadAsync<long>("select count(*) from events.mt_events");
        var again = await host.PostAsync(Text, "?publisher=别家&fileName=other.txt");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(first.ToJsonString(), (await ApiHost.ReadAsync(again)).ToJsonString());
        Assert.Equal(events, await fixture.Database.ReadAsync<long>("select count(*) from events.mt_events"));
    }

    [Fact]
    public async Task Eight_posts_of_one_report_at_once_make_one_stream()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.PostAsync("并发周报\nrandom 60\n英伟达|2026Q2|1|2026-06-30")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        var id = (await ApiHost.ReadAsync(answers[0]))["report"]!["id"]!.ToString();
        var stream = await host.ListAsync($"/streams/report/{id}", 500, "after");
        Assert.Equal(Enumerable.Range(1, stream.Count), stream.Select(one => one["version"]!.GetValue<int>()));
        Assert.Equal("report_registered", stream[0]["type"]!.ToString());
        Assert.Single(stream, one => one["type"]!.ToString() == "report_registered");
        Assert.Equal(stream.Count - 1, (await host.ListAsync($"/reports/{id}/facts", 500)).Count);
    }

    [Fact]
    public async Task A_form_carries_the_file_and_what_the_caller_knows_of_it()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent("表单周报"u8.ToArray()), "file", "表单.txt" },
            { new StringContent("中信建投"), "publisher" },
            { new StringContent("六月策略"), "title" },
            { new StringContent("2026-06"), "date" },
        };
        var response = await host.Client.PostAsync("/reports", form);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var report = (await ApiHost.ReadAsync(response))["report"]!;
        Assert.Equal(["表单.txt", "中信建投", "六月策略", "2026-06", "given"], new[] { report["fileName"], report["publisher"]!["name"], report["title"], report["date"], report["dateBasis"] }.Select(node => node!.ToString()));
    }

    [Fact]
    public async Task The_query_carries_what_the_caller_knows_of_a_bare_file()
    {
        var report = (await ApiHost.ReadAsync(await host.PostAsync("裸文件", "?publisher=%E4%B8%AD%E9%87%91&title=T&date=2026-05-01")))["report"]!;
        Assert.Equal(["中金", "T", "2026-05-01"], new[] { report["publisher"]!["name"], report["title"], report["date"] }.Select(node => node!.ToString()));
    }

    [Fact]
    public async Task A_file_name_may_stand_in_the_content_disposition()
    {
        using var content = new ByteArrayContent("有名字的文件"u8.ToArray());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reports") { Content = content };
        content.Headers.TryAddWithoutValidation("Content-Disposition", "attachment; filename*=UTF-8''%E5%91%A8%E6%8A%A5.txt");
        Assert.Equal("周报.txt", (await ApiHost.ReadAsync(await host.Client.SendAsync(request)))["report"]!["fileName"]!.ToString());
    }

    [Fact]
    public async Task An_empty_file_is_unreadable() => await ApiHost.ProblemAsync(await host.PostAsync(""), HttpStatusCode.UnprocessableEntity, "unreadable");

    [Fact]
    public async Task Bytes_of_no_encoding_are_unreadable() => await ApiHost.ProblemAsync(
        await host.Client.PostAsync("/reports", new ByteArrayContent([0xff, 0xfe, 0x41, 0xc3, 0x28])), HttpStatusCode.UnprocessableEntity, "unreadable");

    [Fact]
    public async Task A_text_with_nul_characters_is_unreadable() =>
        await ApiHost.ProblemAsync(await host.PostAsync("a\0b"), HttpStatusCode.UnprocessableEntity, "unreadable");

    [Fact]
    public async Task An_image_is_of_an_unsupported_format() => await ApiHost.ProblemAsync(
        await host.Client.PostAsync("/reports", new ByteArrayContent([0x89, (byte)'P', (byte)'N', (byte)'G'])), HttpStatusCode.UnsupportedMediaType, "unsupported-format");

    [Fact]
    public async Task A_file_over_the_limit_is_too_large() =>
        await ApiHost.ProblemAsync(await host.PostAsync(new string('a', 100_001)), HttpStatusCode.RequestEntityTooLarge, "too-large");

    [Fact]
    public async Task A_file_at_the_limit_is_taken() => Assert.Equal(HttpStatusCode.Created, (await host.PostAsync(new string('a', 100_000))).StatusCode);

    [Fact]
    public async Task A_file_that_does_not_say_its_length_is_cut_off_at_the_limit()
    {
        var endless = new EndlessStream();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reports") { Content = new StreamContent(endless) };
        request.Headers.TransferEncodingChunked = true;
        await ApiHost.ProblemAsync(await host.Client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.InRange(endless.Given, 100_001, 10_000_000);
    }

    [Fact]
    public async Task A_file_over_the_limit_in_a_form_is_too_large()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[100_001]), "file", "big.txt" } };
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", form), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("?date=yesterday", "date")]
    [InlineData("?date=2026-13", "date")]
    [InlineData("?title=a%00b", "title")]
    public async Task A_hint_that_cannot_be_is_named(string query, string parameter) =>
        await ApiHost.ProblemAsync(await host.PostAsync("文", query), HttpStatusCode.BadRequest, "invalid-parameter", parameter);

    [Fact]
    public async Task A_bad_date_in_a_form_is_named()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent("x"u8.ToArray()), "file", "a.txt" }, { new StringContent("soon"), "date" } };
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", form), HttpStatusCode.BadRequest, "invalid-parameter", "date");
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "title" } };
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", form), HttpStatusCode.BadRequest, "invalid-parameter", "file");
    }

    [Fact]
    public async Task A_form_with_two_files_is_refused()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([65]), "file", "a.txt" }, { new ByteArrayContent([66]), "file", "b.txt" } };
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", form), HttpStatusCode.BadRequest, "invalid-parameter", "file");
    }

    [Fact]
    public async Task A_form_with_an_unknown_field_is_refused()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([65]), "file", "a.txt" }, { new StringContent("x"), "author" } };
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", form), HttpStatusCode.BadRequest, "unknown-parameter", "author");
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncut off")]
    [InlineData("multipart/form-data; boundary=abc", "no part at all")]
    public async Task A_broken_form_is_a_bad_request(string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await ApiHost.ProblemAsync(await host.Client.PostAsync("/reports", content), HttpStatusCode.BadRequest, "bad-request");
    }

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            // Far beyond the limit, so that a host that reads on is seen and the test still ends.
            if (Given > 50_000_000)
                return 0;
            Array.Fill(buffer, (byte)'a', offset, count);
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
