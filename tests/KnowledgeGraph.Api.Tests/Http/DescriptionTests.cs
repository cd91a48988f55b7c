using System.Net;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Keys;

namespace KnowledgeGraph.Api.Tests.Http;

/// <summary>What the OpenAPI document promises of each operation, whichever there are.</summary>
public sealed class DescriptionTests(ApiFixture fixture) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private static readonly string[] Open = ["healthz", "readyz"];

    private readonly ApiHost host = fixture.Host;
    private JsonNode document = null!;
    private List<Operation> operations = [];

    public async ValueTask InitializeAsync()
    {
        document = JsonNode.Parse(await host.Client.GetStringAsync("/swagger/v1/swagger.json"))!;
        operations =
        [
            .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => new Operation(one.Key, path.Key, one.Value!))),
        ];
        Assert.True(operations.Count > 30);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_operation_has_a_name_a_tag_a_summary_and_described_answers() => Assert.All(operations, one =>
    {
        Assert.NotEmpty(one.Name);
        Assert.Single(one.Node["tags"]!.AsArray());
        Assert.NotEmpty(one.Node["summary"]!.ToString());
        Assert.Contains(one.Responses, response => response.Key.StartsWith('2') && response.Value["content"] is not null);
        foreach (var status in Open.Contains(one.Name) ? ["400", "503"] : new[] { "400", "401", "403", "429", "503" })
            Assert.True(one.Responses.ContainsKey(status), $"{one.Name} {status}");
    });

    [Fact]
    public void Names_of_operations_are_unique() => Assert.Equal(operations.Count, operations.DistinctBy(one => one.Name).Count());

    [Fact]
    public void Every_operation_names_the_scope_that_it_needs() => Assert.All(operations.Where(one => !Open.Contains(one.Name)), one =>
        Assert.Contains(Assert.Single(Assert.Single(one.Node["security"]!.AsArray())!["key"]!.AsArray())!.ToString(), Scope.All));

    [Fact]
    public void Every_operation_has_an_example_of_request_and_answer_that_fits_its_schema()
    {
        var check = new SchemaCheck(document);
        var faults = operations.SelectMany(one => one.Examples().SelectMany(example => example.Value is null
            ? [$"{one.Name}: no example of {example.Place}; it goes to Http/Examples/{one.Name}.json"]
            : check.Faults(example.Value, example.Schema, $"{one.Name} {example.Place}"))).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Every_error_that_an_operation_declares_has_an_example_and_a_page_for_its_type()
    {
        var problems = operations.SelectMany(one => one.Responses.Values).Where(response => response["content"]?["application/problem+json"] is not null).ToList();
        Assert.NotEmpty(problems);
        var types = problems.Select(response => response["content"]!["application/problem+json"]!["example"]!["type"]!.ToString()).Distinct();
        foreach (var type in types)
            await host.GetAsync(type);
    }

    [Fact]
    public async Task Every_operation_refuses_a_query_parameter_that_it_does_not_have()
    {
        foreach (var one in operations)
        {
            using var request = new HttpRequestMessage(new HttpMethod(one.Method), $"{one.ExampleUrl}&colour=red");
            await ApiHost.ProblemAsync(await host.Client.SendAsync(request), HttpStatusCode.BadRequest, "unknown-parameter", "colour");
        }
    }

    [Fact]
    public void Every_list_has_a_limit_and_every_limit_and_depth_an_upper_bound()
    {
        foreach (var one in operations.Where(one => one.Schema("200")?["$ref"]?.ToString().EndsWith("Page", StringComparison.Ordinal) == true))
            Assert.Contains(one.Parameters, parameter => parameter["name"]!.ToString() == "limit");
        var bounded = operations.SelectMany(one => one.Parameters).Where(parameter => parameter["name"]!.ToString() is "limit" or "depth" or "length").ToList();
        Assert.NotEmpty(bounded);
        Assert.All(bounded, parameter => Assert.NotNull(parameter["schema"]!["maximum"]));
    }

    [Fact]
    public async Task Every_limit_is_refused_beyond_its_bounds()
    {
        foreach (var one in operations.Where(one => one.Parameters.Any(parameter => parameter["name"]!.ToString() == "limit")))
        {
            foreach (var limit in new[] { "0", "501", "-1", "many", "99999999999999", "1.5" })
                await ApiHost.ProblemAsync(await host.Client.GetAsync($"{one.ExampleUrl}&limit={limit}"), HttpStatusCode.BadRequest, "invalid-parameter", "limit");
        }
    }

    private sealed record Operation(string Method, string Path, JsonNode Node)
    {
        public string Name => Node["operationId"]!.ToString();

        public IReadOnlyDictionary<string, JsonNode> Responses => Node["responses"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!);

        public IEnumerable<JsonNode> Parameters => Node["parameters"]?.AsArray().Select(parameter => parameter!) ?? [];

        /// <summary>The path with what it needs, by the parameters' examples; '1' where there is none.</summary>
        public string ExampleUrl => Parameters.Where(parameter => parameter["required"]?.GetValue<bool>() == true).Aggregate($"{Path}?", (url, parameter) =>
        {
            var (name, value) = (parameter["name"]!.ToString(), Uri.EscapeDataString(parameter["example"]?.ToString() ?? "1"));
            return parameter["in"]!.ToString() == "path" ? url.Replace($"{{{name}}}", value, StringComparison.Ordinal) : $"{url}&{name}={value}";
        });

        public JsonNode? Schema(string status) => Responses.GetValueOrDefault(status)?["content"]?["application/json"]?["schema"];

        /// <summary>Where there is to be an example: in the path, in each query parameter that is needed, the body, one good answer.</summary>
        public IEnumerable<(string Place, JsonNode? Value, JsonNode Schema)> Examples()
        {
            foreach (var parameter in Parameters.Where(parameter => parameter["required"]?.GetValue<bool>() == true || parameter["example"] is not null))
                yield return (parameter["name"]!.ToString(), parameter["example"], parameter["schema"]!);
            if (Node["requestBody"] is { } body)
                yield return ("body", First(body)["example"], First(body)["schema"]!);
            var good = Responses.Where(response => response.Key.StartsWith('2')).Select(response => First(response.Value)).ToList();
            var answer = good.FirstOrDefault(content => content["example"] is not null) ?? good[0];
            yield return ("answer", answer["example"], answer["schema"]!);
        }

        private static JsonNode First(JsonNode described) => described["content"]!.AsObject().First().Value!;
    }
}
