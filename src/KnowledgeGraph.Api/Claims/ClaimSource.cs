using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Api.Claims;

/// <summary>
/// Whose number a fact gives, and where that comes from.
/// <para>
/// Origins make reports independent: two reports that cite the same named source have one origin between them, and so have two that cite an
/// unnamed source of the same day, since nobody can tell such sources apart. Of several sources the innermost named one counts: whoever
/// tells what Reuters heard from people familiar tells Reuters' news. A forecast belongs to its issuer, whoever prints it. A report that
/// names no source speaks for itself and is an origin of its own.
/// </para>
/// </summary>
/// <param name="Speaker">An entity's id, <c>source/NAME</c>, <c>unnamed/DAY</c> or <c>report/ID</c>.</param>
/// <param name="Origin">The same, but <c>report/ID</c> where the publisher speaks.</param>
/// <param name="IsUnnamed">Nobody stands to it by name.</param>
internal sealed record ClaimSource(string Speaker, string Origin, bool IsUnnamed)
{
    public static ClaimSource Of(HeldFact held)
    {
        var sources = Distinct(held.Fact.Attribution);
        if (sources.Count > 0 && sources.All(Qualifiers.IsUnnamed))
            return One($"unnamed/{DayOf(held) ?? held.ReportId}", isUnnamed: true);
        if (IssuerOf(held.Fact) is { } issuer)
            return One(issuer, isUnnamed: false);
        if (sources.LastOrDefault(source => !Qualifiers.IsUnnamed(source)) is { } named)
            return One($"source/{Fold(named)}", isUnnamed: false);
        var report = $"report/{held.ReportId}";
        return new ClaimSource(held.PublisherId ?? report, report, IsUnnamed: false);
    }

    /// <summary>A name as names are compared: width, script and case made one.</summary>
    public static string Fold(string name) => Folding.Fold(name).Trim().ToLowerInvariant();

    /// <summary>The one who issues a forecast or sets a price target; null for other facts.</summary>
    public static string? IssuerOf(Fact fact) =>
        (fact.Roles.TryGetValue("issuer", out var who) || fact.Roles.TryGetValue("by", out who)) && who.Count == 1 ? who[0].Id.ToString() : null;

    private static ClaimSource One(string who, bool isUnnamed) => new(who, who, isUnnamed);

    // A name within another name of the same list is that name cut short.
    private static List<string> Distinct(IReadOnlyList<string> sources) =>
        [.. sources.Where((source, i) => !sources.Where((other, j) => j != i && (other.Length > source.Length || (other == source && j < i))).Any(other => other.Contains(source, StringComparison.OrdinalIgnoreCase)))];

    private static string? DayOf(HeldFact held) =>
        PartialDate.TryParse(held.Fact.When) is { IsDay: true } when ? when.Text : held.Published?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
