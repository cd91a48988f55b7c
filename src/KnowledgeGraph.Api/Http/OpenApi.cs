using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KnowledgeGraph.Api.Http;

/// <summary>The OpenAPI 3.1 document and its page, from the endpoints' own declarations.</summary>
public static class OpenApi
{
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.ConfigureSwagger(swagger => swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "KnowledgeGraph",
                Version = "v1",
                Description = "Facts of the AI industry as broker reports state them: who, what, when, and in which words of which report.",
            });
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.IncludeXmlComments(typeof(OpenApi).Assembly);
            swagger.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true });
            swagger.MapType<JsonElement>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true });
            swagger.OperationFilter<UploadBody>();
        });
    }

    public static void UseOpenApiPage(this IApplicationBuilder app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(page => page.SwaggerEndpoint("/swagger/v1/swagger.json", "KnowledgeGraph"));
    }

    // The endpoint reads its body itself, while it streams in, so that no parameter declares it.
    private sealed class UploadBody : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (operation.OperationId != "ingestReport")
                return;
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            var text = new OpenApiSchema { Type = JsonSchemaType.String };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "The report: txt, md, html, pdf or docx.",
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/octet-stream"] = new OpenApiMediaType { Schema = file },
                    ["text/plain"] = new OpenApiMediaType { Schema = text },
                    ["multipart/form-data"] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = new HashSet<string> { "file" },
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["file"] = file,
                                ["fileName"] = text,
                                ["publisher"] = text,
                                ["title"] = text,
                                ["date"] = text,
                            },
                        },
                    },
                },
            };
        }
    }
}
