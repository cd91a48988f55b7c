using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
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
            swagger.MapType<EntityId>(() => new OpenApiSchema { Type = JsonSchemaType.String, Description = "The id of an entity, as company/nvidia." });
            // An empty schema for the members: without it generators take an object for one that has none.
            swagger.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() });
            swagger.MapType<JsonElement>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() });
            swagger.AddSecurityDefinition(OperationContract.Key, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key with the scope that the operation names. A service that listens on loopback addresses only asks for none.",
            });
            swagger.SchemaFilter<Nulls>();
            swagger.OperationFilter<UploadBody>();
            swagger.OperationFilter<MomentParameters>();
            swagger.OperationFilter<OperationContract>();
            swagger.DocumentFilter<OperationContract>();
        });
    }

    public static void UseOpenApiPage(this IApplicationBuilder app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(page => page.SwaggerEndpoint("/swagger/v1/swagger.json", "KnowledgeGraph"));
    }

    // A bare reference cannot say that there may be nothing; and what a body needs is nullable in the code alone, to be refused by name.
    private sealed class Nulls : ISchemaFilter
    {
        private readonly NullabilityInfoContext nullability = new();

        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            foreach (var property in context.Type.GetProperties())
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                if (schema.Properties is not { } properties || !properties.TryGetValue(name, out var declared))
                    continue;
                if (property.IsDefined(typeof(RequiredAttribute)))
                {
                    if (declared is OpenApiSchema own)
                        own.Type &= ~JsonSchemaType.Null;
                }
                else if (declared is OpenApiSchemaReference reference && nullability.Create(property).ReadState == NullabilityState.Nullable)
                {
                    properties[name] = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference], Description = reference.Description };
                }
            }
        }
    }

    // The middleware reads these, for every endpoint that takes a moment.
    private sealed class MomentParameters : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (context.MethodInfo.GetParameters().All(parameter => parameter.ParameterType != typeof(Moment)))
                return;
            var text = new OpenApiSchema { Type = JsonSchemaType.String };
            operation.Parameters =
            [
                .. (operation.Parameters ?? []).Where(parameter => parameter.Name != "moment"),
                new OpenApiParameter
                {
                    Name = Moments.AsOf,
                    In = ParameterLocation.Query,
                    Schema = text,
                    Description = "What had been recorded by then: a sequence, a day (its end, UTC) or an instant with offset. Without it, all that the views have passed.",
                },
                new OpenApiParameter
                {
                    Name = Moments.At,
                    In = ParameterLocation.Query,
                    Schema = text,
                    Description = "What was so then: what had happened by the end of this date (2026, 2026-H1, 2026-Q1, 2026-05 or 2026-05-20).",
                },
            ];
            if (operation.Responses?["200"] is OpenApiResponse answer)
            {
                answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
                answer.Headers[Moments.SequenceHeader] = new OpenApiHeader
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
                    Description = "The sequence that was read at; asOf pins it.",
                };
            }
        }
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
