using System.Reflection;
using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Api.Views;

/// <summary>
/// The moment that a read is of: as of a sequence of the log and, on the other clock, of what had happened by the end of a date. An endpoint
/// that has a parameter of this type takes <c>asOf</c> and <c>at</c>, and its answer carries <c>Kg-Sequence</c> and an ETag.
/// </summary>
/// <param name="Sequence">What had been recorded up to this sequence; the views' checkpoint where the caller named none.</param>
/// <param name="At">What was so then; null for all that is recorded.</param>
public sealed record Moment(long Sequence, PartialDate? At)
{
    /// <summary>The to_sequence of a row that still holds.</summary>
    public const string Open = "9223372036854775807";

    /// <summary>The last day of <see cref="At"/>, as a parameter of SQL.</summary>
    public DateOnly? Day => At?.End;

    /// <summary>SQL: the row that the alias stands for held at the sequence that the parameter (<c>$3</c>) has.</summary>
    public static string Holds(string alias, string parameter) => $"({alias}.from_sequence <= {parameter} and {alias}.to_sequence > {parameter})";

    /// <summary>What <see cref="Http.Moments"/> made of the request.</summary>
    public static ValueTask<Moment> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<Moment>()!);
}
