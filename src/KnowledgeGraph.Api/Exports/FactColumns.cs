using System.Globalization;
using KnowledgeGraph.Api.Exports.Parquet;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Http;

namespace KnowledgeGraph.Api.Exports;

/// <summary>A column of a flat export of facts.</summary>
internal sealed record FactColumn(ParquetColumn Column, Func<FactView, object?> Value)
{
    public static IReadOnlyList<FactColumn> All { get; } =
    [
        Text("id", fact => fact.Id.ToString()),
        Text("type", fact => fact.Type),
        Text("status", fact => fact.Status),
        Text("standing", fact => fact.Standing),
        Text("when", fact => fact.When),
        new(new("roles", ParquetKind.Json), fact => fact.Roles.ToJsonString(Json.Options)),
        new(new("values", ParquetKind.Json), fact => fact.Values.ToJsonString(Json.Options)),
        Text("attribution", fact => string.Join("; ", fact.Attribution)),
        Text("quote", fact => fact.Quote),
        new(new("start", ParquetKind.Whole), fact => (long)fact.Start),
        new(new("end", ParquetKind.Whole), fact => (long)fact.End),
        Text("report", fact => fact.Evidence!.Report),
        Text("publisher", fact => fact.Evidence!.Publisher),
        Text("published", fact => fact.Evidence!.Date),
        new(new("sequence", ParquetKind.Whole), fact => fact.Evidence!.Sequence),
        new(new("recorded", ParquetKind.Instant), fact => fact.Evidence!.Recorded),
    ];

    /// <summary>The value as a cell of text.</summary>
    public string? Cell(FactView fact) => Value(fact) switch
    {
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var text => (string?)text,
    };

    private static FactColumn Text(string name, Func<FactView, string?> value) => new(new(name, ParquetKind.Text), value);
}
