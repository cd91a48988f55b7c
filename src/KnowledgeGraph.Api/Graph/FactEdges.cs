using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;

namespace KnowledgeGraph.Api.Graph;

/// <summary>An edge, by the ids of its ends.</summary>
internal readonly record struct EdgeKey(string Source, string Relation, string Target);

/// <summary>
/// THE EDGES that a fact carries, each from the one who does to the one to whom it is done.
/// <para>
/// A fact begins an edge, ends it (a person leaves, a listing ends, a restriction is lifted) or denies it; one that ends it says all the
/// same that it was. A deal whose sides the report tells gives an edge of that side's relation; without sides its parties are partners,
/// whatever its kind. Partnership has no direction: the smaller id comes first. Numbers, policies and prices carry no edge.
/// </para>
/// </summary>
internal static class FactEdges
{
    private const string PartnerOf = "partner-of";

    private static readonly string[] Lineage = ["built-on", "successor-of", "replaces", "trained-on", "trained-by-data-of", "runs-on"];

    /// <summary>Every relation.</summary>
    public static IReadOnlyList<string> Relations { get; } =
    [
        "developed", "launched", "makes", .. Lineage, "supplies", "customer-of", "invested-in", PartnerOf, "acquired", "rates", "listed-on", "restricted-by", "works-at",
    ];

    /// <summary>The edges, and whether the fact begins or ends each; a fact that denies, or that was denied, denies all of them.</summary>
    public static IEnumerable<(EdgeKey Edge, string Effect)> Of(Fact fact)
    {
        var all = Told(fact).Where(edge => edge.Edge.Source != edge.Edge.Target).Distinct();
        return fact.Status == FactStatus.Denied || fact.Standing == FactStanding.Denied ? all.Select(edge => (edge.Edge, "denies")).Distinct() : all;
    }

    /// <summary>How sure the edge is. A company that has filed for a listing is not listed yet.</summary>
    public static string StatusOf(Fact fact) =>
        fact is { Type: "ListingChanged", Status: FactStatus.Reported } && Text(fact, "kind") == "ipo-filing" ? "announced" : FactJson.StatusName(fact.Status);

    private static IEnumerable<(EdgeKey Edge, string Effect)> Told(Fact fact) => fact.Type switch
    {
        "ModelReleased" => Pairs(fact, "developer", "developed", "model"),
        "ProductLaunched" => Pairs(fact, "company", "launched", "product"),
        "ChipAnnounced" => Pairs(fact, "maker", "makes", "chip"),
        "LineageReported" when Text(fact, "relation") is { } relation && Lineage.Contains(relation) => Pairs(fact, "subject", relation, "base"),
        "FundingRaised" => Pairs(fact, "investors", "invested-in", "company"),
        "RatingIssued" => Pairs(fact, "broker", "rates", "subject"),
        "ListingChanged" => Pairs(fact, "company", "listed-on", "venue", ends: Text(fact, "kind") == "delisting"),
        "AvailabilityChanged" when Text(fact, "change") is "restricted" or "lifted" => Restrictions(fact, ends: Text(fact, "change") == "lifted"),
        "PersonMoved" when Text(fact, "kind") == "left" => Pairs(fact, "person", "works-at", "from", ends: true),
        "PersonMoved" => Pairs(fact, "person", "works-at", "to").Concat(Pairs(fact, "person", "works-at", "from", ends: true)),
        "DealAnnounced" => Deal(fact),
        _ => [],
    };

    private static IEnumerable<(EdgeKey Edge, string Effect)> Restrictions(Fact fact, bool ends) =>
        Pairs(fact, "subject", "restricted-by", "by", ends).Concat(Pairs(fact, "affected", "restricted-by", "by", ends));

    private static IEnumerable<(EdgeKey Edge, string Effect)> Deal(Fact fact)
    {
        var parties = Role(fact, "parties");
        (string Role, string Relation, string OtherRole)[] sides = Text(fact, "kind") switch
        {
            "compute" or "supply" or "licensing" => [("supplier", "supplies", "customer"), ("customer", "customer-of", "supplier")],
            "investment" => [("investor", "invested-in", "target")],
            "acquisition" => [("investor", "acquired", "target")],
            _ => [],
        };
        var told = sides.SelectMany(side => Sided(side.Role, side.Relation, side.OtherRole)).ToList();
        if (told.Count > 0)
            return told;
        return from one in parties from other in parties where string.CompareOrdinal(one, other) < 0 select (new EdgeKey(one, PartnerOf, other), "begins");

        // The other side is the one that the report names, else all the other parties.
        IEnumerable<(EdgeKey Edge, string Effect)> Sided(string role, string relation, string otherRole)
        {
            var named = Role(fact, otherRole);
            return from one in Role(fact, role) from other in named.Count > 0 ? named : parties select (new EdgeKey(one, relation, other), "begins");
        }
    }

    private static IEnumerable<(EdgeKey Edge, string Effect)> Pairs(Fact fact, string sources, string relation, string targets, bool ends = false) =>
        from source in Role(fact, sources) from target in Role(fact, targets) select (new EdgeKey(source, relation, target), ends ? "ends" : "begins");

    private static List<string> Role(Fact fact, string role) =>
        [.. fact.Roles.GetValueOrDefault(role, Array.Empty<Entity>()).Select(entity => entity.Id.ToString())];

    private static string? Text(Fact fact, string value) => fact.Values.GetValueOrDefault(value)?.ToString();
}
