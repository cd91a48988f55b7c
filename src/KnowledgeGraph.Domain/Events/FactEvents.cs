using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Domain.Events;

/// <summary>A named foundation or specialised model becomes public, in the stage given.</summary>
public sealed record ModelReleased : FactRecorded
{
    public IReadOnlyList<Entity>? Model { get; init; }

    public IReadOnlyList<Entity>? Developer { get; init; }

    public string? Stage { get; init; }

    public decimal? Parameters { get; init; }

    public decimal? ActiveParameters { get; init; }

    public string? License { get; init; }

    public IReadOnlyList<string>? Modalities { get; init; }
}

/// <summary>Something built on models (app, agent, feature, plan) or a device appears under a name of its own.</summary>
public sealed record ProductLaunched : FactRecorded
{
    public IReadOnlyList<Entity>? Product { get; init; }

    public IReadOnlyList<Entity>? Company { get; init; }

    public string? Category { get; init; }

    public string? Stage { get; init; }
}

/// <summary>A chip, or a platform of chips, reaches a stage of its life.</summary>
public sealed record ChipAnnounced : FactRecorded
{
    public IReadOnlyList<Entity>? Chip { get; init; }

    public IReadOnlyList<Entity>? Maker { get; init; }

    public string? Stage { get; init; }
}

/// <summary>A number that describes what a model, product or chip can do.</summary>
public sealed record CapabilityReported : FactRecorded
{
    public IReadOnlyList<Entity>? Subject { get; init; }

    public string? Metric { get; init; }

    public decimal? Value { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Unit { get; init; }

    public string? Currency { get; init; }

    public string? Benchmark { get; init; }

    public string? ComparedTo { get; init; }
}

/// <summary>One thing is built on, follows, replaces, was trained on or runs on another.</summary>
public sealed record LineageReported : FactRecorded
{
    public IReadOnlyList<Entity>? Subject { get; init; }

    public IReadOnlyList<Entity>? Base { get; init; }

    public string? Relation { get; init; }
}

/// <summary>One figure of a company's accounts for one period.</summary>
public sealed record EarningsReported : FactRecorded
{
    public IReadOnlyList<Entity>? Company { get; init; }

    public string? Metric { get; init; }

    public string? Segment { get; init; }

    public string? Period { get; init; }

    public decimal? Amount { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public decimal? Percent { get; init; }

    public string? Currency { get; init; }

    public decimal? YoyPercent { get; init; }

    public decimal? QoqPercent { get; init; }

    public decimal? MomPercent { get; init; }

    public decimal? Consensus { get; init; }

    public decimal? Previous { get; init; }
}

/// <summary>One expected figure: an estimate, a guidance, an outlook.</summary>
public sealed record ForecastIssued : FactRecorded
{
    public IReadOnlyList<Entity>? Issuer { get; init; }

    public IReadOnlyList<Entity>? Subject { get; init; }

    public string? Metric { get; init; }

    public string? Period { get; init; }

    public decimal? Amount { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public decimal? Percent { get; init; }

    public string? Currency { get; init; }

    public string? Unit { get; init; }

    public string? Segment { get; init; }

    public decimal? YoyPercent { get; init; }

    public decimal? QoqPercent { get; init; }

    public decimal? Consensus { get; init; }

    public decimal? Previous { get; init; }
}

/// <summary>A broker rates a share or a sector, or recommends it by name.</summary>
public sealed record RatingIssued : FactRecorded
{
    public IReadOnlyList<Entity>? Broker { get; init; }

    public IReadOnlyList<Entity>? Subject { get; init; }

    public string? Rating { get; init; }

    public string? Action { get; init; }
}

/// <summary>A price is quoted or moves: of a share, an index, an API, a rental, a subscription.</summary>
public sealed record PriceChanged : FactRecorded
{
    public IReadOnlyList<Entity>? Subject { get; init; }

    public string? Instrument { get; init; }

    public string? Period { get; init; }

    public decimal? ChangePercent { get; init; }

    public decimal? Price { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public decimal? PreviousPrice { get; init; }

    public string? Currency { get; init; }

    public string? Unit { get; init; }

    public string? Item { get; init; }

    public decimal? YtdPercent { get; init; }

    public decimal? RelativePoints { get; init; }
}

/// <summary>What a company is said to be worth: market value, valuation, multiple, price target.</summary>
public sealed record ValuationReported : FactRecorded
{
    public IReadOnlyList<Entity>? Subject { get; init; }

    public IReadOnlyList<Entity>? By { get; init; }

    public string? Metric { get; init; }

    public decimal? Value { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Currency { get; init; }

    public string? Period { get; init; }
}

/// <summary>An operating figure that is not in the accounts.</summary>
public sealed record MetricReported : FactRecorded
{
    public IReadOnlyList<Entity>? Subject { get; init; }

    public string? Metric { get; init; }

    public decimal? Value { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Unit { get; init; }

    public string? Currency { get; init; }

    public string? Period { get; init; }

    public decimal? YoyPercent { get; init; }

    public decimal? QoqPercent { get; init; }

    public decimal? MomPercent { get; init; }

    public decimal? Previous { get; init; }
}

/// <summary>A company takes money from investors.</summary>
public sealed record FundingRaised : FactRecorded
{
    public IReadOnlyList<Entity>? Company { get; init; }

    public IReadOnlyList<Entity>? Investors { get; init; }

    public decimal? Amount { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Currency { get; init; }

    public string? Round { get; init; }

    public decimal? Valuation { get; init; }

    public decimal? StakePercent { get; init; }
}

/// <summary>A company files, lists, joins an index or leaves one.</summary>
public sealed record ListingChanged : FactRecorded
{
    public IReadOnlyList<Entity>? Company { get; init; }

    public IReadOnlyList<Entity>? Venue { get; init; }

    public string? Kind { get; init; }
}

/// <summary>Two or more parties agree on something.</summary>
public sealed record DealAnnounced : FactRecorded
{
    public IReadOnlyList<Entity>? Parties { get; init; }

    public IReadOnlyList<Entity>? Customer { get; init; }

    public IReadOnlyList<Entity>? Supplier { get; init; }

    public IReadOnlyList<Entity>? Investor { get; init; }

    public IReadOnlyList<Entity>? Target { get; init; }

    public string? Kind { get; init; }

    public decimal? Amount { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Currency { get; init; }

    public string? Capacity { get; init; }

    public string? Term { get; init; }

    public decimal? StakePercent { get; init; }
}

/// <summary>Access to something existing opens, closes or shifts.</summary>
public sealed record AvailabilityChanged : FactRecorded
{
    public IReadOnlyList<Entity>? Subject { get; init; }

    public IReadOnlyList<Entity>? By { get; init; }

    public IReadOnlyList<Entity>? Affected { get; init; }

    public string? Change { get; init; }

    public string? Region { get; init; }
}

/// <summary>An authority issues a document on AI.</summary>
public sealed record PolicyIssued : FactRecorded
{
    public IReadOnlyList<Entity>? Issuer { get; init; }

    public string? Title { get; init; }

    public string? Jurisdiction { get; init; }
}

/// <summary>A person joins, leaves or is appointed.</summary>
public sealed record PersonMoved : FactRecorded
{
    public IReadOnlyList<Entity>? Person { get; init; }

    public IReadOnlyList<Entity>? From { get; init; }

    public IReadOnlyList<Entity>? To { get; init; }

    public string? Kind { get; init; }

    public string? Title { get; init; }
}
