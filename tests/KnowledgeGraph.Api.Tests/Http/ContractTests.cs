using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Tests;

namespace KnowledgeGraph.Api.Tests.Http;

public sealed class ContractTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly string Id = new('0', 64);

    private readonly ApiHost host = fixture.Host;

    public static TheoryData<string> Paths =>
    [
        "/reports", $"/reports/{Id}", $"/reports/{Id}/text", $"/reports/{Id}/facts", $"/facts/{Guid.Empty}", "/entities", "/entities/company/x",
        "/entities/company/x/timeline", "/entities/company/x/series", "/entities/company/x/neighbours", "/series", "/graph", "/graph/path",
        "/claims", $"/claims/{Guid.Empty}", "/changes", "/curation", $"/curation/{Guid.Empty}", $"/facts/{Guid.Empty}/history",
        "/events", "/streams/report/x", "/healthz", "/readyz", $"/jobs/{Id}", "/operations/shards", "/operations/dead-letters",
    ];

    public static TheoryData<string> Lists =>
    [
        "/reports", $"/reports/{Id}/facts", "/entities", "/entities/company/x/timeline", "/entities/company/x/neighbours", "/claims", "/curation",
        "/events", "/streams/report/x", "/operations/dead-letters",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task An_unknown_query_parameter_is_refused_by_name(string path) =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync($"{path}?colour=red"), HttpStatusCode.BadRequest, "unknown-parameter", "colour");

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_limit_has_bounds(string path)
    {
        foreach (var limit in new[] { "0", "501", "-1", "many", "99999999999999", "1.5" })
            await ApiHost.ProblemAsync(await host.Client.GetAsync($"{path}?limit={limit}"), HttpStatusCode.BadRequest, "invalid-parameter", "limit");
    }

    [Fact]
    public async Task A_parameter_given_twice_is_refused() => await ApiHost.ProblemAsync(
        await host.Client.GetAsync("/events?limit=1&limit=2"), HttpStatusCode.BadRequest, "invalid-parameter", "limit");

    [Fact]
    public async Task A_parameter_of_the_path_is_none_of_the_query() => await ApiHost.ProblemAsync(
        await host.Client.GetAsync("/entities/company/x?slug=y"), HttpStatusCode.BadRequest, "unknown-parameter", "slug");

    [Fact]
    public async Task A_path_that_does_not_exist_is_a_problem() =>
        await ApiHost.ProblemAsync(await host.Client.GetAsync("/nothing/here"), HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task A_method_that_does_not_exist_is_a_problem_that_names_those_that_do()
    {
        var response = await host.Client.DeleteAsync("/reports");
        await ApiHost.ProblemAsync(response, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task An_error_is_problem_json_whatever_the_client_accepts()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing");
        request.Headers.Accept.ParseAdd("text/html");
        await ApiHost.ProblemAsync(await host.Client.SendAsync(request), HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_type_of_a_problem_says_what_it_means()
    {
        var problem = await ApiHost.ReadAsync(await host.Client.GetAsync("/reports?x=1"));
        Assert.Equal(problem["title"]!.ToString(), (await host.GetAsync(problem["type"]!.ToString()))["title"]!.ToString());
    }

    [Fact]
    public async Task A_fault_is_a_problem_without_its_particulars()
    {
        await using var database = await ApiFixture.NewDatabaseAsync();
        await using var broken = await ApiHost.StartAsync(database.ConnectionString, extract: (_, _, _) => throw new InvalidOperationException("secret"));
        var response = await broken.PostAsync("x");
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ApiHost.ProblemAsync(response, HttpStatusCode.InternalServerError, "internal");
    }

    [Fact]
    public async Task The_OpenAPI_document_is_as_reviewed()
    {
        var document = JsonNode.Parse(await host.Client.GetStringAsync("/swagger/v1/swagger.json"))!;
        Assert.StartsWith("3.1", document["openapi"]!.ToString(), StringComparison.Ordinal);
        Golden.Check("openapi.json", document.ToJsonString(new(System.Text.Json.JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }));
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_and_a_described_answer()
    {
        var document = JsonNode.Parse(await host.Client.GetStringAsync("/swagger/v1/swagger.json"))!;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!)).ToList();
        Assert.True(operations.Count >= 13);
        Assert.All(operations, operation =>
        {
            Assert.NotNull(operation["operationId"]);
            Assert.NotEmpty(operation["summary"]!.ToString());
            Assert.Contains(operation["responses"]!.AsObject(), response => response.Key.StartsWith('2') && response.Value!["content"] is not null);
        });
    }

    [Fact]
    public async Task The_page_of_the_description_is_served() =>
        Assert.Contains("swagger-ui", await host.Client.GetStringAsync("/swagger/index.html"), StringComparison.Ordinal);
}
