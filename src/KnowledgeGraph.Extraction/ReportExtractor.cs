using System.Security.Cryptography;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts;
using KnowledgeGraph.Extraction.Facts.Earnings;
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
public sealed class ReportExtractor(VocabularyIndex vocabulary, IReadOnlyList<Rule> sentenceRules, IReadOnlyList<TableRule> tableRules, IReadOnlyList<DocumentRule> documentRules)
{
    public ReportExtractor(VocabularyIndex vocabulary)
        : this(vocabulary, RuleSet.Sentences, RuleSet.Tables, RuleSet.Documents)
    {
    }

    /// <summary>Version of rules and vocabulary, as <c>1+3f9c2a</c>; recorded with every fact.</summary>
    public string Ruleset { get; } = $"{RuleSet.Version}+{vocabulary.Fingerprint}";

    /// <param name="vocabularyFolder">A folder like <c>seeds/vocabulary</c>.</param>
    public static ReportExtractor Load(string vocabularyFolder) => new(VocabularyIndex.Load(vocabularyFolder));

    public ExtractionResult Extract(ReadOnlyMemory<byte> bytes, ReportHints hints, CancellationToken ct) => Trace(bytes, hints, ct) switch
    {
        TraceResult.Traced traced => new ExtractionResult.Extracted(traced.Trace.Report),
        TraceResult.Unreadable unreadable => new ExtractionResult.Unreadable(unreadable.Reason, unreadable.Message),
        _ => throw new InvalidOperationException("Extraction ended in no known way."),
    };

    /// <summary>The same extraction with all that it found on the way.</summary>
    public TraceResult Trace(ReadOnlyMemory<byte> bytes, ReportHints hints, CancellationToken ct)
    {
        var read = DocumentReader.Read(bytes, hints.FileName, hints.MediaType);
        if (read is ReadResult.Unreadable unreadable)
            return new TraceResult.Unreadable(unreadable.Reason, unreadable.Message);
        var document = ((ReadResult.Read)read).Document;
        var metadata = ReportMetadataReader.Read(document, hints);
        var context = new ReportContext(document, metadata, vocabulary, new ValueContext(metadata.ReferenceDay, metadata.HomeCurrency, metadata.Covers)) { Publisher = PublisherOf(metadata), MarketDay = MarketDays.Of(document, metadata) };
        var (blocks, unread) = Annotate(context, ct);
        if (Introductions.Find([.. blocks.OfType<AnnotatedBlock>()]) is { Count: > 0 } introduced)
        {
            context = context with { Vocabulary = vocabulary.With(introduced) };
            blocks = [.. blocks.Select(block => block is not null && introduced.Any(entry => entry.Aliases.Append(entry.Name).Any(name => block.Block.Passage.Text.Contains(name, StringComparison.Ordinal))) ? Annotator.Annotate(block.Block, context) : block)];
        }

        var company = CoverCompany.Find(context, blocks);
        context = context with { MainPeriod = MainPeriod(blocks, context, company), MainCompany = company, IsOnResults = IsOnResults(context), Kinds = NameKinds.Of(blocks.OfType<AnnotatedBlock>(), context.Vocabulary) };
        context = context with { Publications = Publications.Of(context, blocks) };
        var (drafts, faults) = RuleRun.Over(sentenceRules, tableRules, documentRules, blocks, context, ct);
        return new TraceResult.Traced(Decide(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), context, blocks, drafts) with { Faults = [.. unread, .. faults] });
    }

    // A block on which a phase throws is left out like a decoy: the rest of the report is sound.
    private static (List<AnnotatedBlock?> Blocks, List<RuleFault> Faults) Annotate(ReportContext context, CancellationToken ct)
    {
        var (blocks, faults) = (new List<AnnotatedBlock?>(context.Document.Blocks.Count), new List<RuleFault>());
        foreach (var block in context.Document.Blocks)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                blocks.Add(block.Kind is BlockKind.Decoy or BlockKind.SourceLine or BlockKind.Caption ? null : Annotator.Annotate(block, context));
            }
#pragma warning disable CA1031 // whatever it is, it is a bug of a phase and noted as such
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                blocks.Add(null);
                faults.Add(new RuleFault("annotation", block.Start, exception));
            }
        }

        return (blocks, faults);
    }

    // Phases 5 and 6: what breaks the contract goes first, then rivals meet, then participants become entities.
    private ExtractionTrace Decide(string reportId, ReportContext context, List<AnnotatedBlock?> blocks, List<FactDraft> drafts)
    {
        var document = context.Document;
        var broken = drafts.Select(draft => (Draft: draft, Problem: DraftCheck.Problem(draft, document.Text.Length))).Where(pair => pair.Problem is not null)
            .Select(pair => new Rejected(pair.Draft, null, pair.Problem!)).ToList();
        var sound = drafts.Except(broken.Select(rejected => rejected.Draft), ReferenceEqualityComparer.Instance).Cast<FactDraft>().ToList();
        var (kept, rejected) = Consolidation.Resolve(sound);
        var resolver = new Resolver(context.Vocabulary, new Originals(document), kept);
        var origins = FactAssembly.Assemble(reportId, document.Text, kept, resolver);
        return new ExtractionTrace
        {
            Report = new ExtractedReport
            {
                ReportId = reportId,
                Document = document,
                Metadata = context.Metadata,
                Publisher = context.Publisher is null ? null : resolver.Resolve(context.Publisher).Entity,
                Facts = [.. origins.Select(origin => origin.Fact)],
                Ruleset = Ruleset,
            },
            Context = context,
            Blocks = blocks,
            Origins = origins,
            Kept = kept,
            Rejected = [.. broken, .. rejected],
            Resolutions = resolver.Resolutions,
            Faults = [],
        };
    }

    private static readonly string[] Results = ["业绩", "财报", "季报", "成绩单", "快报", "results", "earnings", "reports", "first take", "first look", "beats", "print", "scoreboard"];

    private static bool IsOnResults(ReportContext context) =>
        context.Document.Blocks.Take(8).Select(block => block.Passage.Text).Where(text => text.Length <= 60).Append(context.Metadata.Title ?? "").Any(text => Results.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    // A note on one company may be on its half year, and need not say of which year; a quarter that is still to come is none that figures are of.
    private static PeriodValue? MainPeriod(IEnumerable<AnnotatedBlock?> blocks, ReportContext context, Participant? company)
    {
        var today = context.ReportDate;
        return blocks.OfType<AnnotatedBlock>().SelectMany(block => block.All<PeriodValue>())
            .Where(period => period.Label.Contains('Q', StringComparison.Ordinal) || (company is not null && IsLatestHalf(period, today)))
            .Where(period => LastDay(period) is not { } last || !(last > today && last <= today?.AddMonths(6)))
            .GroupBy(period => period.Label)
            // 1Q27 in a report of 2026 may be a fiscal quarter, where there is no other.
            .OrderBy(group => LastDay(group.First()) > today).ThenByDescending(group => group.Count(period => !period.IsYearImplied || period.Label.Contains('H', StringComparison.Ordinal))).ThenByDescending(group => group.Count()).FirstOrDefault()?.First();

        // Fiscal quarters end as the company's year does.
        DateOnly? LastDay(PeriodValue period) => company is not null && period.IsFiscal ? FigureSurroundings.Resolve(context, company, period).LastDay : period.LastDay;
    }

    private static bool IsLatestHalf(PeriodValue period, DateOnly? reportDate) =>
        period.Label is [_, _, _, _, 'H', _] && period.LastDay is { } last && last <= reportDate && last > reportDate.Value.AddMonths(-6);

    private Participant? PublisherOf(ReportMetadata metadata)
    {
        if (metadata.Publisher is not { } name)
            return null;
        var entry = vocabulary.MatchWhole(name, EntityKind.Publisher);
        return entry is null ? Participant.Unknown(EntityKind.Publisher, name) : new Participant(EntityKind.Publisher, name, [entry.Id]);
    }
}
