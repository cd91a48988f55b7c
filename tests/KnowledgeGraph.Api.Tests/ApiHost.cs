using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Hosting;
using KnowledgeGraph.Api.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KnowledgeGraph.Api.Tests;

/// <summary>The whole host in this process, on a database of the test's own, with an extractor that the test knows.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ApiHost(WebApplication app)
    {
        this.app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<ApiHost> StartAsync(string connectionString, Func<KnowledgeGraphOptions, KnowledgeGraphOptions>? change = null, Extract? extract = null)
    {
        var host = await StartUnreadyAsync(connectionString, change, extract);
        await host.Services.GetRequiredService<Readiness>().WhenReady.WaitAsync(TimeSpan.FromSeconds(60));
        return host;
    }

    public static async Task<ApiHost> StartUnreadyAsync(
        string connectionString, Func<KnowledgeGraphOptions, KnowledgeGraphOptions>? change = null, Extract? extract = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        var options = new KnowledgeGraphOptions { SeedsEnabled = false, MaxReportBytes = 100_000, DataDirectory = Path.GetTempPath(), KeysRequired = false };
        builder.AddKnowledgeGraph(change is null ? options : change(options), connectionString, extract ?? SampleExtractor.Extract);
        builder.Logging.ClearProviders();
        var built = builder.Build();
        built.UseKnowledgeGraph();
        await built.StartAsync();
        return new ApiHost(built);
    }

    public async Task<HttpResponseMessage> PostAsync(string text, string query = "") =>
        await Client.PostAsync($"/reports{query}", new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Hands in a report and returns its id.</summary>
    public async Task<string> IngestAsync(string text, string query = "")
    {
        var response = await PostAsync(text, query);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await ReadAsync(response))["report"]!["id"]!.ToString();
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var response = await Client.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await ReadAsync(response);
    }

    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonNode>> ListAsync(string path, int limit, string cursorName = "cursor")
    {
        var items = new List<JsonNode>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}{separator}limit={limit}{(cursor is null ? "" : $"&{cursorName}={cursor}")}");
            var found = page["items"]!.AsArray();
            Assert.InRange(found.Count, 0, limit);
            items.AddRange(found.Select(item => item!));
            cursor = page["next"]?.ToString();
        }
        while (cursor is not null);
        return items;
    }

    /// <summary>Asserts that an answer is problem+json of a kind and returns it.</summary>
    public static async Task<JsonNode> ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string kind, string? parameter = null)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal($"/problems/{kind}", problem["type"]!.ToString());
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.Equal(parameter, problem["parameter"]?.ToString());
        return problem;
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
