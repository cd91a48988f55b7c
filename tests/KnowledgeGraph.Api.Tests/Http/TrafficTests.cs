using System.Net;
using KnowledgeGraph.Api.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgeGraph.Api.Tests.Http;

public sealed class TrafficTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Page = "https://graph.example";

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_ask_again_and_probes_are_not_counted()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var host = await ApiHost.StartAsync(database.ConnectionString, options => options with { RequestsPerMinute = 1, RequestBurst = 2 });
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/reports")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/healthz")).StatusCode);
        }

        var refused = await host.Client.GetAsync("/reports");
        await ApiHost.ProblemAsync(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task Each_key_has_an_allowance_of_its_own()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var host = await ApiHost.StartAsync(
            database.ConnectionString, options => options with { KeysRequired = true, RequestsPerMinute = 1, RequestBurst = 1 });
        var keys = new ApiKeys(database.DataSource, TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            var (_, secret) = await keys.CreateAsync("one", ["read"], TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, secret));
            Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(host, secret));
        }

        // Guesses share the allowance of the address that they come from.
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, "kg_a"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(host, "kg_b"));
    }

    [Theory]
    [InlineData(Page, "localhost", true)]
    [InlineData("null", "localhost", true)]
    [InlineData("http://localhost:81", "localhost", true)]
    [InlineData("http://rebound.example", "rebound.example", true)]
    [InlineData("http://localhost", "localhost", false)]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080", false)]
    [InlineData(null, "rebound.example", false)]
    public async Task Without_keys_no_page_of_another_origin_changes_anything(string? origin, string host, bool isRefused)
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        // A test server has no address; one that listens on loopback alone has no need of keys.
        await using var service = await ApiHost.StartAsync(database.ConnectionString, options => options with { KeysRequired = null });
        service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Add("http://127.0.0.1:5080");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/operations/replay") { Headers = { Host = host } };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        var answer = await service.Client.SendAsync(request);
        if (isRefused)
            await ApiHost.ProblemAsync(answer, HttpStatusCode.Forbidden, "foreign-origin");
        else
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var read = new HttpRequestMessage(HttpMethod.Get, "/reports") { Headers = { { "Origin", Page } } };
        Assert.Equal(HttpStatusCode.OK, (await service.Client.SendAsync(read)).StatusCode);
    }

    [Fact]
    public async Task A_page_that_CORS_allows_may_change_things()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var service = await ApiHost.StartAsync(database.ConnectionString, options => options with { CorsOrigins = [Page] });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/operations/replay") { Headers = { { "Origin", Page } } };
        Assert.Equal(HttpStatusCode.OK, (await service.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task No_page_of_another_origin_may_ask_by_default()
    {
        var answer = await fixture.Host.Client.SendAsync(Preflight(Page));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_page_of_a_configured_origin_may_ask_and_others_may_not()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var host = await ApiHost.StartAsync(database.ConnectionString, options => options with { CorsOrigins = [Page], KeysRequired = true });
        var preflight = await host.Client.SendAsync(Preflight(Page));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(Page, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False((await host.Client.SendAsync(Preflight("https://other.example"))).Headers.Contains("Access-Control-Allow-Origin"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/reports");
        request.Headers.Add("Origin", Page);
        var answer = await host.Client.SendAsync(request);
        Assert.Equal(Page, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("Kg-Sequence", Assert.Single(answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/reports");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return request;
    }

    private static async Task<HttpStatusCode> AskAsync(ApiHost host, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/reports");
        request.Headers.Authorization = new("Bearer", secret);
        return (await host.Client.SendAsync(request)).StatusCode;
    }
}
