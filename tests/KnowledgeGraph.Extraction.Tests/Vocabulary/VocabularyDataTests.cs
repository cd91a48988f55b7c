using System.Text.Json;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests.Vocabulary;

/// <summary>The real data of seeds/vocabulary.</summary>
public class VocabularyDataTests(ITestOutputHelper output)
{
    private static readonly VocabularyIndex Index = VocabularyIndex.Load(VocabularyFolder.Find());

    /// <summary>Names that several companies really share; every other shared alias is a slip.</summary>
    private static readonly HashSet<string> Ambiguous = new(StringComparer.Ordinal) { "超微" };

    /// <summary>Contract words of the closed lists of metric (accounts, operating, capability, valuation).</summary>
    private static readonly HashSet<string> MetricWords = new(StringComparer.Ordinal)
    {
        "revenue", "net-income", "adjusted-net-income", "operating-income", "gross-margin", "adjusted-gross-margin", "operating-margin", "eps", "adjusted-eps",
        "pe", "capex", "free-cash-flow", "share-buyback", "dividend-per-share", "shareholder-return", "revenue-share", "industry-spend", "market-size", "users",
        "paying-users", "value-of-deal", "orders", "capacity", "other", "mau", "dau", "tokens-processed", "market-share", "run-rate-revenue", "downloads",
        "customers", "activity", "output-speed", "parameters", "active-parameters", "context-window", "max-output", "benchmark-score", "rank", "cost",
        "training-cost", "memory", "latency", "speed-up", "runtime", "tool-calls", "price", "market-cap", "valuation", "pe-ttm", "percentile", "price-target",
    };

    [Fact]
    public void No_two_companies_share_a_name_by_accident()
    {
        var shared = Index.Entries.Where(entry => entry.Kind == EntityKind.Company)
            .SelectMany(entry => entry.Aliases.Append(entry.Name).Concat(entry.Listings.SelectMany(listing => listing.Dotted))
                .Select(alias => (Key: SurfaceForm.From(entry, alias, false, Place.Anywhere).Key, entry.Id)))
            .Distinct()
            .GroupBy(pair => pair.Key, pair => pair.Id)
            .Where(group => group.Count() > 1 && !Ambiguous.Contains(group.Key))
            .Select(group => $"{group.Key}: {string.Join(", ", group)}");
        Assert.Empty(shared);
    }

    [Fact]
    public void Every_name_finds_its_own_entry()
    {
        var lost = Index.Entries.Where(entry => !Index.Find(Passages.Of(entry.Name)).Any(mention => mention.Start == 0 && mention.End == entry.Name.Length && mention.Candidates.Contains(entry.Id)))
            .Select(entry => entry.Id);
        Assert.Empty(lost);
    }

    [Fact]
    public void Every_metric_has_a_word_of_the_contract_and_a_kind()
    {
        var wrong = Index.Entries.Where(entry => entry.Kind == TermKind.Metric)
            .Where(entry => !MetricWords.Contains(entry.Value) || entry.MetricKinds.Count == 0
                || entry.MetricKinds.Except(["account", "forecast", "operating", "capability", "valuation"]).Any())
            .Select(entry => entry.Id);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Currencies_are_of_three_capitals()
    {
        var wrong = Index.Entries.SelectMany(entry => entry.Listings.Select(listing => listing.Market.Currency).Append(entry.Home ?? "USD"))
            .Where(currency => currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Both_scripts_and_the_ticker_lead_to_one_company()
    {
        foreach (var name in new[] { "英伟达", "輝達", "英偉達", "辉达", "NVIDIA", "Nvidia", "NVDA.O", "NVDA US", "NVDA" })
            Assert.Equal("company/nvidia", Index.MatchWhole(name)?.Id);
    }

    [Fact]
    public void Loading_takes_well_below_a_second()
    {
        // The least of several runs: a busy machine only adds.
        var least = Enumerable.Range(0, 5).Min(_ =>
        {
            var clock = new WorkClock();
            VocabularyIndex.Load(VocabularyFolder.Find());
            return (long)clock.Elapsed.TotalMilliseconds;
        });
        output.WriteLine($"{least} ms for {Index.Entries.Count} entries; "
            + string.Join(", ", Index.Entries.GroupBy(entry => entry.Kind).Select(group => $"{group.Key} {group.Count()}")));
        Assert.InRange(least, 0, 1000);
    }

    [Fact]
    public void Any_text_gives_spans_inside_it_and_known_entries()
    {
        const string Letters = "英伟达輝智谱国金中芯百度元宝GLMQwen5.1-Max 0700.HK()（）$:,，、AINET\n2330\uD840\u0301ﬁ％";
        var random = new Random(20260101);
        for (var round = 0; round < 3000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)])]);
            foreach (var mention in Index.Find(Passages.Of(text)))
            {
                Assert.InRange(mention.Start, 0, mention.End - 1);
                Assert.InRange(mention.End, 1, text.Length);
                Assert.All(mention.Candidates, id => Assert.Equal(mention.Kind, Index.Entry(id).Kind));
            }

            Index.MatchWhole(text);
            Index.FamilyOf(text);
        }
    }

    [Fact]
    public void Most_companies_of_the_gold_are_known()
    {
        var names = GoldNames("developer", "maker", "company", "customer", "supplier").ToList();
        Assert.SkipWhen(names.Count == 0, "no originals");
        var missed = names.Where(alternatives => alternatives.All(name => Index.MatchWhole(name) is null)).Select(alternatives => alternatives[0]).ToList();
        output.WriteLine($"{names.Count - missed.Count} of {names.Count}; missed: {string.Join(", ", missed)}");
        Assert.InRange(missed.Count, 0, names.Count / 10);
    }

    /// <summary>For each distinct filler of these roles, the names that the gold accepts.</summary>
    private static IEnumerable<string[]> GoldNames(params string[] roles)
    {
        var folder = Path.Combine(VocabularyFolder.Find(), "..", "..", "..", "shared", "gold");
        if (!Directory.Exists(folder))
            return [];
        return Directory.GetFiles(folder, "*.json").SelectMany(file =>
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            return json.RootElement.GetProperty("facts").EnumerateArray()
                .SelectMany(fact => fact.GetProperty("roles").EnumerateObject())
                .Where(role => roles.Contains(role.Name) && role.Value.ValueKind == JsonValueKind.Array && role.Value.GetArrayLength() > 0)
                .Select(role => role.Value.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToArray())
                .Where(names => names.Length > 0)
                .ToList();
        }).DistinctBy(names => names[0]);
    }
}
