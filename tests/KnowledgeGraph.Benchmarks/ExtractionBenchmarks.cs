using System.Buffers;
using BenchmarkDotNet.Attributes;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Facts;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Resolution;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Benchmarks;

/// <summary>
/// Reading and extraction by phase, each on what the phases before it gave, beside two floors: scanning the text for the vocabulary's first
/// characters, and the vocabulary's matcher alone.
/// </summary>
[MemoryDiagnoser]
public class ExtractionBenchmarks
{
    private ReportExtractor extractor = null!;
    private VocabularyIndex vocabulary = null!;
    private IReadOnlyList<byte[]> files = [];
    private IReadOnlyList<ExtractionTrace> traces = [];
    private SearchValues<char> firstCharacters = SearchValues.Create("");

    [ParamsSource(nameof(Corpora))]
    public string Reports { get; set; } = "";

    public static IEnumerable<string> Corpora => Corpus.Names;

    [GlobalSetup]
    public void Load()
    {
        vocabulary = VocabularyIndex.Load(Path.Combine(Corpus.Root, "seeds", "vocabulary"));
        extractor = new ReportExtractor(vocabulary);
        files = Corpus.Load(Reports);
        traces = [.. files.Select(file => Corpus.Trace(extractor, file))];
        firstCharacters = SearchValues.Create([.. vocabulary.Entries.SelectMany(entry => entry.Aliases.Append(entry.Name)).Where(name => name.Length > 0).Select(name => name[0]).Distinct()]);
    }

    [Benchmark(Description = "floor: IndexOfAny of first characters")]
    public int FirstCharacters()
    {
        var found = 0;
        foreach (var trace in traces)
        {
            var text = trace.Report.Document.Text.AsSpan();
            for (var at = text.IndexOfAny(firstCharacters); at >= 0; at = text.IndexOfAny(firstCharacters))
            {
                found++;
                text = text[(at + 1)..];
            }
        }

        return found;
    }

    [Benchmark(Description = "floor: vocabulary matcher (mentions)")]
    public int Mentions() => Passages().Sum(pair => vocabulary.Find(pair.Block.Passage).Count);

    [Benchmark(Description = "read")]
    public int Read() => files.Sum(file => ((ReadResult.Read)DocumentReader.Read(file, "report.txt", mediaType: null)).Document.Blocks.Count);

    [Benchmark(Description = "metadata")]
    public int Metadata() => traces.Sum(trace => ReportMetadataReader.Read(trace.Report.Document, new ReportHints()).Analysts.Count);

    [Benchmark(Description = "values")]
    public int Values() => Passages().Sum(pair => ValueParser.Parse(pair.Block.Passage, pair.Context.Values).Count);

    [Benchmark(Description = "annotation (mentions, values, names, sentences, modifiers)")]
    public int Annotation() => Passages().Sum(pair => Annotator.Annotate(pair.Block, pair.Context).Sentences.Count);

    [Benchmark(Description = "rules")]
    public int Rules() => traces.Sum(trace => RuleRun.Over(RuleSet.Sentences, RuleSet.Tables, RuleSet.Documents, trace.Blocks, trace.Context, CancellationToken.None).Drafts.Count);

    [Benchmark(Description = "consolidation and assembly")]
    public int Assembly() => traces.Sum(trace =>
    {
        var (kept, _) = Consolidation.Resolve(trace.Kept);
        return FactAssembly.Assemble(trace.Report.ReportId, trace.Report.Document.Text, kept, new Resolver(trace.Context.Vocabulary, new Originals(trace.Report.Document), kept)).Count;
    });

    [Benchmark(Description = "all")]
    public int All() => files.Sum(file => Corpus.Trace(extractor, file).Report.Facts.Count);

    private IEnumerable<(Block Block, ReportContext Context)> Passages() =>
        from trace in traces
        from pair in trace.Report.Document.Blocks.Zip(trace.Blocks)
        where pair.Second is not null
        select (pair.First, trace.Context);
}
