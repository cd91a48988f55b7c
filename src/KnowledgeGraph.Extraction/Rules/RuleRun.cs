using KnowledgeGraph.Extraction.Reading;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Phase 4: all rules over all sentences and tables. A rule that throws loses its match, and the fault is noted.</summary>
public sealed class RuleRun
{
    // A pattern with gaps may match in many ways; past the first few the words are too far apart to mean each other.
    private const int Ways = 8;

    private readonly List<FactDraft> drafts = [];
    private readonly List<RuleFault> faults = [];
    private readonly List<int> starts = [];

    private readonly IReadOnlyList<Rule> sentenceRules;
    private readonly IReadOnlyList<TableRule> tableRules;

    private RuleRun(IReadOnlyList<Rule> sentenceRules, IReadOnlyList<TableRule> tableRules) => (this.sentenceRules, this.tableRules) = (sentenceRules, tableRules);

    /// <param name="sentenceRules">Rules for sentences, in the order that decides between equals.</param>
    /// <param name="tableRules">Rules for tables, likewise.</param>
    /// <param name="documentRules">Rules for the report as a whole, likewise.</param>
    /// <param name="blocks">The document's blocks in its order, null for those that rules do not read.</param>
    /// <returns>Drafts in the order of text and rules, and the rules that threw.</returns>
    public static (List<FactDraft> Drafts, IReadOnlyList<RuleFault> Faults) Over(
        IReadOnlyList<Rule> sentenceRules, IReadOnlyList<TableRule> tableRules, IReadOnlyList<DocumentRule> documentRules, IReadOnlyList<AnnotatedBlock?> blocks, ReportContext context, CancellationToken ct)
    {
        var run = new RuleRun(sentenceRules, tableRules);
        for (var index = 0; index < blocks.Count; index++)
        {
            ct.ThrowIfCancellationRequested();
            if (blocks[index] is { } block)
                run.Read(block, BlockTopics.Of(index, blocks, context), context);
        }

        // Last, so that where the body says what the cover says, the body leads as evidence.
        foreach (var rule in documentRules)
            run.Try(rule.Id, 0, () => run.Add(rule.Id, rule.Build(context)));
        return (run.drafts, run.faults);
    }

    private void Read(AnnotatedBlock block, BlockTopic topic, ReportContext context)
    {
        if (block.Block.Table is { } table)
        {
            foreach (var part in TableShapes.Of(table, context))
                ReadTable(new TableContext(context, block.Block with { Table = part }, topic));
            foreach (var cell in table.Rows.Skip(table.HeaderRows).SelectMany(row => row).Where(IsProse).DistinctBy(cell => cell.Start))
                ReadProse(Annotator.Annotate(block.Block with { Passage = cell.Passage }, context), topic, context);
        }

        ReadProse(block, topic, context);
    }

    // A table of news or judgements holds whole sentences.
    private static bool IsProse(Cell cell) => cell.Passage.Text is { Length: >= 12 } text && (text.Contains('。', StringComparison.Ordinal) || (text.Length >= 40 && text.Contains(", ", StringComparison.Ordinal)));

    private void ReadProse(AnnotatedBlock block, BlockTopic topic, ReportContext context)
    {
        SentenceContext? previous = null;
        foreach (var sentence in block.Sentences)
        {
            var here = new SentenceContext(context, sentence, topic, previous);
            foreach (var rule in sentenceRules)
            {
                // Most rules have nothing to look for in most sentences: that must cost no more than the question.
                if (rule.Pattern.MayMatch(sentence))
                    Read(rule, here);
            }

            previous = here;
        }
    }

    private void ReadTable(TableContext table)
    {
        foreach (var rule in tableRules)
            Try(rule.Id, table.Block.Start, () => Add(rule.Id, rule.Build(table)));
    }

    private void Read(Rule rule, SentenceContext context)
    {
        starts.Clear();
        rule.Pattern.FindStarts(context.Sentence, starts);
        if (starts.Count > 0)
            Try(rule.Id, context.Sentence.Block.Start, () => Build(rule, context));
    }

    // At each start the first way to match of which the rule makes something.
    private void Build(Rule rule, SentenceContext context)
    {
        foreach (var start in starts)
        {
            var ways = 0;
            rule.Pattern.Try(start, context.Sentence, match => Add(rule.Id, rule.Build(match, context)) || ++ways == Ways);
        }
    }

    private bool Add(string rule, IEnumerable<FactDraft> built)
    {
        var before = drafts.Count;
        foreach (var draft in built)
            drafts.Add(draft with { Rule = rule });
        return drafts.Count > before;
    }

    // What the rule built before it threw stands: each draft is whole.
    private void Try(string rule, int start, Action build)
    {
        try
        {
            build();
        }
#pragma warning disable CA1031 // whatever a rule throws is that rule's bug; the report's other facts are sound
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            faults.Add(new RuleFault(rule, start, exception));
        }
    }
}
