namespace KnowledgeGraph.Api.Exports.Parquet;

/// <summary>What a column holds; each may be null.</summary>
public enum ParquetKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string that is JSON.</summary>
    Json,

    /// <summary>A long.</summary>
    Whole,

    /// <summary>A <see cref="DateTimeOffset"/>, to the microsecond, UTC.</summary>
    Instant,
}

/// <summary>A column of a flat table.</summary>
/// <param name="Name">As readers show it.</param>
/// <param name="Kind">What it holds.</param>
public sealed record ParquetColumn(string Name, ParquetKind Kind)
{
    // The numbers of Parquet's Type and ConvertedType.
    internal int Type => Kind is ParquetKind.Text or ParquetKind.Json ? 6 : 2;

    internal int? ConvertedType => Kind switch { ParquetKind.Text => 0, ParquetKind.Json => 19, ParquetKind.Instant => 10, _ => null };
}
