using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>What the caller knows about a report; what is given here wins over what the text says.</summary>
public sealed record ReportHints
{
    public string? FileName { get; init; }

    /// <summary>Media type as declared by the sender, or null to tell by name and content.</summary>
    public string? MediaType { get; init; }

    public string? Publisher { get; init; }

    public string? Title { get; init; }

    public PartialDate? Date { get; init; }
}

/// <summary>Where a report's date comes from.</summary>
public enum DateBasis
{
    /// <summary>The text states the date of publication.</summary>
    Stated,

    /// <summary>Concluded from the week it covers, the latest close it quotes, its title.</summary>
    Inferred,

    /// <summary>The caller said so.</summary>
    Given,
}

/// <summary>A company on a cover.</summary>
/// <param name="Name">As printed there; null where the code stands alone.</param>
/// <param name="Code">Its code at an exchange (601138.SH, TSRO.O, 2317).</param>
/// <param name="IsBare">The code has no exchange and may be something else, as in (CEO), (AI), 电话 (021).</param>
public sealed record CoverName(string? Name, string Code, bool IsBare);

/// <summary>A report about itself.</summary>
public sealed record ReportMetadata
{
    /// <summary>The publishing house by its short name (国金证券), or null.</summary>
    public string? Publisher { get; init; }

    public string? Title { get; init; }

    public PartialDate? Date { get; init; }

    public DateBasis? DateBasis { get; init; }

    /// <summary>
    /// The day against which relative dates resolve: the date of publication where it is known to the day, else the last day that the report
    /// speaks of as past.
    /// </summary>
    public DateOnly? ReferenceDay { get; init; }

    /// <summary>The week or month that the report covers, where it says so (5月18日-5月22日).</summary>
    public (DateOnly Start, DateOnly End)? Covers { get; init; }

    public string? Sector { get; init; }

    /// <summary>The report's own rating of its sector or company, as printed (买入（维持评级）).</summary>
    public string? Rating { get; init; }

    public IReadOnlyList<string> Analysts { get; init; } = [];

    /// <summary>The companies that the cover prints with their codes.</summary>
    public IReadOnlyList<CoverName> Named { get; init; } = [];

    /// <summary>Whether the cover has the figures of one stock: its target, its close, its market value.</summary>
    public bool IsOnStock { get; init; }

    /// <summary>Currency of a bare amount, ISO 4217: CNY on the mainland, HKD in Hong Kong, TWD in Taiwan, USD in an English report.</summary>
    public string HomeCurrency { get; init; } = "CNY";
}
