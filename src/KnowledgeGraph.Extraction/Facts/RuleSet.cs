using KnowledgeGraph.Extraction.Facts.Availability;
using KnowledgeGraph.Extraction.Facts.Capabilities;
using KnowledgeGraph.Extraction.Facts.Covers;
using KnowledgeGraph.Extraction.Facts.Deals;
using KnowledgeGraph.Extraction.Facts.Earnings;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Facts.Funding;
using KnowledgeGraph.Extraction.Facts.Lineage;
using KnowledgeGraph.Extraction.Facts.Listings;
using KnowledgeGraph.Extraction.Facts.Metrics;
using KnowledgeGraph.Extraction.Facts.People;
using KnowledgeGraph.Extraction.Facts.Policies;
using KnowledgeGraph.Extraction.Facts.Prices;
using KnowledgeGraph.Extraction.Facts.Ratings;
using KnowledgeGraph.Extraction.Facts.Releases;
using KnowledgeGraph.Extraction.Facts.Valuations;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts;

/// <summary>All rules, in the order that decides between equals.</summary>
public static class RuleSet
{
    /// <summary>Raised with every change that may change a fact; recorded with each fact beside the vocabulary's fingerprint.</summary>
    public const string Version = "1";

    public static IReadOnlyList<Rule> Sentences { get; } =
    [
        .. DealRules.All,
        .. OpeningRules.All, .. AccessRules.All, .. ChangeRules.All, .. ReviewRules.All,
        .. FundingRules.All, .. FundingFrameRules.All, .. ListingRules.All, .. InclusionRules.All, .. ListingFrameRules.All, .. PolicyRules.All, .. PersonRules.All, .. SuccessionRules.All,
        .. ReleaseRules.All, .. NewItemRules.All, .. DatedLineRules.All, .. DeviceDueRules.All, .. DescribedProductRules.All, .. ChipRules.All, .. LineageRules.All, .. LineageFrameRules.All,
        .. BenchmarkRules.All, .. ComparedFigureRules.All, .. SpecificationRules.All, .. RelativeRules.All, .. RankRules.All, .. StatedFigureRules.All,
        .. EarningsRules.All, .. InTurnRules.All, .. PartRules.All, .. CarriedFigureRules.All, .. ShareOfWholeRules.All,
        .. YearListRules.All, .. IndustryRules.All, .. GuidanceRules.All, .. PlanRules.All, .. InvestmentRules.All,
        .. RespectivelyRules.All, .. TenderRules.All, .. MetricRules.All, .. ShareRules.All, .. CarriedMetricRules.All,
        .. PriceMoveRules.All, .. EnglishQuoteRules.All, .. PriceListRules.All, .. PlanChangeRules.All, .. LeaseRules.All, .. GoodsPriceRules.All, .. ContractPriceRules.All,
        .. RatingTextRules.All, .. BrokerActionRules.All, .. RecommendationRules.All,
        .. ValuationTextRules.All,
    ];

    public static IReadOnlyList<DocumentRule> Documents { get; } = [.. CardRules.All, .. CoverRatingRules.All, .. CoverFigureRules.All];

    public static IReadOnlyList<TableRule> Tables { get; } =
        [.. PriceTableRules.All, .. PriceTagTableRules.All, .. ReleaseTableRules.All, .. ChipTableRules.All, .. RatingTableRules.All, .. ValuationTableRules.All, .. MetricTableRules.All, .. EstimateTableRules.All, .. IndustryTableRules.All, .. BenchmarkTableRules.All, .. SpecificationTableRules.All, .. RoundTableRules.All, .. PolicyTableRules.All];
}
