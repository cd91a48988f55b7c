using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts;
using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Tests.Facts;

/// <summary>Every rule file has a corpus beside it: texts with exactly the facts that they must yield, and texts that must yield none.</summary>
public sealed class CorpusTests
{
    private static readonly Lazy<ReportExtractor> Extractor = new(() => ReportExtractor.Load(Path.Combine(Originals.Root(), "seeds", "vocabulary")));

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<CorpusExample>> Corpora = CorpusFile.LoadAll();

    public static TheoryData<string, int, string> Examples()
    {
        var rows = new TheoryData<string, int, string>();
        foreach (var (group, examples) in Corpora)
        {
            foreach (var example in examples)
                rows.Add(group, example.Line, example.Text.Length > 60 ? example.Text[..60] : example.Text);
        }

        return rows;
    }

    public static TheoryData<string> Groups() => [.. Corpora.Keys];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_text_yields_exactly_the_facts_listed(string group, int line, string text)
    {
        var example = Corpora[group].Single(e => e.Line == line);

        var problems = CorpusComparison.Problems(example, Facts(example));

        if (problems.Count > 0)
            Assert.Fail($"Facts/{group}/Corpus.yaml:{line}: {text}\n  {string.Join("\n  ", problems)}");
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_rule_of_a_group_wins_an_example(string group)
    {
        var winners = Corpora.Values.SelectMany(examples => examples).SelectMany(Facts).Select(fact => fact.Rule).ToHashSet(StringComparer.Ordinal);

        Assert.All(RulesOf(group), id => Assert.Contains(id, winners));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_corpus_has_texts_without_facts(string group) => Assert.Contains(Corpora[group], example => example.Facts.Count == 0);

    private static IReadOnlyList<Fact> Facts(CorpusExample example)
    {
        var result = Extractor.Value.Extract(
            System.Text.Encoding.UTF8.GetBytes(example.Text), new ReportHints { FileName = "example.txt", Date = example.Date, Publisher = example.Publisher }, CancellationToken.None);
        return result is ExtractionResult.Extracted extracted ? extracted.Report.Facts : throw new InvalidOperationException($"Unreadable: {example.Text}");
    }

    // A group's rules are those built in its folder's namespace.
    private static IEnumerable<string> RulesOf(string group) =>
        RuleSet.Sentences.Select(rule => (rule.Id, rule.Build.Method)).Concat(RuleSet.Tables.Select(rule => (rule.Id, rule.Build.Method)))
            .Where(rule => rule.Method.DeclaringType!.Namespace!.EndsWith("." + group, StringComparison.Ordinal)).Select(rule => rule.Id);
}
