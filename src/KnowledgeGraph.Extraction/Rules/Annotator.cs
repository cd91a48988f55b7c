using KnowledgeGraph.Domain.Entities;
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
        var mentions = WithoutCodes(report.Vocabulary.Find(passage), passage.Text);
        var values = ValueParser.Parse(passage, report.Values);
        Annotation[] found = [.. mentions.Concat<Annotation>(values).Concat(NameFinder.Find(passage, mentions)).OrderBy(a => a.Start)];
        var sentences = new List<Sentence>();
        var first = 0;
        string? stated = null;
        foreach (var (start, end) in SentenceSplitter.Split(passage.Text))
        {
            // Sentences follow each other, so that each looks only at annotations from its own start on.
            while (first < found.Length && found[first].Start < start)
                first++;
            var last = first;
            while (last < found.Length && found[last].Start < end)
                last++;
            sentences.Add(Annotate(block, passage, start, end, found[first..last], report, stated));
            stated = found[first..last].OfType<MoneyValue>().LastOrDefault(money => money.CurrencyStated)?.Currency ?? stated;
        }

        return new AnnotatedBlock(block, sentences);
    }

    // 广达(2382): a code that only repeats the name before it; a bare number is one on several exchanges, and the name says which.
    private static List<Mention> WithoutCodes(IReadOnlyList<Mention> mentions, string text)
    {
        var kept = new List<Mention>(mentions.Count);
        var named = 0;
        foreach (var mention in mentions)
        {
            var isCompany = mention.Kind == EntityKind.Company;
            if (isCompany && named > 0 && named < mention.Start && char.IsAsciiDigit(text[mention.Start]) && text.AsSpan(named, mention.Start - named).Trim() is "(")
                continue;
            if (isCompany)
                named = mention.End;
            kept.Add(mention);
        }

        return kept;
    }

    private static Sentence Annotate(Block block, Passage passage, int start, int end, Annotation[] found, ReportContext report, string? lastStated)
    {
        var read = new Sentence(block, passage, start, end, found);
        var bare = BareAmounts.Find(read, report.Values.HomeCurrency, lastStated);
        var plain = bare.Count == 0 ? read : new Sentence(block, passage, start, end, [.. read.Annotations, .. bare]);
        return new Sentence(block, passage, start, end, [.. plain.Annotations, .. Composites.Find(plain, report.Values.ReportDate), .. Qualifiers.FindSources(plain)]);
    }
}
