using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>What the vocabulary knows of one entity or term.</summary>
public sealed record VocabularyEntry
{
    /// <summary><c>kind/slug</c>, as <c>company/nvidia</c> or <c>metric/revenue</c>.</summary>
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Every other surface form, tickers not included, as written in the data.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Where its share trades, best known first.</summary>
    public IReadOnlyList<Listing> Listings { get; init; } = [];

    /// <summary>Id of the company that makes, develops or owns it; a family's for its members.</summary>
    public string? Maker { get; init; }

    /// <summary>Id of the family that it belongs to (model/qwen).</summary>
    public string? Family { get; init; }

    /// <summary>A family: the head of names with versions behind it (Qwen in Qwen4.1-Max), no single model or chip.</summary>
    public bool IsFamily { get; init; }

    /// <summary>Month in which the fiscal year ends; the fiscal year is named after the calendar year of that month.</summary>
    public int FiscalYearEnd { get; init; } = 12;

    /// <summary>ISO 4217 currency in which a company reports, or of a bare amount in a publisher's reports.</summary>
    public string? Home { get; init; }

    /// <summary>No data: one report's own words introduce the name, and only its facts know it.</summary>
    public bool IsIntroduced { get; init; }

    /// <summary>A news medium: a source that reports name, no broker.</summary>
    public bool IsMedia { get; init; }

    /// <summary>Of a metric: account, operating, capability, valuation or forecast; empty for others.</summary>
    public IReadOnlyList<string> MetricKinds { get; init; } = [];

    /// <summary>Of a term, the contract's word that a fact's value holds (users for WAU); for others the slug.</summary>
    public required string Value { get; init; }

    /// <summary>Currency of a share price; by the ticker where it is one of this company's, else that of its first listing.</summary>
    public string? PriceCurrency(string? ticker = null) =>
        (Listings.FirstOrDefault(listing => ticker is not null && listing.IsWrittenAs(ticker)) ?? Listings.FirstOrDefault())?.Market.Currency;

    /// <exception cref="FormatException">The entry is a term, no entity.</exception>
    public Entity ToEntity() => new()
    {
        Id = EntityId.Parse(Id),
        Name = Name,
        FiscalYearEnd = FiscalYearEnd == 12 ? null : FiscalYearEnd,
        Maker = Maker is null ? null : EntityId.Parse(Maker),
        Aliases = [.. Aliases.Concat(Listings.SelectMany(listing => listing.Written)).Distinct(StringComparer.Ordinal).Where(alias => alias != Name)],
    };
}
