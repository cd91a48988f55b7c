using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Tests;

namespace KnowledgeGraph.Api.Tests.Http;

public sealed class ContractTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiHost host = fixture.Host;

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
    public async Task The_page_of_the_description_is_served() =>
        Assert.Contains("swagger-ui", await host.Client.GetStringAsync("/swagger/index.html"), StringComparison.Ordinal);
}
