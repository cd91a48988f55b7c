using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KnowledgeGraph.Api.Http;

/// <summary>A header of the request that the endpoint reads.</summary>
internal sealed record HeaderParameter(string Name, string Description);

/// <summary>
/// What the description says of an operation beside the operation's own declarations: the scope that it needs, the errors that any request
/// may meet, and the example in <c>Http/Examples/OPERATION.json</c>: <c>parameters</c>, <c>body</c>, and the <c>answer</c> with its <c>status</c>.
/// </summary>
internal sealed class OperationContract : IOperationFilter, IDocumentFilter
{
    public const string Key = "key";

    private const string ProblemJson = "application/problem+json";

    private static readonly ProblemKind[] OfAnyRequest = [Problems.UnknownParameter, Problems.KeyRequired, Problems.ScopeMissing, Problems.TooManyRequests, Problems.NotReady];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
        (swaggerDoc.Components ??= new OpenApiComponents()).Responses = OfAnyRequest.ToDictionary(kind => kind.Name, kind => (IOpenApiResponse)new OpenApiResponse
        {
            Description = kind.Title,
            Headers = HeaderOf(kind) is not { } header ? null : new Dictionary<string, IOpenApiHeader>
            {
                [header] = new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [ProblemJson] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemBody), swaggerDoc), Example = ExampleOf(kind) },
            },
        });

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Parameters =
        [
            .. operation.Parameters ?? [],
            .. metadata.OfType<HeaderParameter>().Select(header => new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
        ];
        Refuse(operation, Problems.UnknownParameter, context);
        Refuse(operation, Problems.NotReady, context);
        if (!metadata.OfType<DisableRateLimitingAttribute>().Any())
            Refuse(operation, Problems.TooManyRequests, context);
        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } scope)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [scope] }];
            Refuse(operation, Problems.KeyRequired, context);
            Refuse(operation, Problems.ScopeMissing, context);
        }

        Illustrate(operation);
    }

    private static void Refuse(OpenApiOperation operation, ProblemKind kind, OperationFilterContext context) =>
        (operation.Responses ??= []).TryAdd(kind.Status.ToString(CultureInfo.InvariantCulture), new OpenApiResponseReference(kind.Name, context.Document));

    private static void Illustrate(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse && Find(response.Content, ProblemJson) is { } refusal)
                refusal.Example = ExampleOf(Problems.ForStatus(int.Parse(status, CultureInfo.InvariantCulture)));
        }

        if (Read(operation.OperationId!) is not { } example)
            return;
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>())
            parameter.Example = example["parameters"]?[parameter.Name!]?.DeepClone();
        // Where a body or an answer has several forms, the example is of the first one.
        if (operation.RequestBody?.Content?.Values.FirstOrDefault() is OpenApiMediaType body)
            body.Example = example["body"]?.DeepClone();
        if (operation.Responses?[example["status"]!.ToString()].Content?.Values.FirstOrDefault() is OpenApiMediaType answer)
            answer.Example = example["answer"]?.DeepClone();
    }

    private static OpenApiMediaType? Find(IDictionary<string, IOpenApiMediaType>? content, string type) =>
        content is not null && content.TryGetValue(type, out var found) ? found as OpenApiMediaType : null;

    private static JsonNode? ExampleOf(ProblemKind kind) => JsonSerializer.SerializeToNode(kind.With().Body, Json.Options);

    private static string? HeaderOf(ProblemKind kind) => kind.Status switch { 401 or 403 => "WWW-Authenticate", 429 or 503 => "Retry-After", _ => null };

    private static JsonNode? Read(string operation)
    {
        using var stream = typeof(OperationContract).Assembly.GetManifestResourceStream($"KnowledgeGraph.Api.Http.Examples.{operation}.json");
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
