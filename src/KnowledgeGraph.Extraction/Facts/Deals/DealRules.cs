using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Deals;

/// <summary>Agreements between parties. Order decides between rivals for one figure: takeovers and trades say more than a bare partnership.</summary>
public static class DealRules
{
    private static readonly IReadOnlyList<Rule> Primary = [.. TakeoverRules.All, .. TradeRules.All, .. StakeRules.All, .. TransferRules.All, .. SupplyChainRules.All, .. OrderRules.All, .. VentureRules.All.Where(rule => rule.Id != "deal/later-terms"), .. CooperationRules.All];

    public static IReadOnlyList<Rule> All { get; } = [.. Primary, .. DealFrameRules.All, .. VentureRules.All.Where(rule => rule.Id == "deal/later-terms")];

    /// <summary>The deals that a sentence tells by itself.</summary>
    internal static IEnumerable<FactDraft> DealsOf(SentenceContext context) =>
        Primary.SelectMany(rule => rule.Pattern.In(context.Sentence).SelectMany(match => rule.Build(match, context)));
}
