using System.Net;
using System.Net.Http.Headers;
using System.Text;
using KnowledgeGraph.Api.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgeGraph.Api.Tests.Keys;

/// <summary>A host that asks for keys.</summary>
public sealed class KeyedFixture : IAsyncLifetime
{
    public Testing.TestDatabase Database { get; private set; } = null!;

    public ApiHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await ApiFixture.NewDatabaseAsync();
        Host = await ApiHost.StartAsync(Database.ConnectionString, options => options with { KeysRequired = true });
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }
}

public sealed class KeyTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    private readonly ApiHost host = fixture.Host;

    private static readonly string Id = new('0', 64);

    public static TheoryData<string, string, string> Endpoints => new()
    {
        { "GET", "/entities", "read" },
        { "GET", "/reports", "read" },
        { "GET", "/claims", "read" },
        { "GET", "/events", "read" },
        { "GET", "/curation", "read" },
        { "POST", "/reports", "ingest" },
        { "GET", $"/jobs/{Id}", "ingest" },
        { "POST", "/curation/retractions", "curate" },
        { "POST", "/operations/replay", "admin" },
        { "GET", "/operations/shards", "admin" },
        { "POST", "/keys", "admin" },
        { "GET", "/keys", "admin" },
        { "DELETE", $"/keys/{Guid.Empty}", "admin" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Without_its_scope_nobody_gets_in_and_the_answer_names_the_scope(string method, string path, string scope)
    {
        var unknown = await SendAsync(method, path, null);
        await ApiHost.ProblemAsync(unknown, HttpStatusCode.Unauthorized, "key-required");
        Assert.Equal("Bearer realm=\"KnowledgeGraph\"", unknown.Headers.WwwAuthenticate.ToString());

        var others = await CreateAsync([.. Scope.All.Where(other => other != scope)]);
        var forbidden = await SendAsync(method, path, others.Secret);
        var problem = await ApiHost.ProblemAsync(forbidden, HttpStatusCode.Forbidden, "scope-missing");
        Assert.Contains($"'{scope}'", problem["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains($"scope=\"{scope}\"", forbidden.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        var own = await CreateAsync(scope);
        Assert.DoesNotContain((await SendAsync(method, path, own.Secret)).StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Fact]
    public void Every_endpoint_names_its_scope_or_lets_everybody_in()
    {
        var endpoints = host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > 30);
        Assert.All(endpoints, endpoint =>
        {
            var scopes = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy!).ToList();
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                Assert.Contains(Assert.Single(scopes), Scope.All);
            else
                Assert.Contains(endpoint.RoutePattern.RawText, new[] { "/healthz", "/readyz", "/problems/{name}" });
        });
    }

    [Fact]
    public void What_changes_something_needs_more_than_reading()
    {
        var endpoints = host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints);
        var changing = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == false).ToList();
        Assert.NotEmpty(changing);
        Assert.All(changing, endpoint => Assert.NotEqual(Scope.Read, endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_told_to_those_with_a_key_only()
    {
        await ApiHost.ProblemAsync(await SendAsync("GET", "/nothing", null), HttpStatusCode.Unauthorized, "key-required");
        await ApiHost.ProblemAsync(await SendAsync("GET", "/nothing", (await CreateAsync("read")).Secret), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Probes_and_the_description_need_no_key()
    {
        foreach (var path in new[] { "/healthz", "/readyz", "/problems/key-required", "/swagger/v1/swagger.json" })
            Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", path, null)).StatusCode);
    }

    [Fact]
    public async Task A_key_is_made_over_HTTP_listed_without_its_secret_and_revoked_at_once()
    {
        var admin = await CreateAsync("admin");
        var made = await SendAsync("POST", "/keys", admin.Secret, """{"name": "dashboard", "scopes": ["ingest", "read"]}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        var answer = await ApiHost.ReadAsync(made);
        var secret = answer["secret"]!.ToString();
        Assert.Equal(["read", "ingest"], answer["key"]!["scopes"]!.AsArray().Select(scope => scope!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/entities", secret)).StatusCode);

        var list = await (await SendAsync("GET", "/keys?limit=500", admin.Secret)).Content.ReadAsStringAsync();
        Assert.Contains("\"dashboard\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[3..], list, StringComparison.Ordinal);

        var path = $"/keys/{answer["key"]!["id"]}";
        var revoked = await ApiHost.ReadAsync(await SendAsync("DELETE", path, admin.Secret));
        Assert.NotNull(revoked["revoked"]);
        Assert.Equal(revoked.ToJsonString(), (await ApiHost.ReadAsync(await SendAsync("DELETE", path, admin.Secret))).ToJsonString());
        var refused = await SendAsync("GET", "/entities", secret);
        await ApiHost.ProblemAsync(refused, HttpStatusCode.Unauthorized, "key-required");
        Assert.Contains("error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_decides_is_whose_key_it_is_and_a_name_in_the_request_is_for_whom()
    {
        var key = await CreateAsync("read", "ingest", "curate");
        var answer = await ApiHost.ReadAsync(await SendAsync("POST", "/reports", key.Secret, "决\nDecided|2026Q1|1|2026-01-01"));
        var facts = await ApiHost.ReadAsync(await SendAsync("GET", $"/reports/{answer["report"]!["id"]}/facts", key.Secret));
        var fact = facts["items"]![0]!["id"];
        var own = await ApiHost.ReadAsync(await SendAsync("POST", "/curation/confirmations", key.Secret, $$"""{"fact":"{{fact}}","reason":"r"}"""));
        Assert.Equal((key.Key.Name, null), (own["author"]!.ToString(), own["onBehalfOf"]?.ToString()));
        var other = await ApiHost.ReadAsync(await SendAsync("POST", "/curation/denials", key.Secret, $$"""{"fact":"{{fact}}","author":"li.na","reason":"r"}"""));
        Assert.Equal((key.Key.Name, "li.na"), (other["author"]!.ToString(), other["onBehalfOf"]?.ToString()));
        Assert.Null(other["about"]!["onBehalfOf"]);
    }

    [Fact]
    public async Task The_list_of_keys_has_pages()
    {
        var admin = await CreateAsync("admin");
        var second = await CreateAsync("read");
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ApiHost.ReadAsync(await SendAsync("GET", $"/keys?limit=1&cursor={cursor}", admin.Secret));
            seen.Add(Assert.Single(page["items"]!.AsArray())!["id"]!.ToString());
            cursor = page["next"]?.ToString();
        }

        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
        Assert.Contains(second.Key.Id.ToString(), seen);
    }

    [Theory]
    [InlineData("""{"scopes": ["read"]}""", "name")]
    [InlineData("""{"name": "x"}""", "scopes")]
    [InlineData("""{"name": "x", "scopes": []}""", "scopes")]
    [InlineData("""{"name": "x", "scopes": ["write"]}""", "scopes")]
    [InlineData("""{"name": "x", "scopes": ["read"], "colour": 1}""", "colour")]
    public async Task A_key_that_cannot_be_is_refused_by_the_field(string body, string field) => await ApiHost.ProblemAsync(
        await SendAsync("POST", "/keys", (await CreateAsync("admin")).Secret, body), HttpStatusCode.BadRequest, "invalid-parameter", field);

    [Fact]
    public async Task Of_a_secret_nothing_but_its_hash_is_stored()
    {
        var (_, secret) = await CreateAsync("read");
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        Assert.Equal(1, await fixture.Database.ReadAsync<long>($"select count(*) from kg.keys where hash = '\\x{Convert.ToHexStringLower(hash)}'"));
        Assert.Equal(0, await fixture.Database.ReadAsync<long>($"select count(*) from kg.keys k where k::text like '%{secret[3..20]}%'"));
    }

    [Fact]
    public async Task The_first_key_is_made_only_where_no_good_key_makes_others()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        var keys = new ApiKeys(database.DataSource, TimeProvider.System);
        await keys.CreateAsync("reader", [Scope.Read], default);
        var first = await keys.CreateFirstAsync(default);
        Assert.Equal(Scope.All, first!.Key.Scopes);
        Assert.Null(await keys.CreateFirstAsync(default));
        await keys.RevokeAsync(first.Key.Id, default);
        Assert.NotNull(await keys.CreateFirstAsync(default));
    }

    [Theory]
    [InlineData(true, "http://127.0.0.1:5080")]
    [InlineData(true, "http://localhost:0", "https://[::1]:5081", "http://127.1.2.3")]
    [InlineData(false, "http://127.0.0.1:5080", "http://0.0.0.0:5081")]
    [InlineData(false, "http://[::]:5080")]
    [InlineData(false, "http://192.0.2.1:5080")]
    [InlineData(false, "http://graph.example:5080")]
    [InlineData(false, "http://*:5080")]
    [InlineData(false, "http://unix:/run/kg.sock")]
    [InlineData(false)]
    public void Keys_may_be_left_out_on_loopback_only(bool isLoopback, params string[] addresses) => Assert.Equal(isLoopback, KeyRule.AreLoopback(addresses));

    private async Task<CreatedKey> CreateAsync(params string[] scopes) =>
        await host.Services.GetRequiredService<ApiKeys>().CreateAsync("test", scopes, TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? secret, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (secret is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await host.Client.SendAsync(request);
    }
}
