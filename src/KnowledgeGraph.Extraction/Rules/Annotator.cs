using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Phases 2 and 3: everything that is found in a passage before facts are: mentions, values, names, then modifiers and sources a sentence at a time.</summary>
public static class Annotator
{
    public static AnnotatedBlock Annotate(Block block, ReportContext report)
    {
        var passage = block.Passage;
        var mentions = report.Vocabulary.Find(passage);
        var values = ValueParser.Parse(passage, report.Values);
        Annotation[] found = [.. mentions, .. values, .. NameFinder.Find(passage, mentions)];
        return new AnnotatedBlock(block, [.. SentenceSplitter.Split(passage.Text).Select(span => Annotate(block, passage, span.Start, span.End, found))]);
    }

    private static Sentence Annotate(Block block, Passage passage, int start, int end, Annotation[] found)
    {
        var plain = new Sentence(block, passage, start, end, found);
        return new Sentence(block, passage, start, end, [.. plain.Annotations, .. Composites.Find(plain), .. Qualifiers.FindSources(plain)]);
    }
}
