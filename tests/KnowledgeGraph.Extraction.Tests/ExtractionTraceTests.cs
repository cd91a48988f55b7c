using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Extraction.Facts;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Tests;

public sealed class ExtractionTraceTests
{
    private const string Sample = "英伟达2027财年第一季度营收816.15亿美元，同比增长85%。";

    private static readonly Lazy<VocabularyIndex> Vocabulary = new(() => VocabularyIndex.Load(Path.Combine(Originals.Root(), "seeds", "vocabulary")));

    public static TheoryData<string> Documents() => [.. ProjectReports.All.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void No_rule_breaks_the_contract_or_throws(string name)
    {
        var trace = ProjectReports.Trace(ProjectReports.All.First(path => Path.GetFileName(path) == name));

        Assert.Empty(trace.Rejected.Where(rejected => rejected.Winner is null).Select(rejected => $"{rejected.Draft.Rule}: {rejected.Reason}"));
        Assert.Empty(trace.Faults);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_kept_draft_is_in_one_fact(string name)
    {
        var trace = ProjectReports.Trace(ProjectReports.All.First(path => Path.GetFileName(path) == name));
        var used = trace.Origins.SelectMany(origin => origin.Drafts).ToList();

        Assert.Equal(trace.Report.Facts, trace.Origins.Select(origin => origin.Fact));
        Assert.Equal(used.Count, used.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.True(used.ToHashSet(ReferenceEqualityComparer.Instance).SetEquals(trace.Kept));
    }

    [Fact]
    public void A_loser_names_its_winner()
    {
        var rejected = ProjectReports.Seeds.SelectMany(path => ProjectReports.Trace(path).Rejected).ToList();

        Assert.NotEmpty(rejected);
        Assert.All(rejected, each => Assert.Contains(each.Draft.Consumes, figure => each.Winner!.Consumes.Contains(figure)));
    }

    [Fact]
    public void Each_participant_has_its_resolution_and_reason()
    {
        var trace = ProjectReports.Trace(Encoding.UTF8.GetBytes(Sample), "a.txt");

        var nvidia = Assert.Single(trace.Resolutions, resolved => resolved.Participant.Name == "英伟达");
        Assert.Equal(("company/nvidia", "its only owner"), (nvidia.Entity.Id.ToString(), nvidia.Reason));
    }

    public static TheoryData<string, string> BrokenDrafts() => new()
    {
        { "type", "'Nonsense' is no fact type" },
        { "role", "EarningsReported has no role 'buyer'" },
        { "value", "EarningsReported: value 'amount' is a String, not a Number" },
        { "span", "its evidence is the span 5 to 5 of a text of 33" },
        { "beyond", "its evidence is the span 0 to 1000 of a text of 33" },
        { "name", "'——' is no name" },
    };

    [Theory]
    [MemberData(nameof(BrokenDrafts))]
    public void A_draft_that_breaks_the_contract_is_set_aside_with_the_reason(string defect, string reason)
    {
        var expected = ProjectReports.Trace(Encoding.UTF8.GetBytes(Sample), "a.txt").Report.Facts;

        var trace = TraceWith(new Rule("test/broken", Pattern.Lit("营收"), (_, context) => [Break(Draft(context), defect)]));

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(fact => fact.Id), trace.Report.Facts.Select(fact => fact.Id));
        Assert.Equal(("test/broken", reason), trace.Rejected.Where(rejected => rejected.Winner is null).Select(rejected => (rejected.Draft.Rule, rejected.Reason)).Single());
    }

    [Fact]
    public void A_rule_that_throws_loses_its_own_facts_only()
    {
        var expected = ProjectReports.Trace(Encoding.UTF8.GetBytes(Sample), "a.txt").Report.Facts;

        var trace = TraceWith(new Rule("test/throws", Pattern.Lit("营收"), (_, _) => throw new InvalidOperationException("a bug")));

        Assert.Equal(expected.Select(fact => fact.Id), trace.Report.Facts.Select(fact => fact.Id));
        Assert.Equal(("test/throws", "a bug"), trace.Faults.Select(fault => (fault.Rule, fault.Exception.Message)).Single());
    }

    private static ExtractionTrace TraceWith(Rule rule)
    {
        var extractor = new ReportExtractor(Vocabulary.Value, [rule, .. RuleSet.Sentences], RuleSet.Tables, RuleSet.Documents);
        return Assert.IsType<TraceResult.Traced>(extractor.Trace(Encoding.UTF8.GetBytes(Sample), new ReportHints { FileName = "a.txt" }, CancellationToken.None)).Trace;
    }

    private static FactDraft Draft(SentenceContext context) => new()
    {
        Type = "EarningsReported",
        Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["company"] = [Participant.Unknown("company", "星河智能")] },
        Values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["metric"] = "revenue", ["amount"] = 1m },
        Start = context.Sentence.Block.Start,
        End = context.Sentence.Block.End,
        // A sound rule wants the same figure: the broken draft must not take it away.
        Consumes = [.. context.Sentence.All<MoneyValue>().Select(context.Source)],
    };

    private static FactDraft Break(FactDraft draft, string defect) => defect switch
    {
        "type" => draft with { Type = "Nonsense" },
        "role" => draft with { Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["buyer"] = [Participant.Unknown("company", "星河智能")] } },
        "value" => draft with { Values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["amount"] = "1" } },
        "span" => draft with { Start = 5, End = 5 },
        "beyond" => draft with { End = 1000 },
        "name" => draft with { Roles = new Dictionary<string, IReadOnlyList<Participant>>(StringComparer.Ordinal) { ["company"] = [Participant.Unknown("company", "——")] } },
        _ => throw new ArgumentOutOfRangeException(nameof(defect)),
    };
}
