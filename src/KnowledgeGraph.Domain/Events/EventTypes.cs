namespace KnowledgeGraph.Domain.Events;

/// <summary>
/// The names under which events are stored, for ever: a record may be renamed, its stored name may not. Marten's daemon filters by
/// these names, hence snake_case.
/// </summary>
public static class EventTypes
{
    private static readonly (string Name, Type Type)[] Table =
    [
        ("report_registered", typeof(ReportRegistered)),
        ("model_released", typeof(ModelReleased)),
        ("product_launched", typeof(ProductLaunched)),
        ("chip_announced", typeof(ChipAnnounced)),
        ("capability_reported", typeof(CapabilityReported)),
        ("lineage_reported", typeof(LineageReported)),
        ("earnings_reported", typeof(EarningsReported)),
        ("forecast_issued", typeof(ForecastIssued)),
        ("rating_issued", typeof(RatingIssued)),
        ("price_changed", typeof(PriceChanged)),
        ("valuation_reported", typeof(ValuationReported)),
        ("metric_reported", typeof(MetricReported)),
        ("funding_raised", typeof(FundingRaised)),
        ("listing_changed", typeof(ListingChanged)),
        ("deal_announced", typeof(DealAnnounced)),
        ("availability_changed", typeof(AvailabilityChanged)),
        ("policy_issued", typeof(PolicyIssued)),
        ("person_moved", typeof(PersonMoved)),
        ("fact_retracted", typeof(FactRetracted)),
        ("fact_corrected", typeof(FactCorrected)),
        ("fact_confirmed", typeof(FactConfirmed)),
        ("fact_denied", typeof(FactDenied)),
        ("entities_merged", typeof(EntitiesMerged)),
        ("entities_split", typeof(EntitiesSplit)),
        ("alias_added", typeof(AliasAdded)),
        ("publisher_hidden", typeof(PublisherHidden)),
        ("curation_undone", typeof(CurationUndone)),
    ];

    private static readonly Dictionary<string, Type> ByName = Table.ToDictionary(row => row.Name, row => row.Type, StringComparer.Ordinal);

    private static readonly Dictionary<Type, string> ByType = Table.ToDictionary(row => row.Type, row => row.Name);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The stored name of an event record.</summary>
    public static string NameOf(Type type) => ByType[type];

    /// <summary>The record behind a stored name; null where this version does not know the name.</summary>
    public static Type? Find(string name) => ByName.GetValueOrDefault(name);
}
