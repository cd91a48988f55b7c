using KnowledgeGraph.Cli.Service;

namespace KnowledgeGraph.Cli.Tests.Service;

public sealed class ServiceAddressTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kg-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void An_address_given_wins_over_the_environment_and_the_note()
    {
        WriteNote("http://127.0.0.1:1", Environment.ProcessId);
        Assert.Equal(Known("http://127.0.0.1:3/"), ServiceAddress.Find("http://127.0.0.1:3", "http://127.0.0.1:2", [folder.FullName]));
        Assert.Equal(Known("http://127.0.0.1:2/"), ServiceAddress.Find(null, "http://127.0.0.1:2", [folder.FullName]));
    }

    [Fact]
    public void The_note_of_a_running_service_is_found_from_a_folder_below()
    {
        WriteNote("http://127.0.0.1:5081", Environment.ProcessId);
        var below = folder.CreateSubdirectory("a").CreateSubdirectory("b");
        Assert.Equal(Known("http://127.0.0.1:5081/"), ServiceAddress.Find(null, null, [below.FullName]));
    }

    [Fact]
    public void The_note_of_a_process_that_is_gone_is_no_service()
    {
        WriteNote("http://127.0.0.1:5081", int.MaxValue);
        var missing = Assert.IsType<ServiceAddress.Unknown>(ServiceAddress.Find(null, null, [folder.FullName]));
        Assert.Contains("./kg up", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"url\":\"http://127")]
    [InlineData("{\"url\":7,\"pid\":\"x\"}")]
    [InlineData("[]")]
    public void A_note_that_cannot_be_read_is_no_service(string note)
    {
        Write(note);
        Assert.IsType<ServiceAddress.Unknown>(ServiceAddress.Find(null, null, [folder.FullName]));
    }

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("nonsense")]
    public void What_is_no_http_address_is_refused_by_name(string url)
    {
        var refused = Assert.IsType<ServiceAddress.Unknown>(ServiceAddress.Find(url, null, []));
        Assert.Contains(url, refused.Message, StringComparison.Ordinal);
    }

    private static ServiceAddress.Known Known(string url) => new(new Uri(url));

    private void WriteNote(string url, int processId) => Write($$"""{"url":"{{url}}","pid":{{processId}}}""");

    private void Write(string note) => File.WriteAllText(Path.Combine(folder.CreateSubdirectory(".data").FullName, "service.json"), note);
}
