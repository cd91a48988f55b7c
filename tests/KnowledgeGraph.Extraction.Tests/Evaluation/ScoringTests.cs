using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Evaluation;

namespace KnowledgeGraph.Extraction.Tests.Evaluation;

/// <summary>The scorer against figures recorded from the project's reference scorer, for a made-up report.</summary>
public sealed class ScoringTests
{
    private static readonly Score Score = Scoring.Of(
        Gold.Parse(File.ReadAllText(Fixture("fixture.gold.json"))), Gold.ParseFacts(File.ReadLines(Fixture("fixture.facts.jsonl"))));

    private static readonly JsonNode Recorded = JsonNode.Parse(File.ReadAllText(Fixture("fixture.score.json")))!;

    [Fact]
    public void Precision_recall_and_F1_of_every_type_are_the_reference_scorers()
    {
        var types = Recorded["types"]!.AsObject();

        Assert.Equal(types.Select(type => type.Key).Order(StringComparer.Ordinal), Score.Types.Keys.Order(StringComparer.Ordinal));
        foreach (var (type, row) in types)
        {
            var tally = Score.Types[type];
            Assert.Equal((Number(row![0]), Number(row[1]), Number(row[2]), Number(row[3])), (Round(tally.Precision), Round(tally.Recall), Round(tally.F1), tally.Gold));
        }
    }

    [Fact]
    public void Totals_are_the_reference_scorers()
    {
        var micro = Recorded["micro"]!;

        Assert.Equal((Number(micro["p"]), Number(micro["r"]), Number(micro["f1"])), (Round(Score.Micro.Precision), Round(Score.Micro.Recall), Round(Score.Micro.F1)));
        Assert.Equal(Number(Recorded["macroF1"]), Round(Score.MacroF1));
        Assert.Equal(Number(Recorded["relaxedRecall"]), Round(Score.RelaxedRecall));
        Assert.Equal((Number(Recorded["gold"]), Number(Recorded["output"])), (Score.Micro.Gold, Score.Micro.Output));
    }

    [Fact]
    public void Accuracies_of_details_are_the_reference_scorers()
    {
        foreach (var (detail, share) in Recorded["accuracyOfMatched"]!.AsObject())
            Assert.Equal((detail, Number(share)), (detail, Round(Score.Details[detail].Share)));
    }

    [Fact]
    public void A_missed_fact_told_as_another_type_is_a_confusion()
    {
        var confusion = Assert.Single(Score.Confusions);

        Assert.Equal(("ListingChanged", "FundingRaised"), (confusion.Gold["type"]!.ToString(), confusion.Output["type"]!.ToString()));
    }

    [Fact]
    public void Pooling_adds_up_before_it_divides()
    {
        var pooled = Score.Pool([Score, Score]);

        Assert.Equal((Score.Micro.Gold * 2, Score.Micro.Output * 2, Score.Micro.F1), (pooled.Micro.Gold, pooled.Micro.Output, pooled.Micro.F1));
    }

    private static string Fixture(string file) => Path.Combine(Originals.Root(), "tests", "KnowledgeGraph.Extraction.Tests", "Evaluation", file);

    private static decimal Number(JsonNode? node) => Round(node!.GetValue<decimal>());

    private static decimal Round(decimal number) => Math.Round(number, 9);
}
