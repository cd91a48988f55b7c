using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Api.Http;

/// <summary>
/// Checks path and query against the parameters that the endpoint's handler declares, before it is bound: an unknown name, a repeated one,
/// a value that does not parse or that breaks an attribute is a 400 that names the parameter. The handler's signature is the contract, for
/// this check and for the OpenAPI document alike.
/// </summary>
public static class ParameterContract
{
    private static readonly ConditionalWeakTable<Endpoint, IReadOnlyList<ParameterInfo>> Parameters = [];

    public static IApplicationBuilder UseParameterContract(this IApplicationBuilder app) => app.Use(static (context, next) =>
        context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<MethodInfo>() is not null && Check(endpoint, context.Request) is { } problem
            ? problem.ExecuteAsync(context)
            : next(context));

    private static Problem? Check(Endpoint endpoint, HttpRequest request)
    {
        var parameters = Parameters.GetValue(endpoint, static e => ReadFrom(e.Metadata.GetRequiredMetadata<MethodInfo>()));
        foreach (var (name, values) in request.Query)
        {
            if (request.RouteValues.ContainsKey(name) || (!IsOfMoment(endpoint, name) && parameters.All(parameter => !parameter.Name!.Equals(name, StringComparison.OrdinalIgnoreCase))))
                return Problems.UnknownParameter.With($"There is no query parameter '{name}' here.", name);
            if (values.Count > 1)
                return Problems.InvalidParameter.With($"'{name}' is given {values.Count} times.", name);
        }

        foreach (var parameter in parameters)
        {
            var text = request.RouteValues.TryGetValue(parameter.Name!, out var segment) ? segment as string : request.Query[parameter.Name!].ToString();
            var fault = !string.IsNullOrEmpty(text) ? Fault(parameter, text) : parameter.IsDefined(typeof(RequiredAttribute)) ? "is missing." : null;
            if (fault is not null)
                return Problems.InvalidParameter.With($"'{parameter.Name}' {fault}", parameter.Name);
        }

        return null;
    }

    // Their values are Moments' business.
    private static bool IsOfMoment(Endpoint endpoint, string name) =>
        (name.Equals(Moments.AsOf, StringComparison.OrdinalIgnoreCase) || name.Equals(Moments.At, StringComparison.OrdinalIgnoreCase)) && Moments.Takes(endpoint);

    private static string? Fault(ParameterInfo parameter, string text)
    {
        if (Parse(parameter, text) is not { } value)
            return TypeOf(parameter) == typeof(bool) ? "is true or false." : "is a number of 0 or more.";
        return parameter.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(attribute => !attribute.IsValid(value)) switch
        {
            null => null,
            RangeAttribute range => $"is from {range.Minimum} to {range.Maximum}.",
            AllowedValuesAttribute allowed => $"is one of {string.Join(", ", allowed.Values)}.",
            StringLengthAttribute length => $"has at most {length.MaximumLength} characters.",
            var other => other.FormatErrorMessage(parameter.Name!),
        };
    }

    private static object? Parse(ParameterInfo parameter, string text)
    {
        var type = TypeOf(parameter);
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(decimal))
            return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        return type == typeof(bool) ? text is "true" or "false" ? text == "true" : null : text;
    }

    private static Type TypeOf(ParameterInfo parameter) => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    private static List<ParameterInfo> ReadFrom(MethodInfo handler) =>
    [
        .. handler.GetParameters().Where(parameter => TypeOf(parameter) is var type
            && (type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(decimal) || type == typeof(bool))),
    ];
}

/// <summary>How many items a page has.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class LimitAttribute() : RangeAttribute(1, Page.MaxLimit);

/// <summary>A report's id, the SHA-256 of its bytes.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReportIdAttribute : ValidationAttribute
{
    public ReportIdAttribute()
        : base("is 64 lower-case hexadecimal digits.")
    {
    }

    public override bool IsValid(object? value) => value is string { Length: 64 } text && text.All(char.IsAsciiHexDigitLower);
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class UuidAttribute : ValidationAttribute
{
    public UuidAttribute()
        : base("is a UUID.")
    {
    }

    public override bool IsValid(object? value) => Guid.TryParseExact(value as string, "D", out _);
}

/// <summary>One of a closed list of words.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class OneOfAttribute(IEnumerable<string> words) : ValidationAttribute($"is one of {string.Join(", ", words)}.")
{
    private readonly HashSet<string> words = [.. words];

    public override bool IsValid(object? value) => value is string word && words.Contains(word);
}

/// <summary>One or several of a closed list of words, with commas between them.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class SeveralOfAttribute(IEnumerable<string> words) : ValidationAttribute($"is one or several, with commas between them, of {string.Join(", ", words)}.")
{
    private readonly HashSet<string> words = [.. words];

    public override bool IsValid(object? value) => value is string list && list.Split(',').All(words.Contains);
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EntityKindAttribute() : OneOfAttribute(EntityKind.All);

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EntityKindsAttribute() : SeveralOfAttribute(EntityKind.All);

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FactTypesAttribute() : SeveralOfAttribute(FactSchema.All.Select(schema => schema.Type));

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FactStatusesAttribute() : SeveralOfAttribute(Enum.GetValues<FactStatus>().Select(FactJson.StatusName));

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PartialDateTextAttribute : ValidationAttribute
{
    public PartialDateTextAttribute()
        : base("is a date like 2026, 2026-H1, 2026-Q1, 2026-05 or 2026-05-20.")
    {
    }

    public override bool IsValid(object? value) => PartialDate.TryParse(value as string) is not null;
}

/// <summary>Names under which events are stored. Not only those that this version knows: the log may hold others.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventTypeNamesAttribute : ValidationAttribute
{
    public EventTypeNamesAttribute()
        : base("is one or several stored names, with commas between them, as model_released,report_registered.")
    {
    }

    public override bool IsValid(object? value) => value is string types
        && types.Split(',').All(type => type.Length is > 0 and <= 500 && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EntityIdTextAttribute : ValidationAttribute
{
    public EntityIdTextAttribute()
        : base("is the id of an entity, as company/nvidia.")
    {
    }

    public override bool IsValid(object? value) => EntityId.TryParse(value as string) is not null;
}
