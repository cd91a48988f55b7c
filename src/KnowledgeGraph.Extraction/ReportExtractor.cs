using System.Security.Cryptography;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction;

/// <summary>
/// A report's bytes to its facts, in six phases: read and normalise, find mentions, find values, match rules, consolidate, resolve. Pure and
/// safe for many threads: the same bytes, hints and ruleset give the same facts.
/// </summary>
public sealed class ReportExtractor(VocabularyIndex vocabulary)
{
    /// <summary>Version of rules and vocabulary, as <c>1+3f9c2a</c>; recorded with every fact.</summary>
    public string Ruleset { get; } = $"{RuleSet.Version}+{vocabulary.Fingerprint}";

    /// <param name="vocabularyFolder">A folder like <c>seeds/vocabulary</c>.</param>
    public static ReportExtractor Load(string vocabularyFolder) => new(VocabularyIndex.Load(vocabularyFolder));

    public ExtractionResult Extract(ReadOnlyMemory<byte> bytes, ReportHints hints, CancellationToken ct)
    {
        var read = DocumentReader.Read(bytes, hints.FileName, hints.MediaType);
        if (read is ReadResult.Unreadable unreadable)
            return new ExtractionResult.Unreadable(unreadable.Reason, unreadable.Message);
        var document = ((ReadResult.Read)read).Document;
        var metadata = ReportMetadataReader.Read(document, hints);
        var reportId = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var publisher = PublisherOf(metadata);
        var context = new ReportContext(document, metadata, vocabulary, new ValueContext(metadata.ReferenceDay, metadata.HomeCurrency, metadata.Covers)) { Publisher = publisher };
        var drafts = FindDrafts(context, ct);
        var (kept, _) = Consolidation.Resolve(drafts);
        var resolver = new Resolver(vocabulary, kept);
        return new ExtractionResult.Extracted(new ExtractedReport
        {
            ReportId = reportId,
            Document = document,
            Metadata = metadata,
            Publisher = publisher is null ? null : resolver.Resolve(publisher).Entity,
            Facts = FactAssembly.Assemble(reportId, document.Text, kept, resolver),
            Ruleset = Ruleset,
        });
    }

    private static List<FactDraft> FindDrafts(ReportContext plain, CancellationToken ct)
    {
        var blocks = plain.Document.Blocks
            .Select(block => block.Kind is BlockKind.Decoy or BlockKind.SourceLine or BlockKind.Caption ? null : Annotator.Annotate(block, plain))
            .ToList();
        var context = plain with { MainPeriod = MainPeriod(blocks), Kinds = NameKinds.Of(blocks.OfType<AnnotatedBlock>()) };
        var drafts = new List<FactDraft>();
        for (var index = 0; index < blocks.Count; index++)
        {
            if (blocks[index] is not { } block)
                continue;
            ct.ThrowIfCancellationRequested();
            var topic = BlockTopics.Of(index, blocks, context.Kinds);
            if (block.Block.Table is not null)
                drafts.AddRange(FromTable(new TableContext(context, block.Block, topic)));
            SentenceContext? previous = null;
            foreach (var sentence in block.Sentences)
            {
                var here = new SentenceContext(context, sentence, topic, previous);
                drafts.AddRange(FromSentence(here));
                previous = here;
            }
        }

        return drafts;
    }

    private static PeriodValue? MainPeriod(IEnumerable<AnnotatedBlock?> blocks) =>
        blocks.OfType<AnnotatedBlock>().SelectMany(block => block.All<PeriodValue>())
            .Where(period => !period.IsYearImplied && period.Label.Contains('Q', StringComparison.Ordinal))
            .GroupBy(period => period.Label).OrderByDescending(group => group.Count()).FirstOrDefault()?.First();

    private static IEnumerable<FactDraft> FromTable(TableContext table) =>
        RuleSet.Tables.SelectMany(rule => rule.Build(table).Select(draft => draft with { Rule = rule.Id }));

    private static IEnumerable<FactDraft> FromSentence(SentenceContext context) =>
        RuleSet.Sentences.SelectMany(rule => rule.Pattern.AllIn(context.Sentence).SelectMany(ways => FirstBuilt(rule, ways, context)).Select(draft => draft with { Rule = rule.Id }));

    // A pattern with gaps may match in many ways; past the first few the words are too far apart to mean each other.
    private static IReadOnlyList<FactDraft> FirstBuilt(Rule rule, IEnumerable<PatternMatch> ways, SentenceContext context) =>
        ways.Take(8).Select(match => (IReadOnlyList<FactDraft>)[.. rule.Build(match, context)]).FirstOrDefault(drafts => drafts.Count > 0) ?? [];

    private Participant? PublisherOf(ReportMetadata metadata)
    {
        if (metadata.Publisher is not { } name)
            return null;
        var entry = vocabulary.MatchWhole(name, EntityKind.Publisher);
        return entry is null ? Participant.Unknown(EntityKind.Publisher, name) : new Participant(EntityKind.Publisher, name, [entry.Id]);
    }
}
